"""Writing a file of the cache, whole or not at all."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

_DIGEST = 64  # characters


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


def write_sealed(path: Path, text: str) -> None:
    """Put ASCII text in place below its digest, for `read_sealed`. Raises OSError."""
    data = text.encode("ascii")
    write_whole(path, (sha256(data).hexdigest().encode(), b"\n", data))


def read_sealed(path: Path) -> str:
    """Return what `write_sealed` put there. Raises OSError, and ValueError if the file is not whole."""
    held = memoryview(path.read_bytes())
    digest, text = held[:_DIGEST], held[_DIGEST + 1 :]
    if sha256(text).hexdigest().encode() != digest:
        raise ValueError(f"{path} is damaged")
    return str(text, "ascii")


def as_json(value: object) -> str:
    """Return JSON in one line, all ASCII."""
    return json.dumps(value, separators=(",", ":"))
