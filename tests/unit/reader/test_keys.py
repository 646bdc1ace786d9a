"""Answers, rubrics, orders and pairs: what each line of a key says, and what is said of it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from packc.ast.question import (
    ChoiceQuestion,
    ClozeQuestion,
    MatchingQuestion,
    NumericQuestion,
    OpenQuestion,
    OrderingQuestion,
    Pin,
    ShortAnswerQuestion,
    TrueFalseQuestion,
)
from packc.diagnostics.rules.answers import EmptyChoice, TextAfterChoices
from packc.diagnostics.rules.choices import (
    AnswerForOtherKind,
    AnswerNamesNoChoice,
    BraceMisplaced,
    KeysContradict,
)
from packc.diagnostics.rules.keys import (
    AcceptNeedsList,
    BadNumber,
    CaseNotLast,
    EmptyAlternative,
    NumberIsText,
)
from packc.diagnostics.rules.order import SecondKeyBlock
from packc.render.plain import PLAIN
from tests.unit.reader.asking import ask


@pytest.mark.parametrize(
    ("item", "text", "points"),
    [
        ("(2) names it", "names it", "2"),
        ("(0.5) names it", "names it", "0.5"),
        ("(1234.1234)  names it", "names it", "1234.1234"),
        ("(2 points) names it", "names it", "2"),
        ("(1 point) names it", "names it", "1"),
        ("(2pts) names it", "names it", "2"),
        ("(2 pts.) names it", "names it", "2"),
        ("(1 pt) names it", "names it", "1"),
        ("(2p) names it", "names it", "2"),
        ("(2)names it", "(2)names it", None),
        ("(12345) names it", "(12345) names it", None),
        ("(1.12345) names it", "(1.12345) names it", None),
        ("(2 marks) names it", "(2 marks) names it", None),
        ("( 2) names it", "( 2) names it", None),
        ("2) names it", "names it", None),
        ("it (2) names", "it (2) names", None),
    ],
)
def test_the_points_of_a_criterion(item: str, text: str, points: str | None) -> None:
    question = ask(f"Why?\n\n**Type:** essay\n\n**Rubric:**\n\n- {item}\n").question
    assert isinstance(question, OpenQuestion)
    (criterion,) = question.rubric
    assert PLAIN.blocks(criterion.blocks).strip().removeprefix("2. ").strip() in (text, f"2) {text}")
    assert criterion.points == (None if points is None else Decimal(points))


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ("1 2 3", []),
        ("4 5 6", []),
        ("1 3 4", ["3"]),
        ("1 1 1", ["1"]),
        ("0 1 3", ["3"]),
        ("123456789 1", ["1"]),
    ],
)
def test_the_numbers_of_an_order(numbers: str, said: list[str]) -> None:
    items = "".join(f"{number}. item\n" for number in numbers.split())
    asked = ask(f"Sort.\n\n**Order:**\n\n{items}")
    assert isinstance(asked.question, OrderingQuestion)
    assert len(asked.question.items) == len(numbers.split())
    assert [place for _, place in asked.said] == said


def test_what_stands_around_a_table_of_pairs() -> None:
    table = "| a | b |\n|---|---|\n| x | y |\n|  | z |\n"
    asked = ask(f"Match.\n\n**Match:**\n\nFirst.\n\n{table}\nSecond.\n\nThird.\n\n{table}")
    question = asked.question
    assert isinstance(question, MatchingQuestion)
    assert [(PLAIN.inlines(pair.left), PLAIN.inlines(pair.right)) for pair in question.pairs] == [("x", "y")]
    assert [PLAIN.inlines(each) for each in question.distractors] == ["z"]
    assert [PLAIN.inlines(each) for each in question.heads] == ["a", "b"]
    assert [code for code, _ in asked.said] == [TextAfterChoices.code, SecondKeyBlock.code]
    assert asked.said[0][1] == "Second."
    assert PLAIN.blocks(question.prompt).split() == ["Match.", "First.", "Second.", "Third."]


@pytest.mark.parametrize(
    ("answer", "kind", "lang"),
    [
        ("true", TrueFalseQuestion, "en"),
        ("F", TrueFalseQuestion, "en"),
        ("No", TrueFalseQuestion, "en"),
        ("wahr", TrueFalseQuestion, "de"),
        ("wahr", ShortAnswerQuestion, "en"),
        ("wahr", ShortAnswerQuestion, "xx"),
        ("wahr", ShortAnswerQuestion, "en-GB"),
        ("42", NumericQuestion, "en"),
        ("42 kg", NumericQuestion, "en"),
        ("4 | 5", NumericQuestion, "en"),
        ("4 | four", ShortAnswerQuestion, "en"),
        ("four | 4", ShortAnswerQuestion, "en"),
        ("x" * 60, ShortAnswerQuestion, "en"),
        ("x" * 61, OpenQuestion, "en"),
        ("x" * 60 + " | b", ShortAnswerQuestion, "en"),
        ("b | " + "x" * 61, OpenQuestion, "en"),
        ("A sentence.", OpenQuestion, "en"),
        ("Really!", OpenQuestion, "en"),
        ("Why?", OpenQuestion, "en"),
        ("a|b", ShortAnswerQuestion, "en"),
    ],
)
def test_what_an_answer_makes_of_a_question(answer: str, kind: type[object], lang: str) -> None:
    assert isinstance(ask(f"Well?\n\n**Answer:** {answer}\n", lang=lang).question, kind)


@pytest.mark.parametrize(
    ("answer", "accepted"),
    [
        ("a | b", ["a", "b"]),
        ("a  |  b", ["a", "b"]),
        ("a|b", ["a|b"]),
        ("a| b", ["a| b"]),
        ("a |b", ["a |b"]),
        ("a \\| b", ["a | b"]),
        ("a | `|` | b", ["a", "|", "b"]),
    ],
)
def test_the_alternatives_of_an_answer(answer: str, accepted: list[str]) -> None:
    question = ask(f"Well?\n\n**Answer:** {answer}\n").question
    assert isinstance(question, ShortAnswerQuestion)
    assert [PLAIN.inlines(each.children) for each in question.key.accepted] == accepted


@pytest.mark.parametrize("answer", ["| a", "a |", "a | | b"])
def test_an_alternative_that_is_empty(answer: str) -> None:
    asked = ask(f"Well?\n\n**Answer:** {answer}\n")
    assert [code for code, _ in asked.said] == [EmptyAlternative.code]
    assert asked.said[0][1] in ("|", " ")


@pytest.mark.parametrize(
    ("answer", "is_joined"),
    [
        ("10kg", False),
        ("10km", True),
        *((f"10{unit}", True) for unit in ("m", "g", "s", "V", "A", "W", "J", "N", "Hz", "Pa", "bit", "B")),
        *((f"+1.5{prefix}m", True) for prefix in "kcmµMGTn"),
        ("-2.5mV", True),
        ("5µs", True),
        ("3GHz", True),
        ("1013Pa", True),
        ("8bit", True),
        ("5min", True),
        ("2h", True),
        ("5ms", True),
        ("10 m", False),
        ("10x", False),
        ("a10m", False),
        ("10ma", False),
    ],
)
def test_a_unit_without_its_space_is_told(answer: str, is_joined: bool) -> None:
    said = ask(f"Well?\n\n**Answer:** {answer}\n").said
    assert said == ([(NumberIsText.code, answer)] if is_joined or answer == "10kg" else [])


@pytest.mark.parametrize(
    ("answer", "after", "safe"), [("1 000", "1000", True), ("1,5", "1.5", False), ("5 ± -1", None, None)]
)
def test_a_doubtful_number_has_its_remedy(answer: str, after: str | None, safe: bool | None) -> None:
    asked = ask(f"Well?\n\n**Answer:** {answer}\n")
    assert [code for code, _ in asked.said] == [BadNumber.code]
    assert [(asked.after(fix).splitlines()[-1], fix.safe) for fix in asked.remedies] == (
        [(f"**Answer:** {after}", safe)] if after else []
    )


@pytest.mark.parametrize(
    ("accept", "said"),
    [
        ("a | b {case}", []),
        ("a {case} | b", ["a {case}"]),
        ("\n\n- a\n- b {case}", []),
        ("\n\n- a {case}\n- b", ["a {case}"]),
        ("\n\n1. a\n2. b", []),
        ("\n\n- a\n\n  more\n- b", ["- a\n\n  more"]),
        ("\n\n> a", ["> a"]),
    ],
)
def test_what_is_accepted(accept: str, said: list[str]) -> None:
    asked = ask(f"Well?\n\n**Accept:** {accept}\n")
    assert isinstance(asked.question, ShortAnswerQuestion)
    assert [place.strip() for _, place in asked.said if _ in (CaseNotLast.code, AcceptNeedsList.code)] == said


def test_a_stated_kind_decides() -> None:
    for stated, answer, kind in (
        ("short answer", "A sentence.", ShortAnswerQuestion),
        ("short answer", "42", ShortAnswerQuestion),
        ("numeric", "5kg", NumericQuestion),
        ("open", "true", OpenQuestion),
        ("open", "42", OpenQuestion),
        ("true/false", "yes", TrueFalseQuestion),
    ):
        question = ask(f"Well?\n\n**Type:** {stated}\n\n**Answer:** {answer}\n").question
        assert isinstance(question, kind), (stated, answer)


@pytest.mark.parametrize(
    ("answer", "right"),
    [
        ("B", [False, True, False]),
        ("two", [False, True, False]),
        ("Two.", [False, True, False]),
        ("B. two", [False, True, False]),
        ("A, C", [True, False, True]),
        ("C", [False, False, True]),
    ],
)
def test_an_answer_names_choices(answer: str, right: list[bool]) -> None:
    asked = ask(f"Which?\n\n- [ ] one\n- [ ] two\n- [ ] three\n\n**Answer:** {answer}\n")
    assert isinstance(asked.question, ChoiceQuestion)
    assert [each.correct for each in asked.question.choices] == right
    assert asked.said == []


@pytest.mark.parametrize("answer", ["D", "four", "A, D", "B. three", "D. one"])
def test_an_answer_names_no_choice(answer: str) -> None:
    asked = ask(f"Which?\n\n- [ ] one\n- [ ] two\n- [ ] three\n\n**Answer:** {answer}\n")
    assert asked.said == [(AnswerNamesNoChoice.code, answer)]


def test_boxes_and_an_answer_may_not_contradict() -> None:
    for answer, said in (("A", []), ("B", [(KeysContradict.code, "B")])):
        asked = ask(f"Which?\n\n- [x] one\n- [ ] two\n\n**Answer:** {answer}\n")
        assert isinstance(asked.question, ChoiceQuestion)
        assert [each.correct for each in asked.question.choices] == [True, False]
        assert asked.said == said


def test_feedback_alone_is_no_choice() -> None:
    asked = ask("Which?\n\n- [x] one\n- [ ]\n  > why\n- [ ] two\n  > three\n")
    assert [code for code, _ in asked.said] == [EmptyChoice.code]


def test_letters_of_boxes_are_dropped() -> None:
    asked = ask("Which?\n\n- [x] A) one\n- [ ] B)\tTwo\n- [ ] C)  three\n")
    assert isinstance(asked.question, ChoiceQuestion)
    assert [PLAIN.blocks(each.blocks).strip() for each in asked.question.choices] == ["one", "Two", "three"]
    (fix,) = asked.remedies
    assert asked.after(fix).endswith("- [x] one\n- [ ] Two\n- [ ] three\n")
    for kept in ("- [x] A) one\n- [ ] two\n", "- [x] A) one\n- [ ] B. two\n", "- [x] A) one\n"):
        question = ask(f"Which?\n\n{kept}").question
        assert isinstance(question, ChoiceQuestion)
        assert PLAIN.blocks(question.choices[0].blocks).strip() == "A) one"


def test_a_brace_stands_in_the_first_or_the_last_paragraph() -> None:
    asked = ask("Which?\n\n- [x] one {50%}\n\n  more\n- [ ] a\n\n  b {-5%}\n\n  c\n- [x] d\n\n  e {50%}\n")
    question = asked.question
    assert isinstance(question, ChoiceQuestion)
    assert [each.weight for each in question.choices] == [Decimal(50), None, Decimal(50)]
    assert asked.said == [(BraceMisplaced.code, "{-5%}")]
    twice = ask("Which?\n\n- [x] one {50%}\n\n  two {25%}\n- [ ] three\n")
    assert twice.said == [(BraceMisplaced.code, "{25%}")]


@pytest.mark.parametrize(
    ("word", "is_true"),
    [("true", True), ("yes", True), ("t", True), ("false", False), ("no", False), ("f", False)],
)
def test_truth_words(word: str, is_true: bool) -> None:
    for written in (word, word.upper()):
        question = ask(f"Well?\n\n**Answer:** {written}\n").question
        assert isinstance(question, TrueFalseQuestion)
        assert question.answer is is_true


def test_truth_words_of_the_language_where_a_kind_is_stated() -> None:
    for word, is_true in (("richtig", True), ("falsch", False), ("wahr", True), ("true", True)):
        question = ask(f"Well?\n\n**Type:** true/false\n\n**Answer:** {word}\n", lang="de").question
        assert isinstance(question, TrueFalseQuestion)
        assert question.answer is is_true
    assert isinstance(ask("Well?\n\n**Answer:** richtig\n", lang="de").question, ShortAnswerQuestion)


@pytest.mark.parametrize(
    ("choice", "said", "pin"),
    [
        ("{.last}\n\n  text", ["{.last}"], Pin.LAST),
        ("a {.last}\n\n  text", [], Pin.LAST),
        ("a {.last}\n\n  text\n\n  more", [], Pin.LAST),
        ("a\n\n  text\n\n  more {.last}", [], Pin.LAST),
        ("a\n\n  text {.last}\n\n  more", ["{.last}"], Pin.NONE),
        ("a\n\n  {.last} text\n\n  more", ["{.last}"], Pin.NONE),
        ("a\n\n  {.last}", [], Pin.LAST),
    ],
)
def test_where_the_brace_of_a_choice_stands(choice: str, said: list[str], pin: Pin) -> None:
    asked = ask(f"Which?\n\n- [x] one\n- [ ] {choice}\n- [ ] three\n")
    assert isinstance(asked.question, ChoiceQuestion)
    assert asked.question.choices[1].pin is pin
    assert asked.said == [(BraceMisplaced.code, place) for place in said]


def test_an_answer_beside_another_key() -> None:
    """Prose explains a cloze text, and what could be a key contradicts it; beside `Accept` prose explains."""
    for answer, codes in (("A whole sentence.", []), ("word", [AnswerForOtherKind.code])):
        asked = ask(f"**Cloze:** the {{{{a}}}}\n\n**Answer:** {answer}\n")
        assert isinstance(asked.question, ClozeQuestion)
        assert [code for code, _ in asked.said if code == AnswerForOtherKind.code] == codes
        assert PLAIN.blocks(asked.question.solution).strip() == ("" if codes else answer)
    for answer, accepted in (("A whole sentence.", ["a"]), ("word", ["word", "a"])):
        question = ask(f"Well?\n\n**Answer:** {answer}\n\n**Accept:** a\n").question
        assert isinstance(question, ShortAnswerQuestion)
        assert [PLAIN.inlines(each.children) for each in question.key.accepted] == accepted
        assert PLAIN.blocks(question.solution).strip() == ("" if len(accepted) > 1 else answer)
    stated = ask("Well?\n\n**Type:** short answer\n\n**Answer:** A whole sentence.\n").question
    assert isinstance(stated, ShortAnswerQuestion)
    assert stated.solution == ()
