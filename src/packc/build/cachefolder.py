"""Where the cache lies, whose it is, and how it stays small.

It lies in the user's cache folder rather than in the project: projects are copied, synchronised and put
into repositories, and a lone pack has no project.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from packc.places import CACHE_VARIABLE

MOST_BYTES = 512 * 1024 * 1024
_VERSION = "1"  # of everything that lies in it
_SWEPT = "swept"
_MUCH = 16 * 1024 * 1024  # written by one build: time to look how much there is
_DAY = 24 * 60 * 60


def cache_folder() -> Path:
    """Return the folder: `PACKC_CACHE`, else a place among the user's caches. It need not be there."""
    given = os.environ.get(CACHE_VARIABLE, "").strip()
    return (Path(given).absolute() if given else _users() / "packc") / _VERSION


def _users() -> Path:
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return Path(local) if local else Path.home() / "AppData" / "Local"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    xdg = os.environ.get("XDG_CACHE_HOME", "")
    return Path(xdg) if xdg.startswith("/") else Path.home() / ".cache"


def why_not(folder: Path) -> str:
    """Return why the cache in `folder` must not be used, '' if it may.

    What lies in it is published. So it has to be the user's own, and nobody else may write there.
    """
    if sys.platform == "win32":
        return ""  # its users' folders are closed to others
    try:
        status = folder.stat()
    except FileNotFoundError:
        return ""
    except OSError as error:
        return (error.strerror or "unreadable").lower()
    if status.st_uid != os.geteuid():
        return "it belongs to somebody else"
    return "others may write to it" if status.st_mode & 0o022 else ""


def sweep(folder: Path, written: int, *, most: int = MOST_BYTES) -> None:
    """After a build that wrote so many bytes: remove the oldest files if there is too much, and leftovers.

    Looks once a day, or after much was written. What cannot be removed stays.
    """
    marker = folder / _SWEPT
    now = time.time()
    with suppress(OSError):
        if written < min(_MUCH, most) and now - marker.stat().st_mtime < _DAY:
            return
    files = sorted(_files(folder), reverse=True)
    total = 0
    for modified, size, path in files:
        total += size
        leftover = path.endswith(".tmp") and now - modified > _DAY
        if total > most or leftover:
            with suppress(OSError):
                os.unlink(path)  # noqa: PTH108 (a path as text: there are thousands)
    with suppress(OSError):
        marker.touch()


def _files(folder: Path) -> Iterator[tuple[float, int, str]]:
    with suppress(OSError):
        for below in os.scandir(folder):
            if below.is_dir(follow_symlinks=False):
                with suppress(OSError):
                    for entry in os.scandir(below):
                        status = entry.stat(follow_symlinks=False)
                        yield status.st_mtime, status.st_size, entry.path


def clear(folder: Path) -> int:
    """Remove what packc put into the cache and return how many bytes that was. Raises OSError."""
    total = 0
    for _, size, path in list(_files(folder)):
        os.unlink(path)  # noqa: PTH108 (a path as text: there are thousands)
        total += size
    (folder / _SWEPT).unlink(missing_ok=True)
    for below in list(folder.iterdir()) if folder.is_dir() else ():
        if below.is_dir() and not below.is_symlink():
            with suppress(OSError):  # somebody put something else there
                below.rmdir()
    with suppress(OSError):
        folder.rmdir()
    return total
