"""Fields of all kinds, without Anki: what is mixed, what is labelled and in whose words."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from typing import Any
from xml.etree import ElementTree

import pytest

from packc.ast.keys import Accepted, DropdownKey, Number, NumberKey, Option, TextKey
from packc.ast.pack import Pack, questions
from packc.ast.question import MatchingQuestion, Pair, Question, Role, Side
from packc.ast.richtext import Blank, Footnote, Image, Math, Para
from packc.backends.anki.cardtexts import CardTexts
from packc.backends.anki.cloze import cards_of
from packc.backends.anki.notes import note_fields
from packc.backends.anki.notetypes import RENDERER, note_type_of
from packc.backends.anki.numbers import number_text, range_text
from packc.words import Words
from tests.support import every_kind, packs
from tests.support.every_kind import inline
from tests.targets.anki.emitting import visible_text

PACK = every_kind.every_kind()
KLINGON = Words(lang="tlh", hint="QAP", right="LU", wrong="GHOBE", true="TEH", false="NEP", choose_one="WIV")


def fields(question: Question, pack: Pack = PACK, **context: Any) -> dict[str, str]:
    values = note_fields(question, CardTexts(pack, every_kind.context()._replace(**context)))
    return dict(zip(note_type_of(question).fields, values, strict=True))


# By RENDERER: the fields of every kind of question, as this renderer writes them.
WRITTEN = {1: "f3f6db7c2330efb6"}


def test_fields_that_are_written_otherwise_have_a_new_renderer() -> None:
    values = [text for question in questions(PACK) for text in fields(question).values()]
    written = sha256("\0".join(values).encode()).hexdigest()[:16]
    assert WRITTEN[RENDERER] == written, (
        "fields are written otherwise than before, and a release should say so: once a version of packc with "
        f"{RENDERER=} is out, raise it; note {written!r} here"
    )


def test_choices_are_mixed_unless_the_author_says_no() -> None:
    mixed, kept = fields(every_kind.single_choice()), fields(every_kind.multiple_choice())
    for name in ("Choices", "Answers"):
        items = ElementTree.fromstring(mixed[name]).findall("ol/li")
        assert [item.get("data-pin", "") for item in items] == ["first", "", "", "fixed", "last"]
        lists = [ElementTree.fromstring(values[name]).find("ol") for values in (mixed, kept)]
        assert [found.get("data-order") for found in lists if found is not None] == ["mixed", "kept"]
        assert [found.get("data-pick") for found in lists if found is not None] == ["one", "several"]


def test_weights_stand_with_what_they_weigh() -> None:
    shown = visible_text(fields(every_kind.single_choice())["Answers"])
    assert "Wrong (-25%)" in shown
    assert "Right (50%)" in visible_text(fields(every_kind.multiple_choice())["Answers"])


def test_both_sides_mix_with_one_seed() -> None:
    values = fields(every_kind.single_choice())
    seeds = [ElementTree.fromstring(values[name]).find("ol") for name in ("Choices", "Answers")]
    assert len({found.get("data-seed") for found in seeds if found is not None}) == 1
    other = fields(every_kind.single_choice(), replace(PACK, id="other"))["Choices"]
    assert other != values["Choices"]


def test_the_front_of_pairs_does_not_depend_on_who_belongs_to_whom() -> None:
    question = every_kind.matching()
    lefts, rights = [pair.left for pair in question.pairs], [pair.right for pair in question.pairs]
    turned = tuple(
        Pair(left=left, right=right) for left, right in zip(lefts, rights[1:] + rights[:1], strict=True)
    )
    other = replace(question, pairs=turned)
    assert fields(question)["Items"] == fields(other)["Items"]
    assert fields(question)["Answers"] != fields(other)["Answers"]


def test_the_front_of_an_order_does_not_depend_on_the_order() -> None:
    question = every_kind.ordering()
    other = replace(question, items=question.items[::-1])
    assert fields(question)["Items"] == fields(other)["Items"]
    assert fields(question)["Answers"] != fields(other)["Answers"]


def test_blanks_keep_the_authors_numbers_and_fill_the_others_around_them() -> None:
    def numbered(*numbers: int | None) -> str:
        blanks = (every_kind.text_blank(f"a{n}", number=number) for n, number in enumerate(numbers))
        return fields(replace(every_kind.bare_cloze(), text=(Para(tuple(blanks)),)))["Text"]

    text = numbered(None, 2, None, 1, None, 2)
    assert [part.split("}}")[0] for part in text.split("{{")[1:]] == [
        "c3::a0", "c2::a1", "c4::a2", "c1::a3", "c5::a4", "c2::a5",
    ]  # fmt: skip
    assert cards_of(text) == (0, 1, 2, 3, 4)
    assert cards_of(numbered(0, 501, 500)) == (0, 1, 499)


def test_the_entries_of_a_list_stand_in_an_order_that_says_nothing() -> None:
    def shown(*texts: str) -> str:
        options = tuple(Option(children=inline(text), correct=text == "two") for text in texts)
        blank = Blank(key=DropdownKey(options=options))
        return fields(replace(every_kind.bare_cloze(), text=(packs.para(blank),)))["Text"]

    assert shown("one", "two", "three") == shown("two", "three", "one")
    assert "{{c1::two::" in shown("one", "two", "three")


def test_footnotes_stand_below_the_text_that_mentions_them() -> None:
    note = Footnote("1", (packs.para("below"),))
    blank = Blank(key=TextKey(accepted=(Accepted(children=inline("x", note)),)))
    cloze = fields(replace(every_kind.bare_cloze(), text=(packs.para(blank, "."),)))["Text"]
    assert cloze.index("}}") < cloze.index("below")
    titled = replace(every_kind.open_question(), title=inline("t", note))
    assert visible_text(fields(titled)["Title"]) == "t[1]\nbelow"
    pair = Pair(left=inline("l", note), right=inline("r"))
    matching = fields(MatchingQuestion(id="M", prompt=(packs.para("?"),), pairs=(pair,)))
    assert "below" in matching["Items"]
    assert "below" in matching["Answers"]


def test_a_title_is_on_the_front_only_where_the_author_wants_it() -> None:
    shown = replace(PACK, meta=replace(PACK.meta, title_on_front=True))
    question = every_kind.open_question()
    assert "TITLECANARY" not in fields(question)["Question"]
    values = fields(question, shown)
    assert values["Question"].index("TITLECANARY") < values["Question"].index("FRONT:")
    assert values["Title"] == ""


def test_a_cloze_text_is_its_own_prompt() -> None:
    values = fields(replace(every_kind.bare_cloze(), title=inline("TITLECANARY")))
    assert values["Question"] == ""
    assert "TITLECANARY" in values["Title"]


def test_own_fields_stand_on_their_side() -> None:
    values = fields(every_kind.open_question())
    assert "FRONTOWN" in values["OwnFront"]
    assert "BACKOWNCANARY" in values["OwnBack"]
    assert "GRADERCANARY" not in "".join(values.values())
    unlabelled = every_kind.own("lab", "", Side.BACK, packs.para("x"))
    shown = fields(replace(every_kind.open_question(), notes=(unlabelled,)))["OwnBack"]
    assert visible_text(shown) == "labx"


def test_packcs_words_are_those_of_the_context_and_say_their_language() -> None:
    choice = fields(every_kind.true_false(), words=KLINGON)
    assert '<bdi lang="tlh">WIV</bdi>' in choice["Choices"]
    assert visible_text(choice["Choices"]) == "WIVTEHNEP"
    assert choice["Answers"].count('<bdi lang="tlh">GHOBE</bdi>') == 2  # the verdict and the result
    klingon = replace(PACK, meta=replace(PACK.meta, lang="tlh"))
    assert "<bdi" not in fields(every_kind.true_false(), klingon, words=KLINGON)["Choices"]
    assert "QAP 1" in fields(every_kind.true_false(), klingon, words=KLINGON)["Hints"]


def test_the_authors_labels_come_before_packcs_words() -> None:
    labelled = replace(PACK, labels={"hint": "Indice <1>", "feedback": "Retour"})
    values = fields(every_kind.open_question(), labelled)
    assert "<summary>Indice &lt;1&gt; 1</summary>" in values["Hints"]
    assert "Retour" in values["Feedback"]
    one = replace(every_kind.open_question(), hints=((packs.para("x"),),))
    assert "<summary>Hint</summary>" in fields(one)["Hints"]


@pytest.mark.parametrize(
    ("least", "most", "says"),
    [(None, 150, "At most 150 words."), (100, None, "At least 100 words."), (1, 2, "1 to 2 words.")],
)
def test_a_limit_of_words_is_on_the_front(least: int | None, most: int | None, says: str) -> None:
    question = replace(every_kind.essay(), least_words=least, most_words=most)
    assert visible_text(fields(question)["How"]) == says
    assert fields(every_kind.open_question())["How"] == ""


def test_a_typed_answer_is_plain_text() -> None:
    short = every_kind.short_answer()
    key = TextKey(accepted=(Accepted(children=inline("a  <b> ", Math("x"))),))
    values = fields(replace(short, key=key))
    assert values["Answer"] == "a &lt;b&gt; $x$"
    assert "\\(x\\)" in values["Answers"]
    plain = TextKey(accepted=every_kind.accepts("one"))
    assert fields(replace(short, key=plain))["Answers"] == ""


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (Number(value=Decimal("1E-3")), "0.001"),
        (Number(value=Decimal("1E+3")), "1000"),
        (Number(value=Decimal("1E+30")), "1E+30"),
        (Number(value=Decimal("-0.50"), tolerance=Decimal("0.1")), "-0.50 ± 0.1"),
        (Number(value=Decimal(2), tolerance=Decimal(5), percent=True), "2 ± 5%"),
        (Number(value=Decimal(0), upper=Decimal("0.2")), "0 – 0.2"),
    ],
)
def test_numbers_are_shown_as_people_write_them(number: Number, shown: str) -> None:
    assert range_text(number) == shown
    assert range_text(number, "kg") == f"{shown} kg"
    assert shown.startswith(number_text(number.value))


def test_a_number_without_leeway_is_said_once() -> None:
    bare = NumberKey(numbers=(Number(value=Decimal("9.81")),))
    assert fields(replace(every_kind.numeric(), key=bare))["Answers"] == ""
    assert "9.81 kg" in fields(replace(every_kind.numeric(), key=replace(bare, unit="kg")))["Answers"]


def test_a_heading_of_a_column_is_left_out_where_there_is_none() -> None:
    bare = replace(every_kind.matching(), heads=((), ()))
    assert "pk-head" not in fields(bare)["Items"]
    assert "pk-head" in fields(every_kind.matching())["Items"]


def test_images_of_pairs_are_named_by_content() -> None:
    pair = Pair(left=(Image("figure.png", "f"),), right=inline("r"))
    assert 'src="pk-' in fields(replace(every_kind.matching(), pairs=(pair,)))["Items"]


def test_notes_that_all_kinds_share_are_labelled_by_the_author_or_by_packc() -> None:
    bare = replace(every_kind.numeric(), notes=(packs.note(Role.WHY, "", packs.para("x")),))
    assert visible_text(fields(bare)["Why"]) == "Why it mattersx"
