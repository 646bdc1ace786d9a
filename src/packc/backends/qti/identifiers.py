"""Identifiers: QTI and its manifest want XML names, an author's ids may be anything."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import sha256

LONGEST = 32  # characters; some importers are said to keep no more

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*", re.ASCII)
_FOREIGN = re.compile(r"[^A-Za-z0-9_.-]", re.ASCII)
_DIGITS = 8  # of the hash that marks a changed id


def identifiers(ids: Sequence[str]) -> list[str]:
    """Return an XML name for each of `ids`, all different even where letter case does not count.

    A name depends on its id alone, so it stays the same from build to build: the id itself where it is a
    name of at most `LONGEST` characters, else as much of it as fits and a hash of the whole. Only an id
    whose name an earlier one has taken depends on its neighbours.
    """
    taken: set[str] = set()
    found: dict[int, str] = {}
    kept = {index for index, value in enumerate(ids) if _is_name(value)}
    for index in (*sorted(kept), *(index for index in range(len(ids)) if index not in kept)):
        value = ids[index]
        name = value if index in kept else _marked(value, 0)
        attempt = 0
        while name.casefold() in taken:
            attempt += 1
            name = _marked(value, attempt)
        taken.add(name.casefold())
        found[index] = name
    return [found[index] for index in range(len(ids))]


def _is_name(value: str) -> bool:
    return len(value) <= LONGEST and _NAME.fullmatch(value) is not None


def _marked(value: str, attempt: int) -> str:
    salted = f"{value}\0{attempt}" if attempt else value
    digest = sha256(salted.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
    folded = _FOREIGN.sub("_", value)
    if not re.match("[A-Za-z_]", folded):
        folded = f"q{folded}"
    return f"{folded[: LONGEST - _DIGITS - 1]}_{digest}"
