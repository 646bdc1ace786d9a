"""Keys as they are written: accepted texts, numbers, and the blanks that hold them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from packc.ast.keys import Accepted, BlankKey, DropdownKey, Number, NumberKey, TextKey
from packc.ast.richtext import Blank, Inlines

_LONGEST_PLAIN = 16  # characters; a longer number is shorter with an exponent


def number(value: Decimal) -> str:
    """Return a number as people write it: `0.001`, and `1e-30` where zeros would hide it."""
    if not value:
        return "0"
    plain = format(value.normalize(), "f")
    if len(plain) <= _LONGEST_PLAIN:
        return plain
    return str(value.normalize()).replace("E+", "e").replace("E", "e")


def weight_brace(weight: Decimal | None, *words: str) -> str:
    """Return ` {50% .last}` or '' if there is nothing to say."""
    inside = [*([f"{number(weight)}%"] if weight is not None else []), *words]
    return f" {{{' '.join(inside)}}}" if inside else ""


def accepted_number(found: Number, unit: str) -> str:
    """Return one number with its unit; a share of the value is not in that unit."""
    value, shown_unit = number(found.value), f" {unit}" if unit else ""
    if found.upper is not None:
        text = f"{value}..{number(found.upper)}{shown_unit}"
    elif found.percent and found.tolerance:
        text = f"{value}{shown_unit} ± {number(found.tolerance)}%"
    else:
        text = value + (f" ± {number(found.tolerance)}" if found.tolerance else "") + shown_unit
    return text + weight_brace(found.weight)


def number_key(key: NumberKey) -> str:
    return " | ".join(accepted_number(found, key.unit) for found in key.numbers)


def accepted(found: Accepted, line: Callable[[Inlines], str]) -> str:
    return line(found.children) + weight_brace(found.weight)


def text_key(key: TextKey, line: Callable[[Inlines], str]) -> str:
    """Return the accepted answers; `line` writes one, with its bars escaped."""
    texts = " | ".join(accepted(found, line) for found in key.accepted)
    return f"{texts} {{case}}" if key.case else texts


def write_blank(blank: Blank, line: Callable[[Inlines], str]) -> str:
    inner = _inside(blank.key, line)
    if blank.number is not None:
        return f"{{{{c{blank.number}::{inner}{f'::{blank.hint}' if blank.hint else ''}}}}}"
    return f"{{{{{inner}}}}}"


def _inside(key: BlankKey, line: Callable[[Inlines], str]) -> str:
    match key:
        case TextKey():
            return text_key(key, line)
        case NumberKey():
            return f"={number_key(key)}"
        case DropdownKey():
            return " | ".join(
                f"[{'x' if option.correct else ' '}] {line(option.children)}" for option in key.options
            )
