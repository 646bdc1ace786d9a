"""One source file gets a new text, whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from packc.build.fault import from_os_error


def rewrite(path: Path, text: str) -> None:
    """Let `text` be what the file at `path` holds, in one step; its mode stays. Raises PublishFault.

    Where `path` is a symbolic link, the file that it leads to is written.
    """
    target = path.resolve()
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
        try:
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(text.encode("utf-8"))
                stream.flush()
                os.fsync(stream.fileno())
            Path(name).chmod(target.stat().st_mode & 0o7777)
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise from_os_error(error, path) from error
