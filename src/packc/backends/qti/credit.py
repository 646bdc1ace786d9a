"""Points: what an item is worth, and what each answer, or each part of one, earns of it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from decimal import Context, Decimal

from packc.ast.keys import HUNDRED, Accepted, Number, NumberKey, TextKey
from packc.ast.question import Choice, OpenQuestion, Question
from packc.backends.qti.model import Band, Entry, Mapped, Near
from packc.render.plain import PLAIN

ONE = Decimal(1)
_STEP = Decimal("0.00001")
_EXACT = Context(prec=400, traps=[])  # a number out of all bounds becomes infinite, and a declared loss
_PLAIN_DIGITS = 20  # a number of more digits or zeros is written with an exponent


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
    share = (total / count).quantize(_STEP)
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
    return points if weight is None else _EXACT.divide(_EXACT.multiply(points, weight), HUNDRED)


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


def typed(answer: Accepted) -> str:
    """Return what a learner types for `answer`: plain text, every white space one space."""
    return " ".join(PLAIN.inlines(answer.children).split())


def near(key: NumberKey, points: Decimal) -> Near:
    """Return the bands of a key, in the author's order: the first that fits counts."""
    return Near(tuple(_band(number, part(points, number.weight)) for number in key.numbers))


def _band(number: Number, points: Decimal) -> Band:
    low, high = bounds(number)
    value = number.value
    if number.upper is not None:
        value = _EXACT.divide(_EXACT.add(low, high), Decimal(2))
    below = _reach(value, low)
    above = _reach(value, high)
    return Band(number_text(value), below, above, points)


def bounds(number: Number) -> tuple[Decimal, Decimal]:
    """Return the least and the greatest number that count, exactly."""
    if number.upper is not None:
        return min(number.value, number.upper), max(number.value, number.upper)
    off = number.tolerance
    if number.percent:
        off = _EXACT.divide(_EXACT.multiply(abs(number.value), number.tolerance), HUNDRED)
    return _EXACT.subtract(number.value, off), _EXACT.add(number.value, off)


def _reach(value: Decimal, end: Decimal) -> str:
    """Return how far `end` is from `value`, for a player that computes with doubles and must take `end`.

    In doubles 0.7 + 0.1 is a little less than 0.8, and 0.8 - 0.7 a little more than 0.1; where either would
    keep a player from taking the end, the distance is the next double that reaches.
    """
    exact = abs(_EXACT.subtract(end, value))
    if not exact:
        return "0"
    here, there, written = float(value), float(end), float(exact)
    if not all(map(math.isfinite, (here, there, written))):
        return number_text(exact)
    distance = max(written, abs(there - here))
    while (here + distance < there) if there > here else (here - distance > there):
        distance = math.nextafter(distance, math.inf)
    return number_text(exact if distance == written else Decimal(repr(distance)))


def number_text(value: Decimal) -> str:
    """Return `value` as XML Schema writes a double: in plain digits if that is short."""
    value = value.normalize(_EXACT)
    if not value.is_finite():
        return "-INF" if value < 0 else "INF"
    if abs(value.adjusted()) > _PLAIN_DIGITS or len(value.as_tuple().digits) > _PLAIN_DIGITS:
        return str(value)
    return f"{value:f}"


def unreachable(number: Number) -> bool:
    """Tell whether a player, which computes with doubles, cannot tell this number from its neighbours."""
    return any(not math.isfinite(float(end)) or (end and not float(end)) for end in bounds(number))


def numbered(prefix: str, count: int) -> Iterator[str]:
    """Yield `prefix_1` and so on."""
    return (f"{prefix}_{number}" for number in range(1, count + 1))
