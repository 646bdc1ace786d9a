"""The student sheet. Its views have no place for a solution or a key, so none can leak."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from packc.ast.pack import Pack, Section, questions
from packc.ast.question import Question, Side
from packc.ast.richtext import Para
from packc.backends.html.document import (
    NOTHING,
    NoteView,
    SectionView,
    Wording,
    in_minutes,
    labelled,
    note_view,
    page_of,
    worth_of,
    write,
)
from packc.backends.html.richtext import HandoutRenderer
from packc.backends.html.spaces import Space, space_of
from packc.backends.options import Options
from packc.render.templating import Markup


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question as a learner may see it. `title` is empty unless the author wants it on the front."""

    kind: ClassVar[str] = "question"
    number: int
    level: int
    id: str
    title: Markup
    worth: tuple[Markup, ...]  # its points and its time
    prompt: Markup
    notes: tuple[NoteView, ...]
    space: Space
    footnotes: Markup


def student_sheet(pack: Pack, renderer: HandoutRenderer, wording: Wording, options: Options) -> bytes:
    """Return the student's file."""
    return write(
        "student.html.j2",
        page_of(pack, "student", wording.words, options),
        wording,
        intro=renderer.under(1, pack.intro) + renderer.notes(),
        totals=tuple(_totals(pack, wording)),
        colophon=tuple(_colophon(pack, wording)),
        parts=tuple(_Sheet(pack, renderer, wording).parts(pack, 2)),
    )


def _totals(pack: Pack, wording: Wording) -> Iterator[Markup]:
    """Yield the numbers of questions, points and minutes.

    The points are the sum of those on the sheet; a sum of the minutes of some questions would mislead.
    """
    words = wording.words
    asked = tuple(questions(pack))
    if asked:
        yield wording.say(f"{words.questions}: {len(asked)}")
    points = [question.points for question in asked if question.points is not None]
    if points:
        yield labelled(words.points, sum(points[1:], points[0]), wording)
    minutes = [question.minutes for question in asked if question.minutes is not None]
    if minutes and len(minutes) == len(asked):
        yield wording.say(f"{words.time}: ") + in_minutes(sum(minutes[1:], minutes[0]), wording)


def _colophon(pack: Pack, wording: Wording) -> Iterator[str]:
    yield from pack.meta.authors
    if pack.meta.license:
        yield pack.meta.license
    if pack.meta.version:
        yield wording.say(wording.words.version) + f" {pack.meta.version}"


class _Sheet:
    def __init__(self, pack: Pack, renderer: HandoutRenderer, wording: Wording) -> None:
        self.renderer = renderer
        self.wording = wording
        self.title_on_front = pack.meta.title_on_front
        self.asked = 0  # questions so far

    def parts(self, container: Pack | Section, level: int) -> Iterator[SectionView | QuestionView]:
        for part in container.parts:
            if isinstance(part, Section):
                yield self.section(part, level)
                yield from self.parts(part, level + 1)
            else:
                yield self.question(part, level)

    def section(self, section: Section, level: int) -> SectionView:
        title = self.renderer.line(section.title)
        text = self.renderer.under(level, section.blocks) + self.renderer.notes()
        return SectionView(min(level, 6), title, text, self.about(section))

    def about(self, section: Section) -> Markup:
        """Return `Questions 3–5` for a stimulus whose questions these are."""
        number = sum(1 for _ in questions(section)) if section.stimulus else 0
        first, last = self.asked + 1, self.asked + number
        words = self.wording.words
        if number < 2:
            return self.wording.say(f"{words.question} {first}") if number else NOTHING
        return self.wording.say(f"{words.questions} {first}–{last}")

    def question(self, question: Question, level: int) -> QuestionView:
        self.asked += 1
        renderer, wording = self.renderer, self.wording
        own_title = self.title_on_front and question.prompt != (Para(question.title),)
        return QuestionView(
            number=self.asked,
            level=min(level, 6),
            id=question.id,
            title=renderer.line(question.title) if own_title else NOTHING,
            worth=worth_of(question, wording),
            prompt=renderer.under(level, question.prompt),
            notes=tuple(
                note_view(note, level, renderer, wording)
                for note in question.notes
                if note.side is Side.FRONT
            ),
            space=space_of(question, level, renderer, wording),
            footnotes=renderer.notes(),
        )
