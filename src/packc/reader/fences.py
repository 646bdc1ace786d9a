"""Which lines of a text stand in no fence, as far as that can be told before it is parsed."""

from __future__ import annotations

import re
from collections.abc import Iterator


def outside_fences(text: str, start: int = 0) -> Iterator[tuple[int, str]]:
    """Yield the lines of `text` from `start` on that are in no fenced code, numbered from 0; no fence's own.

    Fences inside quotes and lists are seen, and what only looks like the end of one is not taken for it.
    """
    fence, quotes = "", 0
    for number, line in enumerate(_lines(text, start)):
        if not fence and "```" not in line and "~~~" not in line:
            yield number, line
            continue
        # Where a fence ends, quotes have their marks again, and lists only their indent.
        before = len(line) - len(line.lstrip(" \t>")) if fence else before_text(line)
        bare = line[before:].rstrip()
        if fence:
            if bare.startswith(fence) and not bare.strip(fence[0]) and line.count(">", 0, before) == quotes:
                fence = ""
            continue
        mark = re.match("`{3,}(?=[^`]*$)|~{3,}", bare)
        if mark:
            fence, quotes = mark[0], line.count(">", 0, before)
        else:
            yield number, line


def _lines(text: str, start: int) -> Iterator[str]:
    """Yield the lines one after the other: who looks for the first of a kind needs few of a large text."""
    while (end := text.find("\n", start)) >= 0:
        yield text[start:end]
        start = end + 1
    yield text[start:]


def before_text(line: str) -> int:
    """Return the length of a line's indent and marks of quotes, lists and meanings."""
    found = re.match(r"(?:[ \t>]|(?:[-*+:~]|\d{1,9}[.)])(?=[ \t]))*", line)
    return found.end() if found else 0
