"""Marks in a text that is being written: what is text, what opens and closes emphasis, what is a formula.

The inline writer sets them, and `escape.resolve` decides what becomes of them.
"""

from __future__ import annotations

import re

from packc.named import NamedTuple

# Control characters that no pack can hold, as marks.
TEXT, END, OPENER, CLOSER, MATH, DISPLAY = "\x01\x02\x03\x04\x05\x06"
MARKS = re.compile("([\x01-\x06])")
_RESERVED = re.compile("[\x00-\x06]")
ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def clean(characters: str) -> str:
    """Return `characters` without those that serve as marks here, which no pack can hold."""
    return _RESERVED.sub("\ufffd", characters)


def attribute(characters: str, special: str, *, numbered: str = "") -> str:
    """Return an address, a title or an alternative text, with escapes before what is `special` there.

    The `numbered` characters, and white space that Markdown might drop, are written by number.
    """
    characters = clean(characters)
    parts = []
    for at, character in enumerate(characters):
        odd_space = character.isspace() and character not in " \x85"  # control characters have no number
        if character in numbered or odd_space:
            parts.append(f"&#{ord(character)};")
        elif character in special or (character == "&" and ENTITY.match(characters, at)):
            parts.append(f"\\{character}")
        else:
            parts.append(character)
    return "".join(parts)


def text(characters: str) -> str:
    """Return `characters` as text that means itself."""
    return f"{TEXT}{clean(characters)}{END}" if characters else ""


def opener(marker: str) -> str:
    """Return a delimiter that opens emphasis; what follows and goes before has to let it."""
    return f"{OPENER}{marker}{END}"


def closer(marker: str) -> str:
    return f"{CLOSER}{marker}{END}"


def formula(tex: str, *, display: bool) -> str:
    return f"{DISPLAY if display else MATH}{clean(tex)}{END}"


class Piece(NamedTuple):
    kind: str  # "" = syntax
    text: str


def pieces(marked: str) -> list[Piece]:
    pieces: list[Piece] = []
    kind = ""
    for part in MARKS.split(marked):
        if part == END:
            kind = ""
        elif len(part) == 1 and "\x01" <= part <= "\x06":
            kind = part
        elif part:
            pieces.append(Piece(kind, part))
    return pieces
