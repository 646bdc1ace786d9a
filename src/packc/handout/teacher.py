"""The teacher's edition: each question as it stands on the sheet, its answer right below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from packc.ast.pack import Pack, Section
from packc.handout.document import Page, Press, SectionView, page_of
from packc.handout.editions import Edition
from packc.handout.key import AnswerView, KeyMaker
from packc.handout.student import Chapter, QuestionView, SheetMaker, contents, totals
from packc.record import record
from packc.render.templating import Markup


@record
class TaughtView:
    """A question as a learner sees it, and what a marker needs for it."""

    kind: ClassVar[str] = "question"
    question: QuestionView
    answer: AnswerView


@record
class TeacherSheet:
    template: ClassVar[str] = "teacher"
    page: Page
    totals: tuple[Markup, ...]
    chapters: tuple[Chapter, ...]
    intro: Markup
    parts: Iterable[SectionView | TaughtView]
    tags: tuple[str, ...]
    source_url: str


def teacher_sheet(pack: Pack, edition: Edition, press: Press) -> TeacherSheet:
    return TeacherSheet(
        page=page_of(pack, edition, press.wording.words, note=press.wording.words.teacher_edition),
        totals=tuple(totals(pack, press.wording)),
        chapters=contents(pack, press),
        intro=press.renderer.under(1, pack.intro) + press.renderer.notes(),
        parts=_parts(pack, SheetMaker(pack, press), KeyMaker(press), 2),
        tags=pack.meta.tags,
        source_url=pack.meta.source_url,
    )


def _parts(
    container: Pack | Section, sheet: SheetMaker, key: KeyMaker, level: int
) -> Iterator[SectionView | TaughtView]:
    for part in sheet.order.parts(container):
        if isinstance(part, Section):
            yield sheet.section(part, level)
            yield from _parts(part, sheet, key, level + 1)
        else:
            question = sheet.question(part, level)  # first: its footnotes stand with it
            yield TaughtView(question, key.answer(part, level, question.number))
