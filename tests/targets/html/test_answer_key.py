"""The key holds all that the student sheet leaves out."""

from __future__ import annotations

from lxml import etree

from packc.ast.question import Role
from packc.ast.richtext import Text
from tests.support import packs
from tests.targets.html.emitted import CANARIES, elements, handout, strings, text_of, tree, visible


def test_the_key_holds_every_canary() -> None:
    key = visible(handout(packs.pack(), packs.context()).key)

    assert [canary for canary in CANARIES if canary not in key] == []
    assert all(f"FEEDBACKCANARY{index}" in key for index in range(3))


def test_right_choices_have_the_sign_and_the_word() -> None:
    key = tree(handout(packs.pack(packs.choice_question("Q2", right=(0, 2))), packs.context("Q2")).key)
    marks = [text_of(mark) for mark in elements(key, "//span[@class='mark']")]

    assert marks == ["✓ Right", "", "✓ Right"]
    assert [text_of(letters) for letters in elements(key, "//div[@class='glance']//strong")] == ["A, C"]


def test_numbers_ids_and_titles_match_the_sheet() -> None:
    both = handout(packs.pack(), packs.context())
    student, key = ([_heading(a) for a in elements(tree(file), "//article/*[1]")] for file in both)

    assert student == ["Question 1 Q1", "Question 2 Q2", "Question 3 Q3"]
    assert key == [
        "Question 1 Q1 TITLECANARY too high",
        "Question 2 Q2 TITLECANARY choice",
        "Question 3 Q3 TITLECANARY choice",
    ]


def test_notes_carry_their_authors_labels() -> None:
    question = packs.open_question()
    own = packs.note(Role.WHY, "Warum es zählt", packs.para("darum"))
    pack = packs.pack(
        type(question)(id="Q1", prompt=question.prompt, solution=question.solution, notes=(own,))
    )
    key = tree(handout(pack, packs.context("Q1")).key)

    assert strings(key, "//article//dt/text()") == ["Solution", "Warum es zählt"]
    (body,) = elements(key, "//article//div[dt='Warum es zählt']/dd")
    assert "darum" in text_of(body)


def test_the_key_names_where_it_comes_from() -> None:
    key = visible(handout(packs.pack(), packs.context()).key)

    for expected in (
        "A description.",
        "Ada Example",
        "CC BY 4.0",
        "1.2",
        "deep-learning · Training Loops",
        "https://example.org/packs/sample/",
    ):
        assert expected in key


def test_sections_without_questions_are_left_to_the_sheet() -> None:
    key = visible(handout(packs.pack(), packs.context()).key)

    assert "A section" in key
    assert "What to do after this pack" not in key


def test_a_pack_without_choices_has_no_table_of_letters() -> None:
    key = handout(packs.pack(packs.open_question()), packs.context("Q1")).key

    assert elements(tree(key), "//div[@class='glance']") == []
    assert Text("TITLECANARY too high").text in visible(key)


def _heading(element: etree._Element) -> str:
    return " ".join(text_of(element).split())
