"""Asking Typst, which runs apart from packc and with limits: data and images in, a PDF out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from unicodedata import category

from packc.backends.base import Unmade
from packc.render.apart import Refused
from packc.render.builtin import TemplateFault
from packc.render.limited import Ended, limited
from packc.render.templating import NONE as NO_OVERRIDES
from packc.render.templating import Overrides, template_text
from packc.render.typesetter import compiled, families

if TYPE_CHECKING:
    from packc.backends.pdf.content import Data

TEMPLATES = ("handout.typ", "page.typ", "text.typ", "math.typ", "spaces.typ", "keys.typ", "data.typ")
SERIF, MONO, MATH = "Libertinus Serif", "DejaVu Sans Mono", "New Computer Modern Math"
SANS = ("Noto Sans", "Liberation Sans", "Arial", "Helvetica", "DejaVu Sans")
"""For large print. The first that the machine has; Typst brings no sans serif of its own."""
SECONDS, MEMORY = 60, 4 << 30
"""What a document may take: of waiting and of addresses."""
BYTES_A_SECOND, MEMORY_A_BYTE = 20_000, 1 << 10
"""What each byte of it allows besides. Of ordinary packs, Typst sets 500,000 bytes a
second, and takes 300 times as much memory."""


def typeset(
    data: Mapping[str, Data], images: Mapping[str, bytes], overrides: Overrides = NO_OVERRIDES
) -> bytes:
    """Return the PDF (PDF/UA-1). Same data, images and fonts, same bytes: it holds no date.

    Raises Unmade at a limit or for a fault of ours, and TemplateFault for one of a template of the project's.
    """
    files = {name: template_text(f"pdf/{name}", overrides).encode() for name in TEMPLATES}
    files = {_MAIN: files.pop("handout.typ"), **files, **images}
    if not any(name.startswith("pdf/") for name in overrides):
        try:
            return _compiled(files, data)
        except Refused as refused:
            raise Unmade(f"Typst refuses it, which is a fault of packc's: {refused.args[0]}") from None
    for name in TEMPLATES:
        found = _PACKAGE.search(template_text(f"pdf/{name}", overrides))
        if found:
            line = found.string.count("\n", 0, found.start()) + 1
            raise TemplateFault(f"pdf/{name}", "packages are never loaded", line)
    try:
        return _compiled(files, data)
    except Unmade as unmade:
        raise TemplateFault("pdf/handout.typ", str(unmade)) from None
    except Refused as refused:
        message, diagnostic = refused.args
        found = re.search(r"┌─ \S*?([\w-]+\.typ):(\d+)", diagnostic)
        file, line = (found[1], int(found[2])) if found else (_MAIN, 0)
        raise TemplateFault(f"pdf/{'handout.typ' if file == _MAIN else file}", message, line) from None


def _compiled(files: Mapping[str, bytes], data: Data = None) -> bytes:
    """Return what `typesetter.compiled` does. Raises Unmade at a limit, and Refused."""
    text = json.dumps(data, ensure_ascii=False)
    size = len(text) + sum(map(len, files.values()))
    seconds, memory = SECONDS + size / BYTES_A_SECOND, MEMORY + size * MEMORY_A_BYTE
    try:
        return limited(compiled, dict(files), text, seconds=seconds, memory=memory)
    except Ended as ended:
        raise Unmade(str(ended)) from None


def sans() -> str | None:
    """Return the sans serif typeface that this machine has, if any. Raises Unmade."""
    return next(iter(installed(SANS)), None)


def installed(families: Sequence[str]) -> tuple[str, ...]:
    """Return those typefaces that this machine has, in the same order. Raises Unmade."""
    return tuple(name for name in families if name in _families())


@cache
def _families() -> frozenset[str]:
    """Return the typefaces of this machine. Raises Unmade."""
    try:
        return frozenset(limited(families, seconds=SECONDS, memory=MEMORY).decode().split("\n"))
    except Ended as ended:
        raise Unmade(str(ended)) from None


def unprintable(texts: Iterable[str]) -> frozenset[str]:
    """Return the parts of `texts` that no font of Typst's or of this machine has a glyph for."""
    odd = [text.replace(FORBIDDEN, "") for text in texts if not PLAIN.fullmatch(text)]
    words = frozenset(word for text in odd for word in _SPACES.split(text) if not PLAIN.fullmatch(word))
    controls = frozenset(_CONTROLS.findall("".join(words)))
    return controls | _unprintable(frozenset(_CONTROLS.sub("", word) for word in words)) if words else words


# What Typst's own typefaces have for sure: Latin, Greek, typographic signs.
PLAIN_SIGNS = "\u0021-\u007e\u00a1-\u00ac\u00ae-\u017f\u0391-\u03a1\u03a3-\u03c9\u2013-\u2026×−"
PLAIN = re.compile(rf"[ \t\n\f\r{PLAIN_SIGNS}]*")
_SPACES = re.compile(r"[ \t\n\f\r]+")
# Where they stand decides whether Typst asks for a glyph.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe]")
FORBIDDEN = "\ufeff"  # in PDF/UA: another sign without a width stands for it
_FAULT = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_PACKAGE = re.compile(r"@(preview|local)\b")
_MAIN, _IMAGE = "main.typ", "a.svg"
_PICTURE = b"""#set document(title: "-", date: none)
#set page(width: auto, height: auto)
#image("a.svg", width: 10mm, alt: "-")
"""
# A mark and what it stands on, be it a space, come from one typeface: which is tried first decides whether
# there is one. It also decides whether there is a sign for what nobody should see.
_PROBE = f"""#set document(title: "-", date: none)
#set text(lang: "en")
#for word in json(bytes(sys.inputs.data)) {{
  par(text(word))
  if word.contains(regex("[\\p{{M}}\\p{{C}}]")) {{
    for family in ("{SERIF}", "{MONO}", "{MATH}", {", ".join(f'"{name}"' for name in SANS)}) {{
      par(text(font: family, "a " + word))
    }}
  }}
}}
""".encode()


@lru_cache(maxsize=64)
def _unprintable(words: frozenset[str]) -> frozenset[str]:
    """Ask Typst itself: PDF/UA forbids text without glyphs, and it names what it cannot show."""
    found: set[str] = set()
    left = sorted(words)
    while left:
        try:
            _compiled({_MAIN: _PROBE}, left)
        except Refused as refused:
            pieces = {_unescaped(match) for match in _FAULT.findall(refused.args[1])}
            # A mark and what it stands on are named both, although the latter alone could be shown.
            missing = {piece for piece in pieces if category(piece[0]).startswith("M")} or pieces
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
    try:
        _compiled({_MAIN: _PICTURE, _IMAGE: drawing})
    except (Refused, Unmade) as reason:
        return str(reason.args[0])
    return ""
