"""The lines of a pasted page, and what each of them is. A paste has lost all markup but line ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum

from packc.ast.richtext import Text
from packc.importers.academy.labels import Label, label_of
from packc.named import NamedTuple
from packc.reader.headings import HeadingLine
from packc.source import SourceFile, Span

_PILCROWS = "¶\uf0c1🔗"  # what themes show beside a heading, as a link to it
_INVISIBLE = "\u200b\u2060\ufeff"
_SPACE = " \t\f\v\u00a0" + _INVISIBLE
# Where a theme shows no pilcrow, the academy's closing section is still known by its name.
_CLOSING = "what to do after this pack"
_BULLET = re.compile(r"(?P<mark>[-•●▪◦–—*‣⁃○■·])(?:[ \t\u00a0]+(?P<text>\S.*)|$)")
_NUMBER = re.compile(r"(?P<mark>\d{1,9})[.)][ \t\u00a0]+(?P<text>\S.*)")


class Sort(Enum):
    """What a line is."""

    HEADING = 1
    QUESTION = 2  # the heading of one
    LABEL = 3
    BULLET = 4
    NUMBER = 5
    TEXT = 6
    BLANK = 7


class Line(NamedTuple):
    """One line. `span` covers `text`, which has lost pilcrow, bullet and the space around it.

    `indent` counts the columns before the line's first character; `number` is a numbered item's.
    """

    sort: Sort
    text: str
    span: Span
    indent: int = 0
    number: int = 0
    label: Label | None = None

    def heading(self) -> HeadingLine:
        """Return the line as the reader knows headings. Their levels are lost in a paste."""
        inlines = (Text(self.text, span=self.span),) if self.text else ()
        return HeadingLine(2, self.text, inlines, self.span)


def lines_of(source: SourceFile) -> list[Line]:
    """Return every line of `source`, classified."""
    lines = [_line(source, number) for number in range(len(source.line_starts))]
    if any(line.sort in (Sort.HEADING, Sort.QUESTION) for line in lines):
        return lines
    return list(_with_unmarked_headings(lines))


def _line(source: SourceFile, number: int) -> Line:
    raw = source.line_text(number)
    text = raw.strip(_SPACE)
    before = raw[: raw.find(text)]
    start = source.line_starts[number] + len(before)
    span = source.span(start, start + len(text))
    indent = len("".join(character for character in before if character not in _INVISIBLE).expandtabs(4))
    if not text:
        return Line(Sort.BLANK, "", span)
    if text[-1] in _PILCROWS:
        return _heading(text[:-1].rstrip(_SPACE), span)
    labelled = label_of(text, span)
    if labelled is not None:
        label, rest = labelled
        return _cut(Line(Sort.LABEL, text, span, indent, label=label), rest.lstrip(_SPACE))
    for sort, pattern in ((Sort.BULLET, _BULLET), (Sort.NUMBER, _NUMBER)):
        match = pattern.match(text)
        if match is not None:
            value = int(match["mark"]) if sort is Sort.NUMBER else 0
            return _cut(Line(sort, text, span, indent, value), match["text"] or "")
    return Line(Sort.TEXT, text, span, indent)


def _cut(line: Line, rest: str) -> Line:
    """Return `line` with only the last part of its text."""
    return line._replace(text=rest, span=line.span._replace(start=line.span.end - len(rest)))


def _heading(text: str, span: Span) -> Line:
    line = Line(Sort.HEADING, text, span._replace(end=span.start + len(text)))
    return line._replace(sort=Sort.QUESTION) if line.heading().leading_id() else line


def _with_unmarked_headings(lines: list[Line]) -> Iterator[Line]:
    """Find the headings of a page without pilcrows: its first line, and ids with a label below them."""
    evident: set[int] = set()
    label_below = False
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if line.sort is Sort.LABEL:
            label_below = True
        elif line.sort is Sort.TEXT and line.heading().leading_id():
            if label_below:
                evident.add(index)
            label_below = False
    title = next((index for index, line in enumerate(lines) if line.sort is not Sort.BLANK), 0)
    for index, line in enumerate(lines):
        if index in evident:
            yield line._replace(sort=Sort.QUESTION)
        elif line.sort is Sort.TEXT and evident and (index == title or line.text.casefold() == _CLOSING):
            yield line._replace(sort=Sort.HEADING)
        else:
            yield line
