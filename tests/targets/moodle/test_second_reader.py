"""Somebody else's reader of Moodle XML, moodle-xml-parser from PyPI, finds the same questions.

It reads choices and clozes, the two kinds of its own models, and passes over the others. Three ways of it
are no fault of the file: it trims as Python does, it decodes HTML's entities once more than Moodle, and it
ends a blank at the first brace, escaped or not, so clozes are asked about with words that hold neither.
"""

from __future__ import annotations

from html import unescape
from typing import Any

from moodle_xml_parser import parser  # type: ignore[import-untyped]  # it has no types

from packc.ast.pack import Pack
from packc.ast.question import ClozeQuestion
from packc.ast.richtext import Text
from tests.support import every_kind
from tests.support.packs import para
from tests.support.random_packs import random_packs
from tests.support.variants import pack_of
from tests.targets.moodle.reader import Stored, read
from tests.targets.moodle.samples import blank, torture_pack
from tests.targets.moodle.test_readback import written


def _decoded(text: str) -> str:
    return unescape(text.strip().replace("<![CDATA[", "").replace("]]>", ""))


def _compare(pack: Pack) -> int:
    data = written(pack)
    choices = [stored for stored in read(data).questions if stored.kind == "multichoice"]
    found = parser.parse_bytes(data)["multichoice"]
    for other, stored in zip(found, choices, strict=True):
        _compare_choices(other, stored)
    return len(choices)


def _compare_choices(other: Any, stored: Stored) -> None:
    assert other.name == _decoded(stored.name)
    assert other.text_pre_parse == _decoded(stored.text)
    assert (other.default_grade, other.penalty) == (stored.mark, stored.penalty)
    assert other.single == (stored.settings["single"] == "true")
    assert other.shuffle_answers == (stored.settings["shuffleanswers"] == "true")
    assert other.answernumbering == stored.settings["answernumbering"]
    assert other.general_feedback == _decoded(stored.general)
    combined = (other.correct_feedback, other.partially_correct_feedback, other.incorrect_feedback)
    assert combined == tuple(map(_decoded, stored.combined))
    read_options = [(one.answer, one.score_fraction, one.feedback) for one in other.options]
    assert read_options == [
        (_decoded(answer.text), answer.share, _decoded(answer.feedback)) for answer in stored.answers
    ]


def test_choices_are_read_alike() -> None:
    assert _compare(torture_pack()) > 50
    for pack in random_packs(25):
        _compare(pack)


def test_every_kind_is_taken_without_a_complaint() -> None:
    data = written(every_kind.every_kind(), every_kind.context())
    found = parser.parse_bytes(data)
    assert [question.name for question in found["multichoice"]] == ["K03", "K04", "K05"]
    assert [question.name for question in found["cloze"]] == ["K09", "K10"]
    assert len(found["cloze"][1].gaps) == 1


def test_the_blanks_of_a_cloze_are_read_alike() -> None:
    text = para("Water is ", blank("wet", "damp"), " and ice is ", blank("cold"), ".")
    question = ClozeQuestion(id="Q1", text=(text, para(Text("More."))))
    (found,) = parser.parse_bytes(written(pack_of(question)))["cloze"]
    gaps = [[(option.answer, option.score) for option in gap.options] for gap in found.gaps]
    assert gaps == [[("wet", 100), ("damp", 100)], [("cold", 100)]]
    assert [(gap.sub_type, gap.sub_grade) for gap in found.gaps] == [("SA", 1), ("SA", 1)]
