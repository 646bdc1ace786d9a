"""The answer key: everything that the student sheet leaves out, under the same numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from typing import ClassVar

from packc.ast.pack import Pack, Section, questions
from packc.ast.question import OpenQuestion, Question
from packc.ast.richtext import Blocks
from packc.handout.answers import Key, KeyWriter
from packc.handout.document import (
    NoteView,
    Page,
    Press,
    SectionView,
    note_view,
    page_of,
    worth_of,
)
from packc.handout.editions import Edition
from packc.handout.order import Order
from packc.record import record
from packc.render.templating import Markup
from packc.writer.answers import number


@record
class CriterionView:
    points: str
    text: Markup


@record
class AnswerView:
    """A question as a marker needs it. `facts` are its points, its time, its difficulty and its tags."""

    kind: ClassVar[str] = "question"
    number: int
    level: int
    id: str
    title: Markup
    facts: tuple[Markup, ...]
    key: Key | None
    rubric: tuple[CriterionView, ...]
    notes: tuple[NoteView, ...]
    footnotes: Markup


@record
class GlanceView:
    """The number of a question, and its answer where that fits into a line: `B`, `A, C`, `True`."""

    number: int
    glance: Markup


@record
class KeySheet:
    """The answer key. `glance`: the answers that fit into a line."""

    template: ClassVar[str] = "key"
    page: Page
    glance: tuple[GlanceView, ...]
    parts: Iterable[SectionView | AnswerView]
    tags: tuple[str, ...]
    source_url: str


def answer_key(pack: Pack, edition: Edition, press: Press) -> KeySheet:
    words = press.wording.words
    return KeySheet(
        page=page_of(pack, edition, words, note=words.answer_key),
        glance=tuple(_at_a_glance(pack, press)),
        parts=_parts(pack, KeyMaker(press), 2, count(1)),
        tags=pack.meta.tags,
        source_url=pack.meta.source_url,
    )


def _at_a_glance(pack: Pack, press: Press) -> Iterator[GlanceView]:
    writer = KeyWriter(2, press)
    for place, question in enumerate(_in_order(pack, press.order), 1):
        glance = writer.glance(question)
        if glance:
            yield GlanceView(place, glance)


def _in_order(container: Pack | Section, order: Order) -> Iterator[Question]:
    """Yield the questions as they stand on the sheet."""
    for part in order.parts(container):
        if isinstance(part, Section):
            yield from _in_order(part, order)
        else:
            yield part


def _parts(
    container: Pack | Section, key: KeyMaker, level: int, numbers: Iterator[int]
) -> Iterator[SectionView | AnswerView]:
    for part in key.order.parts(container):
        if not isinstance(part, Section):
            yield key.answer(part, level, next(numbers))
        elif any(True for _ in questions(part)):
            title = key.renderer.line(part.title)
            yield SectionView(min(level, 6), title, key.renderer.notes())
            yield from _parts(part, key, level + 1, numbers)


class KeyMaker:
    """Makes the answers of one file."""

    def __init__(self, press: Press) -> None:
        self.press = press
        self.renderer, self.wording, self.order = press

    def answer(self, question: Question, level: int, place: int) -> AnswerView:
        # In the order in which they are read, so that footnotes are numbered in it.
        return AnswerView(
            number=place,
            level=min(level, 6),
            id=question.id,
            title=self.renderer.line(question.title),
            facts=tuple(self.facts(question)),
            key=KeyWriter(level, self.press).key(question),
            rubric=tuple(self.rubric(question, level)),
            notes=tuple(self.notes(question, level)),
            footnotes=self.renderer.notes(),
        )

    def facts(self, question: Question) -> Iterator[Markup]:
        words, say = self.wording.words, self.wording.say
        yield from worth_of(question, self.wording)
        for word, text in ((words.difficulty, question.difficulty), (words.tags, ", ".join(question.tags))):
            if text:
                yield say(f"{word}: ") + Markup("<bdi>{}</bdi>").format(text)

    def rubric(self, question: Question, level: int) -> Iterator[CriterionView]:
        for criterion in question.rubric if isinstance(question, OpenQuestion) else ():
            points = "" if criterion.points is None else number(criterion.points)
            yield CriterionView(points, self.renderer.under(level, criterion.blocks))

    def notes(self, question: Question, level: int) -> Iterator[NoteView]:
        words = self.wording.words
        is_open = isinstance(question, OpenQuestion)
        feedback = question.feedback
        texts: list[tuple[str, Blocks]] = [
            (words.solution if is_open else words.explanation, question.solution),
            (words.right_feedback, feedback.right),
            (words.wrong_feedback, feedback.wrong),
            (words.feedback, feedback.general),
        ]
        several = len(question.hints) > 1
        for place, hint in enumerate(question.hints, 1):
            texts.append((f"{words.hint} {place}" if several else words.hint, hint))
        for label, blocks in texts:
            if blocks:
                yield NoteView(self.wording.say(label), self.renderer.under(level, blocks))
        for note in question.notes:
            yield note_view(note, level, self.press)
