"""Every kind of question: room for the answer on the sheet, the answer in the key, and none on the sheet."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from lxml import etree

from packc.ast.keys import DropdownKey, Number, NumberKey, Option, TextKey
from packc.ast.pack import Section, questions
from packc.ast.question import OpenQuestion, Question
from packc.ast.richtext import Blank
from packc.backends.base import Feature
from packc.backends.losses import features, losses_of
from packc.backends.registry import load
from packc.handout.spaces import FEWEST_LINES, MOST_LINES, line_count
from tests.support import every_kind, packs
from tests.support.every_kind import accepts, inline
from tests.support.packs import para
from tests.targets.html.emitted import elements, handout, text_of, tree, visible

HIDDEN = (
    "OLD1",
    "optimisation",
    "easy",
    "BLANKHINT",
    "less than 1",
    "overfitting",
    "too high",
    "H2O",
    "9.81",
)


def sheet_of(question: Question) -> etree._Element:
    """The question's article on the sheet."""
    return elements(tree(handout(packs.pack(question), every_kind.context()).student), "//article")[0]


def key_of(question: Question) -> str:
    """The text of the question's article in the key."""
    article = elements(tree(handout(packs.pack(question), every_kind.context()).key), "//article")[0]
    return " ".join(text_of(article).split())


def test_the_sheet_gives_nothing_away() -> None:
    student = handout(every_kind.every_kind(), every_kind.context()).student.data.decode()

    assert re.findall(r"\w*CANARY\w*", student) == []
    assert [text for text in HIDDEN if text in student] == []
    assert len(re.findall("FRONT: ", student)) >= len(list(questions(every_kind.every_kind())))


def test_the_key_holds_all_that_the_sheet_leaves_out() -> None:
    key = visible(handout(every_kind.every_kind(), every_kind.context()).key)
    written = set(re.findall(r"\w*CANARY", repr(every_kind.every_kind())))

    assert len(written) > 10
    assert [canary for canary in written if canary not in key] == []
    assert [text for text in HIDDEN if text not in key and text != "OLD1"] == []
    assert "Points: 2.5 · 3 min · Difficulty: easy · Tags: optimisation, Step Size" in key


def test_what_the_sheet_adds_up() -> None:
    student = visible(handout(every_kind.every_kind(), every_kind.context()).student)

    assert "Questions: 16 · Points: 30" in student
    assert "Time:" not in student, "some questions have no time, so a sum would be too small"
    timed = replace(every_kind.true_false(), minutes=Decimal("1.5"))
    both = packs.pack(timed, replace(timed, id="Q2"))
    assert "Points: 5 · Time: 3 min" in visible(handout(both, every_kind.context()).student)


def test_a_stimulus_stands_once_before_its_questions() -> None:
    student = handout(every_kind.every_kind(), every_kind.context()).student
    (stimulus,) = elements(tree(student), "//div[@class='stimulus']")

    assert "Questions 15–16" in text_of(stimulus)
    assert visible(student).count("FRONTSTIMULUS: a run") == 1
    alone = Section(stimulus=True, title=(), blocks=(para("s"),), parts=(packs.open_question(),))
    assert "Question 1 s" in visible(handout(packs.pack(alone), every_kind.context()).student)


def test_true_or_false_are_two_circles() -> None:
    article = sheet_of(every_kind.true_false())

    assert [text_of(item).strip() for item in elements(article, ".//ul[@class='truth']/li")] == [
        "True",
        "False",
    ]
    assert "Answer False" in key_of(every_kind.true_false())


def test_a_short_answer_has_a_line_and_a_number_a_short_one_with_its_unit() -> None:
    assert len(elements(sheet_of(every_kind.short_answer()), ".//p[@class='line']")) == 1
    assert "Upper and lower case count." in text_of(sheet_of(every_kind.short_answer()))
    (line,) = elements(sheet_of(every_kind.numeric()), ".//p[@class='line short']")
    assert text_of(line).split() == ["Answer", "m/s²"]

    assert "Accepted answers overfitting over-fitting (50 %) Upper and lower" in key_of(
        every_kind.short_answer()
    )
    assert "0.1 ± 0.02 m/s² −9.81 ± 5 % m/s² (50 %) 0.001 to 0.2 m/s² (25 %)" in key_of(every_kind.numeric())


def test_all_gaps_look_alike() -> None:
    gaps = elements(sheet_of(every_kind.cloze()), ".//span[@class='gap']")

    assert [text_of(gap) for gap in gaps] == [f"Blank {number}" for number in (1, 2, 3, 4)]
    assert {tuple(sorted(gap.attrib.items())) for gap in gaps} == {(("class", "gap"),)}
    (options,) = elements(sheet_of(every_kind.cloze()), ".//span[@class='options']")
    assert text_of(options).split() == ["Blank", "5", "km/h", "m/s"]
    assert "kg" in text_of(sheet_of(every_kind.cloze())), "a unit stands behind its gap"


