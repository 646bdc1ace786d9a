"""Exit statuses."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """What the exit status says. Scripts rely on the numbers."""

    OK = 0
    CONTENT = 1  # errors in packs; with --strict also warnings, with --strict-loss also losses
    USAGE = 2  # the command line, the project file or the environment
    BUG = 3  # ours
    INTERRUPTED = 130  # 128 + SIGINT, as shells have it
