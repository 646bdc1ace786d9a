"""What the last build came to, in one file of the cache for each thing that people ask for.

It has three parts, each a list of JSON: the build as a whole, what lies in the output folder, and what is
known of the packs. In the last two a pack has a line of its own, which goes from the old file to the new one
as it stands if a build finds the pack unchanged. These lists are flat, and read at once: to take apart
thousands of small ones takes twice as long. The last one is read if a glance is not enough.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from packc.build.codec import MANY, Undecodable, decoded
from packc.build.output import Published
from packc.build.report import Came
from packc.build.request import Request
from packc.build.stamps import NOTHING_LEFT, Left, Stamp
from packc.build.whole import as_json, read_sealed
from packc.named import NamedTuple

_FORMAT = "packc build 3"
_read = json.JSONDecoder().raw_decode  # what begins somewhere in a text, without a copy of that
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


class Line(NamedTuple):
    """What the file tells of a pack, as it stands there: what is known of it, and its files.

    Each value has a comma behind it.
    """

    known: str
    files: str


class Made(NamedTuple):
    """What a build made of a pack: what went in, its entry's name in the cache, and what came out.

    `source` is the digest of the pack's text, `changed` its file's date. `outcome` is one without outputs, as
    `packc.build.codec` has it; `outputs` is how many there were, `published` those that were, with the stamp
    of each.
    """

    name: str
    source: str
    changed: int
    key: str
    outputs: int
    outcome: Any
    published: Sequence[Published]
    stamps: Sequence[Stamp]
    line: Line


class LastBuild(NamedTuple):
    """`inputs` is a digest of the jobs and of how they were meant; '' if there was no build.

    `basis` is that of the cache, `out` the folder that was written to. `sight` is None if a glance cannot
    tell. `asked` is what the jobs asked of the project's folder: number of the job, kind, about, digest.
    `told` is what people were told, as JSON. `left` is what lies in the output folder.

    `text` is all of the file; what it says of the packs begins at `rest`. `made` is that, by their names, if
    somebody has read it already.
    """

    inputs: str = ""
    basis: str = ""
    out: str = ""
    sight: Sight | None = None
    asked: Sequence[tuple[int, str, str, str]] = ()
    told: Any = None
    left: Left = NOTHING_LEFT
    text: str = ""
    rest: int = 0
    made: Mapping[str, Made] | None = None

    def came(self) -> Came | None:
        """Return what people were told; None if that is not what it says."""
        try:
            came: Came = decoded(Came, self.told, MANY)
        except Undecodable:
            return None
        return came

    def packs(self) -> Mapping[str, Made]:
        """Return what it made of each pack, by name."""
        if self.made is not None:
            return self.made
        if not self.text:
            return {}
        values, _ = _read(self.text, self.rest)
        return {made.name: made for made in _made(self.lines(), values, self.left)}

    def lines(self) -> Iterable[Line]:
        """Return the lines of each pack."""
        lines = self.text.split("\n")
        count = (len(lines) - 5) // 2  # besides, there are the first one and four brackets
        return map(Line, lines[-1 - count : -1], lines[2 : 2 + count])

    def holding(self, lines: Sequence[Line]) -> LastBuild:
        """Return this build with the text of a file that tells of it and has these lines of the packs."""
        head = as_json((_FORMAT, *self[:6], self.left.listing, self.left.alone))
        files, known = [line.files for line in lines], [line.known for line in lines]
        # No JSON of ours has a line break within. The last comma needs a value behind it.
        text = "\n".join([head, "[", *files, "0]", "[", *known, "0]"])
        return self._replace(text=text, rest=text.rindex("\n[\n") + 1)


def file_of(cache: Path, request: Request, out: Path | None) -> Path:
    """Return where it stands what the last build for these words came to, begun in the same folder."""
    cwd = (request.cwd or Path.cwd()).resolve()
    about = (cwd, out and out.absolute(), list(map(str, request.paths)), request.targets)
    return cache / "builds" / sha256(repr(about).encode("utf-8", "surrogatepass")).hexdigest()


def read_last_build(file: Path) -> LastBuild:
    """Return what the file says; nothing if it is not there, damaged or of another version."""
    try:
        text = read_sealed(file)
        (form, *head, listing, alone), end = _read(text)
        if form != _FORMAT:
            return LastBuild()
        inputs, basis, out, sight, asked, told = head
        files, end = _read(text, end + 1)
        left = Left(*_files(files), listing and tuple(listing), alone)
        return LastBuild(inputs, basis, out, sight and Sight(*sight), asked, told, left, text, end + 1)
    except (OSError, ValueError, TypeError, RecursionError):
        return LastBuild()


def _columns(values: list[Any], width: int) -> list[list[Any]]:
    """Return what stands first, second, ... in each `width` of these values, the last of which ends them."""
    values.pop()
    return [values[index::width] for index in range(width)]


def _files(values: list[Any]) -> tuple[list[Published], list[Stamp]]:
    *rows, modified, changed = _columns(values, len(Published._fields) + 2)
    published = list(map(partial(_new, Published), zip(*rows, strict=True)))
    return published, list(zip([each.size for each in published], modified, changed, strict=True))


def _made(lines: Iterable[Line], values: list[Any], left: Left) -> Iterator[Made]:
    """Yield what was made of each pack, given what the file says of all of them, and their files."""
    start = 0
    for *about, count, outcome, line in zip(*_columns(values, 7), lines, strict=True):
        end = start + count
        yield _new(Made, (*about, outcome, left.published[start:end], left.stamps[start:end], line))
        start = end


def made_of(line: Line) -> Made:
    """Return what the lines of a pack tell of it."""
    known, files = (json.loads(f"[{part}0]") for part in line)
    return next(_made([line], known, Left(*_files(files))))


def line_of(about: Sequence[str | int], outcome: str, outputs: int, left: Left) -> Line:
    """Return the lines of a pack: the first four fields of `Made`, its outcome as JSON, and what is left."""
    files = (_flat((*each, *stamp[1:])) for each, stamp in zip(left.published, left.stamps, strict=True))
    return Line(f"{_flat((*about, outputs, len(left.published)))}{outcome},", "".join(files))


def _flat(values: Sequence[str | int]) -> str:
    return f"{as_json(values)[1:-1]},"
