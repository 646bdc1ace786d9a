"""Close matches, for "did you mean"."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str], *, alike: float = 0.6) -> str:
    """Return the word of `known` that is most like `word`, or '' if none is.

    `alike` is how alike the two must be, from 0 to 1: 0.75 lets a letter or two differ.
    """
    from difflib import get_close_matches  # needed only when something is wrong

    found = get_close_matches(word, list(known), n=1, cutoff=alike)
    return found[0] if found else ""
