"""One source file gets new contents, whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from packc.build.fault import from_os_error


def rewrite(path: Path, contents: str | bytes) -> None:
    """Let `contents` be what the file at `path` holds, in one step. Raises PublishFault.

    The mode of a file that is there stays; a new one is made, with its folder. Where `path` is a symbolic
    link, the file that it leads to is written.
    """
    target = path.resolve()
    staged = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            with staged.open("xb") as stream:
                stream.write(contents.encode("utf-8") if isinstance(contents, str) else contents)
                stream.flush()
                os.fsync(stream.fileno())
            if target.exists():
                staged.chmod(target.stat().st_mode & 0o7777)
            staged.replace(target)
        except BaseException:
            staged.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise from_os_error(error, path) from error
