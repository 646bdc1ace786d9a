"""The student sheet shows every question and gives nothing away."""

from __future__ import annotations

from dataclasses import replace

import pytest

from packc.ast.pack import Pack, Section
from packc.ast.question import Choice, ChoiceQuestion, OpenQuestion
from packc.ast.richtext import Heading, Text
from packc.handout.document import Wording
from packc.handout.spaces import OPEN_LINES
from packc.words import ENGLISH
from tests.support import packs
from tests.targets.html.emitted import CANARIES, elements, handout, strings, text_of, tree, visible


def test_no_canary_is_in_the_student_file() -> None:
    student = handout(packs.pack(), packs.context()).student.data.decode()

    assert [canary for canary in CANARIES if canary in student] == []
    assert "Name the step size." in student, "the cold target is the one note that a learner sees"


@pytest.mark.parametrize(
    ("one", "other"), [((0,), (1,)), ((0,), (2,)), ((0, 1), (1, 2)), ((0, 1), (0, 1, 2))]
)
def test_which_choice_is_right_changes_no_byte(one: tuple[int, ...], other: tuple[int, ...]) -> None:
    files = [
        handout(packs.pack(packs.choice_question("Q2", right=right)), packs.context("Q2"))
        for right in (one, other)
    ]

    assert files[0].student == files[1].student
    assert files[0].key != files[1].key


def test_what_only_the_key_shows_changes_no_byte() -> None:
    full = packs.open_question()
    bare = replace(full, title=(), solution=(packs.para("x"),), notes=full.notes[3:])

    assert (
        handout(packs.pack(full), packs.context("Q1")).student
        == handout(packs.pack(bare), packs.context("Q1")).student
    )


def test_numbers_run_through_the_sections() -> None:
    student = tree(handout(packs.pack(), packs.context()).student)
    headings = [text_of(heading) for heading in elements(student, "//article/*[1]")]

    assert headings == ["Question 1 Q1", "Question 2 Q2", "Question 3 Q3"]
    assert "Questions: 3" in visible(handout(packs.pack(), packs.context()).student)


def test_one_question_is_one_question() -> None:
    file = handout(packs.pack(packs.open_question()), packs.context("Q1")).student

    assert "Questions: 1 " in visible(file)


def test_the_sheet_holds_what_a_learner_needs() -> None:
    text = visible(handout(packs.pack(), packs.context()).student)

    for expected in (
        "Academy / Deep Learning",
        "A sample & pack",
        "Name",
        "Class",
        "Date",
        "An introduction with code.",
        "A good answer names Name the step size.",
        "Choose one.",
        "Choose all that apply.",
        "A section",
        "Section text.",
        "What to do after this pack",
        "End of paper",
        "Ada Example",
        "CC BY 4.0",
        "Version 1.2",
    ):
        assert expected in text


def test_single_choice_has_circles_and_multiple_choice_has_boxes() -> None:
    student = tree(handout(packs.pack(), packs.context()).student)
    single, multiple = elements(student, "//article[descendant::ol[@class='choices']]")

    assert [len(elements(single, f".//span[@class='{c}']")) for c in ("circle", "box")] == [3, 0]
    assert [len(elements(multiple, f".//span[@class='{c}']")) for c in ("circle", "box")] == [0, 3]
    assert strings(single, ".//span[@class='letter']/text()") == ["A", "B", "C"]


def test_only_open_questions_have_ruled_lines_always_as_many() -> None:
    long = replace(packs.open_question("Q1"), solution=tuple(packs.para("much") for _ in range(40)))
    student = tree(handout(packs.pack(long, packs.choice_question()), packs.context()).student)
    lines = [
        len(elements(article, "./div[@class='lines']/div")) for article in elements(student, "//article")
    ]

    assert lines == [OPEN_LINES, 0]


def test_headings_form_an_outline_without_gaps() -> None:
    deep = (Heading(5, (Text("deep"),)), Heading(2, (Text("back"),)), Heading(3, (Text("below"),)))
    question = OpenQuestion(id="Q1", prompt=(packs.para("p"), *deep), solution=(packs.para("s"),))
    inner = Section(title=(Text("Inner"),), blocks=deep, parts=(question,))
    outer = Section(title=(Text("Outer"),), parts=(inner,))
    headings = _outline(packs.pack(outer))

    assert headings == [
        (1, "A sample & pack"),
        (2, "Outer"),
        (3, "Inner"),
        (4, "deep"),
        (4, "back"),
        (5, "below"),
        (4, "Question 1 Q1"),
        (5, "deep"),
        (5, "back"),
        (6, "below"),
    ]


def test_a_choice_question_with_more_choices_than_letters() -> None:
    choices = tuple(Choice(blocks=(packs.para(f"c{i}"),), correct=i == 0) for i in range(29))
    question = ChoiceQuestion(id="Q1", prompt=(packs.para("p"),), choices=choices)
    student = tree(handout(packs.pack(question), packs.context("Q1")).student)

    assert strings(student, "//span[@class='letter']/text()")[24:] == ["Y", "Z", "AA", "AB", "AC"]
    assert Wording(ENGLISH, "en").letter(26 + 26 * 26) == "AAA"


def test_a_pack_without_questions_is_still_a_sheet() -> None:
    file = handout(packs.pack(packs.closing_section()), packs.context()).student

    assert "What to do after this pack" in visible(file)
    assert "Questions: 0" not in visible(file)


def _outline(pack: Pack) -> list[tuple[int, str]]:
    student = tree(handout(pack, packs.context()).student)
    found = elements(student, "//h1|//h2|//h3|//h4|//h5|//h6")
    return [(int(heading.tag[1]), text_of(heading)) for heading in found]
