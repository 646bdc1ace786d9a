"""The key of a quiz for Canvas is the source's, for any question: read back by code of its own."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from packc.ast.keys import BlankKey, DropdownKey, Number, NumberKey, Option, TextKey
from packc.ast.question import (
    Choice,
    ChoiceQuestion,
    ClozeQuestion,
    MatchingQuestion,
    NumericQuestion,
    OrderingQuestion,
    Pair,
    ShortAnswerQuestion,
)
from packc.ast.richtext import Blank, ListItem
from tests.support.every_kind import inline
from tests.support.packs import pack, para
from tests.targets.qti.canvas_reading import canvas_item, fill, pick, typed
from tests.targets.qti.test_generated_keys import (
    AMOUNT,
    ANY_WEIGHT,
    POINTS,
    WEIGHT,
    accepted,
    distinct,
    even,
    worth,
)

QUICK = settings(derandomize=True, max_examples=40, deadline=None)


def full(weights: list[Decimal | None]) -> list[bool]:
    """Tell of each answer whether it earns as much as the best one."""
    worths = [Decimal(100) if weight is None else weight for weight in weights]
    return [weight == max(worths) for weight in worths]


@QUICK
@given(st.data(), distinct(1, 6), POINTS, st.booleans())
def test_choices(data: st.DataObject, texts: list[str], points: Decimal | None, several: bool) -> None:
    right = [data.draw(st.booleans()) for _ in texts]
    right[data.draw(st.integers(0, len(texts) - 1))] = True
    choices = tuple(
        Choice(blocks=(para(text),), correct=yes, weight=data.draw(ANY_WEIGHT))
        for text, yes in zip(texts, right, strict=True)
    )
    question = ChoiceQuestion(id="Q1", prompt=(para("?"),), choices=choices, points=points, several=several)
    item = canvas_item(pack(question))
    ticked = data.draw(st.lists(st.sampled_from(range(len(texts))), min_size=1, max_size=6, unique=True))
    if not question.multiple:
        ticked = ticked[:1]
    expected = {index for index, yes in enumerate(right) if yes} == set(ticked)
    score = item.score(pick(item, *(even(texts[index]) for index in ticked)))
    assert score == (worth(points) if expected else 0)
    assert item.score({}) == 0


@QUICK
@given(st.data(), distinct(1, 4), st.booleans(), POINTS)
def test_short_answers(data: st.DataObject, texts: list[str], case: bool, points: Decimal | None) -> None:
    weights = [data.draw(WEIGHT) for _ in texts]
    key = TextKey(accepted=accepted(texts, weights), case=case)
    item = canvas_item(pack(ShortAnswerQuestion(id="Q1", prompt=(para("?"),), key=key, points=points)))
    for text, best in zip(texts, full(weights), strict=True):
        assert item.score(typed(even(text))) == (worth(points) if best else 0)
        swapped = even(text).swapcase()
        counts = best and (not case or swapped == even(text))
        assert item.score(typed(swapped)) == (worth(points) if counts else 0)
    assert item.score({}) == 0


@QUICK
@given(AMOUNT, st.none() | AMOUNT, st.decimals(0, 5, places=2), st.booleans(), st.data())
def test_numbers(
    value: Decimal, upper: Decimal | None, tolerance: Decimal, percent: bool, data: st.DataObject
) -> None:
    number = Number(value=value, upper=upper, tolerance=tolerance, percent=percent)
    question = NumericQuestion(id="Q1", prompt=(para("?"),), key=NumberKey(numbers=(number,)))
    item = canvas_item(pack(question))
    off = abs(value) * tolerance / 100 if percent else tolerance
    low, high = sorted((value, upper)) if upper is not None else (value - off, value + off)
    step = Decimal("0.001")
    for answer in (low, high, low - step, high + step, value, data.draw(AMOUNT)):
        assert item.score(typed(str(answer))) == (1 if low <= answer <= high else 0), answer


@QUICK
@given(st.data(), distinct(3, 3), POINTS, st.integers(1, 12))
def test_clozes(data: st.DataObject, texts: list[str], points: Decimal | None, count: int) -> None:
    options = tuple(
        Option(children=inline(text), correct=yes)
        for text, yes in zip(texts, (False, True, True), strict=True)
    )
    keys: list[BlankKey] = [
        TextKey(accepted=accepted(texts[:2], (None, Decimal(50)))),
        NumberKey(numbers=(Number(value=Decimal("5.50"), tolerance=Decimal(1)),)),
        DropdownKey(options=options),
    ]
    answers = [
        {texts[0]: 1, texts[1]: 0, texts[2]: 0},
        {"5.5": 1, "7": 0},
        {texts[0]: 0, texts[1]: 1, texts[2]: 1},
    ]
    kinds = [data.draw(st.sampled_from(range(3))) for _ in range(count)]
    blanks = [para("x ", Blank(key=keys[kind]), " y") for kind in kinds]
    item = canvas_item(pack(ClozeQuestion(id="Q1", text=tuple(blanks), points=points)))
    chosen = [data.draw(st.sampled_from(sorted(answers[kind]))) for kind in kinds]
    earned = sum(answers[kind][value] for kind, value in zip(kinds, chosen, strict=True))
    typed_in = dict(zip(item.lists(), map(even, chosen), strict=True))
    assert item.score(fill(item, typed_in)) == pytest.approx(earned / count * worth(points), abs=0.02)
    assert item.score({}) == 0


@QUICK
@given(st.data(), distinct(2, 5), distinct(5, 7), POINTS)
def test_pairs(data: st.DataObject, lefts: list[str], rights: list[str], points: Decimal | None) -> None:
    lefts, rights = list(dict.fromkeys(map(even, lefts))), list(dict.fromkeys(map(even, rights)))
    pairs = tuple(Pair(left=inline(left), right=inline(right)) for left, right in zip(lefts, rights))  # noqa: B905
    rest = tuple(inline(text) for text in rights[len(pairs) :])
    question = MatchingQuestion(id="Q1", prompt=(para("?"),), pairs=pairs, distractors=rest, points=points)
    item = canvas_item(pack(question))
    chosen = {left: data.draw(st.sampled_from(rights)) for left in lefts[: len(pairs)]}
    right = sum(chosen[left] == rights[index] for index, left in enumerate(chosen))
    score = item.score(fill(item, chosen))
    assert score == pytest.approx(right / len(pairs) * worth(points), abs=0.02)


@QUICK
@given(st.data(), distinct(2, 5), POINTS)
def test_orders(data: st.DataObject, steps: list[str], points: Decimal | None) -> None:
    steps = list(dict.fromkeys(map(even, steps)))
    items = tuple(ListItem((para(step),)) for step in steps)
    item = canvas_item(pack(OrderingQuestion(id="Q1", prompt=(para("?"),), items=items, points=points)))
    given_order = data.draw(st.permutations(steps))
    right = sum(one == other for one, other in zip(given_order, steps, strict=True))
    score = item.score(fill(item, {step: str(place) for place, step in enumerate(given_order, 1)}))
    assert score == pytest.approx(right / len(steps) * worth(points), abs=0.02)


# With `make deep` ten thousand questions in all.
for _test in (test_choices, test_short_answers, test_numbers, test_clozes, test_pairs, test_orders):
    _test.deep_examples = 1700  # type: ignore[attr-defined]  # read by tests.support.deep
