"""A GIFT file cut into its paragraphs: categories, and questions with the comments above them.

As Moodle does it: a blank line ends a question, a line that begins with `//` is a comment anywhere. Where
Moodle would refuse the file or make something else of it, it is read as it was meant, and reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from packc.diagnostics import Sink
from packc.diagnostics.rules.banks import BankRepaired
from packc.importers.gift.escapes import hidden
from packc.named import NamedTuple
from packc.source import SourceFile, Span

_SPACE = " \t\r\0\x0b"
_ID = re.compile(r"\[id:((?:\\\]|[^\]\x00-\x1f\x7f])+)\]")
_TAG = re.compile(r"\[tag:((?:\\\]|[^\]\x00-\x1f\x7f])+)\]")
_CATEGORY = "$CATEGORY:"


class Line(NamedTuple):
    """A line without white space around it; `hidden` is its text with marks for escapes."""

    number: int
    text: str
    hidden: str


class Category(NamedTuple):
    written: str
    span: Span


class Raw(NamedTuple):
    """A question as it stands: its lines, and what the comments say."""

    lines: tuple[Line, ...]
    id: str
    tags: tuple[str, ...]
    span: Span


class Paragraphs:
    """Cuts one file. `comments` has the places of comments that say something else than ids and tags."""

    def __init__(self, source: SourceFile, sink: Sink) -> None:
        self.comments: list[Span] = []
        self._source = source
        self._sink = sink
        texts = [source.line_text(number).strip(_SPACE) for number in range(len(source.line_starts))]
        self._lines = [Line(number, text, hidden(text)) for number, text in enumerate(texts)]
        self._closes = self._distances()
        self._current: list[Line] = []
        self._notes: list[str] = []  # comments that touch the question
        self._depth = 0  # of braces: 1 while the answers are open
        self._closed = False

    def _distances(self) -> list[bool]:
        """Tell for each line whether braces that are open there close before another question begins."""
        closes = [False] * (len(self._lines) + 1)
        for line in reversed(self._lines):
            opening, closing = line.hidden.find("{"), line.hidden.find("}")
            if line.text.startswith("//"):
                closes[line.number] = closes[line.number + 1]
            elif line.text.startswith(("::", _CATEGORY)) or _opens(opening, closing):
                closes[line.number] = False
            else:
                closes[line.number] = closing >= 0 or closes[line.number + 1]
        return closes

    def cut(self) -> Iterator[Category | Raw]:
        """Yield categories and questions in their order."""
        for line in self._lines:
            if not line.text:
                yield from self._blank(line)
            elif line.text.startswith("//"):
                self._notes.append(line.text)
                self._remember(line)
            elif line.text.startswith(_CATEGORY) and self._depth == 0:
                yield from self._category(line)
            else:
                if line.text.startswith("::") and self._closed:
                    self._repaired(line, "no blank line between two questions", "they are two here")
                    yield from self._flushed()
                self._take(line)
        yield from self._flushed()

    def _blank(self, line: Line) -> Iterator[Raw]:
        if self._depth and self._closes[line.number]:
            above = self._current[-1]
            what = "a blank line between the braces, which Moodle refuses"
            if self._lines[line.number - 1].text:
                self._repaired(above, what, "the question goes on below it")
            return
        yield from self._flushed()

    def _category(self, line: Line) -> Iterator[Category | Raw]:
        below = self._lines[line.number + 1].text if line.number + 1 < len(self._lines) else ""
        glued = bool(self._current) or (bool(below) and not below.startswith(("//", _CATEGORY)))
        if glued:
            what = "a category without blank lines around it, which Moodle takes for text"
            self._repaired(line, what, "it is a category here")
        yield from self._flushed()
        yield Category(line.text.removeprefix(_CATEGORY).strip(), self._span(line, line))

    def _take(self, line: Line) -> None:
        if line.text == "0":
            self._repaired(
                line, "a line that is only `0`, which Moodle takes for a blank one", "it is text here"
            )
        self._current.append(line)
        for mark in re.findall("[{}]", line.hidden):
            if mark == "{" and not self._closed:
                self._depth = 1
            elif mark == "}" and self._depth:
                self._depth = 0
                self._closed = True

    def _flushed(self) -> Iterator[Raw]:
        lines, notes = self._current, self._notes
        self._current, self._notes, self._depth, self._closed = [], [], 0, False
        if lines:
            said = " ".join(notes)
            found = _ID.search(said)
            identifier = found[1].strip().replace("\\]", "]") if found else ""
            tags = tuple(tag.strip().replace("\\]", "]") for tag in _TAG.findall(said))
            yield Raw(tuple(lines), identifier, tags, self._span(lines[0], lines[0]))

    def _remember(self, line: Line) -> None:
        rest = _TAG.sub("", _ID.sub("", line.text)).lstrip("/").strip()
        if rest:
            self.comments.append(self._span(line, line))

    def _repaired(self, line: Line, what: str, how: str) -> None:
        self._sink.report(BankRepaired(what, how), self._span(line, line))

    def _span(self, first: Line, last: Line) -> Span:
        return line_span(self._source, first.number, last.number)


def _opens(opening: int, closing: int) -> bool:
    """Tell whether braces open on a line before any close."""
    return opening >= 0 and (closing < 0 or opening < closing)


def line_span(source: SourceFile, first: int, last: int) -> Span:
    """Return the place of some lines without white space around them, and not more of it than is shown."""
    text = source.line_text(first)
    start = source.line_starts[first] + len(text) - len(text.lstrip())
    end = source.line_starts[last] + len(source.line_text(last).rstrip())
    return source.span(start, max(start, min(end, start + 400)))
