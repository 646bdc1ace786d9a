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

    Returns None if another process still has it after `patience` seconds. The file stays behind; its holder
    may remove it. Raises OSError if it cannot be opened, or if the file system knows no locks.
    """
    deadline = time.monotonic() + patience
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            held = _wait(descriptor, deadline)
            # Its last holder may have removed the file: then the next process locks another one.
            if held and _is_still(descriptor, path):
                return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)
        if not held:
            return None


def _is_still(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


def _wait(descriptor: int, deadline: float) -> bool:
    while True:
        try:
            _try_lock(descriptor)
        except (BlockingIOError, PermissionError):
            if time.monotonic() >= deadline:
                return False
            time.sleep(_PAUSE)
        else:
            return True
