"""How wide text comes out, and how many lines it takes: an estimate, as nobody knows the reader's typefaces.

The figures are those of Noto Serif, one of the widest that the style sheets name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from unicodedata import category, east_asian_width

from packc.named import NamedTuple

# In ems.
_SPACE, _THIN, _SLIM, _USUAL, _CAPITAL, _BROAD, _MONO = 0.26, 0.33, 0.4, 0.57, 0.69, 0.93, 0.602
WIDEST, NARROWEST = 1.02, 0.88  # than these figures: Charter is as narrow as any
_EASTERN = 0.5  # Hebrew to Georgian, which among them have Arabic, Devanagari and Thai
_WORDS = re.compile(r"\s+|[^\s]+")


class Piece(NamedTuple):
    """A word, the space before it included, or something as high as it says. `breaks`: a new line follows."""

    width: float
    height: float = 0
    space: float = 0
    breaks: bool = False


def pieces(text: str, size: float, letters: float = WIDEST, *, mono: bool = False) -> Iterator[Piece]:
    """Yield the text in pieces between which a line may end. Signs of Chinese and the like are one each."""
    space = 0.0
    for found in _WORDS.finditer(text):
        word = found[0]
        if word.isspace():
            space = (_MONO if mono else _SPACE) * size
            continue
        width = 0.0
        for sign in word:
            if _is_square(sign):
                if width:
                    yield Piece(width, space=space)
                yield Piece(size, space=0 if width else space)
                width = space = 0.0
            else:
                width += (_MONO if mono else letters * _em(sign)) * size
        if width:
            yield Piece(width, space=space)
        space = 0.0
    if space:
        yield Piece(0, space=space)


def height_of_lines(run: Iterable[Piece], width: float, line: float) -> float:
    """Return how high the pieces stand in lines of `width`, each at least `line` high; nothing takes none."""
    total = at = tall = pending = 0.0
    for piece in run:
        pending += piece.space
        if at and piece.width and at + pending + piece.width > width:
            total, at, tall, pending = total + tall, 0.0, 0.0, 0.0
        if piece.width or piece.breaks:
            at += (pending if at else 0) + piece.width
            pending = 0.0
            tall = max(tall, piece.height, line)
        if at > width:  # a word that is longer than a line
            total, at = total + tall * int(at / width), at % width
        if piece.breaks:
            total, at, tall = total + tall, 0.0, 0.0
    return total + tall


@lru_cache(maxsize=1024)
def _is_square(sign: str) -> bool:
    return east_asian_width(sign) in "WF"


@lru_cache(maxsize=1024)
def _em(sign: str) -> float:
    if sign in "iljI.,;:'!|()[]-/·":
        return _THIN
    if sign in "frst":
        return _SLIM
    if sign in "mwMW@%—…":
        return _BROAD
    kind = category(sign)
    if kind in ("Mn", "Me", "Cf"):
        return 0
    if "\u0590" <= sign <= "\u10ff":
        return _EASTERN
    return _CAPITAL if kind == "Lu" else _USUAL