def test_the_key_fills_in_the_gaps() -> None:
    key = key_of(every_kind.cloze())

    assert "is 2 too high. Fixed: 3 two.Half: 4 0.5 ± 0.1 kgSpeed: 5 5 km/h" in key
    assert "Blank 2 too high too large Blank 3 two Hint BLANKHINT a number Blank 4" in key
    assert "Blank 5" not in key, "the text has shown all of a list's right entries"


def test_a_cloze_text_alone_says_what_to_do() -> None:
    assert "Fill in the blanks." in text_of(sheet_of(every_kind.bare_cloze()))
    assert "Fill in the blanks." not in text_of(sheet_of(every_kind.cloze()))


def test_columns_to_match() -> None:
    left, right = elements(sheet_of(every_kind.matching()), ".//div[@class='columns']/div")

    assert text_of(left).split() == ["Optimiser", "Adam", "SGD", "RMSProp"]
    assert len(elements(left, ".//span[@class='slot']")) == 3
    shown = [" ".join(text_of(item).split()) for item in elements(right, "./ol/li")]
    assert [text[0] for text in shown] == ["A", "B", "C", "D"]
    assert {text[2:] for text in shown} >= {"adaptive moments", "running mean", "a tree"}
    key = key_of(every_kind.matching())
    letters = {text[2:]: text[0] for text in shown}
    assert f"Adam {letters['adaptive moments']} adaptive moments" in key
    assert f"Left over {letters['a tree']} a tree" in key


def test_items_and_categories_to_sort() -> None:
    items, categories = elements(sheet_of(every_kind.categorising()), ".//div[@class='columns']/div")
    letters = {text.split()[1]: text.split()[0] for text in map(text_of, elements(items, "./ol/li"))}

    assert set(letters) == {"ridge", "k-means", "lasso"}
    assert {text_of(item).strip() for item in elements(categories, "./ul/li")} == {
        "regression",
        "clustering",
        "ranking",
    }
    key = key_of(every_kind.categorising())
    assert f"clustering: {letters['k-means']} k-means" in key
    assert "ranking: –" in key


def test_items_to_number() -> None:
    shown = [text_of(item).strip() for item in elements(sheet_of(every_kind.ordering()), ".//ul/li")]
    right = ["load the data", "train", "evaluate", "publish"]

    assert sorted(shown) == sorted(right)
    numbers = ", ".join(str(right.index(text) + 1) for text in shown)
    key = key_of(every_kind.ordering())
    assert f"From top to bottom: {numbers}" in key
    assert "Right order load the data train evaluate publish" in key


@pytest.mark.parametrize(
    ("question", "lines"),
    [
        (OpenQuestion(id="Q"), 6),
        (OpenQuestion(id="Q", essay=True), 18),
        (OpenQuestion(id="Q", points=Decimal(3)), 9),
        (OpenQuestion(id="Q", points=Decimal("0.5")), FEWEST_LINES),
        (OpenQuestion(id="Q", points=Decimal("1e999")), MOST_LINES),
        (OpenQuestion(id="Q", most_words=160, points=Decimal(1)), 16),
        (OpenQuestion(id="Q", least_words=10**9), MOST_LINES),
        (OpenQuestion(id="Q", lines=2, most_words=500), 2),
    ],
)
def test_lines_by_what_the_author_says(question: OpenQuestion, lines: int) -> None:
    assert line_count(question) == lines


def test_an_essay_has_its_limit_on_the_sheet_and_its_rubric_in_the_key() -> None:
    article = sheet_of(every_kind.essay())

    assert "100 to 200 words." in text_of(article)
    assert len(elements(article, "./div[@class='lines']/div")) == 12
    assert "Marking (2) RUBRICCANARY names the step size. RUBRICCANARY gives an" in key_of(every_kind.essay())


def test_weights_stand_beside_their_choices() -> None:
    key = handout(packs.pack(every_kind.multiple_choice()), every_kind.context()).key
    marks = [" ".join(text_of(mark).split()) for mark in elements(tree(key), "//span[@class='mark']")]

    assert marks == ["✓ Right 50 %", "✓ Right 50 %", "−50 %"]


