"""What GIFT refuses or bends of each kind's answers, value by value."""

from __future__ import annotations

from decimal import Decimal

import pytest

from packc.ast.keys import Accepted, Number, NumberKey, TextKey
from packc.ast.question import (
    Choice,
    ChoiceQuestion,
    Feedback,
    MatchingQuestion,
    NumericQuestion,
    OrderingQuestion,
    Pair,
    Question,
    ShortAnswerQuestion,
    TrueFalseQuestion,
)
from packc.ast.richtext import Emph, Inlines, ListItem, Text
from packc.backends.base import Level
from packc.backends.gift.answers import answers
from packc.backends.gift.html import GiftRenderer
from packc.source import Span
from packc.words import ENGLISH
from tests.support.packs import para
from tests.support.variants import pack_of

PLACE = Span(0, 5, 8)
PROMPT = (para("?"),)
RENDERER = GiftRenderer(pack_of(), ENGLISH)


def _short(*texts: str, weights: tuple[str | None, ...] = (), feedback: Feedback | None = None) -> Question:
    shares = (*weights, *(None for _ in texts))
    accepted = tuple(
        Accepted(children=(Text(text),), weight=None if share is None else Decimal(share), span=PLACE)
        for text, share in zip(texts, shares, strict=False)
    )
    said = feedback or Feedback()
    return ShortAnswerQuestion(id="S", prompt=PROMPT, key=TextKey(accepted=accepted), feedback=said)


def _match(*pairs: tuple[str, str], distractors: tuple[str, ...] = ()) -> MatchingQuestion:
    made = tuple(Pair(left=(Text(left),), right=(Text(right),)) for left, right in pairs)
    others: tuple[Inlines, ...] = tuple((Text(text),) for text in distractors)
    return MatchingQuestion(id="M", prompt=PROMPT, pairs=made, distractors=others)


def _number(*numbers: Number) -> NumericQuestion:
    return NumericQuestion(id="N", prompt=PROMPT, key=NumberKey(numbers=numbers))


def _order(*items: str) -> OrderingQuestion:
    return OrderingQuestion(id="O", prompt=PROMPT, items=tuple(ListItem((para(item),)) for item in items))


@pytest.mark.parametrize(
    ("question", "why"),
    [
        (_match(("a", "b")), "less than two pairs"),
        (_match(("a", "b"), ("c", "")), "nothing to be matched with"),
        (_match(("a", "b"), ("", "d")), "to be matched is empty"),
        (_match(("a", "b"), ("c", "d" * 256)), "ends at 255"),
        (_match(("a", "b"), ("c", "&&058;")), "placeholder"),
        (_match(("a", "b"), ("c", "d"), distractors=("e" * 256,)), "ends at 255"),
        (_order("a"), "less than two items"),
        (_order("a", ""), "is empty"),
        (_short("a -> b"), "no answer is left"),
        (_short("half", weights=("50",)), "no answer is left"),
        (_short(), "no answer is left"),
        (_number(), "no answer"),
        (_number(Number(value=Decimal("1E+999"))), "cannot compute"),
    ],
)
def test_refused(question: Question, why: str) -> None:
    said = answers(question, RENDERER)
    assert why in said.refusal
    assert said.lines == ()


@pytest.mark.parametrize(
    ("question", "lines"),
    [
        (_short("a*b"), ("=%100%[plain]a\\\\*b",)),
        (_number(Number(value=Decimal("0.1"), tolerance=Decimal("0.02"))), ("#", "=%100%0.1:0.02")),
        (_number(Number(value=Decimal(-40), tolerance=Decimal(5), percent=True)), ("#", "=%100%-40:2")),
        (_number(Number(value=Decimal("0.1"), upper=Decimal("0.25"))), ("#", "=%100%0.175:0.075")),
        (_number(Number(value=Decimal("1E+3"))), ("#", "=%100%1000:0")),
        (_number(Number(value=Decimal(0))), ("#", "=%100%0:0")),
        (TrueFalseQuestion(id="T", answer=False), ("FALSE",)),
        (
            TrueFalseQuestion(id="T", answer=True, feedback=Feedback(right=(para("yes"),))),
            ("TRUE##[html]yes",),
        ),
        (
            TrueFalseQuestion(id="T", answer=True, feedback=Feedback(wrong=(para("no"),))),
            ("TRUE#[html]no",),
        ),
    ],
)
def test_said(question: Question, lines: tuple[str, ...]) -> None:
    said = answers(question, RENDERER)
    assert said.lines == lines
    assert said.losses == ()


def test_an_answer_that_cannot_be_typed_in_gift_is_left_out_and_told() -> None:
    said = answers(_short("whole", "a -> b", " "), RENDERER)
    assert said.lines == ("=%100%[plain]whole",)
    assert [(loss.what, loss.level, loss.span) for loss in said.losses] == [
        ("the answer 'a -> b'", Level.DROPPED, PLACE),
        ("the answer ''", Level.DROPPED, PLACE),
    ]


def test_a_weight_beside_the_list_is_moved_and_told() -> None:
    said = answers(_short("whole", "part", weights=(None, "34")), RENDERER)
    assert said.lines[1] == "=%33.33333%[plain]part"
    assert [(loss.what, loss.how) for loss in said.losses] == [
        ("the weight 34 %", "the nearest one of Moodle's list is 33.33333 %")
    ]


def test_more_digits_than_moodle_keeps_are_told() -> None:
    said = answers(_number(Number(value=Decimal("1.2345678901234567"), span=PLACE)), RENDERER)
    assert said.lines == ("#", "=%100%1.2345678901234567:0")
    assert [(loss.level, loss.span) for loss in said.losses] == [(Level.DEGRADED, PLACE)]


def test_the_weights_of_choices() -> None:
    choices = (
        Choice(blocks=(para("a"),), correct=True, weight=Decimal(50), span=PLACE),
        Choice(blocks=(para("b"),), correct=False, weight=Decimal(-25)),
        Choice(blocks=(para("c"),), correct=False),
    )
    single = answers(ChoiceQuestion(id="C", prompt=PROMPT, choices=choices), RENDERER)
    assert single.lines == ("=[html]a", "~%-25%[html]b", "~[html]c")
    assert [(loss.what, loss.span) for loss in single.losses] == [("the weight of the right choice", PLACE)]
    several = answers(ChoiceQuestion(id="C", prompt=PROMPT, choices=choices, several=True), RENDERER)
    assert several.lines == ("~%50%[html]a", "~%-25%[html]b", "~%-50%[html]c")
    assert several.losses == ()


def test_formatting_on_the_right_of_a_pair_is_told() -> None:
    pairs = (
        Pair(left=(Text("a"),), right=(Emph((Text("b"),), span=PLACE),)),
        Pair(left=(Text("c"),), right=(Text("d"),)),
    )
    said = answers(MatchingQuestion(id="M", prompt=PROMPT, pairs=pairs), RENDERER)
    assert said.lines == ("=[html]a -> b", "=[html]c -> d")
    assert [(loss.level, loss.span) for loss in said.losses] == [(Level.DEGRADED, PLACE)]


def test_an_order_does_not_show_in_the_file() -> None:
    one = answers(_order("alpha", "beta", "gamma"), RENDERER).lines
    other = answers(_order("gamma", "alpha", "beta"), RENDERER).lines
    assert [line.split(" -> ")[0] for line in one] == [line.split(" -> ")[0] for line in other]
    assert sorted(line.split(" -> ")[1] for line in one) == ["1", "2", "3"]
