"""Writing to the standard streams, whatever they are connected to."""

from __future__ import annotations

import codecs
import io
import os

TYPE_CHECKING = False  # see `packc`
if TYPE_CHECKING:
    from typing import TextIO


def prepare(stream: TextIO) -> None:
    """Let `stream` take any text: a path may hold bytes that are no text, or letters its code page lacks."""
    if isinstance(stream, io.TextIOWrapper):
        is_utf8 = codecs.lookup(stream.encoding).name == "utf-8"
        stream.reconfigure(errors="surrogateescape" if is_utf8 else "backslashreplace")


def write(stream: TextIO, text: str) -> None:
    """Write all of `text`, quietly giving up when nobody reads any more (`packc build | head -1`)."""
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        # Else the interpreter would complain when it flushes the stream at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
