"""Moodle's list of grades, and the numbers that it keeps exactly."""

from __future__ import annotations

from decimal import Decimal

import pytest

from packc.ast.keys import Number
from packc.backends.shared.moodle.grades import nearest_grade, number_fault
from tests.targets.gift.moodle_rules import GRADES


@pytest.mark.parametrize("grade", GRADES)
def test_a_weight_of_moodles_list_is_kept_and_one_beside_it_is_not(grade: float) -> None:
    weight = Decimal(str(grade))
    assert nearest_grade(weight) == (weight, True)
    assert nearest_grade(-weight) == (-weight, True)
    assert nearest_grade(weight + Decimal("0.001")) == (weight, True)
    assert nearest_grade(weight + Decimal("0.0011")) == (weight, False)


@pytest.mark.parametrize(
    ("value", "is_kept"),
    [("123456789012345", True), ("1234567890123456", False), ("1E300", True), ("1E301", False)],
)
def test_moodle_keeps_fifteen_digits_and_numbers_not_too_far_from_one(value: str, is_kept: bool) -> None:
    assert (number_fault(Number(value=Decimal(value))) == "") is is_kept
