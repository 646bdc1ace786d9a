"""The student sheet. Its views have no place for a title, a solution or a right choice, so none can leak."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import ClassVar

from packc.ast.pack import Pack, Section, questions
from packc.ast.question import ChoiceQuestion, Question, Role
from packc.backends.html.document import letter, page_of, write
from packc.backends.html.richtext import HandoutRenderer
from packc.render.templating import Markup

ANSWER_LINES = 6
"""Ruled lines under an open question. Never by the solution's length: that would be a hint."""


@dataclass(frozen=True, slots=True)
class SectionView:
    """A chapter's heading and its text."""

    kind: ClassVar[str] = "section"
    level: int
    title: Markup
    text: Markup


@dataclass(frozen=True, slots=True)
class ChoiceView:
    letter: str
    text: Markup


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question as a learner may see it."""

    kind: ClassVar[str] = "question"
    number: int
    level: int
    id: str
    prompt: Markup
    cold_target: Markup
    choices: tuple[ChoiceView, ...]
    multiple: bool
    lines: int


def student_sheet(pack: Pack, renderer: HandoutRenderer) -> bytes:
    """Return the student's file."""
    return write(
        "student.html.j2",
        page_of(pack, "student"),
        intro=renderer.under(1, pack.intro),
        total=sum(1 for _ in questions(pack)),
        parts=tuple(_parts(pack, renderer, 2, count(1))),
    )


def _parts(
    container: Pack | Section, renderer: HandoutRenderer, level: int, numbers: Iterator[int]
) -> Iterator[SectionView | QuestionView]:
    for part in container.parts:
        if isinstance(part, Section):
            text = renderer.under(level, part.blocks)
            yield SectionView(min(level, 6), renderer.line(part.title), text)
            yield from _parts(part, renderer, level + 1, numbers)
        else:
            yield _question(part, renderer, level, next(numbers))


def _question(question: Question, renderer: HandoutRenderer, level: int, number: int) -> QuestionView:
    choices = question.choices if isinstance(question, ChoiceQuestion) else ()
    cold_target = question.note(Role.COLD_TARGET)
    return QuestionView(
        number=number,
        level=min(level, 6),
        id=question.id,
        prompt=renderer.under(level, question.prompt),
        cold_target=renderer.under(level, cold_target.body if cold_target else ()),
        choices=tuple(
            ChoiceView(letter(index), renderer.under(level, choice.blocks))
            for index, choice in enumerate(choices)
        ),
        multiple=isinstance(question, ChoiceQuestion) and question.multiple,
        lines=0 if choices else ANSWER_LINES,
    )
