"""What GIFT cannot say is told, with its place, and never reaches the file."""

from __future__ import annotations

from dataclasses import replace

import pytest

from packc.ast.pack import Pack, PackMeta, Section, questions
from packc.ast.question import Choice, ChoiceQuestion, OpenQuestion, Question
from packc.ast.richtext import Image, Text
from packc.backends.base import KEPT, Feature, Level, Loss
from packc.backends.gift.document import gift_text
from packc.backends.registry import load
from packc.source import Span
from tests.support.packs import context, para
from tests.support.packs import pack as sample_pack
from tests.support.torture import TORTURE
from tests.targets.gift.moodle_rules import comment, faults
from tests.targets.gift.samples import torture_pack

PLACE = Span(0, 3, 9)
META_PLACE = Span(0, 0, 2)
TAGS_PLACE = Span(0, 1, 2)


def _losses(pack: Pack) -> list[Loss]:
    return list(load("gift").losses(pack, context()))


def _pack(*parts: Question | Section, **meta: object) -> Pack:
    front = replace(PackMeta(title="Pack", span=META_PLACE, places={"tags": TAGS_PLACE}), **meta)  # type: ignore[arg-type]
    return Pack(id="p", title="Pack", meta=front, parts=parts)


def _open(identifier: str) -> OpenQuestion:
    return OpenQuestion(id=identifier, prompt=(para("Ask"),), solution=(para("Answer"),), span=PLACE)


def _choice(*choices: tuple[str, bool]) -> ChoiceQuestion:
    made = tuple(Choice(blocks=(para(text),), correct=correct) for text, correct in choices)
    return ChoiceQuestion(id="BAD", prompt=(para("Which?"),), choices=made, span=PLACE)


def test_an_ordinary_pack_has_no_losses_of_its_own() -> None:
    assert _losses(sample_pack()) == []


def test_every_feature_is_declared_and_every_loss_explained() -> None:
    capabilities = load("gift").capabilities()
    assert set(capabilities) == set(Feature)
    for feature, capability in capabilities.items():
        assert capability == KEPT or capability.how, feature


REFUSED: list[tuple[Question, str]] = [
    (_choice(("only", True)), "less than two choices"),
    (replace(_choice(), choices=()), "less than two choices"),
    (_choice(("a", False), ("b", False)), "none of its choices"),
    (_choice(*[(f"c{n}", True) for n in range(11)], ("x", False)), "this has 11"),
    (_choice(("a", True), ("", False)), "empty choice"),
    (_choice(("a", True), (" \t", False)), "empty choice"),
    (replace(_choice(("a", True), ("b", False)), prompt=()), "asks nothing"),
    (replace(_open("BAD"), prompt=(para(""),)), "asks nothing"),
]


@pytest.mark.parametrize(("question", "why"), REFUSED)
def test_a_question_that_cannot_be_said_is_told_and_left_out(question: Question, why: str) -> None:
    pack = _pack(_open("Q1"), question, _open("Q2"))
    (loss,) = _losses(pack)
    assert (loss.what, loss.level, loss.span) == ("question BAD", Level.DROPPED, PLACE)
    assert why in loss.how
    text = gift_text(pack)
    assert "BAD" not in text
    assert "::Q1::" in text
    assert "::Q2::" in text
    assert faults(text) == []


def test_a_pack_of_refused_questions_is_still_a_file() -> None:
    pack = _pack(*(question for question, _ in REFUSED))
    assert len(_losses(pack)) == len(REFUSED)
    assert gift_text(pack) == "// Title: Pack\n// Language: en\n\n$CATEGORY: Pack\n"


def test_ten_right_choices_are_not_refused() -> None:
    pack = _pack(_choice(*[(f"c{n}", True) for n in range(10)], ("x", False)))
    assert _losses(pack) == []
    assert gift_text(pack).count("~%10%") == 10


def test_an_image_without_alternative_text_is_no_empty_choice() -> None:
    pictures = tuple(Choice(blocks=(para(Image(f"{n}.png", "")),), correct=n == 0) for n in range(2))
    pack = _pack(replace(_choice(), choices=pictures))
    assert _losses(pack) == []
    assert "~[html]<em>[1.png]</em>" in gift_text(pack)


BAD_IDS = ["", " Q", "Q\t", "a\nb", "a\x7fb", "a\0b", "Q" * 101, "a\\", "[id:x]", "a[tag:b]", "\ud800"]


