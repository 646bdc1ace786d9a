"""What a target made of a pack, as it is to be published."""

from __future__ import annotations

from packc.named import NamedTuple


class Stored(NamedTuple):
    """Bytes that lie in a file from `offset` on: in one of the cache, or in an open one of this process."""

    file: str | int
    offset: int
    size: int
    sha256: str


class Output(NamedTuple):
    """One file to publish. `path` is relative to the output folder, with `/`: `anki/x.apkg`."""

    target: str
    pack: str
    questions: int
    path: str
    data: bytes | Stored


class Published(NamedTuple):
    """One file in the output folder. `path` is relative to it, with `/`; `size` is in bytes."""

    target: str
    pack: str
    questions: int
    path: str
    size: int
    sha256: str


class Lost(Exception):
    """What was stored is not there any more, or is damaged."""


def stored_bytes(stored: Stored) -> bytes:
    """Return the bytes that `stored` points to. Raises Lost."""
    from hashlib import sha256

    try:
        with open(stored.file, "rb", closefd=isinstance(stored.file, str)) as stream:
            stream.seek(stored.offset)
            data = stream.read(stored.size)
    except OSError as error:
        raise Lost(str(stored.file)) from error
    if sha256(data).hexdigest() != stored.sha256:
        raise Lost(str(stored.file))
    return data


def output_bytes(output: Output | Published) -> bytes:
    """Return what is to be published. Raises Lost if it is not where it was stored, or published."""
    if isinstance(output, Published):
        raise Lost(output.path)
    return output.data if isinstance(output.data, bytes) else stored_bytes(output.data)


def digest_of(output: Output) -> str:
    """Return the sha256 of what is to be published."""
    from hashlib import sha256

    return sha256(output.data).hexdigest() if isinstance(output.data, bytes) else output.data.sha256


def size_of(output: Output | Published) -> int:
    """Return how many bytes are to be published."""
    if isinstance(output, Published):
        return output.size
    return len(output.data) if isinstance(output.data, bytes) else output.data.size
