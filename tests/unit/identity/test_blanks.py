"""The numbers of blanks: what learners made progress on keeps its number, and no number is given twice."""

from __future__ import annotations

from decimal import Decimal

import pytest

from packc.ast.keys import Accepted, DropdownKey, Number, NumberKey, Option, TextKey
from packc.ast.question import ClozeQuestion
from packc.ast.richtext import Blank, Footnote, Inline, Math, Para, Text
from packc.identity.blanks import ReleasedBlank, answer_of, blanks_of, numbered, released_with


def blank(answer: str, number: int | None = None) -> Blank:
    return Blank(key=TextKey(accepted=(Accepted(children=(Text(answer),)),)), number=number)


def blanks(*written: str) -> tuple[Blank, ...]:
    """Return blanks from `answer` or `3=answer`."""
    parts = [each.rpartition("=") for each in written]
    return tuple(blank(answer, int(number) if number else None) for number, _, answer in parts)


def given(*written: str) -> tuple[ReleasedBlank, ...]:
    """Return what was released, from `1=answer` or `1=answer!` for one that is gone."""
    parts = [each.partition("=") for each in written]
    return tuple(
        ReleasedBlank(int(number), answer.removesuffix("!"), answer.endswith("!"))
        for number, _, answer in parts
    )


@pytest.mark.parametrize(
    ("now", "before", "numbers"),
    [
        ("a b c", "", (1, 2, 3)),
        ("3=a b c", "", (3, 1, 2)),
        ("b a", "1=a 2=b", (2, 1)),  # they changed places
        ("x a b", "1=a 2=b", (3, 1, 2)),  # one more, in front
        ("b", "1=a 2=b", (2,)),  # one less
        ("b c", "1=a! 2=b", (2, 3)),  # a number is never used again
        ("a b", "1=a! 2=b", (1, 2)),  # but by the answer that it stood for
        ("A b", "1=a 2=b", (1, 2)),  # one answer was edited
        ("b A", "1=a 2=b", (2, 1)),
        ("A", "1=a", (1,)),
        ("A", "1=a 2=b!", (1,)),
        ("5=A b", "1=a 2=b", (5, 2)),  # the author's own number goes first
        ("1=x a", "1=a", (1, 2)),
        ("2=x y", "1=a 2=b", (2, 1)),  # with a number written, one is left
        ("a a", "1=a 2=a", (1, 2)),  # the same answer twice
        ("a a a", "1=a 2=a", (1, 2, 3)),
        ("a", "1=a 2=a", (1,)),
        ("", "1=a", ()),
    ],
)
def test_numbers(now: str, before: str, numbers: tuple[int, ...]) -> None:
    found = numbered(blanks(*now.split()), given(*before.split()))
    assert found.numbers == numbers
    assert found.unclear == ()


@pytest.mark.parametrize(
    ("now", "before", "unclear"),
    [
        ("x y", "1=a 2=b", "x y"),
        ("x y b", "1=a 2=b", "x y"),  # one edited, one added: which?
        ("x", "1=a 2=b", "x"),  # one edited, one removed: which?
        ("1=x y z", "1=a 2=b", "y z"),
    ],
)
def test_where_nobody_can_tell_numbers_are_asked_for(now: str, before: str, unclear: str) -> None:
    released = given(*before.split())
    found = numbered(blanks(*now.split()), released)
    assert [answer_of(each) for each in found.unclear] == unclear.split()
    numbers = dict(zip(map(answer_of, blanks(*now.split())), found.numbers, strict=True))
    assert not {numbers[answer] for answer in unclear.split()} & {each.number for each in released}


def test_what_is_gone_is_remembered() -> None:
    now = blanks("b", "c")
    assert released_with(now, (2, 3), given("1=a", "2=b", "7=x!")) == given("1=a!", "2=b", "3=c", "7=x!")


def test_an_edited_answer_is_the_answer_from_now_on() -> None:
    now = blanks("A")
    assert released_with(now, numbered(now, given("1=a")).numbers, given("1=a")) == given("1=A")


def test_a_number_that_two_blanks_share_is_remembered_once() -> None:
    now = blanks("1=a", "1=b")
    assert released_with(now, (1, 1), ()) == given("1=a")


@pytest.mark.parametrize(
    ("found", "answer"),
    [
        (blank(" much\n too  high "), "much too high"),
        (Blank(key=TextKey(accepted=(Accepted(children=(Math("x^2"),)),))), "$x^2$"),
        (Blank(key=NumberKey(numbers=(Number(value=Decimal("9.810")),), unit="m")), "9.810"),
        (
            Blank(
                key=DropdownKey(
                    options=(
                        Option(children=(Text("a"),), correct=False),
                        Option(children=(Text("b"),), correct=True),
                    )
                )
            ),
            "b",
        ),
    ],
)
def test_answers(found: Blank, answer: str) -> None:
    assert answer_of(found) == answer


def test_blanks_are_found_in_the_order_of_the_text() -> None:
    inside: tuple[Inline, ...] = (blank("second"),)
    text = (Para((blank("first"), Footnote("n", (Para(inside),)), blank("third"))),)
    found = blanks_of(ClozeQuestion(id="Q1", text=text))
    assert [answer_of(each) for each in found] == ["first", "second", "third"]
