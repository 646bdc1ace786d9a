"""Numbers as a card shows them."""

from __future__ import annotations

from decimal import Decimal

from packc.ast.keys import Number

_MOST_DIGITS = 15


def number_text(value: Decimal) -> str:
    """Return `value` as people write it: without an exponent unless it is very large or very small."""
    return format(value, "f") if abs(value.adjusted()) <= _MOST_DIGITS else str(value)


def left_to_right(text: str) -> str:
    """Return `text` as one that runs from left to right in the midst of any other, as numbers do."""
    return f"\u2066{text}\u2069"


def range_text(number: Number, unit: str = "") -> str:
    """Return everything that counts as `number`: `0.1 ± 0.02 kg`, `9.81 ± 5%`, `0.1–0.2`."""
    text = number_text(number.value)
    if number.upper is not None:
        text = f"{text} – {number_text(number.upper)}"
    elif number.tolerance:
        text = f"{text} ± {number_text(number.tolerance)}{'%' * number.percent}"
    return f"{text} {unit}" if unit else text
