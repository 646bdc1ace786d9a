"""What follows from packc's own files and is slow to find out: kept where Python keeps what it has compiled.

That is `__pycache__` beside the file that it follows from, under the same settings (`PYTHONPYCACHEPREFIX`,
`PYTHONDONTWRITEBYTECODE`). Whoever may write there may change packc's own code as well: nothing new has to be
trusted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from importlib.util import cache_from_source


def kept_beside(file: str, suffix: str) -> str:
    """Return where what follows from `file` is kept: `__pycache__/key.html.cpython-311.jinja`."""
    return cache_from_source(file).removesuffix("pyc") + suffix


def kept_or_made(path: str, asked: bytes, make: Callable[[], bytes]) -> bytes:
    """Return what `make` does, or what is kept of it at `path`. `asked`: a digest of what it follows from."""
    found = _recall(path)
    if found is not None and found.startswith(asked):
        return found[len(asked) :]
    made = make()
    _keep(path, asked + made)
    return made


def _recall(path: str) -> bytes | None:
    """Return what is kept at `path`; None if there is nothing, or if it is torn."""
    try:
        with open(path, "rb") as stream:  # noqa: PTH123 (a path as text)
            digest, _, data = stream.read().partition(b"\n")
    except OSError:
        return None
    return data if sha256(data).hexdigest().encode() == digest else None


def _keep(path: str, data: bytes) -> None:
    """Keep `data` at `path`, in one step, where that is wanted. That it cannot be done is no fault."""
    if sys.dont_write_bytecode:
        return
    staged = f"{path}.{os.getpid()}"
    with suppress(OSError):
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120 (the same)
        with open(staged, "wb") as stream:  # noqa: PTH123 (the same)
            stream.write(b"%s\n%s" % (sha256(data).hexdigest().encode(), data))
        os.replace(staged, path)  # noqa: PTH105 (the same)
