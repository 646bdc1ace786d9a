"""One publisher per output folder at a time: a lock that the operating system drops with its process.

Not the `filelock` package: importing it costs seven bare interpreters (measured), more than a whole build.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _try_lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


_PAUSE = 0.02  # seconds between two attempts


def acquire(path: Path, *, patience: float) -> int | None:
    """Lock the file `path`; return a descriptor that holds the lock until it is closed.

    Returns None if another process still has it after `patience` seconds. The file stays behind:
    removing it would let two processes hold two files of the same name. Raises OSError if it cannot
    be opened, or if the file system knows no locks.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        held = _wait(descriptor, patience)
    except BaseException:
        os.close(descriptor)
        raise
    if held:
        return descriptor
    os.close(descriptor)
    return None


def _wait(descriptor: int, patience: float) -> bool:
    deadline = time.monotonic() + patience
    while True:
        try:
            _try_lock(descriptor)
        except (BlockingIOError, PermissionError):
            if time.monotonic() >= deadline:
                return False
            time.sleep(_PAUSE)
        else:
            return True
