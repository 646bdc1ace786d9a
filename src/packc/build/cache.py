"""The cache: outcomes of jobs, in files that may be damaged, foreign or gone at any moment.

An entry is named by a digest of everything that goes into a job. It holds what was found as JSON, then the
bytes of the artefacts. Nothing in it is believed without its digest; what does not fit is as good as absent.
"""

from __future__ import annotations

import json
import os
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any

from packc.build.codec import Undecodable, decoded, encoded
from packc.build.job import Job, Outcome
from packc.build.output import Lost, Output, Stored, digest_of, output_bytes, size_of
from packc.build.whole import as_json, write_whole
from packc.named import NamedTuple

_FORMAT = b"packc cache 1"
_LONGEST_HEAD = 200


class Header(NamedTuple):
    """An entry without the artefacts: `data` is what JSON made of it, `offset` is where those begin."""

    data: Any
    offset: int


class Cache:
    """The entries in `folder`. `basis` is a digest of what all jobs share: settings and packc's own code."""

    def __init__(self, folder: Path, basis: str) -> None:
        self.folder = folder
        self.basis = basis
        self.fault: OSError | None = None  # why nothing more is written

    def key(self, job: Job, source: str, *, dated: bool) -> str:
        """Return the name of the entry for `job`, given the digest of its text.

        `dated`: when its file was changed counts.
        """
        changed = job.changed if dated else 0
        about = f"{self.basis}\0{job.name}\0{job.path}\0{job.root}\0{changed}\0{source}"  # no name has a NUL
        return sha256(about.encode("utf-8", "surrogatepass")).hexdigest()

    def read(self, key: str) -> Header | None:
        """Return the header of an entry that is there and whole."""
        try:
            with open(self._file(key), "rb") as stream:  # noqa: PTH123 (there are thousands)
                head = stream.readline(_LONGEST_HEAD)
                form, digest, size = head.rsplit(b" ", 2)
                text = stream.read(int(size))
        except (OSError, ValueError):
            return None
        if form != _FORMAT or sha256(text).hexdigest().encode() != digest:
            return None
        try:
            return Header(json.loads(text), len(head) + len(text))
        except (ValueError, RecursionError):
            return None

    def outcome(self, key: str, header: Header, number: int) -> Outcome | None:
        """Return the outcome that an entry's header describes, for source `number`; None if it is none."""
        if not (isinstance(header.data, list) and len(header.data) == 2):
            return None
        try:
            outcome: Outcome = decoded(Outcome, header.data[0], number)
        except Undecodable:
            return None
        rows = _rows(header.data[1])
        if rows is None:
            return None
        return outcome._replace(outputs=self._outputs(key, header.offset, outcome.facts.id, rows))

    def keep(self, key: str, outcome: Outcome) -> tuple[str, Outcome]:
        """Write an entry; return the outcome as JSON, and with its artefacts where they are stored.

        Without room or permission there is no entry, the JSON is '', and `fault` says why.
        """
        if self.fault is not None:
            return "", outcome
        made = [each for each in outcome.outputs if isinstance(each, Output)]
        rows = tuple(
            _Row(each.target, each.questions, each.path, size_of(each), digest_of(each)) for each in made
        )
        told = as_json(encoded(outcome._replace(outputs=())))
        text = f"[{told},{as_json(rows)}]".encode("ascii")
        head = b"%s %s %d\n" % (_FORMAT, sha256(text).hexdigest().encode(), len(text))
        try:
            write_whole(Path(self._file(key)), chain((head, text), map(output_bytes, made)))
        except (OSError, Lost) as error:
            self.fault = error if isinstance(error, OSError) else OSError(str(error))
            return "", outcome
        outputs = self._outputs(key, len(head) + len(text), outcome.facts.id, rows)
        return told, outcome._replace(outputs=outputs)

    def _outputs(self, key: str, offset: int, pack: str, rows: tuple[_Row, ...]) -> tuple[Output, ...]:
        file, outputs = self._file(key), []
        for row in rows:
            stored = Stored(file, offset, row.size, row.sha256)
            outputs.append(Output(row.target, pack, row.questions, row.path, stored))
            offset += row.size
        return tuple(outputs)

    def _file(self, key: str) -> str:
        return f"{self.folder}{os.sep}{key[:2]}{os.sep}{key}"


class _Row(NamedTuple):
    """One artefact in an entry. Their bytes follow each other in this order."""

    target: str
    questions: int
    path: str
    size: int
    sha256: str


def _rows(data: Any) -> tuple[_Row, ...] | None:
    """Return the table of artefacts that `data` is, if it is one. Not by the codec: there are thousands."""
    if type(data) is not list:
        return None
    for row in data:
        match row:
            case [str(), int(), str(), int(), str()]:
                pass
            case _:
                return None
    return tuple(map(_Row._make, data))
