"""Which packc this is: a digest of its own code and templates, and of the packages that it writes with."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

from packc.places import content

_INFO = (".dist-info", ".egg-info")


@cache
def code_digest() -> str:
    """Return a digest that is another one after any change of what could change an outcome.

    It is that of the code as this process found it.

    Reads packc's own files, so that it is right in a checkout, too; of other packages it takes the names
    of their metadata folders, which hold the versions (`genanki-0.13.1.dist-info`).
    """
    package = Path(__file__).resolve().parent.parent
    found = sha256(f"{sys.version}\n".encode())
    for folder in (package, package.parent.parent / "templates"):
        for path in sorted(code_files(str(folder))):
            held = content(path)
            found.update(f"{path[len(str(folder)) :]}\n{len(held)}\n".encode("utf-8", "surrogatepass"))
            found.update(held)
    for name in sorted(_distributions()):
        found.update(f"{name}\n".encode("utf-8", "surrogatepass"))
    return found.hexdigest()


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