def test_the_title_stands_on_the_front_where_the_author_wants_it() -> None:
    pack = packs.pack(every_kind.true_false())
    shown = replace(pack, meta=replace(pack.meta, title_on_front=True))

    assert "TITLECANARY" in visible(handout(shown, every_kind.context()).student)
    prompt = replace(every_kind.true_false(), prompt=(para("TITLECANARY of the question"),))
    once = visible(handout(replace(shown, parts=(prompt,)), every_kind.context()).student)
    assert once.count("TITLECANARY") == 1


def test_footnotes_are_numbered_through_a_question() -> None:
    question = every_kind.rich_text()
    notes = elements(sheet_of(question), ".//ol[@class='footnotes']")
    note = question.prompt[2]
    twice = replace(every_kind.single_choice(), prompt=(note,))
    choice = replace(twice.choices[0], blocks=(note,))
    both = sheet_of(replace(twice, choices=(choice, *twice.choices[1:])))

    assert [len(elements(found, "./li")) for found in notes] == [2]
    assert [text_of(mark) for mark in elements(both, ".//sup[@class='footnote']")] == [
        *("[1]", "[2]", "[1]"),
        *("[1]", "[2]", "[1]"),
    ]
    assert len(elements(both, ".//ol[@class='footnotes']/li")) == 2


def test_images_have_the_authors_size() -> None:
    images = elements(sheet_of(every_kind.rich_text()), ".//img")

    assert [(image.get("width"), image.get("height"), image.get("class")) for image in images] == [
        ("40", "20", None),
        ("50%", None, "sized"),
        ("120", "60", "sized"),
    ]


def test_a_folded_callout_stands_open_and_is_a_loss() -> None:
    backend = load("html")
    pack = every_kind.every_kind()
    losses = list(backend.losses(pack, every_kind.context()))

    assert "FRONTFOLD in the fold." in visible(handout(pack, every_kind.context()).student)
    assert [loss.what for loss in losses] == ["callouts"]


def test_every_feature_of_the_pack_is_kept_or_declared() -> None:
    pack = every_kind.every_kind()
    used = features(pack)
    lost = {loss.what for loss in losses_of(load("html"), pack, every_kind.context(), used)}

    assert lost == {
        Feature.HINT.value,
        Feature.BLANK_HINT.value,
        Feature.BLANK_NUMBER.value,
        Feature.CALLOUT.value,
    }


CHANGED_KEYS: tuple[tuple[Question, Question], ...] = (
    (every_kind.true_false(True), every_kind.true_false(False)),
    (
        every_kind.short_answer(),
        replace(every_kind.short_answer(), key=TextKey(accepted=accepts("a", "b", "c"), case=True)),
    ),
    (
        every_kind.numeric(),
        replace(every_kind.numeric(), key=NumberKey(numbers=(Number(value=Decimal(7)),), unit="m/s²")),
    ),
    (
        every_kind.matching(),
        replace(
            every_kind.matching(),
            pairs=tuple(
                replace(pair, right=right)
                for pair, right in zip(
                    every_kind.matching().pairs,
                    (inline("a tree"), *(pair.right for pair in every_kind.matching().pairs[:2])),
                    strict=True,
                )
            ),
            distractors=(inline("running mean"),),
        ),
    ),
    (
        every_kind.categorising(),
        replace(
            every_kind.categorising(),
            pairs=tuple(
                replace(pair, right=inline(right))
                for pair, right in zip(
                    reversed(every_kind.categorising().pairs),
                    ("ranking", "ranking", "clustering"),
                    strict=True,
                )
            ),
            distractors=(inline("regression"),),
        ),
    ),
    (every_kind.ordering(), replace(every_kind.ordering(), items=every_kind.ordering().items[::-1])),
    (
        every_kind.bare_cloze(),
        replace(
            every_kind.bare_cloze(),
            text=(para("FRONT: water is ", Blank(key=TextKey(accepted=accepts("wet" * 50)), number=9), "."),),
        ),
    ),
)


@pytest.mark.parametrize(("one", "other"), CHANGED_KEYS, ids=lambda question: type(question).__name__)
def test_packs_that_differ_only_in_the_key_give_the_same_sheet(one: Question, other: Question) -> None:
    first, second = (handout(packs.pack(question), every_kind.context()) for question in (one, other))

    assert first.student == second.student
    assert first.key != second.key


def test_which_entry_of_a_list_is_right_changes_no_byte() -> None:
    def sheet(*right: bool) -> bytes:
        options = tuple(
            Option(children=inline(text), correct=correct)
            for text, correct in zip(("a", "b", "c"), right, strict=True)
        )
        question = replace(
            every_kind.bare_cloze(), text=(para("x ", Blank(key=DropdownKey(options=options))),)
        )
        return handout(packs.pack(question), every_kind.context()).student.data

    assert sheet(True, False, False) == sheet(False, False, True)
