"""A pack's files as views: what a handout holds, before it becomes HTML or a PDF."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeAlias

from packc.ast.pack import Pack
from packc.handout.document import Press
from packc.handout.editions import Audience, Edition, Style

if TYPE_CHECKING:
    from packc.handout.cards import CardSheet
    from packc.handout.key import KeySheet
    from packc.handout.student import StudentSheet
    from packc.handout.teacher import TeacherSheet

Sheet: TypeAlias = "StudentSheet | KeySheet | TeacherSheet | CardSheet"


def whole(sheet: Sheet) -> Sheet:
    """Return the view with all of its parts made."""
    parts = getattr(sheet, "parts", None)  # cards have leaves, which are there
    made: Any = sheet
    return sheet if parts is None else replace(made, parts=tuple(parts))


def sheet_of(pack: Pack, edition: Edition, press: Press) -> Sheet:
    """Return the view of one file of `pack`. Its parts are made as somebody asks for them, once."""
    turned = press.turn(edition)
    if edition.style is Style.CARDS:
        from packc.handout.cards import card_sheet  # most builds want no cards, and no teacher's edition

        return card_sheet(pack, edition, turned)
    match edition.audience:
        case Audience.STUDENT:
            from packc.handout.student import student_sheet

            return student_sheet(pack, edition, turned)
        case Audience.KEY:
            from packc.handout.key import answer_key

            return answer_key(pack, edition, turned)
        case Audience.TEACHER:
            from packc.handout.teacher import teacher_sheet

            return teacher_sheet(pack, edition, turned)
