"""Inline nodes seen as the characters that were written, each with its place.

What stands in an answer or a choice besides its text (a weight, alternatives, a number) is looked for here
and not in the plain text: an escaped `\\{` is text, and carets have to stand exactly under what is wrong.
"""

from __future__ import annotations

import re
import string
from bisect import bisect_right
from html import unescape

from packc.ast.richtext import HardBreak, Inline, Inlines, SoftBreak, Sup, Text
from packc.source import SourceFile, Span

ESCAPED = "\ufffd"  # stands for a character that means itself: an escape, an entity
OPAQUE = "\ufffc"  # stands for a whole node: code, a formula, emphasis
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_ENTITY = r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,40});"


class Written:
    """One inline text. `text` has a character for each one of plain text, and one for any other node.

    Raised digits are the exception: they have characters of their own, so that `m/s^2^` is a unit.
    """

    def __init__(self, inlines: Inlines, source: SourceFile) -> None:
        self._source = source
        self._nodes = inlines
        self._starts: list[int] = []  # of each node in `text`
        self._places: list[tuple[int, int]] = []  # of each character of `text`, in the source
        parts: list[str] = []
        for node in inlines:
            self._starts.append(len(self._places))
            parts.append(self._add(node))
        self.text = "".join(parts)

    def _add(self, node: Inline) -> str:
        assert node.span is not None  # the reader gives every node its place
        start, end = node.span.start, node.span.end
        if not isinstance(node, Text):
            shown = "\n" if isinstance(node, SoftBreak | HardBreak) else _raised(node) or OPAQUE
            self._places += [(start, end)] * len(shown)
            return shown
        written = self._source.text[start:end]
        if written == node.text:
            self._places += [(place, place + 1) for place in range(start, end)]
            return node.text
        places, mask = _aligned(node.text, written)
        self._places += [(start + first, start + last) for first, last in places]
        return mask

    def span(self, start: int, end: int) -> Span:
        """Return the place of `text[start:end]`, which is not empty."""
        return self._source.span(self._places[start][0], self._places[end - 1][1])

    def source(self, start: int, end: int) -> str:
        """Return `text[start:end]` as it was written."""
        place = self.span(start, end)
        return self._source.text[place.start : place.end]

    def stripped(self, start: int, end: int) -> tuple[int, int]:
        """Return the bounds of `text[start:end]` without white space at either end."""
        while start < end and self.text[start].isspace():
            start += 1
        while start < end and self.text[end - 1].isspace():
            end -= 1
        return start, end

    def is_indented(self, start: int) -> bool:
        """Tell whether the line of `text` that begins at `start` has white space before it in the source."""
        place = self._places[start][0]
        return place > 0 and self._source.text[place - 1] in " \t"

    def cut(self, start: int, end: int) -> Inlines:
        """Return the nodes of `text[start:end]`; a text node is cut where it has to be."""
        kept: list[Inline] = []
        for index in range(max(0, bisect_right(self._starts, start) - 1), len(self._nodes)):
            first, node = self._starts[index], self._nodes[index]
            if first >= end:
                break
            last = self._starts[index + 1] if index + 1 < len(self._nodes) else len(self.text)
            low, high = max(first, start), min(last, end)
            if low >= high:
                continue
            if isinstance(node, Text) and (low, high) != (first, last):
                node = Text(node.text[low - first : high - first], span=self.span(low, high))
            kept.append(node)
        return tuple(kept)


def _raised(node: Inline) -> str:
    """Return a superscript of digits as characters, else ''."""
    if not isinstance(node, Sup) or not all(isinstance(child, Text) for child in node.children):
        return ""
    raised = "".join(child.text for child in node.children if isinstance(child, Text)).translate(_RAISED)
    return raised if raised and all(one in _RAISED.values() for one in map(ord, raised)) else ""


def _aligned(text: str, written: str) -> tuple[list[tuple[int, int]], str]:
    """Return where in `written` each character of `text` stands, and `text` with a mask for escaped ones."""
    places: list[tuple[int, int]] = []
    mask: list[str] = []
    entity = re.compile(_ENTITY)
    at = 0
    while len(mask) < len(text):
        found = entity.match(written, at) if written.startswith("&", at) else None
        meaning = unescape(found[0]) if found else ""
        closed = written.find("-->", at) if written.startswith("<!--", at) else -1
        if closed >= 0:
            at = closed + 3
            continue
        if written.startswith("\\", at) and at + 1 < len(written) and written[at + 1] in string.punctuation:
            length, count, shown = 2, 1, ESCAPED
        elif found and meaning != found[0]:
            length, count, shown = len(found[0]), len(meaning), ESCAPED
        else:
            length, count, shown = 1, 1, text[len(mask)]
        for _ in range(min(count, len(text) - len(mask))):
            places.append((min(at, len(written)), min(at + length, len(written))))
            mask.append(shown)
        at += length
    return places, "".join(mask)
