"""Lettered choices: what belongs to the letter, and what to the choice."""

from __future__ import annotations

import pytest

from packc.ast.question import ChoiceQuestion
from packc.diagnostics import Sink
from packc.diagnostics.rules.answers import TextAfterChoices
from packc.reader.letters import leading_letter, letter_end, named_letters, unread_choices
from packc.reader.pack import read_pack
from packc.render.plain import PLAIN
from packc.source import SourceFile
from tests.unit.reader.asking import ask


@pytest.mark.parametrize("mark", [".", ")", ":"])
@pytest.mark.parametrize("space", [" ", "  ", "\u00a0", " \u2003"])
def test_no_space_behind_the_letter_belongs_to_the_choice(mark: str, space: str) -> None:
    text = f"## Q1. Which\n\nWhich?\n\nA{mark}{space}This\n\nB{mark}{space}That\n\n**Answer:** B\n"
    (question,) = read_pack(SourceFile.from_text(text, name="p.md"), Sink(), fallback_id="p").parts
    assert isinstance(question, ChoiceQuestion)
    assert [PLAIN.blocks(choice.blocks).removesuffix("\n") for choice in question.choices] == ["This", "That"]
    assert [choice.correct for choice in question.choices] == [False, True]


@pytest.mark.parametrize(
    ("text", "index", "found"),
    [
        ("A. x", 0, (".", 3)),
        ("a) x", 0, (")", 3)),
        ("  B:  x", 1, (":", 6)),
        ("Z. x", 25, (".", 3)),
        ("A.", 0, None),
        ("A.x", 0, None),
        ("B. x", 0, None),
        ("AB. x", 0, None),
        ("1. x", 0, None),
        ("A; x", 0, None),
        ("x A. x", 0, None),
    ],
)
def test_a_letter_in_front(text: str, index: int, found: tuple[str, int] | None) -> None:
    assert letter_end(text, index) == found


@pytest.mark.parametrize(
    ("answer", "named"),
    [
        ("B", (1,)),
        ("b", (1,)),
        (" C. ", (2,)),
        ("(B)", (1,)),
        ("B)", (1,)),
        ("A, C", (0, 2)),
        ("A,C", (0, 2)),
        ("A;C", (0, 2)),
        ("A / C", (0, 2)),
        ("A & C", (0, 2)),
        ("A+C", (0, 2)),
        ("A and C", (0, 2)),
        ("A C", (0, 2)),
        ("(A), (C)", (0, 2)),
        ("A, B and D.", (0, 1, 3)),
        ("A, B, and D", (0, 1, 3)),
        ("a and b", (0, 1)),
        ("AC", None),
        ("A, both", None),
        ("A or C", None),
        ("A andC", None),
        ("A.B", None),
        ("and", None),
        ("And", None),
        ("", None),
        ("5", None),
        ("A,, C", None),
        ("[A]", None),
    ],
)
def test_letters_that_an_answer_names(answer: str, named: tuple[int, ...] | None) -> None:
    assert named_letters(answer) == named


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ("B. x", (1, "x")),
        ("b) Two words", (1, "Two words")),
        ("(B) x", (1, "x")),
        (" B: x", (1, "x")),
        ("B x", (1, "x")),
        ("B.x", None),
        ("B", None),
        ("B. ", None),
        ("Both x", None),
        ("7. x", None),
    ],
)
def test_a_letter_and_a_text(answer: str, found: tuple[int, str] | None) -> None:
    assert leading_letter(answer) == found


def shown(text: str) -> tuple[str, list[str], list[str]]:
    """Return the prompt, the choices with `*` before those that are right, and the codes."""
    asked = ask(text)
    question = asked.question
    choices = question.choices if isinstance(question, ChoiceQuestion) else ()
    texts = [f"{'*' if each.correct else ''}{PLAIN.blocks(each.blocks).strip()}" for each in choices]
    return PLAIN.blocks(question.prompt).strip(), texts, [code for code, _ in asked.said]


@pytest.mark.parametrize(
    ("text", "prompt", "choices"),
    [
        ("Which?\nA. one\nB. two\n", "Which?", ["one", "*two"]),
        ("Which?\n\nA. one\nB. two\n", "Which?", ["one", "*two"]),
        ("Which?\n\nA) one\n\nB) two\n\nC) three\n", "Which?", ["one", "*two", "three"]),
        ("Which?\n\n- A. one\n- B. two\n", "Which?", ["one", "*two"]),
        ("Which?\n\n1. a) one\n2. b) two\n", "Which?", ["one", "*two"]),
        ("Which?\nA. one\n  and more\nB. two\n", "Which?", ["one and more", "*two"]),
        ("Which?\nA. one\nB. two\n  and more\n  still\n", "Which?", ["one", "*two and more still"]),
        ("A. one\nB. two\n", "Title", ["one", "*two"]),
    ],
)
def test_choices_with_letters(text: str, prompt: str, choices: list[str]) -> None:
    for answer in ("B", "two") if "more" not in text else ("B",):
        found = shown(f"{text}\n**Answer:** {answer}\n")
        assert (found[0], [" ".join(each.split()) for each in found[1]], found[2]) == (prompt, choices, [])


@pytest.mark.parametrize(
    "text",
    [
        "Which?\nA. one\nB) two\n",
        "Which?\nA. one\nC. two\n",
        "Which?\nA. one\n",
        "Which?\nA. one\nand more\nB. two\n",
        "Which?\n\nA. one\n\nB.two\n",
        "Which?\n\n- A. one\n- B. two\n- no letter\n",
        "Which?\n\n- first\n- A. one\n- B. two\n",
        "Which?\n\n- A. one\n- > B. two\n",
    ],
)
def test_lines_that_are_no_choices(text: str) -> None:
    _, choices, codes = shown(f"{text}\n**Answer:** B\n")
    assert choices == []
    assert codes


def test_letters_begin_anew() -> None:
    """`A.` that no `B.` follows is text; the choices begin at the next one."""
    prompt, choices, codes = shown("Which?\nA. Smith said:\n\nA. one\nB. two\n\n**Answer:** B\n")
    assert (" ".join(prompt.split()), choices, codes) == ("Which? A. Smith said:", ["one", "*two"], [])


def test_what_stands_around_the_letters() -> None:
    prompt, choices, codes = shown("Which?\nA. one\nB. two\n\nThink.\n\n**Answer:** B\n")
    assert ([*prompt.split()], choices, codes) == (
        ["Which?", "Think."],
        ["one", "*two"],
        [TextAfterChoices.code],
    )


@pytest.mark.parametrize(
    ("prompt", "answer", "place"),
    [
        ("(a) one\n(b) two", "b", "(b) two"),
        ("(a) one\n\n(b) two", "B", "(b) two"),
        ("(A) one\n(B) two\n(C) three", "A, C", "(B) two"),
        ("- (a) one\n- (b) two", "b", "- (b) two"),
        ("(a) one", "a", None),
        ("(a) one\n(c) two", "b", None),
        ("(b) one\n(c) two", "b", "(c) two"),
        ("(a) one\nmore\n(b) two", "b", None),
        ("(a) one\n(b) two", "both", None),
        ("1. one\n2. two", "b", "1. one\n2. two"),
        ("1. one\n2. two", "c", None),
        ("- one\n- two", "b", None),
    ],
)
def test_choices_that_are_not_read(prompt: str, answer: str, place: str | None) -> None:
    source = SourceFile.from_text(f"{prompt}\n", name="p.md")
    found = unread_choices(read_pack(source, Sink(), fallback_id="p").intro, answer, source)
    assert (source.text[found.start : found.end].strip() if found else None) == place
