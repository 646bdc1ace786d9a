"""Writing one file whole: a process killed in between leaves the old one or the new one."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from packc.build.fault import from_os_error


def write_whole(path: Path, data: bytes) -> None:
    """Give the file at `path` these bytes, making its folder if need be. Raises PublishFault."""
    staged = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with staged.open("wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            staged.replace(path)
        finally:
            with suppress(FileNotFoundError):
                staged.unlink()
    except OSError as error:
        raise from_os_error(error, path) from error
