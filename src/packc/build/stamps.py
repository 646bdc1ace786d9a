"""What published files looked like when packc left them, so that the next build need not read them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from stat import S_ISREG
from typing import TypeAlias

from packc.build import manifest
from packc.build.output import Published
from packc.named import NamedTuple

# Nanoseconds that no file may have changed for: within the two seconds that the coarsest file system counts
# by, a file can change after it was read and look the same.
SETTLED = 2_000_000_000

Timed: TypeAlias = tuple[Published, int, int]
"""A file with both of its times."""


class Stamp(NamedTuple):
    """How a plain file looks: it holds the same bytes as long as all of this is the same.

    Both times, in nanoseconds, are needed: a program can set back the one of the content, not of the entry.
    """

    size: int
    modified: int
    changed: int


class Left(NamedTuple):
    """What a build left in its output folder: its files, and the stamp of the manifest that lists them.

    `times` are both times of each file, one after the other: its stamp is known by them and its size.
    `alone`: the manifest lists nothing else.
    """

    published: Sequence[Published] = ()
    times: Sequence[int] = ()
    listing: Stamp | None = None
    alone: bool = False

    def stamped(self) -> Iterator[Timed]:
        """Yield each file with its two times."""
        times = iter(self.times)
        return zip(self.published, times, times, strict=True)

    def has_listing(self, out: Path) -> bool:
        """Tell whether the manifest is there as it was left."""
        return self.listing is not None and stamp_of(str(out / manifest.NAME)) == self.listing

    def is_in_place(self, out: Path) -> bool:
        """Tell whether all that was left is there as it was."""
        return self.has_listing(out) and len(list(in_place(out, self.stamped()))) == len(self.published)


def in_place(out: Path, files: Iterable[Timed]) -> Iterator[Timed]:
    """Yield those files that are there with these times."""
    root, look = f"{out}{os.sep}", os.lstat
    for each, modified, changed in files:
        try:
            status = look(root + each.path)
        except (OSError, ValueError):
            continue
        # Not by a stamp: there are thousands.
        same = status.st_mtime_ns == modified and status.st_ctime_ns == changed
        if same and status.st_size == each.size and S_ISREG(status.st_mode):
            yield each, modified, changed


NOTHING_LEFT = Left()
NO_TIMES = (-1, -1)  # of a file that somebody took away as soon as it was there: they fit none


def stamp_of(path: str) -> Stamp | None:
    """Return the stamp of a plain file; None if there is none."""
    try:
        status = os.lstat(path)
    except OSError:
        return None
    if not S_ISREG(status.st_mode):
        return None
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def times_of(root: str, entry: Published) -> tuple[int, int] | None:
    """Return both times of a file below `root`; None if it is no plain file of the size in `entry`."""
    stamp = stamp_of(root + entry.path)
    if stamp is None or stamp.size != entry.size:
        return None
    return stamp.modified, stamp.changed
