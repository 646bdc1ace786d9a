"""Task lists and lettered lines to choices."""

from __future__ import annotations

from collections.abc import Sequence

from packc.ast.question import Choice, Pin
from packc.ast.richtext import Block, Blocks, BulletList, ListItem, OrderedList, Para, Quote
from packc.diagnostics import Edit, Fix, Label, Sink
from packc.diagnostics.rules.answers import EmptyChoice, NoChoices, TextAfterChoices
from packc.diagnostics.rules.choices import (
    AnswerNamesNoChoice,
    BraceMisplaced,
    KeysContradict,
)
from packc.diagnostics.rules.letters import LetterIsAnswer, LettersAreText, LettersDropped
from packc.named import NamedTuple
from packc.reader.answers import AnswerLine
from packc.reader.boxes import BoxReader, cut_para, source_of
from packc.reader.braces import NO_BRACE, Brace, report_misplaced, take_brace
from packc.reader.fields import Content, Field
from packc.reader.letters import (
    Lettered,
    find_letters,
    first_letter,
    leading_letter,
    letter_end,
    missing_letters,
    named_letters,
    unread_choices,
)
from packc.reader.tasklists import TaskList
from packc.reader.written import Written
from packc.render.plain import PLAIN
from packc.source import SourceFile, Span


class Found(NamedTuple):
    """The choices of a question, if it has any, and what of the prompt is left."""

    choices: tuple[Choice, ...] | None
    prompt: Blocks
    span: Span | None = None


class ChoiceReader:
    """Finds the choices of one question at a time, and which of them are right."""

    def __init__(self, source: SourceFile, sink: Sink) -> None:
        self._source = source
        self._sink = sink
        self._boxes = BoxReader(source, sink)

    def find(self, prompt: Field | None, chosen: Field | None, answer: Field | None) -> Found:
        """Return the choices in the prompt or under `Choices`. `answer` may name the right ones."""
        bodies = [
            self._boxes.as_tasks(body)
            for body in ((prompt.body if prompt else ()), (chosen.body if chosen else ()))
        ]
        found = self._boxes.task_list(bodies)
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

    def _choices(self, tasks: TaskList) -> tuple[Choice, ...]:
        items = self._boxes.items(tasks)
        return tuple(self._choice(item.blocks, box, item.span) for item, box in self._without_letters(items))

    def _without_letters(self, items: list[tuple[ListItem, bool]]) -> list[tuple[ListItem, bool]]:
        """Take off letters in front of every choice: each target adds its own."""
        cut: list[tuple[ListItem, bool]] = []
        marks: set[str] = set()
        letters: list[Span] = []
        for index, (item, box) in enumerate(items):
            first = item.blocks[0] if item.blocks else None
            if isinstance(first, Para) and _begins_word(source_of(first, self._source)):
                return items
            written = Written(first.children, self._source) if isinstance(first, Para) else None
            found = letter_end(written.text, index) if written else None
            if written is None or found is None:
                return items
            marks.add(found[0])
            letters.append(written.span(*written.stripped(0, found[1])))
            rest = cut_para(written, found[1], len(written.text))
            cut.append((ListItem((*rest, *item.blocks[1:]), span=item.span), box))
        if len(cut) < 2 or len(marks) > 1:
            return items
        edits = tuple(Edit(self._with_space(letter), "") for letter in letters)
        fix = Fix("remove the letters", edits)
        self._sink.report(LettersDropped(), items[0][0].span, fix=fix)
        return cut

    def _with_space(self, place: Span) -> Span:
        """Return `place` with the spaces behind it."""
        rest = self._source.text[place.end : place.end + 8]
        return place._replace(end=place.end + len(rest) - len(rest.lstrip(" \t")))

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
        result = NO_BRACE
        kept: list[Block] = []
        for index, block in enumerate(blocks):
            text = source_of(block, self._source) if isinstance(block, Para) else ""
            if "[" in text:
                self._boxes.check_joined(block)
            if not isinstance(block, Para) or "{" not in text:
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
            if result != NO_BRACE:
                place = written.span(*written.stripped(brace.end, len(written.text)))
                self._sink.report(BraceMisplaced(written.text[brace.end :].strip()), place)
            result = brace._replace(end=0)
            kept += cut_para(written, 0, brace.end)
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
            self._report_unnamed(answer, len(letters.choices))
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
            self._report_unnamed(answer, len(choices))
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

    def check_unread(self, prompt: Blocks, answer: Field | None) -> None:
        """Report choices in the prompt of a short answer that look as if it named them by their letters."""
        line = AnswerLine.of(answer, self._source)
        place = unread_choices(prompt, line.text, self._source) if line and answer else None
        if answer is not None and place is not None:
            labels = (Label(place, "these are text"),)
            self._sink.report(LetterIsAnswer(), answer.body[0].span, labels=labels)

    def _report_unnamed(self, answer: Field, count: int) -> None:
        line = AnswerLine.of(answer, self._source)
        missing = missing_letters(line.text, count) if line else ""
        self._sink.report(AnswerNamesNoChoice(count, missing), answer.body[0].span)

    def _named(self, answer: Field | None, choices: Sequence[Lettered | Choice]) -> set[int] | None:
        """Return the numbers of the choices that the answer names by letter or text, or None."""
        line = AnswerLine.of(answer, self._source)
        if line is None:
            return None
        text = _said(PLAIN.inlines(line.written.cut(0, len(line.written.text))))
        texts = [_said(PLAIN.blocks(choice.blocks)) for choice in choices]
        if texts.count(text) == 1:
            return {texts.index(text)}
        both = leading_letter(text)
        if both is not None and both[0] < len(texts) and both[1] == texts[both[0]]:
            return {both[0]}
        named = named_letters(text)
        return set(named) if named and all(number < len(choices) for number in named) else None


def _begins_word(text: str) -> bool:
    """Tell whether a text begins with a word of more than one letter, or one with a space behind it."""
    return text[:1].isalpha() and (text[1:2].isalnum() or text[1:2] == " ")


def _said(text: str) -> str:
    return " ".join(text.split()).casefold().removesuffix(".")


def _plain(item: Content) -> Block:
    return item.plain if isinstance(item, TaskList) else item
