"""The one zip writer. Same members, same bytes: on every machine, at any time.

The records are written here rather than by `zipfile`, which compresses with whatever zlib the
interpreter was linked with (their bytes differ between versions) and takes no compressed data.
Layout: APPNOTE.TXT 6.3.10, sections 4.3.7 (local header), 4.3.12 (central directory), 4.3.16 (its end).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from io import BytesIO

import deflate

from packc.backends.base import Archive, Artifact, File, Stream
from packc.build.fault import PublishFault
from packc.named import NamedTuple

# libdeflate's output is the same for one version of it, so the package is pinned; see the golden test.
_LEVEL = 6
# Of small texts, such as QTI items, the quickest level makes 2 % more bytes in two thirds of the time.
_SMALL, _QUICK = 16_384, 1
_STORED, _DEFLATED = 0, 8
_PACKED_ALREADY = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".zip", ".woff2")

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")

_VERSION = 20  # 2.0: folders and deflate, nothing newer
_UNIX = 3 << 8 | _VERSION
_UTF8_NAME = 0x0800
_TIME, _DATE = 0, 1 << 5 | 1  # midnight of 1980-01-01, the earliest a zip can say
_MODE = 0o100644 << 16

# The next value means "see the zip64 record" (4.4.1.4), which several LMS importers do not read.
_MOST_MEMBERS = 0xFFFE
_MOST_BYTES = 0xFFFF_FFFE


class _Packed(NamedTuple):
    """The fields that the local header and the central directory share, and the member's data."""

    name: bytes
    shared: tuple[int, ...]
    body: bytes


def pieces_of(artifact: Artifact) -> Iterator[bytes]:
    """Yield the bytes of `artifact` piece by piece, an `Archive` as those of a zip.

    Raises PublishFault if the zip would need zip64, and ValueError for a member name that does not stay
    inside the archive or occurs twice (a fault of the backend).
    """
    match artifact:
        case File():
            yield artifact.data
        case Stream():
            yield from artifact.pieces
        case Archive():
            yield from _zip(artifact)


def _zip(archive: Archive) -> Iterator[bytes]:
    _check_count(archive, archive.least)  # before any is made
    directory, place = BytesIO(), 0
    names: set[str] = set()
    most = _END.size  # bytes, if nothing could be packed smaller
    for member in archive.members:
        _check_name(archive, member.path, names)
        packed = _pack(member)
        most += _LOCAL.size + _CENTRAL.size + 2 * len(packed.name) + len(member.data)
        if most > _MOST_BYTES:
            raise _too_large(archive, "more than 4 GiB")
        central = _CENTRAL.pack(b"PK\1\2", _UNIX, *packed.shared, 0, 0, 0, 0, _MODE, place)
        directory.writelines((central, packed.name))
        head = _LOCAL.pack(b"PK\3\4", *packed.shared, 0)
        place += len(head) + len(packed.name) + len(packed.body)
        yield head
        yield packed.name
        yield packed.body
    count = len(names)
    _check_count(archive, count)
    yield directory.getvalue()
    yield _END.pack(b"PK\5\6", 0, 0, count, count, directory.tell(), place, 0)


def _pack(member: File) -> _Packed:
    method, body = _STORED, member.data
    if not member.path.endswith(_PACKED_ALREADY):
        level = _LEVEL if len(member.data) > _SMALL else _QUICK
        smaller = bytes(deflate.deflate_compress(member.data, level))
        if len(smaller) < len(body):
            method, body = _DEFLATED, smaller
    name = member.path.encode("utf-8")
    flags = 0 if member.path.isascii() else _UTF8_NAME
    crc = deflate.crc32(member.data)
    shared = (_VERSION, flags, method, _TIME, _DATE, crc, len(body), len(member.data), len(name))
    return _Packed(name, shared, body)


def _check_name(archive: Archive, path: str, names: set[str]) -> None:
    """Add `path` to the names that the archive has already."""
    if "\\" in path or ":" in path or any(part in ("", ".", "..") for part in path.split("/")):
        raise ValueError(f"{archive.path}: member name {path!r} does not stay inside the archive")
    if path in names:
        raise ValueError(f"{archive.path}: member {path!r} occurs twice")
    names.add(path)


def _check_count(archive: Archive, count: int) -> None:
    if count > _MOST_MEMBERS:
        raise _too_large(archive, f"{count:,} files; a zip holds {_MOST_MEMBERS:,}")


def _too_large(archive: Archive, what: str) -> PublishFault:
    return PublishFault(
        f"{archive.path} would hold {what}", "split the pack, or use smaller images: zip64 is not written"
    )
