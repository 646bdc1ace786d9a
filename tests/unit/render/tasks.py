"""What `test_limited` has done in a process of its own."""

from __future__ import annotations

import os
from pathlib import Path

from packc.render.apart import Refused


def given(*values: bytes) -> bytes:
    return b" ".join(values)


def pid() -> bytes:
    return str(os.getpid()).encode()


def refuse(*why: str) -> bytes:
    raise Refused(*why)


def fail() -> bytes:
    raise ValueError("a fault of ours")


def crash() -> bytes:
    os.abort()


def make(size: int) -> bytes:
    return b"." * size


def never_end(told: str = "") -> bytes:
    """Write in the file `told` which process this is, and go on for ever."""
    if told:
        Path(told).write_bytes(pid())
    while True:
        pass
