"""What a heading is: a question's id and title, a label, or a section's title."""

from __future__ import annotations

import re

from packc.ast.richtext import Inline, Inlines, SoftBreak, Text
from packc.named import NamedTuple
from packc.reader.grammar import DIRECTION_MARKS, Grammar
from packc.reader.labels import LabelLine, whole_label
from packc.source import Span

# `Q7`, `QD01`, `ML-Q01`, `Q1a`, then `.`, `)`, `:` (no digit next), ` - ` or the end.
_LEADING_ID = re.compile(
    r"(?P<id>[A-Za-z][A-Za-z0-9]*(?:[-_][A-Za-z0-9]+)*?(?<=\d)[A-Za-z]?)"
    r"(?P<mark>[.):：](?!\d)\s*|\s+[-–—]\s+|\s*$)"
)
_MARKS = tuple(DIRECTION_MARKS)
_MOST_MARKS = 2  # before an id
# As text: `re` compiles them when a pack first needs them.
_NEARLY_ID = r"[*_`]{0,3}(?P<id>[A-Z]{1,3}-?\d{1,4}[a-z]?)[.):]?[*_`]{0,3}[.):：]?(?:\s+|$)"
_QUESTION_MARKS = ("?", "？", "؟")
_ATTRIBUTE = r"(?:#[^\s{}]+|\.[A-Za-z][\w-]*|[A-Za-z][\w-]*=[^\s{}]*)"
_ATTRIBUTES = rf"(?<![\s\\])\s*\{{\s*(?P<all>{_ATTRIBUTE}(?:\s+{_ATTRIBUTE})*)\s*\}}\s*$"
ID = re.compile(r"[A-Za-z][A-Za-z0-9._-]{0,63}")


class HeadingLine(NamedTuple):
    """A heading outside lists and quotes. `text` is its source text, `span` its line or lines."""

    level: int
    text: str
    inlines: Inlines
    span: Span
    underlined: bool = False

    def leading_id(self) -> str | None:
        """Return the id that the text begins with, if it has the shape of one."""
        match = _leading_id(self._bare())
        return match["id"] if match else None

    def nearly_id(self) -> re.Match[str] | None:
        """Return what the text begins with if that was meant as an id: `Q3 Title`, `**Q3.** Title`."""
        return None if self.leading_id() else re.match(_NEARLY_ID, self.text)

    def is_asking(self) -> bool:
        """Tell whether the text is a question."""
        return is_asking(self._bare())

    def _bare(self) -> str:
        """Return the text without a trailing brace."""
        brace = re.search(_ATTRIBUTES, self.text) if "{" in self.text else None
        return self.text[: brace.start()] if brace else self.text

    def attributes(self) -> tuple[str, ...]:
        """Return what a trailing brace holds: `#id`, `.class`, `key=value`."""
        match = re.search(_ATTRIBUTES, self.text) if "{" in self.text else None
        return tuple(match["all"].split()) if match else ()

    def anchor_id(self) -> str | None:
        """Return the id of a trailing `{#id}`."""
        return next((one[1:] for one in self.attributes() if one.startswith("#")), None)

    def title(self) -> Inlines:
        """Return the text without its id and without a trailing brace."""
        match = _leading_id(self._bare())
        inlines = self.section_title()
        return _cut_front(inlines, match.end()) if match else inlines

    def section_title(self) -> Inlines:
        """Return the text without a trailing brace."""
        length = len(self.text) - len(self._bare())
        return _cut_back(self.inlines, length) if length else self.inlines

    def label(self, grammar: Grammar) -> LabelLine | None:
        """Return the label that is the whole text (`Solution`, `**Solution:**`), if it is a known one."""
        return whole_label(self.text, grammar)


def begins_with_id(text: str) -> bool:
    """Tell whether the text of a heading begins with what has the shape of an id."""
    return _leading_id(text) is not None


def is_asking(text: str) -> bool:
    """Tell whether a heading's text ends with a question mark: Latin, wide or Arabic."""
    return text.rstrip().endswith(_QUESTION_MARKS)


def _leading_id(text: str) -> re.Match[str] | None:
    """Return what `text` begins with that has the shape of an id, after marks of direction."""
    start = 0
    while start < _MOST_MARKS and text.startswith(_MARKS, start):
        start += 1
    return _LEADING_ID.match(text, start)


def id_letters(identifier: str) -> str:
    """Return an id without its digits and what follows them: questions of one pack share it."""
    return re.split(r"\d", identifier, maxsplit=1)[0].casefold()


def proposed_id(written: str) -> str:
    """Return an allowed id that is as near to `written` as can be."""
    cleaned = re.sub(r"[^A-Za-z0-9._-]+", "-", written).strip("-._")
    if not cleaned:
        return "pack"
    if not cleaned[0].isalpha():
        cleaned = f"p-{cleaned}"
    return cleaned[:64]


def _cut_front(inlines: Inlines, count: int) -> Inlines:
    """Return `inlines` without their first `count` characters, which are plain text."""
    rest: list[Inline] = list(inlines)
    while rest and count > 0:
        first = rest[0]
        if not isinstance(first, Text):
            break
        kept = first.text[count:]
        count -= len(first.text)
        rest[:1] = [Text(kept, span=_tail(first.span, len(first.text) - len(kept)))] if kept else []
    return tuple(rest)


def _cut_back(inlines: Inlines, count: int) -> Inlines:
    rest: list[Inline] = list(inlines)
    while rest and count > 0:
        last = rest[-1]
        if not isinstance(last, Text | SoftBreak):
            break
        text = last.text if isinstance(last, Text) else " "
        kept = text[: max(0, len(text) - count)]
        count -= len(text)
        rest[-1:] = [Text(kept, span=_head(last.span, len(kept)))] if kept else []
    return tuple(rest)


def _tail(span: Span | None, cut: int) -> Span | None:
    return Span(span.file, min(span.start + cut, span.end), span.end) if span else None


def _head(span: Span | None, kept: int) -> Span | None:
    return Span(span.file, span.start, min(span.start + kept, span.end)) if span else None
