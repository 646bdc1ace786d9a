"""What a target made of a pack, as it is to be published."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Output:
    """One file to publish. `path` is relative to the output folder, with `/`: `anki/x.apkg`."""

    target: str
    pack: str
    questions: int
    path: str
    data: bytes
