"""The one zip writer. Same members, same bytes: on every machine, at any time.

The records are written here rather than by `zipfile`, which compresses with whatever zlib the
interpreter was linked with (their bytes differ between versions) and takes no compressed data.
Layout: APPNOTE.TXT 6.3.10, sections 4.3.7 (local header), 4.3.12 (central directory), 4.3.16 (its end).
"""

from __future__ import annotations

import struct

import deflate

from packc.backends.base import Archive, Artifact, File
from packc.build.fault import PublishFault
from packc.named import NamedTuple

# libdeflate's output is the same for one version of it, so the package is pinned; see the golden test.
_LEVEL = 6
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


def to_files(artifact: Artifact) -> File:
    """Return `artifact` as one file: a `File` as it is, an `Archive` as the bytes of a zip.

    Raises PublishFault if the zip would need zip64, and ValueError for a member name that does not stay
    inside the archive or occurs twice (a fault of the backend).
    """
    match artifact:
        case File():
            return artifact
        case Archive():
            return File(artifact.path, _zip(artifact))


def _zip(archive: Archive) -> bytes:
    _check_names(archive)
    _check_limits(archive)
    parts: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for member in archive.members:
        packed = _pack(member)
        header = _LOCAL.pack(b"PK\3\4", *packed.shared, 0)
        parts += (header, packed.name, packed.body)
        directory += (_CENTRAL.pack(b"PK\1\2", _UNIX, *packed.shared, 0, 0, 0, 0, _MODE, offset), packed.name)
        offset += len(header) + len(packed.name) + len(packed.body)
    count, size = len(archive.members), sum(map(len, directory))
    end = _END.pack(b"PK\5\6", 0, 0, count, count, size, offset, 0)
    return b"".join((*parts, *directory, end))


def _pack(member: File) -> _Packed:
    method, body = _STORED, member.data
    if not member.path.endswith(_PACKED_ALREADY):
        smaller = bytes(deflate.deflate_compress(member.data, _LEVEL))
        if len(smaller) < len(body):
            method, body = _DEFLATED, smaller
    name = member.path.encode("utf-8")
    flags = 0 if member.path.isascii() else _UTF8_NAME
    crc = deflate.crc32(member.data)
    shared = (_VERSION, flags, method, _TIME, _DATE, crc, len(body), len(member.data), len(name))
    return _Packed(name, shared, body)


def _check_names(archive: Archive) -> None:
    seen: set[str] = set()
    for member in archive.members:
        parts = member.path.split("/")
        if "\\" in member.path or ":" in member.path or any(part in ("", ".", "..") for part in parts):
            raise ValueError(f"{archive.path}: member name {member.path!r} does not stay inside the archive")
        if member.path in seen:
            raise ValueError(f"{archive.path}: member {member.path!r} occurs twice")
        seen.add(member.path)


def _check_limits(archive: Archive) -> None:
    """Refuse what a plain zip cannot hold, counted as if nothing could be packed smaller."""
    count = len(archive.members)
    if count > _MOST_MEMBERS:
        raise _too_large(archive, f"{count:,} files; a zip holds {_MOST_MEMBERS:,}")
    records = count * (_LOCAL.size + _CENTRAL.size) + _END.size
    names = sum(len(member.path.encode("utf-8")) for member in archive.members)
    if records + 2 * names + sum(len(member.data) for member in archive.members) > _MOST_BYTES:
        raise _too_large(archive, "more than 4 GiB")


def _too_large(archive: Archive, what: str) -> PublishFault:
    return PublishFault(
        f"{archive.path} would hold {what}", "split the pack, or use smaller images: zip64 is not written"
    )
