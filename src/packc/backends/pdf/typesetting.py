"""Asking Typst, which runs apart from packc and with limits: data and images in, a PDF out."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from packc.backends.base import Unmade
from packc.backends.pdf.glyphs import Face, Glyphless, missing_in
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

    Raises Glyphless for what no typeface has where it stands, Unmade at a limit or for a fault of ours, and
    TemplateFault for one of a template of the project's.
    """
    own = any(name.startswith("pdf/") for name in overrides)
    files = {name: template_text(f"pdf/{name}", overrides).encode() for name in TEMPLATES}
    files = {_MAIN: files.pop("handout.typ"), **files, **images}
    if own:
        _forbid_packages(overrides)
    try:
        return _compiled(files, data)
    except Unmade as unmade:
        raise (TemplateFault("pdf/handout.typ", str(unmade)) if own else unmade) from None
    except Refused as refused:
        message, diagnostic = refused.args
        ours = Unmade(f"Typst refuses it, which is a fault of packc's: {message}")
        fault = _template_fault(message, diagnostic) if own else ours
        fonts: Any = data["fonts"]
        missing = missing_in(diagnostic, fonts)
        raise (Glyphless(missing, fault) if missing else fault) from None


def _forbid_packages(overrides: Overrides) -> None:
    for name in TEMPLATES:
        found = _PACKAGE.search(template_text(f"pdf/{name}", overrides))
        if found:
            line = found.string.count("\n", 0, found.start()) + 1
            raise TemplateFault(f"pdf/{name}", "packages are never loaded", line)


def _template_fault(message: str, diagnostic: str) -> TemplateFault:
    found = re.search(r"┌─ \S*?([\w-]+\.typ):(\d+)", diagnostic)
    file, line = (found[1], int(found[2])) if found else (_MAIN, 0)
    return TemplateFault(f"pdf/{'handout.typ' if file == _MAIN else file}", message, line)


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


_PACKAGE = re.compile(r"@(preview|local)\b")
_MAIN, _IMAGE = "main.typ", "a.svg"
_PICTURE = b"""#set document(title: "-", date: none)
#set page(width: auto, height: auto)
#image("a.svg", width: 10mm, alt: "-")
"""
# As packc's own templates set them, each sign apart from the others, in all weights and slopes there are.
_PROBE = b"""#import "page.typ": with-east
#import "math.typ": formula
#import "data.typ": data, fonts
#set document(title: "-", date: none)
#let tried(body) = for weight in ("regular", "semibold", "bold") {
  for style in ("normal", "italic") { par(text(weight: weight, style: style, body)) }
}
#for (families, signs) in data.asked {
  for name in (families, with-east(families)) { tried(text(font: name, signs.codepoints().join(" "))) }
}
#show math.equation: set text(font: fonts.math)
#for sign in data.formulas {
  for name in ("mi", "mo", "mtext") { tried(math.equation(alt: "-", formula((name, (:), (sign,))))) }
}
"""


def can_show(signs: Mapping[Face, str], fonts: Mapping[str, Sequence[str]]) -> bool:
    """Return whether Typst has a glyph for each of `signs` in these typefaces. Raises Unmade."""
    asked = [[fonts[face], found] for face, found in signs.items() if face is not Face.MATH]
    formulas = list(signs.get(Face.MATH, ""))
    return (not asked and not formulas) or _can_show(json.dumps([asked, formulas, fonts]))


@lru_cache(maxsize=64)
def _can_show(given: str) -> bool:
    asked, formulas, fonts = json.loads(given)
    page = {"dir": "ltr", "style": "", "paper": "a4"}
    data: dict[str, Data] = {
        "page": page,
        "lang": {"lang": "en", "region": None},
        "template": "",
        "words": {},
        "plain": {},
    }
    files = {name: template_text(f"pdf/{name}").encode() for name in TEMPLATES}
    try:
        _compiled({**files, _MAIN: _PROBE}, data | {"asked": asked, "formulas": formulas, "fonts": fonts})
    except Refused as refused:
        if missing_in(refused.args[1], fonts):
            return False
        raise
    return True


def fault_of_image(drawing: bytes) -> str:
    """Return why Typst cannot show this SVG, or ''."""
    try:
        _compiled({_MAIN: _PICTURE, _IMAGE: drawing})
    except (Refused, Unmade) as reason:
        return str(reason.args[0])
    return ""
