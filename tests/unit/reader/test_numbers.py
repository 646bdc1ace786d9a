"""The texts of numeric keys."""

from __future__ import annotations

import re
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
        ("7 { 33.333333333 % }  ", Number(value=Decimal(7), weight=Decimal("33.333333333")), ""),
        ("7{100%}", Number(value=Decimal(7), weight=Decimal(100)), ""),
        ("+7", Number(value=Decimal(7)), ""),
        ("+.25", Number(value=Decimal("0.25")), ""),
        ("12.50E+3", Number(value=Decimal(12500)), ""),
        ("2e−3", Number(value=Decimal("0.002")), ""),
        ("5 ± .5", Number(value=Decimal(5), tolerance=Decimal("0.5")), ""),
        ("5+−1", Number(value=Decimal(5), tolerance=Decimal(1)), ""),
        ("5 +/−  1", Number(value=Decimal(5), tolerance=Decimal(1)), ""),
        ("5 ± 0.5 {50%}", Number(value=Decimal(5), tolerance=Decimal("0.5"), weight=Decimal(50)), ""),
        ("1..1", Number(value=Decimal(1), upper=Decimal(1)), ""),
        ("1 m .. 2 m", Number(value=Decimal(1), upper=Decimal(2)), "m"),
        ("1..2 {50%}", Number(value=Decimal(1), upper=Decimal(2), weight=Decimal(50)), ""),
        ("5 m ± 1", Number(value=Decimal(5), tolerance=Decimal(1)), "m"),
        ("50 ± 5 %", Number(value=Decimal(50), tolerance=Decimal(5), percent=True), ""),
        ("5‰", Number(value=Decimal(5)), "‰"),
        ("5 °C", Number(value=Decimal(5)), "°C"),
        ("5 € ", Number(value=Decimal(5)), "€"),
        ("9.81 m/s^2", Number(value=Decimal("9.81")), "m/s^2"),
        ("8.3 J mol⁻¹ K⁻¹", Number(value=Decimal("8.3")), "J mol⁻¹ K⁻¹"),
        ("8.3 kg m^2 s−2", Number(value=Decimal("8.3")), "kg m^2 s−2"),
        ("8.3 J/mol K", Number(value=Decimal("8.3")), "J/mol K"),
        ("8.3 N·m s", Number(value=Decimal("8.3")), "N·m s"),
        ("3 kg   m", Number(value=Decimal(3)), "kg m"),
        ("3 " + "a" * 20, Number(value=Decimal(3)), "a" * 20),
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
        "5 apples, or more",
        "5 apples.",
        "5 kg.",
        "5 apples and pears",
        "1 ½",
        "5 万",
        "5 a b! c",
        "5 _kg",
        "5 " + "a" * 21,
        "... 5",
        "+,5",
        "5, 6",
        "5. × 10^3",
        "- × 10^3",
        ". × 10^3",
        "2 × 10^x",
        "2 × 10 m",
        "1...2",
        "1.2.3 m",
        "5 {a}{b} c",
        "1 m m2/sec.s x",
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
        ("1,000", "1,000", "write `1000`, or `1.000` if"),
        ("1234,567", "1234,567", "write `1234.567`"),
        ("+1,000", "+1,000", "write `+1000`, or `+1.000` if"),
        ("+1,5", "+1,5", "write `+1.5`"),
        ("-1,000,000.5", "-1,000,000.5", "write `-1000000.5`"),
        ("1'000", "1'000", "write `1000`"),
        ("1’000", "1’000", "write `1000`"),
        ("1\u00a0000", "1\u00a0000", "write `1000`"),
        ("1\u2009000", "1\u2009000", "write `1000`"),
        ("1\u202f000 000", "1\u202f000 000", "write `1000000`"),
        ("−12,5 kg", "−12,5", "write `−12.5`"),
        ("1,0000", "1,0000", "write `1.0000`"),
        ("1 × 10^{-8}", "1 × 10^{-8}", "write `1e-8`"),
        ("-2.5 x 10^−8", "-2.5 x 10^−8", "write `-2.5e-8`"),
        (".5*10^+8", ".5*10^+8", "write `.5e8`"),
        ("3·10⁺⁰¹²³⁴⁵⁶⁷⁸⁹", "3·10⁺⁰¹²³⁴⁵⁶⁷⁸⁹", "write `3e0123456789`"),
        ("5 ± 2 × 10^2", "2 × 10^2", "write `2e2`"),
        ("٣٬٠٠٠٫٥ كم", "٣٬٠٠٠٫٥ كم", "write `3000.5 كم`"),
        ("３．５", "３．５", "write `3.5`"),
        ("5 ±", "±", "write a number after it: `± 0.1`"),
        ("1..", "..", "write a range as `0.1..0.2`"),
        ("5 ± +1", "+1", "leave the sign out"),
        ("5 ± −1", "−1", "leave the sign out"),
        ("1 m..2 s", "2 s", "give both in `m`"),
        ("5 {50%%}", "{50%%}", "{50%}"),
        ("5 {1000%}", "{1000%}", "{50%}"),
        ("12 000 km", "12 000", "`12000`"),
        ("3,14 ± 0.1", "3,14", "`3.14`"),
        ("3.14 ± 0,1", "0,1", "`0.1`"),
        ("٣٫٥", "٣٫٥", "3"),
        ("1 000.", "1 000", "write `1000`"),
        ("+2 × 10^3", "+2 × 10^3", "write `+2e3`"),
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
    ("text", "why", "fix", "part"),
    [
        ("", "a number is missing", "in digits", ""),
        ("x", "`x` is no number", "in digits", "x"),
        (" x {50%}", "`x` is no number", "in digits", "x"),
        ("1–2", "a range is written with two points", "`1..2`", "–2"),
        ("1—2", "a range is written with two points", "`1..2`", "—2"),
        ("1-2", "a range is written with two points", "`1..2`", "-2"),
        ("1 to 2", "a range is written with two points", "`1..2`", " to 2"),
        ("1 ... 2", "a range is written with two points", "`1..2`", " ... 2"),
        ("1…2", "a range is written with two points", "`1..2`", "…2"),
        ("1/2", "a fraction is not read", "`0.5`", "/2"),
        ("1 / 2", "a fraction is not read", "`0.5`", " / 2"),
        ("1 together 2", "`together 2` is no unit", "a short unit", "together 2"),
        ("1 ½", "a fraction is not read", "`0.5`", " ½"),
        ("1½", "a fraction is not read", "`0.5`", "½"),
        ("5 ± 1 , x", "`, x` is no unit", "a short unit", ", x"),
    ],
)
def test_what_is_said_to_be_a_number_and_is_none(text: str, why: str, fix: str, part: str) -> None:
    with pytest.raises(NumberFault, match=re.escape(why)) as caught:
        _read(text, stated=True)
    assert caught.value.why == why
    assert fix in caught.value.fix
    assert text[caught.value.start : caught.value.end] == part


@pytest.mark.parametrize(
    ("text", "instead", "certain"),
    [
        ("1,000", "1000", False),
        ("1 000", "1000", True),
        ("1,5", "1.5", False),
        ("2 × 10^3", "2e3", True),
        ("٣", "3", True),
        ("2..1", "", False),
        ("5 ± -1", "", False),
    ],
)
def test_what_a_fault_would_rather_read(text: str, instead: str, certain: bool) -> None:
    with pytest.raises(NumberFault) as caught:
        _read(text)
    assert (caught.value.instead, caught.value.certain) == (instead, certain)


@pytest.mark.parametrize(
    ("text", "unit"),
    [("5kg", "kg"), ("5m/s²", "m/s²"), ("5 % | 6", "%"), ("5 | 6 m", "m"), ("5 m | 6 m", "m"), ("5‰", "‰")],
)
def test_a_unit_of_what_is_said_to_be_a_number(text: str, unit: str) -> None:
    key = _read(text, stated=True)
    assert key is not None
    assert key.unit == unit
    assert key.span == Span(0, 0, len(text))


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
