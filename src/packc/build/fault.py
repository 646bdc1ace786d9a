"""What may go wrong when the outside world does not let us write."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from packc.backends.base import ScratchFault

_KEPT = "what was there before is untouched or replaced whole"
_OTHER = "or choose another folder with `--out`"
_HELP = {
    errno.ENOSPC: f"free some space and build again; {_KEPT}",
    errno.EDQUOT: f"free some of your quota and build again; {_KEPT}",
    errno.EACCES: f"make the folder writable, {_OTHER}",
    errno.EPERM: f"make the folder writable, {_OTHER}",
    errno.EROFS: f"make the file system writable, {_OTHER}",
    errno.ENOTDIR: f"a file stands where a folder is needed: move it away, {_OTHER}",
    errno.EEXIST: f"a file stands where a folder is needed: move it away, {_OTHER}",
    errno.EISDIR: f"a folder stands where a file is needed: move it away, {_OTHER}",
}


class PublishFault(Exception):
    """The outputs could not be written. `message` is one line; `help` says what to do, or is empty."""

    def __init__(self, message: str, help: str = "") -> None:  # noqa: A002 (the word diagnostics use)
        super().__init__(message)
        self.message = message
        self.help = help


def from_os_error(error: OSError, path: Path) -> PublishFault:
    """Return the fault that tells a person why `path` could not be written."""
    default = f"see that `{path.name}` can be written; {_KEPT}"
    return PublishFault(f"cannot write {path}: {_reason(error)}", _HELP.get(error.errno or 0, default))


def from_scratch_fault(error: ScratchFault) -> PublishFault:
    """Return the fault that tells a person that a target had no room to work in."""
    return PublishFault(
        f"cannot work in the system's folder for scratch files: {error}",
        "free some space there, or set TMPDIR to another folder, and build again",
    )


def _reason(error: OSError) -> str:
    reason = os.strerror(error.errno) if error.errno is not None else str(error)
    return reason[:1].lower() + reason[1:]
