"""How far a long build is, on a terminal."""

from __future__ import annotations

import os
import sys
import time
from typing import TextIO

_QUIET = 0.5  # seconds: what is done sooner needs no line
_STEP = 0.1  # seconds between two changes of the line
_CLEAR = "\r\x1b[K"


class Progress:
    """One line that says how many packs are done, how quickly, and how long the others will take."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._started = self._said = time.monotonic()
        self._shows = False

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._started < _QUIET or (now - self._said < _STEP and done < total):
            return
        self._said = now
        self._shows = True
        rate = done / (now - self._started)
        left = f", {(total - done) / rate:.0f} s left" if done < total else ""
        self._write(f"{_CLEAR}{done:,} of {total:,} packs, {rate:.0f} a second{left}")

    def end(self) -> None:
        """Take the line away."""
        if self._shows:
            self._write(_CLEAR)
            self._shows = False

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()


def progress(quiet: bool) -> Progress | None:
    """Return a line of progress, where people see it change: on a terminal that can take a line back."""
    wanted = not quiet and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    return Progress(sys.stderr) if wanted else None
