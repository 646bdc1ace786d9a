"""What would begin a block at the start of a line of a paragraph."""

from __future__ import annotations

import re

_BLOCK_STARTS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(#{1,6})(?:[ \t]|$)",
        r"(>)",
        r"([-+*])(?:[ \t]|\[|$)",
        r"(?:\d{1,9})([.)])(?:[ \t]|$)",
        r"([-*_])(?:[ \t]*\1){2,}[ \t]*$",
        r"(~)~~",
        r"(:)[ \t:]",
        r"(~)[ \t]",
        r"(!)!!",
        r"(\?)\?\?",
        r"\[[^\]]*\](:)",
    )
)
_UNDER_TEXT = tuple(re.compile(pattern) for pattern in (r"([-=])\1*[ \t]*$", r"([-:|])[-:| \t]*$"))


def begins_block(line: str, *, is_first: bool) -> int | None:
    """Return the offset of the character to escape, if this line of a paragraph could begin a block."""
    for pattern in _BLOCK_STARTS if is_first else (*_BLOCK_STARTS, *_UNDER_TEXT):
        found = pattern.match(line)
        if found:
            return found.start(1)
    return None
