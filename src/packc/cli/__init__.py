"""The command line: `console` is the command, `main` the same for callers in Python.

Everything heavy is imported only when it is needed.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys

TYPE_CHECKING = False  # see `packc`
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn


def console() -> NoReturn:
    """The `packc` command: run it and leave, without taking the interpreter apart, which only costs time."""
    # Python's collector would look at all nodes of a growing tree again and again, and find none to free: no
    # question leaves a circle (`tests/unit/test_circles.py`). It took a tenth of the time of 10,000 questions
    # and a fifth of that of 100,000. What a whole pack leaves is collected after it (`packc.build.work`).
    gc.disable()
    status = main()
    for stream in (sys.stdout, sys.stderr):
        try:  # noqa: SIM105 (contextlib costs as much as `--version` does)
            stream.flush()
        except BrokenPipeError:  # nobody reads any more (`packc --help | head -1`)
            pass
    atexit._run_exitfuncs()  # those few alone that something of ours or of a library's has asked for
    os._exit(status)


def main(argv: Sequence[str] | None = None) -> int:
    """Run `packc` with `argv` (default: the process's own words) and return the exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        if words == ["--version"]:
            # Editors and scripts ask this often: answered before click is loaded.
            from packc import __version__
            from packc.cli.streams import write

            write(sys.stdout, f"packc {__version__}\n")
            return 0
        from packc.cli.app import run

        return run(words)
    except KeyboardInterrupt:
        return 130  # packc.cli.exits.Exit.INTERRUPTED, without importing it at a moment like this
