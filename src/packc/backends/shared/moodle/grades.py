"""Moodle's fixed list of grades, and numbers as its import reads them (facts: Moodle 4.5)."""

from __future__ import annotations

from decimal import Context, Decimal

from packc.ast.keys import HUNDRED, Number

# The list that a weight has to be in, to within 0.001; it holds their negatives, too.
GRADES = tuple(
    Decimal(grade)
    for grade in (
        *("100", "90", "83.33333", "80", "75", "70", "66.66667", "60", "50", "40", "33.33333", "30", "25"),
        *("20", "16.66667", "14.28571", "12.5", "11.11111", "10", "5", "0"),
    )
)
_NEAR = Decimal("0.001")
_EXACT = Context(prec=400)
_MOST_DIGITS = 15  # Moodle computes in doubles
_LARGEST_EXPONENT = 300


def nearest_grade(weight: Decimal) -> tuple[Decimal, bool]:
    """Return the grade of Moodle's list that is nearest to `weight`, and whether it is the same."""
    nearest = min(GRADES, key=lambda grade: abs(abs(weight) - grade))
    same = abs(abs(weight) - nearest) <= _NEAR
    return nearest.copy_sign(weight) if nearest else nearest, same


def percent(weight: Decimal) -> str:
    """Return `%50%`: a grade as it stands before an answer."""
    return f"%{plain(weight)}%"


def centre_and_half_width(number: Number) -> tuple[Decimal, Decimal]:
    """Return a number or range as Moodle takes it: the value in the middle, and how far off one may be."""
    if number.upper is not None:
        centre = _EXACT.divide(_EXACT.add(number.value, number.upper), Decimal(2))
        return centre, _EXACT.divide(_EXACT.subtract(number.upper, number.value), Decimal(2))
    if number.percent:
        part = _EXACT.multiply(abs(number.value), number.tolerance)
        return number.value, _EXACT.divide(part, HUNDRED)
    return number.value, number.tolerance


def number_fault(number: Number) -> str:
    """Return why Moodle would not keep this number exactly, or ""."""
    for value in centre_and_half_width(number):
        if abs(value.adjusted()) > _LARGEST_EXPONENT:
            return "Moodle cannot compute with numbers this far from 1"
        if len(value.normalize(_EXACT).as_tuple().digits) > _MOST_DIGITS:
            return f"Moodle keeps {_MOST_DIGITS} digits of a number"
    return ""


def plain(value: Decimal) -> str:
    """Return `value` in ASCII digits with a point: Moodle takes what it cannot read for `*`."""
    return f"{value.normalize(_EXACT):f}"
