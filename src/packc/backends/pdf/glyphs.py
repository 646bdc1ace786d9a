"""Signs, and whether the typefaces have them where they stand.

Where the typefaces of a text lack signs, Typst tries one more: of those that claim to have the first of these
signs, the one that is most like the first of the text's. So a sign that stands for itself is shown in a text
if it is shown alone. What grows together with its neighbours, as marks do, has to be in one typeface with
them, and which is tried depends on where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from enum import StrEnum
from typing import TypeAlias
from unicodedata import category


class Face(StrEnum):
    """What a text is set in. The values are the names that templates know the typefaces by."""

    TEXT = "text"
    MONO = "mono"
    MATH = "math"


Texts: TypeAlias = Mapping[Face, Set[str]]
NONE: Texts = {}

# What Typst's own typefaces have for sure: Latin, Greek, typographic signs.
PLAIN_SIGNS = "\u0021-\u007e\u00a1-\u00ac\u00ae-\u017f\u0391-\u03a1\u03a3-\u03c9\u2013-\u2026×−"
PLAIN = re.compile(rf"[ \t\n\f\r{PLAIN_SIGNS}]*")
# Where they stand decides whether Typst asks for a glyph: a box always stands for them.
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe]")
FORBIDDEN = "\ufeff"  # in PDF/UA: another sign without a width stands for it
_FAULT = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed with font `"((?:[^"\\]|\\.)*)"`')
# Letters of Hangul, flags, colours of skin, and vowels of Thai and Lao that come apart.
_JOINING = re.compile(
    "[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff\u0e33\u0eb3]"
)


class Glyphless(Exception):
    """Typst has no glyph for `missing`. `fault` is what to raise where that cannot be."""

    def __init__(self, missing: Texts, fault: Exception) -> None:
        super().__init__(missing)
        self.missing = missing
        self.fault = fault


def collected(texts: Iterable[tuple[Face, str]]) -> dict[Face, set[str]]:
    """Return those of `texts` that Typst's own typefaces might lack something for."""
    found: dict[Face, set[str]] = {}
    for face, text in texts:
        if not PLAIN.fullmatch(text):
            found.setdefault(face, set()).add(text)
    return found


def joined(some: Texts, others: Texts) -> Texts:
    """Return what is in either."""
    return {face: {*some.get(face, ()), *others.get(face, ())} for face in {*some, *others}}


def invisible(texts: Texts) -> Texts:
    """Return the signs in `texts` that join others, part them, or turn their direction."""
    found = {
        face: {sign for text in each for sign in text if category(sign) == "Cf"}
        for face, each in texts.items()
    }
    return {
        face: {sign.replace(FORBIDDEN, "\u200b") for sign in signs} for face, signs in found.items() if signs
    }


def signs_of(texts: Texts) -> dict[Face, str] | None:
    """Return the signs in `texts` that need asking for, each of which is shown if it is shown alone.

    None if one might depend on its neighbours. In a formula, each text is one that has none.
    """
    found: dict[Face, str] = {}
    for face, each in texts.items():
        alone = {text for text in each if face is Face.MATH and len(text) == 1}
        signs = {sign for text in each - alone for sign in text}
        if any(category(sign)[0] in "MC" or _JOINING.match(sign) for sign in signs if not _is_known(sign)):
            return None
        found[face] = "".join(sorted(sign for sign in signs | alone if not _is_known(sign)))
    return {face: signs for face, signs in found.items() if signs}


def _is_known(sign: str) -> bool:
    return sign == FORBIDDEN or bool(PLAIN.fullmatch(sign) or CONTROLS.fullmatch(sign))


def missing_in(diagnostic: str, fonts: Mapping[str, Iterable[str]]) -> dict[Face, set[str]]:
    """Return what Typst says that it cannot show; {} where it says something else.

    It names the first typeface of those that it tried, which tells one of `fonts` from another, mostly.
    """
    found: dict[Face, set[str]] = {}
    for text, font in _FAULT.findall(diagnostic):
        faces = [face for face in Face if next(iter(fonts[face]), None) == font]
        for face in faces or Face:
            found.setdefault(face, set()).add(_unescaped(text))
    # A mark and what it stands on are named both, although the latter alone could be shown.
    return {face: {each for each in pieces if _is_mark(each)} or pieces for face, pieces in found.items()}


def _is_mark(piece: str) -> bool:
    return category(piece[0]).startswith("M")


def _unescaped(text: str) -> str:
    """Return the text of a Rust literal, which is how Typst quotes."""
    named = {"n": "\n", "t": "\t", "r": "\r", "0": "\0"}

    def character(match: re.Match[str]) -> str:
        return chr(int(match[1], 16)) if match[1] else named.get(match[2], match[2])

    return re.sub(r"\\(?:u\{([0-9a-f]+)\}|(.))", character, text)
