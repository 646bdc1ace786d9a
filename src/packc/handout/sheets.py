"""A pack's files as views: what a handout holds, before it becomes HTML or a PDF."""

from __future__ import annotations

from typing import TypeAlias

from packc.ast.pack import Pack
from packc.handout.cards import CardSheet, card_sheet
from packc.handout.document import Press
from packc.handout.editions import Audience, Edition, Style
from packc.handout.key import KeySheet, answer_key
from packc.handout.student import StudentSheet, student_sheet
from packc.handout.teacher import TeacherSheet, teacher_sheet

Sheet: TypeAlias = StudentSheet | KeySheet | TeacherSheet | CardSheet


def sheet_of(pack: Pack, edition: Edition, press: Press) -> Sheet:
    """Return the view of one file of `pack`."""
    turned = press.turn(edition)
    if edition.style is Style.CARDS:
        return card_sheet(pack, edition, turned)
    match edition.audience:
        case Audience.STUDENT:
            return student_sheet(pack, edition, turned)
        case Audience.KEY:
            return answer_key(pack, edition, turned)
        case Audience.TEACHER:
            return teacher_sheet(pack, edition, turned)
