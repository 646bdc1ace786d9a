"""The answer key: everything that the student sheet leaves out, under the same numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import ClassVar

from packc.ast.pack import Pack, Section, questions
from packc.ast.question import ChoiceQuestion, Question
from packc.backends.html.document import letter, page_of, write
from packc.backends.html.richtext import HandoutRenderer
from packc.backends.html.words import ENGLISH
from packc.render.templating import Markup


@dataclass(frozen=True, slots=True)
class SectionView:
    kind: ClassVar[str] = "section"
    level: int
    title: Markup


@dataclass(frozen=True, slots=True)
class ChoiceView:
    letter: str
    text: Markup
    right: bool
    feedback: Markup


@dataclass(frozen=True, slots=True)
class NoteView:
    """A labelled text: the solution, or a note under its author's label."""

    label: str
    text: Markup


@dataclass(frozen=True, slots=True)
class AnswerView:
    """A question as a marker needs it."""

    kind: ClassVar[str] = "question"
    number: int
    level: int
    id: str
    title: Markup
    choices: tuple[ChoiceView, ...]
    notes: tuple[NoteView, ...]

    @property
    def right_letters(self) -> str:
        """`B`, or `A, C`."""
        return ", ".join(choice.letter for choice in self.choices if choice.right)


def answer_key(pack: Pack, renderer: HandoutRenderer) -> bytes:
    """Return the key's file."""
    parts = tuple(_parts(pack, renderer, 2, count(1)))
    return write(
        "key.html.j2",
        page_of(pack, "key", note=ENGLISH.answer_key),
        parts=parts,
        glance=tuple(part for part in parts if isinstance(part, AnswerView) and part.choices),
        tags=pack.meta.tags,
        source_url=pack.meta.source_url,
    )


def _parts(
    container: Pack | Section, renderer: HandoutRenderer, level: int, numbers: Iterator[int]
) -> Iterator[SectionView | AnswerView]:
    for part in container.parts:
        if not isinstance(part, Section):
            yield _answer(part, renderer, level, next(numbers))
        elif any(True for _ in questions(part)):
            yield SectionView(min(level, 6), renderer.line(part.title))
            yield from _parts(part, renderer, level + 1, numbers)


def _answer(question: Question, renderer: HandoutRenderer, level: int, number: int) -> AnswerView:
    return AnswerView(
        number=number,
        level=min(level, 6),
        id=question.id,
        title=renderer.line(question.title),
        choices=tuple(_choices(question, renderer, level)),
        notes=tuple(_notes(question, renderer, level)),
    )


def _choices(question: Question, renderer: HandoutRenderer, level: int) -> Iterator[ChoiceView]:
    if isinstance(question, ChoiceQuestion):
        for index, choice in enumerate(question.choices):
            text = renderer.under(level, choice.blocks)
            feedback = renderer.under(level, choice.feedback)
            yield ChoiceView(letter(index), text, choice.correct, feedback)


def _notes(question: Question, renderer: HandoutRenderer, level: int) -> Iterator[NoteView]:
    if question.solution:
        chosen = isinstance(question, ChoiceQuestion)
        label = ENGLISH.explanation if chosen else ENGLISH.model_answer
        yield NoteView(label, renderer.under(level, question.solution))
    for note in question.notes:
        yield NoteView(note.label, renderer.under(level, note.body))
