"""What the last build came to, in one file of the cache for each thing that people ask for.

Its first line tells of the build as a whole, each further one of a pack: what a build finds unchanged goes
from the old file to the new one as it stands.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from packc.build.codec import MANY, Undecodable, decoded
from packc.build.output import Published
from packc.build.report import Came
from packc.build.request import Request
from packc.build.stamps import Left, Stamp
from packc.build.whole import as_json, read_sealed, write_sealed
from packc.named import NamedTuple

_FORMAT = "packc build 2"
_BETWEEN = ",\n"  # two packs; no JSON of ours has a line break within
_new = tuple.__new__  # makes a named tuple in half the time


class Sight(NamedTuple):
    """What a glance (`packc.build.glance`) compares.

    `surroundings` is a digest of all but the packs, `packs` one of those; they lie below `roots`, and none
    may have more than `most` bytes. `before` is how many sources there were before the packs.
    """

    surroundings: str
    roots: Sequence[str]
    most: int
    packs: str
    before: int


class Made(NamedTuple):
    """What a build made of a pack: what went in, its entry's name in the cache, and what came out.

    `source` is the digest of the pack's text, `changed` its file's date. `outcome` is one without outputs, as
    `packc.build.codec` has it; `outputs` is how many there were, `published` those that were, `times` both
    times of each.
    """

    name: str
    source: str
    changed: int
    key: str
    outcome: Any
    outputs: int
    published: tuple[Published, ...]
    times: Sequence[int]


class LastBuild(NamedTuple):
    """`inputs` is a digest of the jobs and of how they were meant; '' if there was no build.

    `basis` is that of the cache, `out` the folder that was written to. `sight` is None if a glance cannot
    tell. `asked` is what the jobs asked of the project's folder: number of the job, kind, about, digest.
    `told` is what people were told, as JSON. `listing` is the stamp of the manifest; `alone`: it lists
    nothing else. `lines` are those of the packs, as they stand in the file.
    """

    inputs: str = ""
    basis: str = ""
    out: str = ""
    sight: Sight | None = None
    asked: Sequence[tuple[int, str, str, str]] = ()
    told: Any = None
    listing: Stamp | None = None
    alone: bool = False
    packs: Sequence[Made] = ()
    lines: Sequence[str] = ()

    @property
    def left(self) -> Left:
        """What it left in the output folder."""
        published = [each for pack in self.packs for each in pack.published]
        times = [each for pack in self.packs for each in pack.times]
        return Left(published, times, self.listing, self.alone)

    def came(self) -> Came | None:
        """Return what people were told; None if that is not what it says."""
        try:
            came: Came = decoded(Came, self.told, MANY)
        except Undecodable:
            return None
        return came


def file_of(cache: Path, request: Request, out: Path | None) -> Path:
    """Return where it stands what the last build for these words came to, begun in the same folder."""
    cwd = (request.cwd or Path.cwd()).resolve()
    about = (cwd, out and out.absolute(), list(map(str, request.paths)), request.targets)
    return cache / "builds" / sha256(repr(about).encode("utf-8", "surrogatepass")).hexdigest()


def read_last_build(file: Path) -> LastBuild:
    """Return what the file says; nothing if it is not there, damaged or of another version."""
    try:
        text = read_sealed(file)
        form, inputs, basis, out, sight, asked, told, listing, alone, packs = json.loads(text)
        if form != _FORMAT:
            return LastBuild()
        sight, listing = sight and Sight(*sight), listing and Stamp(*listing)
        made = [_made(*each) for each in packs]
        lines = [line.removesuffix(",") for line in text.split("\n")[1:-1]]
        return LastBuild(inputs, basis, out, sight, asked, told, listing, alone, made, lines)
    except (OSError, ValueError, TypeError, RecursionError):
        return LastBuild()


def _made(  # noqa: PLR0913, PLR0917 (a line has them)
    name: str,
    source: str,
    changed: int,
    key: str,
    outcome: Any,
    outputs: int,
    pack: str,
    rows: Iterable[Any],
    times: Sequence[int],
) -> Made:
    values = iter(rows)
    published = tuple(
        [
            _new(Published, (target, pack, questions, path, size, digest))
            for target, questions, path, size, digest in zip(*[values] * 5, strict=True)
        ]
    )
    return Made(name, source, changed, key, outcome, outputs, published, times)


def made_of(line: str) -> Made:
    """Return what a line of the file tells of a pack."""
    return _made(*json.loads(line))


def write_last_build(file: Path, build: LastBuild) -> None:
    """Write the file. Raises OSError."""
    head = as_json((_FORMAT, *build[:-2]))
    write_sealed(file, f"{head[:-1]},[\n{_BETWEEN.join(build.lines)}\n]]")


def line_of(about: Sequence[str | int], outcome: str, outputs: int, left: Left) -> str:
    """Return the line of a pack: the first four fields of `Made`, its outcome as JSON, and what is left."""
    pack = left.published[0].pack if left.published else ""
    rows = [each for one in left.published for each in (*one[:1], *one[2:])]
    first, last = as_json(about), as_json((outputs, pack, rows, left.times))
    return f"{first[:-1]},{outcome},{last[1:]}"
