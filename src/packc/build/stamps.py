"""What published files looked like when packc left them, so that the next build need not read them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from stat import S_ISREG
from typing import TypeAlias

from packc.build import manifest
from packc.build.output import Published
from packc.named import NamedTuple

# Nanoseconds that no file may have changed for: within the two seconds that the coarsest file system counts
# by, a file can change after it was read and look the same.
SETTLED = 2_000_000_000

Stamp: TypeAlias = tuple[int, int, int]
"""How a plain file looks: its size, when its content was changed and when its entry was, in nanoseconds.

It holds the same bytes as long as all of this is the same. Both times are needed: a program can set back the
one of the content, not of the entry.
"""


class Left(NamedTuple):
    """What a build left in its output folder: its files, the stamp of each, and that of the manifest.

    `alone`: the manifest lists nothing else.
    """

    published: Sequence[Published] = ()
    stamps: Sequence[Stamp] = ()
    listing: Stamp | None = None
    alone: bool = False

    def has_listing(self, out: Path) -> bool:
        """Tell whether the manifest is there as it was left."""
        return self.listing is not None and stamp_of(str(out / manifest.NAME)) == self.listing

    def is_in_place(self, out: Path) -> bool:
        """Tell whether all that was left is there as it was."""
        return self.has_listing(out) and stamps_of(out, self.published) == list(self.stamps)


def stamps_of(out: Path, files: Iterable[Published]) -> list[Stamp | None]:
    """Return the stamp of each of these files; None for what is no plain file."""
    root, look, found = f"{out}{os.sep}", os.lstat, list[Stamp | None]()
    for each in files:  # not by `stamp_of`: there are thousands
        try:
            status = look(root + each.path)
        except (OSError, ValueError):
            found.append(None)
        else:
            stamp = status.st_size, status.st_mtime_ns, status.st_ctime_ns
            found.append(stamp if S_ISREG(status.st_mode) else None)
    return found


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
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns
