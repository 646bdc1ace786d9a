"""The fields below a question's heading to one `Question`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from packc.ast.question import Choice, ChoiceQuestion, Note, OpenQuestion, Question, Role, Side
from packc.ast.richtext import Block, Blocks, BulletList, OrderedList, Para, Quote, Text
from packc.diagnostics import Label, Sink
from packc.diagnostics.rules.answers import (
    EmptyChoice,
    KindNotReadYet,
    MissingBox,
    NoChoices,
    SplitChoices,
    TextAfterChoices,
    WeightNotReadYet,
)
from packc.diagnostics.rules.fields import (
    AnswerIsSolution,
    EmptyField,
    FieldNotReadYet,
    FieldTwice,
    IndentedLabel,
    NoSpaceAfterLabel,
    OddLabel,
    PlainLabel,
    UnknownLabel,
)
from packc.near import nearest
from packc.reader.grammar import FieldKey, Grammar, fold
from packc.reader.headings import HeadingLine
from packc.reader.labels import Dress, LabelLine, bold_words, label_line, plain_words
from packc.reader.richtext import Task, TaskList
from packc.render.plain import PLAIN
from packc.source import SourceFile, Span

Content: TypeAlias = Block | TaskList

_ROLES = {
    FieldKey.WHY: Role.WHY,
    FieldKey.SOURCE: Role.SOURCE,
    FieldKey.MISCONCEPTION: Role.MISCONCEPTION,
    FieldKey.COLD_TARGET: Role.COLD_TARGET,
    FieldKey.OWN: Role.OWN,
}
_READ = {*_ROLES, FieldKey.PROMPT, FieldKey.CHOICES, FieldKey.ANSWER, FieldKey.SOLUTION, FieldKey.OWN}
# Patterns as text: `re` compiles them when a pack first needs them.
_TRAILING_BRACE = r"\{(?:[^{}]*%|[^{}]*\.(?:first|last|fixed))[^{}]*\}$"
_TRUTH = {"true", "false", "yes", "no", "t", "f"}
_NUMBER = r"[+-]?(?:\d+(?:[.,]\d+)*|\.\d+)(?:[eE][+-]?\d+)?(?:\s*(?:±|\+-|\.\.).*)?"
_LONGEST_KEY = 60  # characters of an `Answer` that is a key and no solution
_LIST_PREFIX = re.compile(r"[\s>]*(?:(?:[-+*]|\d{1,9}[.)])\s+)?")


class FieldLine(NamedTuple):
    """A label where a field begins."""

    label: LabelLine
    span: Span


class _Field:
    def __init__(self, line: FieldLine | None) -> None:
        self.line = line  # None: the blocks before the first label
        self.body: list[Content] = []


class QuestionReader:
    """Makes questions of headings with the fields below them, and reports what is wrong in them."""

    def __init__(self, source: SourceFile, sink: Sink, grammar: Grammar, *, plain_labels: bool) -> None:
        self._source = source
        self._sink = sink
        self.grammar = grammar
        self._plain_labels = plain_labels

    def read(self, heading: HeadingLine, identifier: str, items: Sequence[FieldLine | Content]) -> Question:
        """Return the question that `items` below `heading` make. What is missing stays empty."""
        fields = self._fields(items)
        title = heading.title()
        choices, prompt = self._prompt_and_choices(fields)
        if not prompt and title:
            prompt = (Para(title, span=heading.span),)
        question = OpenQuestion(
            id=identifier,
            title=title,
            prompt=prompt,
            solution=self._solution(fields, has_choices=choices is not None),
            notes=self._notes(fields),
            span=heading.span,
        )
        return question if choices is None else _with_choices(question, choices)

    def _fields(self, items: Sequence[FieldLine | Content]) -> dict[str, _Field]:
        """Split `items` at the labels; the first field of a kind counts."""
        current = _Field(None)
        fields: dict[str, _Field] = {FieldKey.PROMPT: current}
        for item in items:
            if not isinstance(item, FieldLine):
                self._check_labels_in_text(item)
                current.body.append(item)
                continue
            self._check_label(item)
            key = item.label.field
            current = _Field(item)
            earlier = fields.get(key)
            if earlier is None or item.label.key not in _READ:
                fields[key] = current
            elif earlier.line is None:
                earlier.line, current = item, earlier
            else:
                labels = (Label(earlier.line.span, "the first one is here"),)
                self._sink.report(FieldTwice(item.label.label), item.span, labels=labels)
        for found in fields.values():
            if found.line and not found.body and found.line.label.key in _READ:
                self._sink.report(EmptyField(found.line.label.label), found.line.span)
        return fields

    def _check_label(self, line: FieldLine) -> None:
        label = line.label
        if label.key not in _READ:
            self._sink.report(FieldNotReadYet(label.label), line.span)
        elif label.dress is Dress.ODD:
            self._sink.report(OddLabel(label.written, label.label), line.span)
        elif not label.spaced:
            self._sink.report(NoSpaceAfterLabel(), line.span)

    def _check_labels_in_text(self, item: Content) -> None:
        """Warn of what looks like a label but is text: unknown, plain among bold ones, or indented."""
        span = item.span
        if span is None or not isinstance(item, Para | BulletList | OrderedList | Quote | TaskList):
            return
        first = self._source.line_of(span.start)
        for number in range(first, self._source.line_of(max(span.start, span.end - 1)) + 1):
            start = max(span.start, self._source.line_starts[number])
            text = self._source.text[start : self._source.line_end(number)]
            if isinstance(item, Para):
                self._check_text_line(text, start, is_first=number == first)
            else:
                indent = _LIST_PREFIX.match(text)
                cut = indent.end() if indent else 0
                label = label_line(text[cut:], self.grammar, plain=False)
                if label and label.dress is Dress.BOLD:
                    place = self._source.span(start + cut, start + cut + len(label.written))
                    self._sink.report(IndentedLabel(label.written), place)

    def _check_text_line(self, text: str, start: int, *, is_first: bool) -> None:
        found = bold_words(text) if is_first else None
        if found is not None and fold(found[0]) not in self.grammar.labels:
            words, length = found
            near = nearest(fold(words), self.grammar.labels, alike=0.75)
            place = self._source.span(start, start + length)
            self._sink.report(UnknownLabel(words, near.capitalize()), place)
        plain = None if self._plain_labels else plain_words(text, self.grammar)
        if plain is not None:
            place = self._source.span(start, start + len(plain) + 1)
            self._sink.report(PlainLabel(f"{plain}:"), place)

    def _prompt_and_choices(self, fields: dict[str, _Field]) -> tuple[tuple[Choice, ...] | None, Blocks]:
        prompt: list[Block] = []
        found: TaskList | None = None
        for key in (FieldKey.PROMPT, FieldKey.CHOICES):
            if key not in fields:
                continue
            after_choices = False
            for item in fields[key].body:
                if not isinstance(item, TaskList):
                    if found is not None and not after_choices:
                        after_choices = True
                        self._sink.report(TextAfterChoices(), item.span)
                    prompt.append(item)
                elif found is None:
                    found = item
                else:
                    self._report_second_list(found, item)
        chosen = fields.get(FieldKey.CHOICES)
        if chosen and chosen.line and not any(isinstance(item, TaskList) for item in chosen.body):
            self._sink.report(NoChoices(), chosen.line.span)
        choices = tuple(self._choice(task) for task in found.tasks) if found else None
        return choices, tuple(prompt)

    def _report_second_list(self, first: TaskList, second: TaskList) -> None:
        labels = (Label(first.span, "the first one begins here"),) if first.span else ()
        self._sink.report(SplitChoices(), second.span, labels=labels)

    def _choice(self, task: Task) -> Choice:
        blocks = task.item.blocks
        span = task.item.span
        if task.box is None:
            self._sink.report(MissingBox(), span)
        feedback: Blocks = ()
        if len(blocks) > 1 and isinstance(blocks[-1], Quote):
            feedback = blocks[-1].blocks
            blocks = blocks[:-1]
        if not blocks or (len(blocks) == 1 and isinstance(blocks[0], Quote)):
            self._sink.report(EmptyChoice(), span)
        self._check_brace(blocks)
        return Choice(blocks=blocks, correct=bool(task.box), feedback=feedback, span=span)

    def _check_brace(self, blocks: Blocks) -> None:
        if blocks and isinstance(blocks[0], Para) and blocks[0].children:
            last = blocks[0].children[-1]
            brace = re.search(_TRAILING_BRACE, last.text) if isinstance(last, Text) else None
            if brace:
                self._sink.report(WeightNotReadYet(brace[0]), last.span)

    def _solution(self, fields: dict[str, _Field], *, has_choices: bool) -> Blocks:
        solution = fields.get(FieldKey.SOLUTION)
        body = _blocks(solution.body) if solution else ()
        answer = fields.get(FieldKey.ANSWER)
        if answer is None or answer.line is None or not answer.body:
            return body
        kind = _kind_of_key(_blocks(answer.body))
        if has_choices:
            self._sink.report(FieldNotReadYet(answer.line.label.label), answer.line.span)
        elif kind:
            self._sink.report(KindNotReadYet(kind), answer.line.span)
        elif solution and solution.line:
            labels = (Label(solution.line.span, "the solution is here"),)
            self._sink.report(FieldTwice("solution"), answer.line.span, labels=labels)
        else:
            self._sink.report(AnswerIsSolution(), answer.line.span)
            body = _blocks(answer.body)
        return body

    def _notes(self, fields: dict[str, _Field]) -> tuple[Note, ...]:
        return tuple(
            Note(
                role=_ROLES[found.line.label.key],
                label=found.line.label.label,
                body=_blocks(found.body),
                key=own.key if (own := found.line.label.own) else "",
                side=own.side if own else Side.BACK,
                span=found.line.span,
            )
            for found in fields.values()
            if found.line and found.line.label.key in _ROLES and found.body
        )


def _with_choices(question: OpenQuestion, choices: tuple[Choice, ...]) -> ChoiceQuestion:
    return ChoiceQuestion(
        id=question.id,
        title=question.title,
        prompt=question.prompt,
        solution=question.solution,
        notes=question.notes,
        span=question.span,
        choices=choices,
    )


def _blocks(body: Sequence[Content]) -> Blocks:
    return tuple(item.plain if isinstance(item, TaskList) else item for item in body)


def _kind_of_key(body: Blocks) -> str | None:
    """Return the kind of question that an `Answer` with this text makes, or None if it is prose."""
    if len(body) != 1 or not isinstance(body[0], Para):
        return None
    text = PLAIN.inlines(body[0].children)
    if text.casefold() in _TRUTH:
        return "true/false question"
    if re.fullmatch(_NUMBER, text):
        return "numeric question"
    if "\n" not in text and len(text) <= _LONGEST_KEY and not text.endswith((".", "!", "?")):
        return "short-answer question"
    return None
