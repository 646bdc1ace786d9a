"""An order that gives nothing away: for items that are shown before they have been sorted or matched."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256


def neutral(texts: Iterable[str]) -> list[int]:
    """Return the positions of `texts` in an order that depends on nothing but the texts themselves.

    Two questions that differ only in the key are therefore shown alike, on every machine and for ever.
    """
    marks = [(sha256(text.encode("utf-8", "surrogatepass")).digest(), text) for text in texts]
    return sorted(range(len(marks)), key=marks.__getitem__)
