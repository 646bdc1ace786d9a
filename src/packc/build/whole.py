"""Writing a file of the cache, whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path


def write_whole(path: Path, parts: Iterable[bytes]) -> None:
    """Put a file of these parts in place, in one step. Raises OSError.

    It is not flushed to the disk: whoever reads it sees by its digest whether it is whole.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    staged = f"{path}.{os.getpid()}.tmp"
    try:
        with open(staged, "wb") as stream:  # noqa: PTH123 (there are thousands)
            stream.writelines(parts)
        os.replace(staged, path)  # noqa: PTH105 (the same)
    except BaseException:
        with suppress(OSError):
            os.unlink(staged)  # noqa: PTH108 (the same)
        raise


def write_sealed(path: Path, data: bytes) -> None:
    """Put `data` in place below their digest, for `read_sealed`. Raises OSError."""
    write_whole(path, (sha256(data).hexdigest().encode(), b"\n", data))


def read_sealed(path: Path) -> bytes:
    """Return what `write_sealed` put there. Raises OSError, and ValueError if the file is not whole."""
    digest, _, data = path.read_bytes().partition(b"\n")
    if sha256(data).hexdigest().encode() != digest:
        raise ValueError(f"{path} is damaged")
    return data
