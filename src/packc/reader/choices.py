"""Task lists and lettered lines to choices."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from packc.ast.question import Choice, Pin
from packc.ast.richtext import Block, Blocks, BulletList, ListItem, OrderedList, Para, Quote
from packc.diagnostics import Fix, Label, Sink
from packc.diagnostics.rules.answers import EmptyChoice, MissingBox, NoChoices, SplitChoices, TextAfterChoices
from packc.diagnostics.rules.choices import (
    AnswerNamesNoChoice,
    BraceMisplaced,
    KeysContradict,
    LettersAreText,
    LettersDropped,
    MisspeltBox,
)
from packc.reader import remedies
from packc.reader.answers import AnswerLine
from packc.reader.braces import Brace, report_misplaced, take_brace
from packc.reader.fields import Content, Field
from packc.reader.letters import (
    Lettered,
    find_letters,
    first_letter,
    leading_letter,
    letter_end,
    named_letters,
)
from packc.reader.tasklists import Task, TaskList
from packc.reader.written import Written
from packc.render.plain import PLAIN
from packc.source import SourceFile, Span

# Patterns as text: `re` compiles them when a pack first needs them.
_BOX = r"\s*(?P<box>\[(?P<mark>[ \t]*[xXvV✓✔✗*+]?[ \t]*)\])(?=\s|$|[^\s(\[:])\s*"
_JOINED_BOX = r"(?:^|\n)[ \t]*(?P<box>[-*+]\[(?P<mark>[ xXvV✓✔]?)\])(?=\s)"


class Found(NamedTuple):
    """The choices of a question, if it has any, and what of the prompt is left."""

    choices: tuple[Choice, ...] | None
    prompt: Blocks
    span: Span | None = None


def has_misspelt_boxes(block: object, source: SourceFile) -> bool:
    """Tell whether `block` is a list with what is nearly a box, or has lines such as `-[ ] a`."""
    if not isinstance(block, BulletList | OrderedList | Para) or block.span is None:
        return False
    written = source.text[block.span.start : block.span.end]
    if isinstance(block, Para):
        return "[" in written and re.search(_JOINED_BOX, written) is not None
    if "[" not in written:
        return False
    return any(_nearly_box(item, source) is not None for item in block.items)


class ChoiceReader:
    """Finds the choices of one question at a time, and which of them are right."""

    def __init__(self, source: SourceFile, sink: Sink) -> None:
        self._source = source
        self._sink = sink

    def find(self, prompt: Field | None, chosen: Field | None, answer: Field | None) -> Found:
        """Return the choices in the prompt or under `Choices`. `answer` may name the right ones."""
        bodies = [
            self._as_tasks(body)
            for body in ((prompt.body if prompt else ()), (chosen.body if chosen else ()))
        ]
        found = self._task_list(bodies)
        if found is not None:
            tasks, rest = found
            choices = self._with_answer(self._choices(tasks), answer)
            return Found(choices, rest, tasks.span)
        blocks = tuple(_plain(item) for body in bodies for item in body)
        by_letters = self._by_letters(blocks, answer, under_label=chosen is not None)
        if by_letters is not None:
            return by_letters
        if chosen is not None and chosen.line:
            listed = self._plain_list(chosen, answer)
            if listed is not None:
                outside = tuple(_plain(item) for item in bodies[0])
                return Found(listed, outside, chosen.line.span)
            self._sink.report(NoChoices(), chosen.line.span)
        return Found(None, blocks)

    def _task_list(self, bodies: Sequence[Sequence[Content]]) -> tuple[TaskList, Blocks] | None:
        prompt: list[Block] = []
        found: TaskList | None = None
        for body in bodies:
            after_choices = False
            for item in body:
                if not isinstance(item, TaskList):
                    if found is not None and not after_choices:
                        after_choices = True
                        self._sink.report(TextAfterChoices(), item.span)
                    self._check_joined_boxes(item)
                    prompt.append(item)
                elif found is None:
                    found = item
                else:
                    labels = (Label(found.span, "the first one begins here"),) if found.span else ()
                    fix = self._joining_fix(found, item)
                    self._sink.report(SplitChoices(), item.span, labels=labels, fix=fix)
        return (found, tuple(prompt)) if found is not None else None

    def _joining_fix(self, first: TaskList, second: TaskList) -> Fix | None:
        if first.span is None or second.span is None:
            return None
        return remedies.under_the_choice(first.span, second.span, self._source)

    def _as_tasks(self, body: Sequence[Content]) -> list[Content]:
        """Return `body` with the lists as task lists whose boxes are only misspelt."""
        return [
            _without_boxes(block)
            if isinstance(block, BulletList | OrderedList) and has_misspelt_boxes(block, self._source)
            else block
            for block in body
        ]

    def _check_joined_boxes(self, block: Block) -> None:
        """Report lines such as `-[ ] text`, which Markdown takes for a paragraph."""
        if not isinstance(block, Para) or "[" not in self._source_of(block):
            return
        written = Written(block.children, self._source)
        for found in re.finditer(_JOINED_BOX, written.text):
            mark = "x" if found["mark"].strip() else " "
            right = f"{found['box'][0]} [{mark}]"
            self._report_box(found["box"], right, written.span(*found.span("box")))

    def _report_box(self, box: str, right: str, place: Span) -> None:
        fix = remedies.replaced(f"write `{right}`", place, right)
        self._sink.report(MisspeltBox(box, right), place, fix=fix)

    def _source_of(self, block: Block) -> str:
        return self._source.text[block.span.start : block.span.end] if block.span else ""

    def _choices(self, tasks: TaskList) -> tuple[Choice, ...]:
        items = [self._with_box(task) for task in tasks.tasks]
        return tuple(self._choice(item.blocks, box, item.span) for item, box in self._without_letters(items))

    def _with_box(self, task: Task) -> tuple[ListItem, bool]:
        """Return the item without its box, and whether it is ticked; a box that is missing is reported."""
        if task.box is not None:
            return task.item, task.box
        nearly = _nearly_box(task.item, self._source)
        if nearly is None:
            self._sink.report(MissingBox(), task.item.span)
            return task.item, False
        written, found = nearly
        ticked = bool(found["mark"].strip())
        right = "[x]" if ticked else "[ ]"
        self._report_box(found["box"], right, written.span(*found.span("box")))
        rest = _cut_para(written, found.end(), len(written.text))
        return ListItem((*rest, *task.item.blocks[1:]), span=task.item.span), ticked

    def _without_letters(self, items: list[tuple[ListItem, bool]]) -> list[tuple[ListItem, bool]]:
        """Take off letters in front of every choice: each target adds its own."""
        cut: list[tuple[ListItem, bool]] = []
        marks: set[str] = set()
        for index, (item, box) in enumerate(items):
            first = item.blocks[0] if item.blocks else None
            written = Written(first.children, self._source) if isinstance(first, Para) else None
            found = letter_end(written.text, index) if written else None
            if written is None or found is None:
                return items
            marks.add(found[0])
            rest = _cut_para(written, found[1], len(written.text))
            cut.append((ListItem((*rest, *item.blocks[1:]), span=item.span), box))
        if len(cut) < 2 or len(marks) > 1:
            return items
        self._sink.report(LettersDropped(), items[0][0].span)
        return cut

    def _choice(self, blocks: Blocks, correct: bool, span: Span | None) -> Choice:
        feedback: Blocks = ()
        if len(blocks) > 1 and isinstance(blocks[-1], Quote):
            feedback = blocks[-1].blocks
            blocks = blocks[:-1]
        blocks, brace = self._without_brace(blocks)
        if not blocks or (len(blocks) == 1 and isinstance(blocks[0], Quote)):
            self._sink.report(EmptyChoice(), span)
        return Choice(
            blocks=blocks, correct=correct, feedback=feedback, weight=brace.weight, pin=brace.pin, span=span
        )

    def _without_brace(self, blocks: Blocks) -> tuple[Blocks, Brace]:
        """Read the brace that ends the first or the last paragraph of a choice."""
        result = Brace(0)
        kept: list[Block] = []
        for index, block in enumerate(blocks):
            if isinstance(block, Para):
                self._check_joined_boxes(block)
            if not isinstance(block, Para) or "{" not in self._source_of(block):
                kept.append(block)
                continue
            written = Written(block.children, self._source)
            if index not in (0, len(blocks) - 1):
                report_misplaced(written, 0, len(written.text), self._sink)
                kept.append(block)
                continue
            brace = take_brace(written, 0, len(written.text), self._sink, choice=True)
            report_misplaced(written, 0, brace.end, self._sink)
            if brace.weight is None and brace.pin is Pin.NONE:
                kept.append(block)
                continue
            if brace.end == 0 and index < len(blocks) - 1:
                self._sink.report(BraceMisplaced(written.text.strip()), block.span)
            if result != Brace(0):
                place = written.span(*written.stripped(brace.end, len(written.text)))
                self._sink.report(BraceMisplaced(written.text[brace.end :].strip()), place)
            result = brace._replace(end=0)
            kept += _cut_para(written, 0, brace.end)
        return tuple(kept), result

    def _by_letters(self, blocks: Blocks, answer: Field | None, *, under_label: bool) -> Found | None:
        letters = find_letters(blocks, self._source)
        if letters is None:
            alone = first_letter(blocks, self._source) if answer and self._letter_answer(answer) else None
            if alone is not None:
                self._sink.report(LettersAreText(), alone)
            return None
        right = self._named(answer, letters.choices)
        if right is None and answer is not None and self._letter_answer(answer):
            self._sink.report(AnswerNamesNoChoice(len(letters.choices)), answer.body[0].span)
            right = set()
        if right is None:
            if not under_label:
                self._sink.report(LettersAreText(), letters.span)
            return None
        if letters.after:
            self._sink.report(TextAfterChoices(), letters.after[0].span)
        choices = tuple(
            self._choice(choice.blocks, index in right, choice.span)
            for index, choice in enumerate(letters.choices)
        )
        return Found(choices, (*letters.before, *letters.after), letters.span)

    def _letter_answer(self, answer: Field) -> bool:
        """Tell whether the answer consists of letters, as an answer to choices does."""
        line = AnswerLine.of(answer, self._source)
        return line is not None and named_letters(line.text) is not None

    def _plain_list(self, chosen: Field, answer: Field | None) -> tuple[Choice, ...] | None:
        """Return the items of the one list under `Choices`, if the answer names some of them."""
        block = chosen.body[0] if len(chosen.body) == 1 else None
        if not isinstance(block, BulletList | OrderedList):
            return None
        items = tuple(Lettered(item.blocks, item.span) for item in block.items if item.span)
        right = self._named(answer, items)
        if right is None:
            return None
        return tuple(self._choice(item.blocks, index in right, item.span) for index, item in enumerate(items))

    def _with_answer(self, choices: tuple[Choice, ...], answer: Field | None) -> tuple[Choice, ...]:
        """Return `choices` with those right that the answer names; it may not contradict the boxes."""
        if answer is None or answer.line is None or not answer.body:
            return choices
        right = self._named(answer, choices)
        place = answer.body[0].span
        if right is None:
            self._sink.report(AnswerNamesNoChoice(len(choices)), place)
            return choices
        ticked = {index for index, choice in enumerate(choices) if choice.correct}
        if ticked and ticked != right:
            self._sink.report(KeysContradict(), place)
        if ticked:
            return choices
        return tuple(
            Choice(
                blocks=choice.blocks,
                correct=index in right,
                feedback=choice.feedback,
                weight=choice.weight,
                pin=choice.pin,
                span=choice.span,
            )
            for index, choice in enumerate(choices)
        )

    def _named(self, answer: Field | None, choices: Sequence[Lettered | Choice]) -> set[int] | None:
        """Return the numbers of the choices that the answer names by letter or text, or None."""
        line = AnswerLine.of(answer, self._source)
        if line is None:
            return None
        text = _said(PLAIN.inlines(line.written.cut(0, len(line.written.text))))
        texts = [_said(PLAIN.blocks(choice.blocks)) for choice in choices]
        if texts.count(text) == 1:
            return {texts.index(text)}
        named = named_letters(text)
        if named is None:
            both = leading_letter(text)
            if both is None or both[0] >= len(texts) or both[1] != texts[both[0]]:
                return None
            named = (both[0],)
        return set(named) if all(number < len(choices) for number in named) else None


def _without_boxes(block: BulletList | OrderedList) -> TaskList:
    return TaskList(tuple(Task(item, None) for item in block.items), lambda: block, span=block.span)


def _said(text: str) -> str:
    return " ".join(text.split()).casefold().removesuffix(".")


def _plain(item: Content) -> Block:
    return item.plain if isinstance(item, TaskList) else item


def _nearly_box(item: ListItem, source: SourceFile) -> tuple[Written, re.Match[str]] | None:
    if not item.blocks or not isinstance(item.blocks[0], Para):
        return None
    written = Written(item.blocks[0].children, source)
    found = re.match(_BOX, written.text)
    return (written, found) if found else None


def _cut_para(written: Written, start: int, end: int) -> Iterator[Para]:
    """Yield the paragraph that `written.text[start:end]` makes, if anything is left of it."""
    start, end = written.stripped(start, end)
    if start < end:
        yield Para(written.cut(start, end), span=written.span(start, end))
