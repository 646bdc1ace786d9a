"""The only user of Typst: data and images in, a PDF out. Nothing is read from the disk but fonts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from packc.render.builtin import TemplateFault
from packc.render.templating import NONE as NO_OVERRIDES
from packc.render.templating import Overrides, template_text

if TYPE_CHECKING:
    import typst

    from packc.backends.pdf.content import Data

TEMPLATES = ("handout.typ", "page.typ", "text.typ", "math.typ", "spaces.typ", "keys.typ", "data.typ")
SERIF, MONO, MATH = "Libertinus Serif", "DejaVu Sans Mono", "New Computer Modern Math"
SANS = ("Noto Sans", "Liberation Sans", "Arial", "Helvetica", "DejaVu Sans")
"""For large print. The first that the machine has; Typst brings no sans serif of its own."""


def typeset(
    data: Mapping[str, Data], images: Mapping[str, bytes], overrides: Overrides = NO_OVERRIDES
) -> bytes:
    """Return the PDF (PDF/UA-1). Same data, images and fonts, same bytes: it holds no date.

    Raises `typst.TypstError`, which is a fault of the template.
    """
    files = {name: template_text(f"pdf/{name}", overrides).encode() for name in TEMPLATES}
    files = {_MAIN: files.pop("handout.typ"), **files, **images}
    if not any(name.startswith("pdf/") for name in overrides):
        return _compiled(files, data)
    for name in TEMPLATES:
        found = _PACKAGE.search(template_text(f"pdf/{name}", overrides))
        if found:
            line = found.string.count("\n", 0, found.start()) + 1
            raise TemplateFault(f"pdf/{name}", "packages are never loaded", line)
    from packc.render.limited import limited

    return limited(typeset_own, "pdf/handout.typ", files, data)


def typeset_own(name: str, files: Mapping[str, bytes], data: Data) -> bytes:  # noqa: ARG001 (of the caller's)
    """Return the PDF of templates that a project brings. Raises TemplateFault."""
    import typst

    try:
        return _compiled(files, data)
    except typst.TypstError as error:
        found = re.search(r"┌─ \S*?([\w-]+\.typ):(\d+)", error.diagnostic)
        file, line = (found[1], int(found[2])) if found else (_MAIN, 0)
        raise TemplateFault(f"pdf/{'handout.typ' if file == _MAIN else file}", error.message, line) from None


def _compiled(files: Mapping[str, bytes], data: Data = None) -> bytes:
    import typst

    compile_files: Any = typst.compile  # the stubs leave out the form with several files
    try:
        made = compile_files(
            dict(files),
            font_paths=_fonts(),
            format="pdf",
            pdf_standards="ua-1",
            root=__file__,  # a file: nothing can lie below it, so nothing can be read
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        )
    except BaseException as error:
        # A panic inside Typst is no Exception: it would pass all that tells people of a fault of ours.
        if type(error).__name__ == "PanicException":
            raise RuntimeError(f"Typst gave up: {error}") from error
        raise
    assert isinstance(made, bytes)
    return made


def sans() -> str | None:
    """Return the sans serif typeface that this machine has, if any."""
    families = set(_fonts().families())
    return next((name for name in SANS if name in families), None)


def unprintable(texts: Iterable[str]) -> frozenset[str]:
    """Return the parts of `texts` that no font of Typst's or of this machine has a glyph for."""
    odd = [text for text in texts if not PLAIN.fullmatch(text)]
    words = frozenset(word for text in odd for word in _SPACES.split(text) if not PLAIN.fullmatch(word))
    controls = frozenset(_CONTROLS.findall("".join(words)))
    return controls | _unprintable(frozenset(_CONTROLS.sub("", word) for word in words)) if words else words


# What Typst's own typefaces have for sure: Latin, Greek, typographic signs.
PLAIN = re.compile(
    "[\t\n\f\r\u0020-\u007e\u00a1-\u00ac\u00ae-\u017f\u0391-\u03a1\u03a3-\u03c9\u2013-\u2026×−]*"
)
_SPACES = re.compile(r"[ \t\n\f\r]+")
# Where they stand decides whether Typst asks for a glyph.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_FAULT = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_PACKAGE = re.compile(r"@(preview|local)\b")
_MAIN, _IMAGE = "main.typ", "a.svg"
_PICTURE = b"""#set document(title: "-", date: none)
#set page(width: auto, height: auto)
#image("a.svg", width: 10mm, alt: "-")
"""
_PROBE = b"""#set document(title: "-", date: none)
#set text(lang: "en")
#for word in json(bytes(sys.inputs.data)) { par(text(word)) }
"""


@lru_cache(maxsize=64)
def _unprintable(words: frozenset[str]) -> frozenset[str]:
    """Ask Typst itself: PDF/UA forbids text without glyphs, and it names what it cannot show."""
    import typst

    found: set[str] = set()
    left = sorted(words)
    while left:
        try:
            _compiled({_MAIN: _PROBE}, left)
        except typst.TypstError as error:
            missing = {_unescaped(match) for match in _FAULT.findall(error.diagnostic)}
            if not missing - found:
                raise
            found |= missing
            for piece in missing:
                left = [word.replace(piece, "") for word in left]
            left = [word for word in left if word]
        else:
            break
    return frozenset(found)


def _unescaped(text: str) -> str:
    """Return the text of a Rust literal, which is how Typst quotes."""
    named = {"n": "\n", "t": "\t", "r": "\r", "0": "\0"}

    def character(match: re.Match[str]) -> str:
        return chr(int(match[1], 16)) if match[1] else named.get(match[2], match[2])

    return re.sub(r"\\(?:u\{([0-9a-f]+)\}|(.))", character, text)


def fault_of_image(drawing: bytes) -> str:
    """Return why Typst cannot show this SVG, or ''."""
    import typst

    try:
        _compiled({_MAIN: _PICTURE, _IMAGE: drawing})
    except typst.TypstError as error:
        return error.message
    return ""


@cache
def _fonts() -> typst.Fonts:
    import typst

    return typst.Fonts()
