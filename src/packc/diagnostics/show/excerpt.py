"""The lines of a source that a diagnostic points at, with carets under the place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from packc.diagnostics.show.characters import shown, shown_character, width
from packc.diagnostics.show.look import FRAME, Look
from packc.named import NamedTuple
from packc.source import SourceFile, SourceMap, Span


class Mark(NamedTuple):
    """A place to point at. The primary one gets `^` in the severity's colour, others `-`."""

    span: Span
    text: str
    style: str
    primary: bool


class _Row(NamedTuple):
    """A line as shown, and where its mark begins and how long it is, in columns."""

    text: str
    start: int
    length: int


def excerpt(marks: Sequence[Mark], sources: SourceMap, look: Look) -> Iterator[str]:
    """Yield the frame's lines: the file of the first mark first, in each file from top to bottom."""
    gutter = max(len(str(_line(mark, sources) + 1)) for mark in marks)
    bar = look.paint(" " * gutter + " |", FRAME)
    for number in dict.fromkeys(mark.span.file for mark in marks):
        source = sources[number]
        here = [mark for mark in marks if mark.span.file == number]
        arrow = "-->" if here[0] is marks[0] else ":::"
        if here[0] is not marks[0]:
            yield bar
        yield f"{look.paint(' ' * gutter + arrow, FRAME)} {location(here[0].span, sources, look)}"
        yield bar
        yield from _lines(sorted(here, key=lambda mark: mark.span.start), source, gutter, look)


def location(span: Span, sources: SourceMap, look: Look) -> str:
    """Return `file:line:column`, as editors and terminals make a link of it."""
    source = sources[span.file]
    place = source.place(span.start)
    return f"{shown(source.name, look)}:{place.line}:{place.column}"


def _line(mark: Mark, sources: SourceMap) -> int:
    return sources[mark.span.file].line_of(mark.span.start)


def _lines(marks: Sequence[Mark], source: SourceFile, gutter: int, look: Look) -> Iterator[str]:
    bar = look.paint(" " * gutter + " |", FRAME)
    room = max(look.width - gutter - 3, 20)
    before: tuple[int, str] | None = None
    for mark in marks:
        line = source.line_of(mark.span.start)
        row = _row(mark.span, source, line, room, look)
        if before is not None and line > before[0] + 1:
            yield look.paint("...", FRAME)
        if before != (line, row.text):
            yield f"{look.paint(f'{line + 1:>{gutter}} |', FRAME)} {row.text}".rstrip()
        before = (line, row.text)
        for text in _pointer(mark, row, room, look):
            yield f"{bar} {text}"


def _pointer(mark: Mark, row: _Row, room: int, look: Look) -> Iterator[str]:
    """Yield the carets with the mark's text beside them, or below them where the line is too short."""
    carets = " " * row.start + look.paint(("^" if mark.primary else "-") * row.length, mark.style)
    text = shown(mark.text, look)
    end = row.start + row.length
    if not text:
        yield carets
    elif end + 1 + width(text) <= room:
        yield f"{carets} {look.paint(text, mark.style)}"
    else:
        yield carets
        yield " " * max(0, min(row.start, room - width(text))) + look.paint(text, mark.style)


def _row(span: Span, source: SourceFile, line: int, room: int, look: Look) -> _Row:
    """Lay out one line: the part that fits, cut around the mark if need be."""
    text = source.line_text(line)
    start = min(span.start - source.line_starts[line], len(text))
    end = min(max(span.end - source.line_starts[line], start + 1), max(len(text), start + 1))
    first, last = _window(text, start, end, room, look)
    ellipsis = shown("…", look)
    head = ellipsis if first > 0 else ""
    tail = ellipsis if last < len(text) else ""
    left = head + shown(text[first:start], look)
    middle = shown(text[start : min(end, last)], look)
    right = shown(text[min(end, last) : last], look) + tail
    return _Row(left + middle + right, width(left), max(width(middle), 1))


def _window(text: str, start: int, end: int, room: int, look: Look) -> tuple[int, int]:
    """Return the offsets of the part of `text` to show: the mark's beginning, then what fits around it.

    Looks at no more characters than it shows: a line may have half a million.
    """
    if len(text) <= room and width(shown(text, look)) <= room:
        return 0, len(text)
    room -= 2 * width(shown("…", look))
    first = last = min(start, len(text))
    # The mark comes first, but leaves a third for what stands before it; then the rest of the line.
    for stop, left in ((end, room // 3), (len(text), room // 3)):
        last, room = _forward(text, last, min(stop, len(text)), room, left, look)
    first, room = _backward(text, first, room, look)
    last, _ = _forward(text, last, len(text), room, 0, look)
    return first, last


def _forward(text: str, offset: int, stop: int, room: int, spare: int, look: Look) -> tuple[int, int]:
    while offset < stop and room - (cost := width(shown_character(text[offset], look))) >= spare:
        offset, room = offset + 1, room - cost
    return offset, room


def _backward(text: str, offset: int, room: int, look: Look) -> tuple[int, int]:
    while offset > 0 and room - (cost := width(shown_character(text[offset - 1], look))) >= 0:
        offset, room = offset - 1, room - cost
    return offset, room
