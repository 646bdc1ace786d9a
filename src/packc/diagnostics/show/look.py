"""What a stream can show: colour, characters, width."""

from __future__ import annotations

import codecs
import os
from collections.abc import Mapping
from typing import TextIO

from packc.diagnostics.rule import Severity
from packc.named import NamedTuple

NARROWEST = 40
_UNKNOWN_WIDTH = 120  # where the output is no terminal: a log is read in a window of about this width

_RESET = "\x1b[0m"
BOLD = "\x1b[1m"
FRAME = "\x1b[1;34m"
SEVERITY = {
    Severity.ERROR: "\x1b[1;31m",
    Severity.WARNING: "\x1b[1;33m",
    Severity.LOSS: "\x1b[1;35m",
    Severity.NOTE: "\x1b[1;36m",
}


class Look(NamedTuple):
    """How to write for one stream. `encoding` is empty where every character can be shown."""

    colour: bool = False
    encoding: str = ""
    width: int = _UNKNOWN_WIDTH

    @classmethod
    def of(cls, stream: TextIO, choice: str = "auto", environ: Mapping[str, str] = os.environ) -> Look:
        """Return the look for `stream`. `choice` is what `--color` says: auto, always or never."""
        width = _UNKNOWN_WIDTH
        if stream.isatty():
            import shutil  # not for logs and editors

            width = shutil.get_terminal_size().columns
        return cls(_wants_colour(stream, choice, environ), _limited_encoding(stream), max(width, NARROWEST))

    def paint(self, text: str, style: str) -> str:
        return f"{style}{text}{_RESET}" if self.colour and text else text


def _wants_colour(stream: TextIO, choice: str, environ: Mapping[str, str]) -> bool:
    """The command line wins; then NO_COLOR and FORCE_COLOR (set and not empty); then what the stream is."""
    if choice != "auto":
        return choice == "always"
    if environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and environ.get("TERM") != "dumb"


def _limited_encoding(stream: TextIO) -> str:
    name = codecs.lookup(stream.encoding or "ascii").name
    return "" if name.startswith("utf") else name
