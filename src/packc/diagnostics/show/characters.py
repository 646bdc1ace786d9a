"""Characters on a terminal: what is shown for each, and how many columns that takes.

Source text is foreign: a control character could move the cursor, a bidirectional one could make a line
read differently from what it says ("Trojan Source"). Such characters are shown by their number.
"""

from __future__ import annotations

import unicodedata

from packc.diagnostics.show.look import Look

_TAB = "    "
_JOINERS = "\u200c\u200d"  # needed by Persian, by Indian scripts and by emoji; harmless
_HARMFUL = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
_INVISIBLE = frozenset(("Mn", "Me", "Cf"))
_PLAINER = {
    "…": "...",
    "–": "-",
    "—": "-",
    "‘": "'",
    "’": "'",
    "“": '"',
    "”": '"',
    "→": "->",
    "×": "x",
    "\u00a0": " ",
}


def shown(text: str, look: Look) -> str:
    """Return `text` as it may be written to a stream with this `look`: on one line, without surprises."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(shown_character(character, look) for character in text)


def shown_character(character: str, look: Look) -> str:
    if character == "\t":
        return _TAB
    if character not in _JOINERS and unicodedata.category(character) in _HARMFUL:
        return f"<U+{ord(character):04X}>"
    if look.encoding and not _can_encode(character, look.encoding):
        return _PLAINER.get(character, f"<U+{ord(character):04X}>")
    return character


def width(text: str) -> int:
    """Return how many columns `text`, as `shown` gives it, takes."""
    if text.isascii():
        return len(text)
    return sum(_character_width(character) for character in text)


def _character_width(character: str) -> int:
    if unicodedata.category(character) in _INVISIBLE:
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def _can_encode(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
