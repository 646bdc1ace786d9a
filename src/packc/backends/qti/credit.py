"""Points: what an item is worth, and what each answer, or each part of one, earns of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from packc.ast.keys import HUNDRED, Number, NumberKey, TextKey
from packc.ast.question import Choice, OpenQuestion, Question
from packc.backends.qti.model import Band, Entry, Mapped, Near
from packc.backends.qti.typed import EXACT, bounds, number_text, typed

ONE = Decimal(1)
_STEP = Decimal("0.001")  # of a share: one player rounds what a mapping gives to this
_SMALL = Decimal("0.01"), Decimal("0.00001")  # a share below this, and its step


def points_of(question: Question) -> Decimal:
    """Return what the question is worth: what the author says, else its rubric adds up to, else one point."""
    if question.points is not None:
        return question.points
    if isinstance(question, OpenQuestion):
        marks = [criterion.points for criterion in question.rubric if criterion.points is not None]
        return sum(marks, Decimal(0)) or ONE
    return ONE


def shares(total: Decimal, count: int) -> list[Decimal]:
    """Return `count` equal parts that add up to exactly `total`; the last makes up for rounding."""
    if not count:
        return []
    share = total / count
    share = share.quantize(_STEP if abs(share) >= _SMALL[0] else _SMALL[1])
    return [share] * (count - 1) + [total - share * (count - 1)]


def choice_credits(choices: Sequence[Choice], points: Decimal) -> list[Decimal]:
    """Return what ticking each choice of a multiple choice adds to the score.

    Where the author gives no weights, the right ones share the points and the wrong ones take as much
    away: everything right gives exactly the points, everything ticked gives nothing.
    """
    right = sum(choice.correct for choice in choices)
    usual = {True: iter(shares(points, right)), False: iter(shares(-points, len(choices) - right))}
    found = []
    for choice in choices:
        share = next(usual[choice.correct])
        found.append(share if choice.weight is None else part(points, choice.weight))
    return found


def single_credits(choices: Sequence[Choice], points: Decimal) -> list[Decimal]:
    """Return what each choice of a single choice earns: its weight, else all or nothing."""
    return [
        (points if choice.correct else Decimal(0)) if choice.weight is None else part(points, choice.weight)
        for choice in choices
    ]


def part(points: Decimal, weight: Decimal | None) -> Decimal:
    """Return `weight` percent of the points; all of them without a weight."""
    return points if weight is None else EXACT.divide(EXACT.multiply(points, weight), HUNDRED)


def mapped(entries: Sequence[Entry], points: Decimal) -> Mapped:
    """Return a mapping of which one entry at most counts: its bounds are those of its entries."""
    values = [entry.value for entry in entries]
    return Mapped(tuple(entries), min([Decimal(0), *values]), max([points, *values]))


def text_entries(key: TextKey, points: Decimal) -> list[Entry]:
    """Return each accepted answer once, the best first. One without any text cannot be typed: left out."""
    found: dict[str, Entry] = {}
    for answer in sorted(key.accepted, key=lambda one: -part(ONE, one.weight)):
        text = typed(answer)
        if text:
            same = text if key.case else text.casefold()
            found.setdefault(same, Entry(text, part(points, answer.weight), key.case))
    return list(found.values())


def near(key: NumberKey, points: Decimal) -> Near:
    """Return the bands of a key, in the author's order: the first that fits counts."""
    return Near(tuple(_band(number, part(points, number.weight)) for number in key.numbers))


def _band(number: Number, points: Decimal) -> Band:
    low, high = bounds(number)
    value = number.value
    if number.upper is not None:
        value = EXACT.divide(EXACT.add(low, high), Decimal(2))
    is_range = number.upper is not None
    return Band(number_text(value), number_text(low), number_text(high), points, is_range)


def numbered(prefix: str, count: int) -> Iterator[str]:
    """Yield `prefix_1` and so on."""
    return (f"{prefix}_{number}" for number in range(1, count + 1))
