"""Artefacts that wait to be published: a few in memory, the others in a file without a name."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from hashlib import sha256
from io import BytesIO

from packc.build.job import Outcome
from packc.build.output import Output, Stored

_HELD = 4_000_000  # bytes that stay in memory
_AT_ONCE = 1_000_000  # bytes that are written together
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

    def keep(self, pieces: Iterable[bytes]) -> bytes | Stored:
        """Return the pieces as one, or where they are now: in this process alone, and until `clear`."""
        waiting, most = BytesIO(), _HELD - self._held
        digest, size = sha256(), 0  # of what is in the file
        for piece in pieces:
            waiting.write(piece)
            if waiting.tell() <= most:
                continue
            if self._write(waiting, self._end + size):
                digest.update(waiting.getbuffer())
                size += waiting.tell()
                waiting, most = BytesIO(), _AT_ONCE
            else:
                waiting, most, size = self._back(size, waiting), sys.maxsize, 0
        if size and not self._write(waiting, self._end + size):
            waiting, size = self._back(size, waiting), 0
        if not size:
            self._held += waiting.tell()
            return waiting.getvalue()
        digest.update(waiting.getbuffer())
        stored = Stored(self._file, self._end, size + waiting.tell(), digest.hexdigest())
        self._end += stored.size
        return stored

    def kept(self, outcome: Outcome) -> Outcome:
        """Return the outcome of another process with its artefacts kept here."""
        return outcome._replace(
            outputs=tuple(
                each._replace(data=self.keep((each.data,)))
                if isinstance(each, Output) and isinstance(each.data, bytes)
                else each
                for each in outcome.outputs
            )
        )

    def clear(self) -> None:
        """Forget what was kept: somebody else has it now."""
        self._held = self._end = 0

    def _write(self, data: BytesIO, offset: int) -> bool:
        """Write `data` to the file, and tell whether there was room for it."""
        try:
            if self._file == _NONE:
                from tempfile import TemporaryFile  # most builds are small

                with TemporaryFile(prefix="packc-") as file:
                    self._file = os.dup(file.fileno())
            os.lseek(self._file, offset, os.SEEK_SET)
            rest = data.getbuffer()
            while rest:
                rest = rest[os.write(self._file, rest) :]
        except OSError:
            return False
        return True

    def _back(self, size: int, waiting: BytesIO) -> BytesIO:
        """Return what was written of a file that there is no room for, and what has not been."""
        whole = BytesIO()
        if size:
            os.lseek(self._file, self._end, os.SEEK_SET)
            while whole.tell() < size and (part := os.read(self._file, size - whole.tell())):
                whole.write(part)
        whole.write(waiting.getbuffer())
        return whole
