"""From offsets within a block's content to offsets in the source.

markdown-it joins a block's lines after cutting off list indents, quote marks and white space; here each
content line is found again as the end of its source line.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from sys import maxsize

from packc.source import SourceFile, Span


class ContentMap:
    """Maps offsets within one block's content to offsets in the source."""

    __slots__ = ("_content", "_only", "_source")

    def __init__(self, pairs: list[tuple[int, int]]) -> None:
        self._content = [content for content, _ in pairs]
        self._source = [source for _, source in pairs]
        self._only = pairs[0][1] if len(pairs) == 1 else None  # of most texts, which are one line

    def stretch(self, offset: int) -> tuple[int, int]:
        """Return by how much the source is ahead of the content at `offset`, and up to which offset."""
        following = bisect_right(self._content, offset)
        ahead = self._source[following - 1] - self._content[following - 1]
        return ahead, self._content[following] if following < len(self._content) else maxsize

    def __call__(self, offset: int) -> int:
        """Return the source offset of content offset `offset`."""
        if self._only is not None:
            return self._only + offset
        index = bisect_right(self._content, offset) - 1
        return self._source[index] + offset - self._content[index]

    def span(self, file: int, start: int, end: int) -> Span:
        """Return the place, in file number `file`, of what stands between two offsets of the content."""
        first = self(start)
        return Span(file, first, max(first, self(end - 1) + 1) if end > start else first)


def paragraph_map(
    source: SourceFile, content: str, first_line: int, line_count: int, cuts: Mapping[int, int]
) -> ContentMap:
    """Return the map of a paragraph, or of a setext heading, whose content fills these source lines.

    `cuts` has where a line's content ends that ends before its line does.
    """
    if "\n" not in content and line_count == 1:
        end = cuts.get(first_line, source.line_end(first_line))
        if source.text.endswith(content, 0, end):  # nothing was cut off its end
            return ContentMap([(0, end - len(content))])
    lines = content.split("\n")
    first_line += max(0, line_count - len(lines))  # a box alone on its line was taken off the content
    pairs = []
    offset = 0
    for number, line in enumerate(lines, first_line):
        bare = line.strip(" \t")
        indent = len(line) - len(line.lstrip(" \t"))
        end = cuts.get(number, source.line_starts[number] + len(source.line_text(number).rstrip(" \t")))
        pairs.append((offset, end - len(bare) - indent))
        offset += len(line) + 1
    return ContentMap(pairs)


def line_map(source: SourceFile, content: str, start: int) -> ContentMap:
    """Return the map of an ATX heading that begins at `start`."""
    found = source.text.find(content, start + 1, source.line_end(source.line_of(start))) if content else start
    return ContentMap([(0, max(found, start))])


class RowMap:
    """Maps the cells of one table row, asked for from left to right."""

    def __init__(self, source: SourceFile, line: int, start: int) -> None:
        self._text = source.text
        self._end = source.line_end(line)
        self._position = start
        if self._text.startswith("|", start):
            self._position += 1

    def next(self, content: str) -> tuple[ContentMap, int, int]:
        """Return the map of the next cell, whose content is `content`, and where that content stands."""
        text, position = self._text, self._position
        while position < self._end and text[position] in " \t":
            position += 1
        start = position
        pairs = [(0, start)]
        offset = 0
        while position < self._end and text[position] != "|":
            if text[position] == "\\" and text[position + 1 : position + 2] == "|":
                position += 1  # an escaped pipe: the cell's content has only the pipe
                pairs.append((offset, position))
            position += 1
            offset += 1
        self._position = position + 1
        return ContentMap(pairs), start, min(position, start + len(content) + len(pairs) - 1)

    def rest(self) -> int:
        """Return where what follows the last cell begins; at or behind the line's end there is nothing."""
        position = min(self._position, self._end)
        while position < self._end and self._text[position] in " \t":
            position += 1
        return position
