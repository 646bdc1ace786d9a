"""What stands below a question's heading, split at its labels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

from packc.ast.richtext import Block, Blocks, BulletList, Callout, CodeBlock, OrderedList, Para, Quote
from packc.diagnostics import Fix, Label, Sink
from packc.diagnostics.rules.fields import (
    EmptyField,
    FieldTwice,
    IndentedLabel,
    NoSpaceAfterLabel,
    OddLabel,
    PlainLabel,
    UnknownLabel,
)
from packc.diagnostics.rules.structure import UnderlinedText
from packc.named import NamedTuple
from packc.near import nearest
from packc.reader.grammar import META, FieldKey, Grammar, fold
from packc.reader.labels import Dress, LabelLine, bold_words, label_line, plain_words
from packc.reader.remedies import blank_line_above
from packc.reader.tasklists import TaskList
from packc.source import SourceFile, Span

Content: TypeAlias = Block | TaskList

_PREFIX = re.compile(r"[\s>]*(?:(?:[-+*]|\d{1,9}[.)])\s+)?")


class FieldLine(NamedTuple):
    """A label where a field begins.

    `value`: all that belongs to the field, where it does not go on to the next label. `whole`: the block that
    the label and its value were written as, where that is one.
    """

    label: LabelLine
    span: Span
    value: tuple[Content, ...] | None = None
    whole: Block | None = None


class Field:
    """One field; without a `line` it holds the blocks before the first label."""

    def __init__(self, line: FieldLine | None) -> None:
        self.line = line
        self.body: list[Content] = []

    @property
    def blocks(self) -> Blocks:
        """The value as plain blocks: a task list in it is a list."""
        return tuple(item.plain if isinstance(item, TaskList) else item for item in self.body)

    @property
    def label(self) -> str:
        return self.line.label.label if self.line else ""

    def place(self, source: SourceFile) -> Span | None:
        """Return the place of the label, with the value where that is one paragraph on the same line."""
        if self.line is None:
            return self.body[0].span if self.body else None
        last = self.body[0].span if len(self.body) == 1 and isinstance(self.body[0], Para) else None
        span = self.line.span
        same_line = last is not None and source.line_of(last.start) == source.line_of(span.start)
        return span.to(last) if last and same_line else span


class Fields(NamedTuple):
    """The fields of one question: `one` has those that count once, by their key, `hints` every hint."""

    one: dict[str, Field]
    hints: list[Field]

    def get(self, key: FieldKey) -> Field | None:
        """Return the field with this key, if the author wrote it and it says something."""
        found = self.one.get(key)
        return found if found is not None and found.line is not None and found.body else None

    def written(self) -> list[tuple[FieldLine, Field]]:
        """Return every field that has a label, in source order."""
        found = [(field.line, field) for field in (*self.one.values(), *self.hints) if field.line]
        return sorted(found, key=lambda pair: pair[0].span.start)


class FieldReader:
    """Splits the items below a heading into fields, and reports labels that are not written as such."""

    def __init__(self, source: SourceFile, sink: Sink, grammar: Grammar, *, plain_labels: bool) -> None:
        self._source = source
        self._sink = sink
        self._grammar = grammar
        self._plain_labels = plain_labels

    def read(self, items: Sequence[FieldLine | Content]) -> Fields:
        """Return the fields of `items`; of those that count once the first one does."""
        current = Field(None)
        fields = Fields({FieldKey.PROMPT: current}, [])
        waiting: Field | None = None  # a meta field as a heading: its value is the paragraph below
        for item in items:
            if not isinstance(item, FieldLine):
                self._check_labels_in_text(item)
                into = waiting if waiting is not None and isinstance(item, Para) else current
                into.body.append(item)
                waiting = None
                continue
            self._check_label(item)
            field = self._field(fields, item)
            for block in item.value or ():
                self._check_labels_in_text(block)
                field.body.append(block)
            waiting = field if item.value is None and item.label.key in META else None
            if item.value is None and waiting is None:
                current = field
        return fields

    def check_empty(self, fields: Fields, lacks: frozenset[str]) -> None:
        """Report the fields without a text, but for those whose text the question cannot do without."""
        for line, found in fields.written():
            if not found.body and line.label.key not in lacks:
                self._sink.report(EmptyField(found.label), line.span)

    def _field(self, fields: Fields, line: FieldLine) -> Field:
        """Return the field that begins at `line`, after giving it its place in `fields`."""
        made = Field(line)
        if line.label.key is FieldKey.HINT:
            fields.hints.append(made)
            return made
        earlier = fields.one.setdefault(line.label.field, made)
        if earlier.line is None:
            earlier.line = line
            return earlier
        if earlier is not made:
            labels = (Label(earlier.line.span, "the first one is here"),)
            self._sink.report(FieldTwice(line.label.label), line.span, labels=labels)
        return made

    def _check_label(self, line: FieldLine) -> None:
        label = line.label
        if label.dress is Dress.ODD:
            fix = Fix.replacing(line.span, self._right_label(line), f"write `**{label.label}:**`")
            self._sink.report(OddLabel(label.written, label.label), line.span, fix=fix)
        elif not label.spaced:
            end = self._source.span(line.span.end, line.span.end)
            fix = Fix.replacing(end, " ", "put a space after the label")
            self._sink.report(NoSpaceAfterLabel(), line.span, fix=fix)

    def _right_label(self, line: FieldLine) -> str:
        """Return how an odd label, and what stands inside its marks, should have been written."""
        inside = line.label.written[line.label.end :].rstrip("*_:： ")
        right = f"**{line.label.label}:** {inside}".rstrip()
        following = self._source.text[line.span.end : line.span.end + 1]
        return right if not following or following.isspace() else f"{right} "

    def _check_labels_in_text(self, item: Content) -> None:
        """Warn of what looks like a label but is text: unknown, plain among bold ones, or indented."""
        span = item.span
        if span is None or not isinstance(
            item, Para | BulletList | OrderedList | Quote | Callout | TaskList | CodeBlock
        ):
            return
        written = self._source.text[span.start : span.end]
        if "**" not in written and "__" not in written and not isinstance(item, Para):
            return  # only a bold label is one in a list, a quote or code
        first = self._source.line_of(span.start)
        for number in range(first, self._source.line_of(max(span.start, span.end - 1)) + 1):
            line_start = self._source.line_starts[number]
            start = max(span.start, line_start)
            text = self._source.text[start : self._source.line_end(number)]
            if text[:1].isalpha() and ":" not in text and "：" not in text:
                continue  # nearly every line
            prefix = _PREFIX.match(text) if not isinstance(item, Para) or start == line_start else None
            cut = prefix.end() if prefix else 0
            label = (
                label_line(text[cut:], self._grammar, plain=False)
                if text[cut : cut + 1] in ("*", "_")
                else None
            )
            if label and label.dress is Dress.BOLD:
                place = self._source.span(start + cut, start + cut + len(label.written))
                self._sink.report(IndentedLabel(label.written), place)
            elif isinstance(item, Para):
                self._check_text_line(text, start)
                if number > first and len(text) > 1 and not text.strip().strip("="):
                    above = self._source.line_starts[number - 1]
                    self._sink.report(
                        UnderlinedText(),
                        self._source.span(above, line_start - 1),
                        fix=blank_line_above(self._source, number),
                    )

    def _check_text_line(self, text: str, start: int) -> None:
        found = bold_words(text)
        if found is not None and fold(found[0]) not in self._grammar.labels:
            words, length = found
            near = nearest(fold(words), self._grammar.labels, alike=0.75)
            place = self._source.span(start, start + length)
            right = f"**{near.capitalize()}:**"
            fix = Fix.replacing(place, right, safe=False) if near else None
            self._sink.report(UnknownLabel(words, near.capitalize()), place, fix=fix)
        plain = None if self._plain_labels else plain_words(text, self._grammar)
        if plain is not None:
            length = next(index for index, one in enumerate(text, 1) if one in ":：")
            place = self._source.span(start, start + length)
            fix = Fix.replacing(place, f"**{plain}:**", safe=False)
            self._sink.report(PlainLabel(f"{plain}:"), place, fix=fix)
