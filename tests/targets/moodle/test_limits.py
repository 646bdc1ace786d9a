"""What Moodle XML cannot say is told, with its place, and never reaches the file."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from packc.ast.keys import Accepted, DropdownKey, Number, NumberKey, Option, TextKey
from packc.ast.pack import Pack, PackMeta, Section
from packc.ast.question import (
    Choice,
    ChoiceQuestion,
    ClozeQuestion,
    MatchingQuestion,
    NumericQuestion,
    OpenQuestion,
    OrderingQuestion,
    Pair,
    Question,
    ShortAnswerQuestion,
)
from packc.ast.richtext import Blank, Image, ListItem, Text
from packc.backends.base import Level, Loss
from packc.backends.registry import load
from packc.source import Span
from tests.support.packs import pack as sample_pack
from tests.support.packs import para
from tests.targets.gift.samples import characters, seen
from tests.targets.moodle.php_reader import read_with_php
from tests.targets.moodle.reader import Bank, read
from tests.targets.moodle.samples import CONTEXT, torture_pack
from tests.targets.moodle.test_readback import written

PLACE = Span(0, 3, 9)
ASK = (para("Ask"),)


def _losses(pack: Pack) -> list[Loss]:
    return list(load("moodle").losses(pack, CONTEXT))


def _pack(*parts: Question | Section, **meta: object) -> Pack:
    front = replace(PackMeta(title="Pack", span=PLACE), **meta)  # type: ignore[arg-type]
    return Pack(id="p", title="Pack", meta=front, parts=parts)


def _open(identifier: str) -> OpenQuestion:
    return OpenQuestion(id=identifier, prompt=ASK, solution=(para("Answer"),), span=PLACE)


def _choice(*choices: tuple[str, bool]) -> ChoiceQuestion:
    made = tuple(Choice(blocks=(para(text),), correct=correct) for text, correct in choices)
    return ChoiceQuestion(id="BAD", prompt=ASK, choices=made, span=PLACE)


def _short(*answers: tuple[str, str | None], case: bool = False) -> ShortAnswerQuestion:
    return ShortAnswerQuestion(id="BAD", prompt=ASK, key=_typed(*answers, case=case), span=PLACE)


def _typed(*answers: tuple[str, str | None], case: bool = False) -> TextKey:
    accepted = tuple(
        Accepted(children=(Text(text),), weight=None if weight is None else Decimal(weight), span=PLACE)
        for text, weight in answers
    )
    return TextKey(accepted=accepted, case=case)


def _numeric(*values: str) -> NumericQuestion:
    numbers = tuple(Number(value=Decimal(value), span=PLACE) for value in values)
    return NumericQuestion(id="BAD", prompt=ASK, key=NumberKey(numbers=numbers), span=PLACE)


def _match(*pairs: tuple[str, str]) -> MatchingQuestion:
    made = tuple(Pair(left=(Text(left),), right=(Text(right),)) for left, right in pairs)
    return MatchingQuestion(id="BAD", prompt=ASK, pairs=made, span=PLACE)


def _order(*items: str) -> OrderingQuestion:
    made = tuple(ListItem((para(item),)) for item in items)
    return OrderingQuestion(id="BAD", prompt=ASK, items=made, span=PLACE)


def _cloze(*keys: TextKey | NumberKey | DropdownKey, points: str | None = None) -> ClozeQuestion:
    blanks = (Blank(key=key, span=PLACE) for key in keys)
    worth = None if points is None else Decimal(points)
    return ClozeQuestion(id="BAD", text=(para("Text ", *blanks),), points=worth, span=PLACE)


def _list(*options: tuple[str, bool]) -> DropdownKey:
    return DropdownKey(
        options=tuple(Option(children=(Text(text),), correct=correct) for text, correct in options)
    )


REFUSED: list[tuple[Question, str]] = [
    (_choice(("only", True)), "less than two choices"),
    (_choice(("a", False), ("b", False)), "none of its choices"),
    (_choice(*[(f"c{n}", True) for n in range(11)], ("x", False)), "this has 11"),
    (_choice(("a", True), (" ", False)), "empty choice"),
    (replace(_choice(("a", True), ("b", False)), prompt=()), "asks nothing"),
    (_match(("a", "b")), "less than two pairs"),
    (_match(("a", "b"), ("c", "")), "nothing to be matched with"),
    (_match(("a", "b"), ("c", "d" * 256)), "ends at 255"),
    (_order("a"), "less than two items"),
    (_order("a", ""), "is empty"),
    (_short(("half", "50")), "no answer is left"),
    (_short(), "no answer is left"),
    (_numeric(), "no answer"),
    (_numeric("1E+999"), "cannot compute"),
    (_cloze(), "no blank"),
    (_cloze(_typed(("half", "50"))), "earns all the points"),
    (_cloze(_typed(("a~b", None))), "earns all the points"),
    (_cloze(_list(("only", True))), "two entries"),
    (_cloze(_list(("a", True), ("", False))), "two entries"),
    (_cloze(_list(("a", False), ("b", False))), "no right entry"),
    (_cloze(NumberKey(numbers=())), "no answer"),
    (_cloze(_typed(*((f"a{n}", None) for n in range(251)))), "more than 250 answers"),
    (_cloze(_typed(("{" * 500_000, None))), "or 500,000 characters"),
]


@pytest.mark.parametrize(("question", "why"), REFUSED)
def test_a_question_that_cannot_be_said_is_told_and_left_out(question: Question, why: str) -> None:
    pack = _pack(_open("Q1"), question, _open("Q2"))
    (loss,) = _losses(pack)
    assert (loss.what, loss.level, loss.span) == ("question BAD", Level.DROPPED, PLACE)
    assert why in loss.how
    assert [stored.name for stored in read(written(pack)).questions] == ["Q1", "Q2"]


def test_an_ordinary_pack_has_no_losses_of_its_own() -> None:
    assert _losses(sample_pack()) == []


def _one(question: Question) -> tuple[Bank, list[tuple[str, Level, str]]]:
    pack = _pack(question)
    losses = _losses(pack)
    assert all(loss.span == PLACE for loss in losses)
    return read(written(pack)), [(loss.what, loss.level, loss.how) for loss in losses]


def test_answers_that_gift_cannot_say_come_through() -> None:
    texts = ("a -> b", "a*b", "=", "%50%x", "a{b}#c~d", "\\", "\\\\*", "&amp;", "[html]", "0")
    bank, losses = _one(_short(*((text, None) for text in texts), case=True))
    assert losses == []
    (stored,) = bank.questions
    assert tuple(answer.text.replace("\\*", "*") for answer in stored.answers) == texts
    assert stored.settings["usecase"] == "1"


def test_a_tilde_in_a_blank_costs_the_answer_not_the_question() -> None:
    bank, losses = _one(_cloze(_typed(("a", None), ("b~c", None))))
    assert losses == [("the answer 'b~c'", Level.DROPPED, "no answer in a cloze can hold a tilde")]
    assert [answer.text for answer in bank.questions[0].blanks[0].answers] == ["a"]


def test_php_finds_the_largest_blanks() -> None:
    many = _cloze(_typed(*((f"a{n}", None) for n in range(250))))
    long = replace(_cloze(_typed(("{" * 499_990, None))), id="Q2")
    files = [written(_pack(question)) for question in (many, long)]
    first, second = (bank.questions[0].blanks[0] for bank in read_with_php(files))
    assert [answer.text for answer in first.answers] == [f"a{n}" for n in range(250)]
    assert [answer.text for answer in second.answers] == ["{" * 499_990]


def test_a_backslash_at_an_answers_end_does_not_hide_the_end() -> None:
    bank, losses = _one(_cloze(_typed(("a\\", None), ("b}\\}", None), ("#\\#", None))))
    assert losses == []
    assert [answer.text for answer in bank.questions[0].blanks[0].answers] == ["a\\", "b}\\}", "#\\#"]


@pytest.mark.parametrize(
    ("points", "worth", "lost"), [(None, 2, 0), ("2", 2, 0), ("6", 6, 0), ("3", 4, 1), ("0.5", 2, 1)]
)
def test_the_points_of_a_cloze_are_whole_for_each_blank(points: str | None, worth: int, lost: int) -> None:
    bank, losses = _one(_cloze(_typed(("a", None)), _typed(("b", None)), points=points))
    assert len(losses) == lost
    (stored,) = bank.questions
    assert stored.mark == sum(blank.mark for blank in stored.blanks) == worth


def test_points_that_no_data_base_keeps_are_told() -> None:
    bank, losses = _one(replace(_open("BAD"), points=Decimal("0.123456789")))
    assert losses == [("0.123456789 points", Level.DEGRADED, "Moodle stores 0.1234568")]
    assert bank.questions[0].mark == pytest.approx(0.1234568)


def test_a_weight_beside_the_list_is_moved_and_told() -> None:
    bank, losses = _one(_short(("whole", None), ("part", "34")))
    assert losses == [("the weight 34 %", Level.DEGRADED, "the nearest one of Moodle's list is 33.33333 %")]
    assert bank.questions[0].answers[1].share == pytest.approx(33.33333)


def test_twenty_digits_are_written_and_told() -> None:
    bank, losses = _one(_numeric("12345678901234567890"))
    assert [(what, level) for what, level, _ in losses] == [
        ("the number 12345678901234567890", Level.DEGRADED)
    ]
    assert bank.questions[0].answers[0].text == "12345678901234567890"


def test_equal_items_stay_apart_and_are_told() -> None:
    bank, losses = _one(_order("a", "b", "a", "a "))
    assert [what for what, _, _ in losses] == ["an item that occurs twice"] * 2
    assert len({answer.text.strip() for answer in bank.questions[0].answers}) == 4


def test_ids_names_and_tags_that_moodle_cannot_take() -> None:
    long = "Q" * 300
    pack = _pack(_open(long), _open("<b>"), _open("Q1"), _open("q1"), tags=("good", "<b>", "x" * 256))
    assert [(loss.what[:12], loss.level) for loss in _losses(pack)] == [
        ("the id 'QQQQ", Level.DEGRADED),
        ("the id '<b>'", Level.DEGRADED),
        ("the id 'q1'", Level.DEGRADED),
        ("the tag '<b>", Level.DROPPED),
        ("the tag 'xxx", Level.DROPPED),
    ]
    bank = read(written(pack))
    assert [stored.idnumber for stored in bank.questions] == ["", "<b>", "Q1", ""]
    assert [len(stored.name) for stored in bank.questions] == [255, 4, 2, 2]
    assert {stored.tags for stored in bank.questions} == {("good",)}


def test_what_no_text_file_may_hold_becomes_the_replacement_character() -> None:
    question = OpenQuestion(id="BAD", prompt=(para(Text("a\0b\ud800c", span=PLACE)),), span=PLACE)
    bank, losses = _one(question)
    assert losses == [("the character U+0000", Level.DEGRADED, "U+FFFD stands in their place")]
    assert bank.questions[0].text == "<p>a\ufffdb\ufffdc</p>"


def test_a_right_to_left_pack_says_so_in_its_texts() -> None:
    pack = _pack(_open("Q1"), lang="ar")
    assert read(written(pack)).questions[0].text == '<div lang="ar" dir="rtl"><p>Ask</p></div>'


def test_the_description_of_a_category_shows_what_was_written() -> None:
    pack = _pack(_open("Q1"), description="See @@PLUGINFILE@@/x.png and \\(x\\)", license="<b>")
    (about,) = read(written(pack)).about.values()
    assert seen(about) == characters("See @@PLUGINFILE@@/x.png and \\(x\\) Licence: <b> Language: en")
    assert "\\(" not in about.replace("\\</span>(", "")


def test_every_loss_of_values_was_named_beforehand() -> None:
    known = load("moodle").value_losses()  # type: ignore[attr-defined]
    losses = [loss for question, _ in REFUSED for loss in _losses(_pack(question))]
    losses += _losses(torture_pack())
    assert {loss.known for loss in losses} <= set(known)
    assert {loss.level == loss.known.level for loss in losses if loss.known} == {True}


def test_a_picture_is_called_as_much_like_its_file_as_every_system_takes() -> None:
    (picture,) = set(CONTEXT.media.values())
    src = f"images/Über den_Wolken-2. {'x' * 40}.png"
    pack = _pack(replace(_open("Q1"), prompt=(para(Image(src, "a")),)))
    bank = read(written(pack, CONTEXT._replace(media={src: picture})))
    assert list(bank.questions[0].files) == [f"ber-den_Wolken-2-{'x' * 22}-{picture.digest[:8]}.png"]
