"""What an answer earns in the package is what the source says, for any question and any answer.

The expected score is worked out here, from the tree; the player reads nothing but the XML.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from packc.ast.keys import Accepted, BlankKey, DropdownKey, Number, NumberKey, Option, TextKey
from packc.ast.question import (
    Choice,
    ChoiceQuestion,
    ClozeQuestion,
    MatchingQuestion,
    NumericQuestion,
    OrderingQuestion,
    Pair,
    Question,
    ShortAnswerQuestion,
)
from packc.ast.richtext import Blank, ListItem
from tests.support.every_kind import inline
from tests.support.packs import pack, para
from tests.targets.qti import learner
from tests.targets.qti.player import Player
from tests.targets.qti.reading import VERSIONS, item

QUICK = settings(derandomize=True, max_examples=60, deadline=None)
WORDS = st.text(alphabet="abcXYZ äÄ-&<'\"1", min_size=1, max_size=6).map(lambda text: f"w{text}w")
POINTS = st.none() | st.decimals("0.5", 20, places=1)
WEIGHT = st.none() | st.integers(0, 100).map(Decimal)
ANY_WEIGHT = st.none() | st.integers(-100, 100).map(Decimal)


def distinct(least: int, most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(WORDS, min_size=least, max_size=most, unique_by=lambda text: even(text).casefold())


def even(text: str) -> str:
    """Return a text as it is shown: with one space for many."""
    return " ".join(text.split())


def worth(points: Decimal | None) -> float:
    return 1.0 if points is None else float(points)


def weighed(weight: Decimal | None) -> float:
    return 1.0 if weight is None else float(weight) / 100


def written_as(data: st.DataObject, question: Question) -> Element:
    """Return the item of `question` in any of the versions."""
    return item(pack(question), question.id, target=data.draw(st.sampled_from(VERSIONS)))


def check(written: Element, given: learner.Given, expected: float) -> None:
    assert Player(written, given).score == pytest.approx(expected, abs=0.01)
    assert Player(written, {}).score == 0


@QUICK
@given(st.data(), distinct(1, 6), POINTS, st.booleans())
def test_choices(data: st.DataObject, texts: list[str], points: Decimal | None, several: bool) -> None:
    choices = tuple(
        Choice(blocks=(para(text),), correct=data.draw(st.booleans()), weight=data.draw(ANY_WEIGHT))
        for text in texts
    )
    question = ChoiceQuestion(id="Q1", prompt=(para("?"),), choices=choices, points=points, several=several)
    written = written_as(data, question)
    right = sum(choice.correct for choice in choices)
    ticked = data.draw(st.lists(st.sampled_from(range(len(texts))), min_size=1, max_size=6, unique=True))
    if not question.multiple:
        (only,) = ticked[:1]
        share = weighed(choices[only].weight) if choices[only].weight is not None else choices[only].correct
        given = learner.choose(written, even(texts[only]))
        check(written, given, share * worth(points))
        return
    usual = {True: 1 / max(right, 1), False: -1 / max(len(choices) - right, 1)}
    total = sum(
        usual[choice.correct] if choice.weight is None else weighed(choice.weight)
        for choice in (choices[index] for index in ticked)
    )
    expected = min(max(total, 0), 1) * worth(points)
    check(written, learner.choose(written, *(even(texts[index]) for index in ticked)), expected)


def accepted(texts: Iterable[str], weights: Iterable[Decimal | None]) -> tuple[Accepted, ...]:
    pairs = zip(texts, weights, strict=True)
    return tuple(Accepted(children=inline(text), weight=weight) for text, weight in pairs)


@QUICK
@given(st.data(), distinct(1, 4), st.booleans(), POINTS)
def test_short_answers(data: st.DataObject, texts: list[str], case: bool, points: Decimal | None) -> None:
    weights = [data.draw(WEIGHT) for _ in texts]
    key = TextKey(accepted=accepted(texts, weights), case=case)
    question = ShortAnswerQuestion(id="Q1", prompt=(para("?"),), key=key, points=points)
    chosen = data.draw(st.sampled_from(range(len(texts))))
    typed = even(texts[chosen])
    if data.draw(st.booleans()):
        typed = typed.swapcase()
    same = typed == even(texts[chosen]) or not case
    written = written_as(data, question)
    expected = weighed(weights[chosen]) * worth(points) if same else 0
    check(written, learner.fill(written, [typed]), expected)


AMOUNT = st.decimals(-50, 50, places=2)


@QUICK
@given(AMOUNT, st.none() | AMOUNT, st.decimals(0, 5, places=2), st.booleans(), st.data())
def test_numbers(
    value: Decimal, upper: Decimal | None, tolerance: Decimal, percent: bool, data: st.DataObject
) -> None:
    number = Number(value=value, upper=upper, tolerance=tolerance, percent=percent)
    question = NumericQuestion(id="Q1", prompt=(para("?"),), key=NumberKey(numbers=(number,)))
    written = written_as(data, question)
    if upper is not None:
        low, high = sorted((value, upper))
    else:
        off = abs(value) * tolerance / 100 if percent else tolerance
        low, high = value - off, value + off
    near = st.sampled_from([low, high, low - Decimal("0.001"), high + Decimal("0.001"), value])
    typed = data.draw(near | AMOUNT)
    expected = 1 if low <= typed <= high else 0
    assert Player(written, learner.fill(written, [str(typed)])).score == expected


@QUICK
@given(st.data(), distinct(3, 3), POINTS, st.integers(1, 7))
def test_clozes(data: st.DataObject, texts: list[str], points: Decimal | None, count: int) -> None:
    options = tuple(
        Option(children=inline(text), correct=correct)
        for text, correct in zip(texts, (False, True, True), strict=True)
    )
    keys: list[BlankKey] = [
        TextKey(accepted=accepted(texts[:2], (None, Decimal(50)))),
        NumberKey(numbers=(Number(value=Decimal(5), tolerance=Decimal(1)),)),
        DropdownKey(options=options),
    ]
    answers: list[dict[str, float]] = [
        {texts[0]: 1, texts[1]: 0.5, texts[2]: 0, "": 0},
        {"4": 1, "6": 1, "6.1": 0, "": 0},
        {texts[0]: 0, texts[1]: 1, texts[2]: 1, "": 0},
    ]
    kinds = [data.draw(st.sampled_from(range(3))) for _ in range(count)]
    blanks = [para("x ", Blank(key=keys[kind]), " y") for kind in kinds]
    written = written_as(data, ClozeQuestion(id="Q1", text=tuple(blanks), points=points))
    given = [data.draw(st.sampled_from(sorted(answers[kind]))) for kind in kinds]
    earned = sum(answers[kind][value] for kind, value in zip(kinds, given, strict=True))
    typed = [even(value) for value in given]
    score = Player(written, learner.fill(written, typed)).score
    assert score == pytest.approx(earned / count * worth(points), abs=0.01)


@QUICK
@given(st.data(), distinct(2, 5), distinct(5, 7), POINTS)
def test_pairs(data: st.DataObject, lefts: list[str], rights: list[str], points: Decimal | None) -> None:
    pairs = tuple(Pair(left=inline(left), right=inline(right)) for left, right in zip(lefts, rights))  # noqa: B905
    rest = tuple(inline(text) for text in rights[len(pairs) :])
    question = MatchingQuestion(id="Q1", prompt=(para("?"),), pairs=pairs, distractors=rest, points=points)
    written = written_as(data, question)
    given = {left: data.draw(st.sampled_from(rights)) for left in lefts}
    right = sum(given[left] == rights[index] for index, left in enumerate(lefts))
    score = Player(written, learner.match(written, _collapsed(given))).score
    assert score == pytest.approx(right / len(pairs) * worth(points), abs=0.01)


def _collapsed(given: dict[str, str]) -> dict[str, str]:
    return {even(one): even(other) for one, other in given.items()}


@QUICK
@given(st.data(), distinct(2, 5), POINTS)
def test_orders(data: st.DataObject, steps: list[str], points: Decimal | None) -> None:
    steps = list(dict.fromkeys(map(even, steps)))
    items = tuple(ListItem((para(step),)) for step in steps)
    written = written_as(data, OrderingQuestion(id="Q1", prompt=(para("?"),), items=items, points=points))
    given = data.draw(st.permutations(steps))
    expected = worth(points) if given == steps else 0
    assert Player(written, learner.choose(written, *given)).score == expected


# With `make deep` ten thousand questions in all.
for _test in (test_choices, test_short_answers, test_numbers, test_clozes, test_pairs, test_orders):
    _test.deep_examples = 1700  # type: ignore[attr-defined]  # read by tests.support.deep
