"""Artefacts that wait to be published: a few in memory, the others in a file without a name."""

from __future__ import annotations

import os
from hashlib import sha256

from packc.build.job import Outcome
from packc.build.output import Output, Stored

_HELD = 4_000_000  # bytes that stay in memory
_NONE = -1


class Spool:
    """Takes bytes out of memory once there are many. Its file is in the system's folder for such, and gone
    with the process; where there is no room for it, everything stays in memory.
    """

    def __init__(self) -> None:
        self._file = _NONE
        self._held = self._end = 0

    def __del__(self) -> None:
        if self._file != _NONE:
            os.close(self._file)

    def keep(self, data: bytes) -> bytes | Stored:
        """Return `data`, or where they are now. That is valid in this process alone, until `clear`."""
        if self._held + len(data) <= _HELD:
            self._held += len(data)
            return data
        try:
            return self._written(data)
        except OSError:
            return data

    def kept(self, outcome: Outcome) -> Outcome:
        """Return the outcome of another process with its artefacts kept here."""
        return outcome._replace(
            outputs=tuple(
                each._replace(data=self.keep(each.data))
                if isinstance(each, Output) and isinstance(each.data, bytes)
                else each
                for each in outcome.outputs
            )
        )

    def clear(self) -> None:
        """Forget what was kept: somebody else has it now."""
        self._held = self._end = 0

    def _written(self, data: bytes) -> Stored:
        if self._file == _NONE:
            from tempfile import TemporaryFile  # most builds are small

            with TemporaryFile(prefix="packc-") as file:
                self._file = os.dup(file.fileno())
        os.lseek(self._file, self._end, os.SEEK_SET)
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(self._file, rest) :]
        stored = Stored(self._file, self._end, len(data), sha256(data).hexdigest())
        self._end += len(data)
        return stored
