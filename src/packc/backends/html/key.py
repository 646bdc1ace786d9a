"""The answer key: everything that the student sheet leaves out, under the same numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import ClassVar

from packc.ast.pack import Pack, Section, questions
from packc.ast.question import OpenQuestion, Question
from packc.ast.richtext import Blocks
from packc.backends.html.answers import Key, KeyWriter
from packc.backends.html.document import (
    NOTHING,
    NoteView,
    SectionView,
    Wording,
    note_view,
    page_of,
    worth_of,
    write,
)
from packc.backends.html.richtext import HandoutRenderer
from packc.backends.options import Options
from packc.render.templating import Markup
from packc.writer.answers import number


@dataclass(frozen=True, slots=True)
class CriterionView:
    points: str
    text: Markup


@dataclass(frozen=True, slots=True)
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

    @property
    def glance(self) -> Markup:
        """What fits into a line: `B`, `A, C`, `True`."""
        return self.key.glance if self.key else NOTHING


def answer_key(pack: Pack, renderer: HandoutRenderer, wording: Wording, options: Options) -> bytes:
    """Return the key's file."""
    parts = tuple(_parts(pack, _Key(renderer, wording), 2, count(1)))
    return write(
        "key.html.j2",
        page_of(pack, "key", wording.words, options, note=wording.words.answer_key),
        wording,
        parts=parts,
        glance=tuple(part for part in parts if isinstance(part, AnswerView) and part.glance),
        tags=pack.meta.tags,
        source_url=pack.meta.source_url,
    )


def _parts(
    container: Pack | Section, key: _Key, level: int, numbers: Iterator[int]
) -> Iterator[SectionView | AnswerView]:
    for part in container.parts:
        if not isinstance(part, Section):
            yield key.answer(part, level, next(numbers))
        elif any(True for _ in questions(part)):
            title = key.renderer.line(part.title)
            yield SectionView(min(level, 6), title, key.renderer.notes())
            yield from _parts(part, key, level + 1, numbers)


class _Key:
    def __init__(self, renderer: HandoutRenderer, wording: Wording) -> None:
        self.renderer = renderer
        self.wording = wording

    def answer(self, question: Question, level: int, place: int) -> AnswerView:
        # In the order in which they are read, so that footnotes are numbered in it.
        return AnswerView(
            number=place,
            level=min(level, 6),
            id=question.id,
            title=self.renderer.line(question.title),
            facts=tuple(self.facts(question)),
            key=KeyWriter(level, self.renderer, self.wording).key(question),
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
            yield note_view(note, level, self.renderer, self.wording)