@pytest.mark.parametrize("identifier", BAD_IDS)
def test_an_id_that_moodle_cannot_take_costs_the_id_not_the_question(identifier: str) -> None:
    pack = _pack(_open(identifier), _open("Q2"))
    (loss,) = _losses(pack)
    assert (loss.level, loss.span) == (Level.DEGRADED, PLACE)
    assert loss.what == f"the id {identifier!r}"
    text = gift_text(pack)
    assert text.encode("utf-8")
    assert text.count("{\n\t####") == 2
    assert [line for line in text.split("\n") if "[id:" in line and line.startswith("//")] == ["// [id:Q2]"]
    assert faults(text) == []


def test_an_id_that_is_no_name_is_told() -> None:
    pack = _pack(_open("<b>"), _open("Q" * 300))
    assert [(loss.what[:9], loss.level, loss.span) for loss in _losses(pack)] == [
        ("the id '<", Level.DEGRADED, PLACE),
        ("the id 'Q", Level.DEGRADED, PLACE),
    ]
    text = gift_text(pack)
    assert "::< b>::" in text
    assert f"::{'Q' * 254}…::" in text
    assert faults(text) == []


def test_what_no_text_file_may_hold_becomes_the_replacement_character() -> None:
    question = OpenQuestion(id="Q1", prompt=(para("a\0b\ud800c\x0bd"),), solution=(para("Answer"),))
    text = gift_text(_pack(question))
    assert text.encode("utf-8")
    assert "<p>a\ufffdb\ufffdc\ufffdd</p>" in text


@pytest.mark.parametrize(
    "identifier", ["a]b", "a[b", "a b", "ä", "a\\b", "a\\]b", "::", "{a}", "Q" * 100, "&&058;"]
)
def test_an_odd_id_comes_through(identifier: str) -> None:
    pack = _pack(_open(identifier))
    assert _losses(pack) == []
    text = gift_text(pack)
    (line,) = [line for line in text.split("\n") if line.startswith("// [")]
    assert comment(line).id == identifier
    assert faults(text) == []


def test_an_id_given_twice_comes_once() -> None:
    pack = _pack(_open("Q1"), _open("q1"), _choice(("only", True)), _open("Q2"))
    losses = _losses(pack)
    assert [(loss.what, loss.level) for loss in losses] == [
        ("the id 'q1'", Level.DEGRADED),
        ("question BAD", Level.DROPPED),
    ]
    text = gift_text(pack)
    assert text.count("[id:") == 2
    assert "::q1::" in text
    assert faults(text) == []


def test_tags_that_moodle_cannot_take_are_told_and_left_out() -> None:
    bad = ("<b>", "a`b", "a\nb", "x" * 256, "", " x", "a\\", "[id:Q9]")
    pack = _pack(_open(""), _open("Q2"), tags=("good", *bad, "x" * 255, "a]b", "a, b"))
    losses = [loss for loss in _losses(pack) if loss.what.startswith("the tag")]
    assert [loss.what for loss in losses] == [f"the tag {tag!r}" for tag in bad]
    assert {(loss.level, loss.span) for loss in losses} == {(Level.DROPPED, TAGS_PLACE)}
    lines = [line for line in gift_text(pack).split("\n") if line.startswith("// [")]
    assert [comment(line).tags for line in lines] == [("good", "x" * 255, "a]b", "a, b")] * 2
    assert [comment(line).id for line in lines] == ["", "Q2"]


def test_a_category_that_moodle_would_rename_is_told() -> None:
    section = Section(title=(Text("a<b"),), parts=(_open("Q1"),), span=PLACE)
    pack = replace(_pack(section, collection="top / fine"), title="x" * 300)
    changed = [(loss.what[:13], loss.level, loss.span) for loss in _losses(pack)]
    assert changed == [
        ("the title 'to", Level.DEGRADED, META_PLACE),
        ("the title 'xx", Level.DEGRADED, META_PLACE),
        ("the title 'a<", Level.DEGRADED, PLACE),
    ]


def test_every_torture_question_is_in_the_file() -> None:
    """What the file lacks, `losses` names: nothing vanishes in silence."""
    pack = torture_pack()
    dropped = [loss.what for loss in _losses(pack) if loss.level is Level.DROPPED]
    assert dropped == [f"the answer {f'!{text}!'!r}" for text in TORTURE if "->" in text or "&&0" in text]
    written = {comment(line).id for line in gift_text(pack).split("\n") if line.startswith("// [")}
    assert written - {""} == {question.id for question in questions(pack)}
