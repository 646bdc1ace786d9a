"""What the last build of a project for a folder and some targets made of each pack, in one file of the cache.

It saves opening an entry for each pack, and it tells why a pack is built again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from packc.build.cache import Header
from packc.build.whole import read_sealed, write_sealed
from packc.named import NamedTuple

_FORMAT = "packc run 2"


class Seen(NamedTuple):
    """What went into the last build of a pack: its entry's name, the digest of its text, its file's date."""

    key: str
    source: str
    changed: int


class LastRun(NamedTuple):
    """`basis` is that of the cache; `packs` are by name, `headers` by key."""

    basis: str = ""
    packs: Mapping[str, Seen] = {}
    headers: Mapping[str, Header] = {}


def read_last_run(file: Path) -> LastRun:
    """Return what the file says; nothing if it is not there, damaged or of another version."""
    try:
        form, basis, packs, headers = json.loads(read_sealed(file))
        if form != _FORMAT:
            return LastRun()
        # What is inside these is compared and shown, and the headers are decoded with care; no more is made
        # of any of it.
        return LastRun(
            basis=str(basis),
            packs={name: Seen(*seen) for name, seen in packs.items()},
            headers={key: Header(*header) for key, header in headers.items()},
        )
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return LastRun()


def write_last_run(file: Path, run: LastRun) -> None:
    """Write the file. Raises OSError."""
    text = json.dumps([_FORMAT, *run], separators=(",", ":")).encode("ascii")
    write_sealed(file, text)
