"""Where things are: the names of a project's own files, and how the project and its packs are looked for."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

Walk: TypeAlias = Callable[[str], Iterable[tuple[str, str]]]
"""What finds the packs below a folder, as `markdown_files` does."""

MOST = sys.maxsize  # bytes of a file, where nothing else is said
PROJECT_FILE = "packc.yaml"
CACHE_VARIABLE = "PACKC_CACHE"  # not a setting of the project: see `packc.build.cachefolder`
EPOCH = "SOURCE_DATE_EPOCH"
VARIABLES = "PACKC_"  # what all other variables that set something begin with


def project_file(cwd: Path) -> Path | None:
    """Return the project file for `cwd`, looked for upwards, no further than a repository or the home."""
    home = Path.home()
    for folder in (cwd, *cwd.parents):
        candidate = folder / PROJECT_FILE
        if candidate.is_file():
            return candidate
        if (folder / ".git").exists() or folder == home:
            break
    return None


def variables() -> list[str]:
    """Return the names of the environment's variables that set something, in order."""
    return sorted(name for name in os.environ if name.startswith(VARIABLES) and name != CACHE_VARIABLE)


def markdown_files(folder: str) -> Iterator[tuple[str, str]]:
    """Yield the packs below `folder` with where their paths lead once links are followed, in order of path.

    They are all .md files but hidden ones and README.md.
    """
    base, real = (f"{each.rstrip(os.sep)}{os.sep}" for each in (folder, os.path.realpath(folder)))
    for parts, is_link in sorted(_entries(folder, ())):
        tail = os.sep.join(parts)  # noqa: PTH118 (a path as text: there are thousands)
        yield base + tail, os.path.realpath(base + tail) if is_link else real + tail


def _entries(folder: str, above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], bool]]:
    """Yield the packs below `folder`, each as the parts of its path, and whether it is a link."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return  # as good as empty
    for entry in entries:
        name = entry.name
        if name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _entries(entry.path, (*above, name))
        elif name.endswith(".md") and name.lower() != "readme.md" and _is_file(entry):
            yield (*above, name), entry.is_symlink()


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:
        return False  # links that lead in a circle


def names_from(cwd: Path) -> Callable[[str], str]:
    """Return what names a path as people see it: relative to where they are, if it is below."""
    above = f"{cwd.as_posix().rstrip('/')}/"
    return lambda path: path.replace(os.sep, "/").removeprefix(above)


def content(path: str, most: int = MOST) -> bytes:
    """Return what a file holds. Raises OSError, also if it is larger than `most` bytes."""
    return dated_content(path, most)[0]


def dated_content(path: str, most: int = MOST) -> tuple[bytes, int]:
    """Return what a file holds, and when it was changed last, in UTC seconds. Raises OSError as `content`."""
    held, changed = dated_content_or_digest(path, most, most)
    assert isinstance(held, bytes)  # none with more is read
    return held, changed


def dated_content_or_digest(path: str, most: int, largest: int) -> tuple[bytes | str, int]:
    """Return the same, but the SHA-256 of what a file holds instead, if that is more than `largest` bytes."""
    # Not `open`, whose buffers and text layers cost more than reading a pack: there are thousands.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        status = os.fstat(descriptor)
        size, changed = status.st_size, int(status.st_mtime)
        if size > most:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
        if size > largest:
            return _digest(descriptor), changed
        data = os.read(descriptor, size + 1)
        if len(data) == size > 0:
            return data, changed
        parts = [data]  # no plain file, or one that is being written
        while parts[-1]:
            parts.append(os.read(descriptor, 1 << 20))
        return b"".join(parts), changed
    finally:
        os.close(descriptor)


def _digest(descriptor: int) -> str:
    from hashlib import sha256  # few files are large

    # In small pieces: the C library keeps a heap with holes once something large was freed.
    digest = sha256()
    while piece := os.read(descriptor, 1 << 16):
        digest.update(piece)
    return digest.hexdigest()
