"""Packages: the files of a zip or a folder. Nothing is ever extracted; sizes and names are checked."""

from __future__ import annotations

import io
import lzma
import posixpath
import re
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from packc.limits import Limits

MOST_FILES = 20_000
MOST_BYTES = 512 * 1024 * 1024  # of all files together, unpacked
MOST_RATIO = 250  # unpacked to packed, of one file of more than a MiB
_SMALL = 1024 * 1024
_UNSAFE = re.compile(r"(?:^|/)\.\.(?:/|$)|^/|^[A-Za-z]:|\\|\0")


# What `zipfile` raises for archives that are damaged, or that somebody has made up.
ZIP_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    OSError,
    EOFError,
    ValueError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
)


class PackageFault(ValueError):
    """A package that is not read. The message is one clause."""


class Package:
    """The files of a package by their path in it, with `/`. They are read when they are asked for."""

    def __init__(self, files: Mapping[str, bytes | zipfile.ZipInfo], archive: zipfile.ZipFile | None) -> None:
        self._files = files
        self._archive = archive

    @classmethod
    def of_zip(cls, data: bytes) -> Package:
        """Return the package that a zip file holds. Raises PackageFault."""
        try:
            archive = zipfile.ZipFile(io.BytesIO(data))
            infos = [info for info in archive.infolist() if not info.is_dir()]
        except ZIP_FAULTS as error:
            raise PackageFault(f"it is no whole zip file ({error})") from None
        files: dict[str, bytes | zipfile.ZipInfo] = {}
        for info in infos:
            _check_member(info, files)
            files[info.filename] = info
        if len(infos) > MOST_FILES:
            raise PackageFault(f"it holds {len(infos):,} files, and the most are {MOST_FILES:,}")
        if sum(info.file_size for info in infos) > MOST_BYTES:
            raise PackageFault(f"unpacked it would be larger than {MOST_BYTES // 1024 // 1024} MiB")
        return cls(files, archive)

    @classmethod
    def of_files(cls, files: Mapping[str, bytes]) -> Package:
        """Return the package that these files make."""
        return cls(dict(files), None)

    @property
    def names(self) -> tuple[str, ...]:
        """The paths of all files, sorted."""
        return tuple(sorted(self._files))

    def read(self, path: str) -> bytes | None:
        """Return the bytes of a file, None if the package has none of this path. Raises PackageFault."""
        found = self._files.get(posixpath.normpath(path))
        if found is None or isinstance(found, bytes):
            return found
        assert self._archive is not None  # only an archive has members
        try:
            with self._archive.open(found) as member:
                data = member.read(found.file_size + 1)
        except ZIP_FAULTS as error:
            raise PackageFault(f"`{path}` is damaged ({error})") from None
        if len(data) > found.file_size:
            raise PackageFault(f"`{path}` is larger than it says")
        return data


def files_below(folder: Path, limits: Limits) -> dict[str, bytes]:
    """Return the files of a package that lies in a folder. Raises PackageFault, and OSError.

    What begins with a dot is no part of it, and no link is followed.
    """
    found: dict[str, bytes] = {}
    size = 0
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink() or not path.is_file() or any(part.startswith(".") for part in name.split("/")):
            continue
        size += path.stat().st_size
        if len(found) >= MOST_FILES or size > MOST_BYTES:
            raise PackageFault(f"it holds more than {MOST_FILES:,} files or {MOST_BYTES // 1024 // 1024} MiB")
        if path.stat().st_size <= limits.file_bytes:
            found[name] = path.read_bytes()
    return found


def _check_member(info: zipfile.ZipInfo, files: Mapping[str, object]) -> None:
    name = info.filename
    if _UNSAFE.search(info.orig_filename) or _UNSAFE.search(name):
        raise PackageFault(f"`{name}` would lead out of it")
    if name in files:
        raise PackageFault(f"it holds two files called `{name}`")
    if info.flag_bits & 0x1:
        raise PackageFault(f"`{name}` is encrypted")
    if info.file_size > _SMALL and info.file_size > MOST_RATIO * max(info.compress_size, 1):
        raise PackageFault(f"`{name}` unpacks to more than {MOST_RATIO} times its size")
