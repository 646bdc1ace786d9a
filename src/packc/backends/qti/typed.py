"""What learners type: texts and numbers as players compare them."""

from __future__ import annotations

import math
from decimal import Context, Decimal
from functools import lru_cache

from packc.ast.keys import HUNDRED, Accepted, Number
from packc.render.plain import PLAIN

EXACT = Context(prec=400, traps=[])  # a number out of all bounds becomes infinite, and a declared loss
_SURE_DIGITS = 15  # a double keeps at least so many
_PLAIN_DIGITS = 20  # a number of more digits or zeros is written with an exponent


def typed(answer: Accepted) -> str:
    """Return what a learner types for `answer`: plain text, every white space one space."""
    return " ".join(PLAIN.inlines(answer.children).split())


def bounds(number: Number) -> tuple[Decimal, Decimal]:
    """Return the least and the greatest number that count, exactly."""
    if number.upper is not None:
        return min(number.value, number.upper), max(number.value, number.upper)
    off = number.tolerance
    if number.percent:
        off = EXACT.divide(EXACT.multiply(abs(number.value), number.tolerance), HUNDRED)
    return EXACT.subtract(number.value, off), EXACT.add(number.value, off)


@lru_cache(maxsize=256)  # most items are worth the same
def number_text(value: Decimal) -> str:
    """Return `value` as XML Schema writes a double: in plain digits if that is short."""
    if not value:
        return "0"  # not even `-0`
    value = value.normalize(EXACT)
    if not value.is_finite():
        return "-INF" if value < 0 else "INF"
    if abs(value.adjusted()) > _PLAIN_DIGITS or len(value.as_tuple().digits) > _PLAIN_DIGITS:
        return str(value)
    return f"{value:f}"


def beyond_doubles(number: Number) -> bool:
    """Tell whether a player, which computes with doubles, may take a neighbour of this number for it."""
    return any(
        not math.isfinite(float(end))
        or (end and not float(end))
        or len(end.normalize(EXACT).as_tuple().digits) > _SURE_DIGITS
        for end in (number.value, *bounds(number))
    )
