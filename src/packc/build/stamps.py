"""What published files looked like when packc left them, so that the next build need not read them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from stat import S_ISREG

from packc.build import manifest
from packc.build.manifest import Published
from packc.named import NamedTuple


class Stamp(NamedTuple):
    """A file that holds what `sha256` says as long as the rest is as it was.

    Both times, in nanoseconds, are needed: a program can set back the one of the content, not of the entry.
    """

    sha256: str
    size: int
    modified: int
    changed: int


NO_STAMPS: Mapping[str, Stamp] = {}


class Left:
    """What a build left in its output folder: stamps of files, by path, and what the manifest lists."""

    def __init__(self, stamps: Mapping[str, Stamp] = NO_STAMPS, listed: Sequence[Published] = ()) -> None:
        self.stamps, self.listed = stamps, listed


def stamp_of(path: str, sha256: str) -> Stamp | None:
    """Return the stamp of a plain file that holds what `sha256` says; None if there is none."""
    try:
        status = os.lstat(path)
    except OSError:
        return None
    if not S_ISREG(status.st_mode):
        return None
    return Stamp(sha256, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def stamps_of(out: Path, published: Iterable[Published]) -> dict[str, Stamp]:
    """Return the stamps of what was just published, by path, the manifest's among them."""
    root = f"{out}{os.sep}"
    found = {each.path: stamp_of(root + each.path, each.sha256) for each in published}
    found[manifest.NAME] = stamp_of(root + manifest.NAME, "")
    return {path: stamp for path, stamp in found.items() if stamp is not None}
