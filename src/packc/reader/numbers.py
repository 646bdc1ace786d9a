"""The texts of numeric keys: `0.1 ± 0.02 kg`, `9.81 ± 5%`, `0.1..0.2`, `1e-3 | 0.002 {50%}`."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from packc.ast.keys import HUNDRED, Number, NumberKey
from packc.source import Span

Place = Callable[[int, int], Span]

# Patterns as text: `re` compiles them when a pack first needs them.
_NUMBER = r"[+\-−]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+\-−]?[0-9]+)?"
_OPERATOR = r"(?:(?P<off>±|\+/?[-−])|(?P<to>(?<!\.)\.\.(?!\.)))\s*"
_BRACE = r"(?<!\^)\{(?P<inside>[^{}]*)\}$"  # none of an exponent
_WEIGHT = r"\s*([0-9]{1,3}(?:\.[0-9]{1,9})?)\s*%\s*"
_GROUPS = r"[+\-−]?[0-9]{1,3}(?:[,'’ \u00a0\u2009\u202f][0-9]{3})+(?![0-9,])(?:\.[0-9]+)?"
_COMMA = r"[+\-−]?[0-9]+,[0-9]+(?!,)"
_POWER = (
    r"(?P<digits>[+\-−]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+))\s*[×x*·]\s*10"
    r"(?:\^\{?(?P<plain>[+\-−]?[0-9]+)\}?|(?P<raised>[⁺⁻]?[⁰¹²³⁴-⁹]+))"
)
_MARKS = {"٫": ".", "٬": "", "．": "."}  # Arabic and full width
_RAISED = str.maketrans("⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "+-0123456789")
# A unit is one word, or several short ones with powers (`kg m s^-2`); `5 or more` has none.
_UNIT_WORD = r"(?:[^\W\d_]|[%‰°′″€$£¥])[^\s,;:!?]{0,19}(?<!\.)"
_FACTOR = r"[^\W\d_]{1,3}(?:\^?[-−]?[0-9]|[⁺⁻⁰¹²³⁴-⁹])*(?:[/·*][^\s,;:!?.]{1,12})?"

_MOST_DIGITS = 28  # what decimal arithmetic keeps
_FARTHEST = 300  # powers of ten that a double still holds


class NumberFault(ValueError):
    """A text that is meant as a number but is none, or not for certain.

    `why` is one clause about the text from offset `start` to `end`; `fix` says what to write. `instead`
    is what that text most likely means, '' if nothing does; `certain` if it cannot mean anything else.
    """

    def __init__(
        self, why: str, fix: str, start: int, end: int, *, instead: str = "", certain: bool = False
    ) -> None:
        super().__init__(why)
        self.instead = instead
        self.certain = certain
        self.why = why
        self.fix = fix
        self.start = start
        self.end = end


def read_numbers(text: str, place: Place, *, stated: bool) -> NumberKey | None:
    """Return the numbers that `text` accepts, separated by `|`, or None if it is not about numbers.

    `place` gives the span of two offsets into `text`. `stated`: the author said that a number stands here, so
    that the answer is never None, and a unit may follow without a space. Raises NumberFault where a number
    is meant but none can be read for certain.
    """
    numbers: list[Number] = []
    unit = ""
    start = 0
    for part in text.split("|"):
        read = _alternative(text, start, start + len(part), place, stated)
        if read is None:
            return None
        number, own = read
        if unit and own and own != unit:
            first, last = _trimmed(text, start, start + len(part))
            raise NumberFault(f"the unit was `{unit}` before", f"give all of them in `{unit}`", first, last)
        unit = unit or own
        numbers.append(number)
        start += len(part) + 1
    return NumberKey(numbers=tuple(numbers), unit=unit, span=place(0, len(text)))


def _alternative(text: str, start: int, end: int, place: Place, stated: bool) -> tuple[Number, str] | None:
    """Return the number that stands in `text[start:end]`, and its unit."""
    start, end = _trimmed(text, start, end)
    if not stated and not (text[start:end][:1] in tuple("+-−.") or text[start:end][:1].isdecimal()):
        return None
    weight, last = _weight(text, start, end)
    _refuse_other_notations(text, start, last)
    found = re.compile(_NUMBER).match(text, start, last)
    if found is None:
        if not stated:
            return None
        why = f"`{text[start:last]}` is no number" if start < last else "a number is missing"
        raise NumberFault(why, "write it in digits, with a point: `0.5`, `1e-3`", start, last)
    operator = re.compile(_OPERATOR).search(text, found.end(), last)
    unit = _unit(text, found.end(), operator.start() if operator else last, stated)
    if unit is None:
        return None
    value = _decimal(text, start, found.end())
    span = place(start, end)
    if operator is None:
        return Number(value=value, weight=weight, span=span), unit
    other, percent, other_unit = _operand(text, operator, last)
    written = operator.end(), last
    if operator["to"]:
        if other < value:
            raise NumberFault("the range ends before it begins", "put the smaller number first", start, last)
        unit = _one_unit(unit, other_unit, *written)
        return Number(value=value, upper=other, weight=weight, span=span), unit
    if text[operator.end()] in "+-−":
        raise NumberFault("a tolerance has no sign", "leave the sign out", *written)
    if percent and unit == "%":
        fix = "leave the unit out, and state it in the question"
        raise NumberFault("percent of the value, or percentage points?", fix, *written)
    unit = _one_unit(unit, other_unit, *written)
    return Number(value=value, tolerance=other, percent=percent, weight=weight, span=span), unit


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    start += len(part) - len(part.lstrip())
    return start, start + len(part.strip())


def _weight(text: str, start: int, end: int) -> tuple[Decimal | None, int]:
    """Return the weight in a trailing brace, and where what stands before it ends."""
    brace = re.compile(_BRACE).search(text, start, end)
    if brace is None:
        return None, end
    percent = re.fullmatch(_WEIGHT, brace["inside"])
    weight = Decimal(percent[1]) if percent else None
    if weight is None or not 0 < weight <= HUNDRED:
        fix = "write a share of the points such as `{50%}`"
        raise NumberFault(f"`{brace[0]}` is no weight of a number", fix, brace.start(), end)
    return weight, _trimmed(text, start, brace.start())[1]


def _refuse_other_notations(text: str, start: int, end: int) -> None:
    """Raise NumberFault for a number in a notation that could mean two things, or that no target reads."""
    if start < end and text[start].isdecimal() and not text[start].isascii():
        digits = "".join(
            str(int(one)) if one.isdecimal() else _MARKS.get(one, one) for one in text[start:end]
        )
        why = "these digits are not 0 to 9"
        raise NumberFault(why, f"write `{digits}`", start, end, instead=digits, certain=True)
    if text[start:end][:1] not in tuple("+-−.0123456789"):
        return
    power = re.compile(_POWER).match(text, start, end)
    if power:
        exponent = (power["plain"] or power["raised"].translate(_RAISED)).removeprefix("+").replace("−", "-")
        plain = f"{power['digits']}e{exponent}"
        why = "a power of ten is not read in this form"
        raise NumberFault(why, f"write `{plain}`", start, power.end(), instead=plain, certain=True)
    groups = re.compile(_GROUPS).match(text, start, end)
    if groups:
        plain = re.sub(r"[^0-9.+\-−]", "", groups[0])
        fix = f"write `{plain}`"
        if groups[0].count(",") == 1 and "." not in groups[0]:
            fix += f", or `{groups[0].replace(',', '.')}` if the comma is the decimal mark"
        certain = "," not in groups[0]
        raise NumberFault("digits are not grouped", fix, start, groups.end(), instead=plain, certain=certain)
    comma = re.compile(_COMMA).match(text, start, end)
    if comma:
        plain = comma[0].replace(",", ".")
        why = "the decimal mark is a point"
        raise NumberFault(why, f"write `{plain}`", start, comma.end(), instead=plain)


def _decimal(text: str, start: int, end: int) -> Decimal:
    written = text[start:end].replace("−", "-")
    digits = re.sub(r"[eE].*|[^0-9]", "", written)
    exponent = re.sub(r".*[eE]|[^0-9]", "", written) if "e" in written.lower() else "0"
    if len(digits) > _MOST_DIGITS or len(exponent.lstrip("0")) > 3 or int(exponent) > _FARTHEST:
        why = f"more than {_MOST_DIGITS} digits, or a power of ten beyond {_FARTHEST}"
        raise NumberFault(why, "write fewer digits", start, end)
    return Decimal(written)


def _unit(text: str, start: int, end: int, stated: bool) -> str | None:
    """Return the unit between these offsets, '' if there is none, or None if the text is about no number."""
    first, last = _trimmed(text, start, end)
    written = text[first:last]
    if not written:
        return ""
    apart = first > start or stated or written[0] in "%‰°"
    odd = written[0].isnumeric() and not written[0].isdecimal()
    fraction = odd or re.match(rf"/\s*{_NUMBER}", written)  # `1 ½`, `1/2`
    if (
        apart
        and not fraction
        and (re.fullmatch(_UNIT_WORD, written) or all(re.fullmatch(_FACTOR, w) for w in written.split()))
    ):
        return " ".join(written.split())
    if not stated:
        return None
    if re.match(rf"(?:[–—-]|\.{{3}}|…|to\b)\s*{_NUMBER}", written):
        raise NumberFault("a range is written with two points", "write `1..2`", start, end)
    if fraction:
        raise NumberFault("a fraction is not read", "write it as a decimal number: `0.5`", start, end)
    raise NumberFault(f"`{written}` is no unit", "write the number, a space and a short unit", first, last)


def _operand(text: str, operator: re.Match[str], end: int) -> tuple[Decimal, bool, str]:
    """Return the number after `±` or `..`, whether it is a percentage, and the unit behind it."""
    start = operator.end()
    _refuse_other_notations(text, start, end)
    found = re.compile(_NUMBER).match(text, start, end)
    sign = operator[0].strip()
    if found is None:
        fix = f"write a number after it: `{sign} 0.1`" if operator["off"] else "write a range as `0.1..0.2`"
        raise NumberFault(f"no number stands after `{sign}`", fix, operator.start(), max(end, operator.end()))
    after = found.end()
    percent = bool(operator["off"]) and text[after:end].lstrip().startswith("%")
    if percent:
        after = text.index("%", after) + 1
    unit = _unit(text, after, end, True)
    assert unit is not None  # a unit that is none is a fault here
    return _decimal(text, start, found.end()), percent, unit


def _one_unit(first: str, second: str, start: int, end: int) -> str:
    if first and second and first != second:
        raise NumberFault(f"`{first}` and `{second}` are two units", f"give both in `{first}`", start, end)
    return first or second
