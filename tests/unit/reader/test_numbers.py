"""The texts of numeric keys."""

from __future__ import annotations

import time
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from packc.ast.keys import Number, NumberKey
from packc.reader.numbers import NumberFault, read_numbers
from packc.source import Span


def _read(text: str, *, stated: bool = False) -> NumberKey | None:
    return read_numbers(text, lambda start, end: Span(0, start, end), stated=stated)


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("1984", Number(value=Decimal(1984)), ""),
        ("-0.50", Number(value=Decimal("-0.50")), ""),
        ("−5", Number(value=Decimal(-5)), ""),
        (".5", Number(value=Decimal("0.5")), ""),
        ("1e-3", Number(value=Decimal("0.001")), ""),
        ("0.1 ± 0.02 kg", Number(value=Decimal("0.1"), tolerance=Decimal("0.02")), "kg"),
        ("0.1 kg +- 0.02 kg", Number(value=Decimal("0.1"), tolerance=Decimal("0.02")), "kg"),
        ("9.81 m/s² ± 5%", Number(value=Decimal("9.81"), tolerance=Decimal(5), percent=True), "m/s²"),
        ("9.81 ± 5% m/s²", Number(value=Decimal("9.81"), tolerance=Decimal(5), percent=True), "m/s²"),
        ("9.81+/-5 %", Number(value=Decimal("9.81"), tolerance=Decimal(5), percent=True), ""),
        ("0.1..0.2 m", Number(value=Decimal("0.1"), upper=Decimal("0.2")), "m"),
        ("-2 .. -1", Number(value=Decimal(-2), upper=Decimal(-1)), ""),
        ("20°C", Number(value=Decimal(20)), "°C"),
        ("50%", Number(value=Decimal(50)), "%"),
        ("9.8 kg m s^-2", Number(value=Decimal("9.8")), "kg m s^-2"),
        ("7 {50%}", Number(value=Decimal(7), weight=Decimal(50)), ""),
    ],
)
def test_one_number(text: str, number: Number, unit: str) -> None:
    assert _read(text) == NumberKey(numbers=(number,), unit=unit)


def test_alternatives_share_their_unit_and_have_their_places() -> None:
    key = _read("1 ± 0.1 m | 2 {50%}")
    assert key is not None
    assert key.unit == "m"
    assert [number.span for number in key.numbers] == [Span(0, 0, 9), Span(0, 12, 19)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "2D",
        "3-sat",
        "1st",
        "5kg",
        "1/2",
        "1939–1945",
        "2024-01-01",
        "3.11.2",
        "5 or more",
        "5 | five",
        "½",
    ],
)
def test_what_is_not_about_numbers(text: str) -> None:
    assert _read(text) is None
    if text not in ("5kg", "2D", "1st"):  # said to be numbers, these have a unit
        with pytest.raises(NumberFault):
            _read(text, stated=True)


@pytest.mark.parametrize(
    ("text", "part", "fix"),
    [
        ("1,000", "1,000", "`1000`, or `1.000`"),
        ("12 000 km", "12 000", "`12000`"),
        ("3,14 ± 0.1", "3,14", "`3.14`"),
        ("3.14 ± 0,1", "0,1", "`0.1`"),
        ("٣٫٥", "٣٫٥", "3"),
        ("3 × 10^8 m/s", "3 × 10^8", "`3e8`"),
        ("3·10⁻⁸", "3·10⁻⁸", "`3e-8`"),
        ("2..1", "2..1", "smaller"),
        ("5 ± -1", "-1", "sign"),
        ("5 ± x", "± x", "number after"),
        ("1..n", "..n", "range"),
        ("50 % ± 5 %", "5 %", "unit"),
        ("5 kg ± 3 g", "3 g", "kg"),
        ("5 kg | 6 g", "6 g", "kg"),
        ("5 {case}", "{case}", "{50%}"),
        ("5 {0%}", "{0%}", "{50%}"),
        ("5 {120%}", "{120%}", "{50%}"),
        ("1e301", "1e301", "fewer"),
        ("1" * 29, "1" * 29, "fewer"),
    ],
)
def test_a_doubtful_number_is_a_fault_with_its_place_and_its_fix(text: str, part: str, fix: str) -> None:
    with pytest.raises(NumberFault) as caught:
        _read(text)
    assert text[caught.value.start : caught.value.end] == part
    assert fix in caught.value.fix


@pytest.mark.parametrize(
    "text", ["1234567890123456789012345678", "-0.123456789012345678901234567", "1e300", "1e-300"]
)
def test_the_longest_and_the_farthest_numbers_are_read(text: str) -> None:
    assert _read(text) == NumberKey(numbers=(Number(value=Decimal(text)),))


@pytest.mark.parametrize(
    "text", ["12345678901234567890123456789", "0.1234567890123456789012345678", "1e301", "1e-0301"]
)
def test_one_digit_or_one_power_more_is_a_fault(text: str) -> None:
    with pytest.raises(NumberFault, match="more than 28 digits, or a power of ten beyond 300"):
        _read(text)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.text(alphabet="0123456789.,eE+-−±%| {}kgm°×^⁸٣/", max_size=30), st.booleans())
def test_any_text_is_a_key_or_none_or_a_fault(text: str, stated: bool) -> None:
    try:
        key = _read(text, stated=stated)
    except NumberFault as fault:
        assert 0 <= fault.start <= fault.end <= len(text)
        return
    assert key is not None or not stated
    for number in key.numbers if key else ():
        low, high = number.bounds
        assert low <= high


@pytest.mark.parametrize(
    "text", ["1" * 200_000, "5" + " " * 200_000 + "x", "5 " + "{" * 200_000, "1 000" * 50_000]
)
def test_long_texts_take_linear_time(text: str) -> None:
    begun = time.process_time()
    for stated in (False, True):
        with suppress(NumberFault):
            _read(text, stated=stated)
    assert time.process_time() - begun < 2
