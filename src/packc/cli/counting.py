"""Numbers with their nouns."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal


def counted(number: int | Decimal, noun: str) -> str:
    """Return `1 pack`, `2 packs`, `1,000 packs`: the noun takes an s but for one."""
    text = f"{number:,}" if isinstance(number, int) else f"{number.normalize():,f}"
    return f"{text} {noun}{'' if number == 1 else 's'}"
