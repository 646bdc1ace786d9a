"""The command line. `main` is the entry point; everything heavy is imported only when it is needed."""

from __future__ import annotations

import sys
from collections.abc import Sequence


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
