"""The id of one more question."""

from __future__ import annotations

import re
from collections.abc import Iterable

_ID = r"(?P<letters>[A-Za-z][A-Za-z0-9._-]*?)(?P<number>\d+)[A-Za-z]?"


def next_id(ids: Iterable[str], retired: Iterable[str] = ()) -> str:
    """Return the id for one more question: the letters of the last one, and a number never used with them.

    `ids` are in source order; `retired` are ids that questions had before.
    """
    matches = [match for identifier in ids if (match := re.fullmatch(_ID, identifier))]
    if not matches:
        used = {identifier.casefold() for identifier in (*ids, *retired)}
        return next(f"Q{number}" for number in range(1, len(used) + 2) if f"q{number}" not in used)
    letters, digits = matches[-1]["letters"], matches[-1]["number"]
    matches += [match for identifier in retired if (match := re.fullmatch(_ID, identifier))]
    same = [int(match["number"]) for match in matches if match["letters"].casefold() == letters.casefold()]
    width = len(digits) if any(_is_padded(match["number"]) for match in matches) else 0
    return f"{letters}{max(same) + 1:0{width}}"


def _is_padded(digits: str) -> bool:
    return digits.startswith("0") and len(digits) > 1
