"""Mechanical remedies that look at lines: what `packc check --fix` does about headings, boxes and lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from packc.ast.richtext import Block
from packc.diagnostics import Edit, Fix
from packc.source import SourceFile, Span

_DEEPEST = 6  # levels of headings
_TITLE = r"(?P<marks>#{1,6})(?P<space>[ \t]+)"  # as text: `re` compiles it when a pack first needs it


def blank_line_above(source: SourceFile, line: int) -> Fix | None:
    """Return the fix that parts the `---` in line number `line` from the text above it.

    None where the line would not be a divider then.
    """
    if not re.fullmatch(r" {0,3}-[ \t]*-[ \t]*-[- \t]*", source.line_text(line)):
        return None
    start = source.line_starts[line]
    return Fix.replacing(source.span(start, start), "\n", "put a blank line above the `---`")


def with_level(source: SourceFile, heading: Span, level: int, *, safe: bool) -> Fix | None:
    """Return the fix that gives the heading at `heading` this level; None if it is an underlined one."""
    found = re.compile(_TITLE).match(source.text, heading.start, heading.end)
    if found is None or level > _DEEPEST:
        return None
    marks = source.span(found.start("marks"), found.end("marks"))
    return Fix.replacing(marks, "#" * level, f"write the heading with `{'#' * level}`", safe=safe)


def with_id(source: SourceFile, heading: Span, identifier: str) -> Fix | None:
    """Return the fix that begins the heading with an id; None if it is an underlined one."""
    found = re.compile(_TITLE).match(source.text, heading.start, heading.end)
    if found is None:
        return None
    place = source.span(found.end(), found.end())
    return Fix.replacing(place, f"{identifier}. ", f"begin the heading with `{identifier}.`", safe=False)


def indented(source: SourceFile, blocks: Sequence[Block], width: int, *, safe: bool) -> Fix | None:
    """Return the fix that puts `blocks`, which follow each other, under the list item above them.

    `width` is how far the item's text is from the margin.
    """
    first, last = blocks[0].span, blocks[-1].span
    if first is None or last is None:
        return None
    lines = range(source.line_of(first.start), source.line_of(max(first.start, last.end - 1)) + 1)
    starts = (source.line_starts[line] for line in lines if source.line_text(line).strip())
    edits = tuple(Edit(source.span(start, start), " " * width) for start in starts)
    return Fix("indent it under the choice above", edits, safe)


def inserted(places: Iterable[Span], text: str, title: str, *, safe: bool) -> Fix:
    """Return the fix that writes `text` in front of each of `places`."""
    return Fix(title, tuple(Edit(Span(at.file, at.start, at.start), text) for at in places), safe)
