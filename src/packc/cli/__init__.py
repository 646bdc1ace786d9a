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

# Allocations between two rounds of the collector. The default of 700 costs a small check a twentieth of its
# time and a large file a quarter; 100,000 still costs a bank of a thousand questions a sixteenth (measured).
# What a pack leaves behind is collected after it (`packc.build.work`).
COLLECT_AFTER = 1_000_000


def console() -> NoReturn:
    """The `packc` command: run it and leave, without taking the interpreter apart, which only costs time."""
    gc.set_threshold(COLLECT_AFTER)
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
