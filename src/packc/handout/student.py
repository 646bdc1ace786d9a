"""The student sheet. Its views have no place for a solution or a key, so none can leak."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import ClassVar

from packc.ast.pack import Pack, Section, questions
from packc.ast.question import Question, Side
from packc.ast.richtext import (
    Emph,
    Footnote,
    Inline,
    Inlines,
    Kbd,
    Link,
    Mark,
    Para,
    Strike,
    Strong,
    Sub,
    Sup,
    Underline,
)
from packc.handout.document import (
    NOTHING,
    NoteView,
    Page,
    Press,
    SectionView,
    Wording,
    in_minutes,
    labelled,
    note_view,
    page_of,
    worth_of,
)
from packc.handout.editions import Edition
from packc.handout.spaces import Space, space_of
from packc.record import record
from packc.render.templating import Markup
from packc.writer.answers import number


@record
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


@record
class Chapter:
    """An entry of the contents: the section's title, and which questions it has."""

    anchor: str
    title: Markup
    about: Markup


@record
class StudentSheet:
    """The student's file. `chapters` is empty where the pack is short; `points` where none are given."""

    template: ClassVar[str] = "student"
    page: Page
    points: str
    totals: tuple[Markup, ...]
    chapters: tuple[Chapter, ...]
    intro: Markup
    parts: Iterable[SectionView | QuestionView]
    colophon: tuple[str, ...]


def student_sheet(pack: Pack, edition: Edition, press: Press) -> StudentSheet:
    intro = press.renderer.under(1, pack.intro) + press.renderer.notes()
    points = total_points(pack)
    return StudentSheet(
        page=page_of(pack, edition, press.wording.words),
        points="" if points is None else number(points),
        totals=tuple(totals(pack, press.wording)),
        chapters=contents(pack, press),
        intro=intro,
        parts=SheetMaker(pack, press).parts(pack, 2),
        colophon=tuple(_colophon(pack, press.wording)),
    )


def total_points(pack: Pack) -> Decimal | None:
    """Return the sum of the points on the sheet, or None where no question has any."""
    points = [question.points for question in questions(pack) if question.points is not None]
    return sum(points[1:], points[0]) if points else None


def totals(pack: Pack, wording: Wording) -> Iterator[Markup]:
    """Yield the numbers of questions, points and minutes.

    The points are the sum of those on the sheet; a sum of the minutes of some questions would mislead.
    """
    words = wording.words
    asked = tuple(questions(pack))
    if asked:
        yield wording.say(f"{words.questions}: {len(asked)}")
    points = total_points(pack)
    if points is not None:
        yield labelled(words.points, points, wording)
    minutes = [question.minutes for question in asked if question.minutes is not None]
    if minutes and len(minutes) == len(asked):
        yield wording.say(f"{words.time}: ") + in_minutes(sum(minutes[1:], minutes[0]), wording)


def _colophon(pack: Pack, wording: Wording) -> Iterator[str]:
    yield from pack.meta.authors
    if pack.meta.license:
        yield pack.meta.license
    if pack.meta.version:
        yield wording.say(wording.words.version) + f" {pack.meta.version}"


CHAPTERS, LONG = 3, 24
"""A pack with as many outer sections and questions has contents, and its sections are chapters."""


def chapters(pack: Pack) -> tuple[Section, ...]:
    """Return the outer sections of a long pack that have questions, else nothing."""
    found = [part for part in pack.parts if isinstance(part, Section) and any(True for _ in questions(part))]
    is_long = len(found) >= CHAPTERS and sum(1 for _ in questions(pack)) >= LONG
    return tuple(found) if is_long else ()


def contents(pack: Pack, press: Press) -> tuple[Chapter, ...]:
    asked = 0
    entries = []
    listed = {id(section): place for place, section in enumerate(chapters(pack), 1)}
    for part in pack.parts:
        first = asked + 1
        asked += sum(1 for _ in questions(part)) if isinstance(part, Section) else 1
        if id(part) in listed and isinstance(part, Section):
            title = press.renderer.line(_unlinked(part.title))
            entries.append(Chapter(f"chapter-{listed[id(part)]}", title, span(first, asked, press.wording)))
    return tuple(entries)


def span(first: int, last: int, wording: Wording) -> Markup:
    """Return `Questions 3–5`, or `Question 3` for a lone one."""
    words = wording.words
    return wording.say(f"{words.question} {first}" if first == last else f"{words.questions} {first}–{last}")


def _unlinked(inlines: Inlines) -> Inlines:
    """Return a title as it may stand inside a link: without links and notes of its own."""
    kept: list[Inline] = []
    for node in inlines:
        match node:
            case Link(children=children):
                kept.extend(_unlinked(children))
            case Footnote():
                pass
            case Emph() | Strong() | Strike() | Sub() | Sup() | Mark() | Kbd() | Underline():
                kept.append(replace(node, children=_unlinked(node.children)))
            case _:
                kept.append(node)
    return tuple(kept)


class SheetMaker:
    """Makes the parts of one file as a learner sees them."""

    def __init__(self, pack: Pack, press: Press) -> None:
        self.press = press
        self.renderer, self.wording, self.order = press
        self.title_on_front = pack.meta.title_on_front
        self.chapters = {id(section): place for place, section in enumerate(chapters(pack), 1)}
        self.asked = 0  # questions so far

    def parts(self, container: Pack | Section, level: int) -> Iterator[SectionView | QuestionView]:
        for part in self.order.parts(container):
            if isinstance(part, Section):
                yield self.section(part, level)
                yield from self.parts(part, level + 1)
            else:
                yield self.question(part, level)

    def section(self, section: Section, level: int) -> SectionView:
        title = self.renderer.line(section.title)
        text = self.renderer.under(level, section.blocks) + self.renderer.notes()
        place = self.chapters.get(id(section))
        anchor = f"chapter-{place}" if place else ""
        return SectionView(min(level, 6), title, text, self.about(section), anchor)

    def about(self, section: Section) -> Markup:
        """Return `Questions 3–5` for a stimulus whose questions these are."""
        number_of = sum(1 for _ in questions(section)) if section.stimulus else 0
        return span(self.asked + 1, self.asked + number_of, self.wording) if number_of else NOTHING

    def question(self, question: Question, level: int) -> QuestionView:
        self.asked += 1
        renderer = self.renderer
        own_title = self.title_on_front and question.prompt != (Para(question.title),)
        return QuestionView(
            number=self.asked,
            level=min(level, 6),
            id=question.id,
            title=renderer.line(question.title) if own_title else NOTHING,
            worth=worth_of(question, self.wording),
            prompt=renderer.under(level, question.prompt),
            notes=tuple(
                note_view(note, level, self.press) for note in question.notes if note.side is Side.FRONT
            ),
            space=space_of(question, level, self.press),
            footnotes=renderer.notes(),
        )
