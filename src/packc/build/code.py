"""Which packc this is: a digest of its own code and templates, and of the packages that it writes with."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

from packc.build.stamps import SETTLED
from packc.places import content
from packc.render.kept import kept_beside, kept_or_made

_INFO = (".dist-info", ".egg-info")


@cache
def code_digest() -> str:
    """Return a digest that is another one after any change of what could change an outcome.

    It is that of the code as this process found it.

    Packc's own files count by what they hold, so that it is right in a checkout, too, and the same wherever
    they are installed; as long as all look as they did, they are not read again. Of other packages it takes
    the names of their metadata folders, which hold the versions (`genanki-0.13.1.dist-info`).
    """
    package = Path(__file__).resolve().parent.parent
    folders = str(package), str(package.parent.parent / "templates")
    found = sha256(f"{sys.version}\n".encode())
    found.update(files_digest(folders, kept_beside(__file__, "digest")))
    for name in sorted(_distributions()):
        found.update(f"{name}\n".encode("utf-8", "surrogatepass"))
    return found.hexdigest()


def files_digest(folders: Iterable[str], kept: str) -> bytes:
    """Return a digest of what the files below `folders` hold; it is kept at `kept`. Raises OSError."""
    now = time.time_ns()  # before anybody looks: what changes later has a later time
    files = [(path, path[len(folder) :]) for folder in folders for path in sorted(code_files(folder))]
    looks = [(path, *_look(path)) for path, _ in files]

    def read() -> bytes:
        found = sha256()
        for path, name in files:
            held = content(path)
            found.update(f"{name}\n{len(held)}\n".encode("utf-8", "surrogatepass"))
            found.update(held)
        return found.digest()

    if any(max(times) >= now - SETTLED for _, _, *times in looks):
        return read()
    return kept_or_made(kept, sha256(repr(looks).encode("utf-8", "surrogatepass")).digest(), read)


def _look(path: str) -> tuple[int, int, int]:
    """Return what a change of a file changes: its size, or the times of its content and of its entry."""
    status = os.stat(path)  # noqa: PTH116 (a path as text: there are hundreds)
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns


def code_files(folder: str) -> Iterator[str]:
    """Yield every file below `folder` but compiled ones. Whatever lies beside the code may matter."""
    try:
        entries = list(os.scandir(folder))
    except FileNotFoundError:
        return
    for entry in entries:
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from code_files(entry.path)
        else:
            yield entry.path


def _distributions() -> Iterator[str]:
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")  # noqa: PTH208 (names alone)
        except OSError:
            continue  # sys.path may name archives and folders that are not there
        yield from (name for name in names if name.endswith(_INFO))
