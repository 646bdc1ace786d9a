"""A question: its heading, and its fields in the order in which they are best read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import assert_never

from packc.ast.keys import TextKey
from packc.ast.kinds import Kind
from packc.ast.normal import may_join
from packc.ast.question import (
    CategorisingQuestion,
    Choice,
    ChoiceQuestion,
    ClozeQuestion,
    Criterion,
    MatchingQuestion,
    Note,
    NumericQuestion,
    OpenQuestion,
    OrderingQuestion,
    Pin,
    Question,
    Role,
    ShortAnswerQuestion,
    TrueFalseQuestion,
    kind_of,
)
from packc.ast.richtext import Align, Block, Blocks, BulletList, Cell, OrderedList, Para, Row, Table, Text
from packc.render.plain import PLAIN
from packc.writer import answers
from packc.writer.blocks import BlockWriter, hanging, prefixed
from packc.writer.labels import Labels

_KEY_LIKE = re.compile(r"(?:true|false|yes|no|t|f)|[+-]?(?:\d|\.\d).*", re.IGNORECASE)
_LONGEST_KEY = 60  # characters of an `Answer` that is a key without `Type:`
_TYPES = {
    Kind.SINGLE: "single",
    Kind.MULTIPLE: "multiple",
    Kind.SHORT: "short",
}


class QuestionWriter:
    """Writes the fields of questions with the labels of their pack."""

    def __init__(self, writer: BlockWriter, labels: Labels) -> None:
        self._writer = writer
        self._labels = labels

    def fields(self, question: Question) -> Iterator[str]:
        """Yield the fields of `question`, each as one text."""
        if question.prompt and question.prompt != (Para(question.title),):
            yield self._field("prompt", question.prompt)
        yield from self._asked(question)
        if _needs_type(question):
            kind = kind_of(question)
            yield self._line("type", _TYPES.get(kind, kind))
        notes = list(question.notes)
        while notes and notes[0].role is Role.COLD_TARGET:
            yield self._note(notes.pop(0))
        for hint in question.hints:
            yield self._field("hint", hint)
        if question.solution:
            yield self._field("solution", question.solution)
        feedback = question.feedback
        for key, blocks in (
            ("right_feedback", feedback.right),
            ("wrong_feedback", feedback.wrong),
            ("feedback", feedback.general),
        ):
            if blocks:
                yield self._field(key, blocks)
        yield from map(self._note, notes)
        if isinstance(question, OpenQuestion):
            yield from self._essay(question)
        yield from self._meta(question)

    def _asked(self, question: Question) -> Iterator[str]:
        """Yield what the kind of the question consists of."""
        match question:
            case OpenQuestion():
                pass
            case ChoiceQuestion():
                choices = "\n".join(map(self._choice, question.choices))
                apart = bool(question.prompt) and isinstance(question.prompt[-1], BulletList)
                yield f"**{self._labels.of('choices')}:**\n\n{choices}" if apart else choices
            case TrueFalseQuestion():
                yield self._line("answer", "true" if question.answer else "false")
            case ShortAnswerQuestion():
                yield from self._texts(question.key)
            case NumericQuestion():
                yield self._line("answer", answers.number_key(question.key))
            case ClozeQuestion():
                yield self._field("cloze", question.text)
            case MatchingQuestion():
                yield self._pairs("match", question)
            case CategorisingQuestion():
                yield self._pairs("sort", question)
            case OrderingQuestion():
                items = self._writer.blocks((OrderedList(question.items, tight=_fits_tight(question)),))
                yield f"**{self._labels.of('order')}:**\n\n{items}"
            case _:
                assert_never(question)

    def _choice(self, choice: Choice) -> str:
        words = [f".{choice.pin}"] if choice.pin is not Pin.NONE else []
        brace = answers.weight_brace(choice.weight, *words)
        box = "[x]" if choice.correct else "[ ]"
        with self._writer.inside():
            blocks = list(self._writer.run(choice.blocks))  # behind a box, too, a line may begin a block
            body = box
            above: Block = Para(())
            if blocks and isinstance(blocks[0][0], Para):
                body = f"{box} {blocks.pop(0)[1]}{brace}"
                brace = ""
            for block, written in blocks:
                body += ("\n" if may_join(above, block) else "\n\n") + written
                above = block
            if brace:  # behind the last paragraph, or as one of its own
                body += brace if blocks and isinstance(above, Para) else f"\n\n{brace.strip()}"
                above = Para(())
            if choice.feedback:
                gap = "\n" if isinstance(above, Para) else "\n\n"
                body += gap + prefixed(self._writer.blocks(choice.feedback), "> ")
        return hanging("- ", body)

    def _texts(self, key: TextKey) -> Iterator[str]:
        yield self._line("answer", self._writer.key_line(key))

    def _pairs(self, key: str, question: MatchingQuestion | CategorisingQuestion) -> str:
        rows = [(pair.left, pair.right) for pair in question.pairs]
        rows += [((), extra) for extra in question.distractors]
        table = Table(
            Row(tuple(map(Cell, question.heads))),
            tuple(Row((Cell(left), Cell(right))) for left, right in rows),
            (Align.NONE, Align.NONE),
        )
        return f"**{self._labels.of(key)}:**\n\n{self._writer.blocks((table,))}"

    def _essay(self, question: OpenQuestion) -> Iterator[str]:
        if question.rubric:
            items = "\n".join(map(self._criterion, question.rubric))
            yield f"**{self._labels.of('rubric')}:**\n\n{items}"
        if question.lines is not None:
            yield self._line("lines", str(question.lines))
        least, most = question.least_words, question.most_words
        if least is not None or most is not None:
            words = f"{least}–{most}" if least is not None and most is not None else str(most)
            yield self._line("words", f"at least {least}" if most is None else words)

    def _criterion(self, criterion: Criterion) -> str:
        points = f"({answers.number(criterion.points)}) " if criterion.points is not None else ""
        with self._writer.inside():
            body = self._writer.blocks(criterion.blocks, tight=True, behind_label=bool(points))
        return hanging("- ", points + body)

    def _meta(self, question: Question) -> Iterator[str]:
        if question.points is not None:
            yield self._line("points", answers.number(question.points))
        if question.minutes is not None:
            yield self._line("time", _minutes(question.minutes))
        if question.difficulty:
            yield self._line("difficulty", question.difficulty)
        if question.tags:
            yield self._line("tags", ", ".join(self._writer.line((Text(tag),)) for tag in question.tags))
        if question.shuffle is not None:
            yield self._line("shuffle", "yes" if question.shuffle else "no")
        if question.aliases:
            yield self._line("alias", ", ".join(question.aliases))

    def _note(self, note: Note) -> str:
        return self._labelled(self._labels.of_note(note), note.body)

    def _field(self, key: str, blocks: Blocks) -> str:
        return self._labelled(self._labels.of(key), blocks)

    def _labelled(self, label: str, blocks: Blocks) -> str:
        body = self._writer.blocks(blocks, behind_label=True)
        gap = " " if blocks and isinstance(blocks[0], Para) else "\n\n"
        return f"**{label}:**{gap}{body}".rstrip()

    def _line(self, key: str, value: str) -> str:
        return f"**{self._labels.of(key)}:** {value}"


def _needs_type(question: Question) -> bool:
    """Tell whether the kind does not follow from what is written, or the author states it."""
    match question:
        case OpenQuestion():
            return question.essay or question.stated
        case ChoiceQuestion():
            return question.stated or (question.several and sum(c.correct for c in question.choices) == 1)
        case ShortAnswerQuestion():
            texts = [PLAIN.inlines(found.children) for found in question.key.accepted]
            is_prose = any(len(text) > _LONGEST_KEY or text.endswith((".", "!", "?")) for text in texts)
            return question.stated or is_prose or bool(_KEY_LIKE.fullmatch(" | ".join(texts)))
        case _:
            return question.stated


def _fits_tight(question: OrderingQuestion) -> bool:
    return all(
        may_join(above, below)
        for item in question.items
        for above, below in zip(item.blocks, item.blocks[1:], strict=False)
    )


def _minutes(minutes: Decimal) -> str:
    return f"{answers.number(minutes)} min"
