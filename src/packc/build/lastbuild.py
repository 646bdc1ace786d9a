"""What the last build of a project came to as a whole: one of which nothing has changed is a look.

Apart from what it tells of each pack (`packc.build.lastrun`), since only a build that finds something
changed wants to know that.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from stat import S_ISREG
from typing import Any

from packc.build import manifest
from packc.build.codec import MANY, Undecodable, decoded
from packc.build.manifest import Published
from packc.build.report import Came
from packc.build.stamps import Stamp, stamp_of
from packc.build.whole import read_sealed, write_sealed
from packc.named import NamedTuple

_FORMAT = "packc build 1"
_PLAIN = len(Published._fields)  # of a row; one with its stamp is longer


class LastBuild(NamedTuple):
    """`inputs` is a digest of the jobs and of how they were meant; '' if there was no build.

    `asked` is what the jobs asked of the project's folder: number of the job, kind, about, digest. `told` is
    what people were told, as JSON. `rows` are the files that it published, each with its stamp if that is
    known, `others` what else the manifest lists, and `stamps` are those of further files.
    """

    inputs: str = ""
    asked: tuple[tuple[int, str, str, str], ...] = ()
    told: Any = None
    rows: Sequence[Sequence[Any]] = ()
    others: tuple[Published, ...] = ()
    further: Mapping[str, Stamp] = {}

    @property
    def published(self) -> tuple[Published, ...]:
        return tuple([Published._make(row[:_PLAIN]) for row in self.rows])

    @property
    def stamps(self) -> dict[str, Stamp]:
        """The stamps of all files, by path."""
        found = {row[3]: Stamp(row[5], row[4], *row[_PLAIN:]) for row in self.rows if len(row) > _PLAIN}
        return {**found, **self.further}

    def is_in_place(self, out: Path) -> bool:
        """Tell whether all that it published is there, the manifest too, as the stamps say."""
        listing = self.further.get(manifest.NAME)
        if not self.rows or listing is None or stamp_of(str(out / manifest.NAME), "") != listing:
            return False
        root = f"{out}{os.sep}"
        for row in self.rows:
            if len(row) == _PLAIN:
                return False
            _, _, _, path, size, _, modified, changed = row
            try:
                status = os.lstat(root + path)
            except (OSError, TypeError, ValueError):  # what is no path, too
                return False
            if status.st_mtime_ns != modified or status.st_ctime_ns != changed or status.st_size != size:
                return False
            if not S_ISREG(status.st_mode):
                return False
        return True

    def came(self) -> Came | None:
        """Return what people were told; None if that is not what it says."""
        try:
            came: Came = decoded(Came, self.told, MANY)
        except Undecodable:
            return None
        return came


def read_last_build(file: Path) -> LastBuild:
    """Return what the file says; nothing if it is not there, damaged or of another version."""
    try:
        form, inputs, asked, told, rows, others, stamps = json.loads(read_sealed(file))
        # What is inside these is compared and shown, and what was told is decoded with care.
        return (
            LastBuild(
                inputs=str(inputs),
                asked=tuple(map(tuple, asked)),
                told=told,
                rows=[row for row in rows if len(row) in (_PLAIN, _PLAIN + 2)],
                others=tuple([Published(*row) for row in others]),
                further={path: Stamp(*stamp) for path, stamp in stamps.items()},
            )
            if form == _FORMAT
            else LastBuild()
        )
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return LastBuild()


def write_last_build(file: Path, build: LastBuild) -> None:
    """Write the file. Raises OSError."""
    text = json.dumps([_FORMAT, *build], separators=(",", ":")).encode("ascii")
    write_sealed(file, text)


def rows_of(
    published: Iterable[Published], stamps: Mapping[str, Stamp]
) -> tuple[list[list[Any]], dict[str, Stamp]]:
    """Return what was published with its stamps, and the stamps of further files."""
    rows, further = [], dict(stamps)
    for each in published:
        stamp = further.get(each.path)
        if stamp is not None and (stamp.sha256, stamp.size) == (each.sha256, each.size):
            del further[each.path]  # said once
            rows.append([*each, stamp.modified, stamp.changed])
        else:
            rows.append([*each])
    return rows, further
