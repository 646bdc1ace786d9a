"""What the last build of a project came to as a whole: one of which nothing has changed is a look.

Apart from what it tells of each pack (`packc.build.lastrun`), since only a build that finds something
changed wants to know that.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from packc.build.cache import write_whole
from packc.build.manifest import Published
from packc.build.stamps import Stamp

_FORMAT = "packc build 1"
_PLAIN = len(Published._fields)  # of a row; one with its stamp is longer


class LastBuild(NamedTuple):
    """`inputs` is a digest of the jobs and of how they were meant; '' if there was no build.

    `asked` is what the jobs asked of the project's folder: number of the job, kind, about, digest. `told` is
    what people were told, as JSON. `published` are the files of that build, `others` what else the
    manifest lists. `stamps` are those of the files, as far as they are known.
    """

    inputs: str = ""
    asked: tuple[tuple[int, str, str, str], ...] = ()
    told: Any = None
    published: tuple[Published, ...] = ()
    others: tuple[Published, ...] = ()
    stamps: Mapping[str, Stamp] = {}


def read_last_build(file: Path) -> LastBuild:
    """Return what the file says; nothing if it is not there, damaged or of another version."""
    try:
        digest, _, text = file.read_bytes().partition(b"\n")
        if sha256(text).hexdigest().encode() != digest:
            return LastBuild()
        form, inputs, asked, told, published, others, stamps = json.loads(text)
        if form != _FORMAT:
            return LastBuild()
        # What is inside these is compared and shown, and what was told is decoded with care.
        found = {row[3]: Stamp(row[5], row[4], *row[_PLAIN:]) for row in published if len(row) > _PLAIN}
        found.update((path, Stamp(*stamp)) for path, stamp in stamps.items())
        return LastBuild(
            inputs=str(inputs),
            asked=tuple(map(tuple, asked)),
            told=told,
            published=tuple([Published(*row[:_PLAIN]) for row in published]),
            others=tuple([Published(*row) for row in others]),
            stamps=found,
        )
    except (OSError, ValueError, TypeError, AttributeError, IndexError, RecursionError):
        return LastBuild()


def write_last_build(file: Path, build: LastBuild) -> None:
    """Write the file. Raises OSError."""
    rows, stamps = [], dict(build.stamps)
    for each in build.published:
        stamp = stamps.get(each.path)
        if stamp is not None and (stamp.sha256, stamp.size) == (each.sha256, each.size):
            del stamps[each.path]  # said once
            rows.append([*each, stamp.modified, stamp.changed])
        else:
            rows.append([*each])
    data = [_FORMAT, build.inputs, build.asked, build.told, rows, build.others, stamps]
    text = json.dumps(data, separators=(",", ":")).encode("ascii")
    write_whole(file, (sha256(text).hexdigest().encode(), b"\n", text))
