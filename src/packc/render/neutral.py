"""An order that gives nothing away: for items that are shown before they have been sorted or matched."""

from __future__ import annotations

from collections.abc import Callable, Iterable


def neutral(texts: Iterable[str], known_by: Callable[[str], str] = str) -> list[int]:
    """Return the positions of `texts` in an order that depends on nothing but the texts themselves.

    Two questions that differ only in the key are therefore shown alike, on every machine and for ever.
    `known_by`: what of a text decides, where the rest may change without need; of equals the whole decides.
    """
    from hashlib import sha256  # a check puts nothing in order

    marks = [(sha256(known_by(text).encode("utf-8", "surrogatepass")).digest(), text) for text in texts]
    return sorted(range(len(marks)), key=marks.__getitem__)
