"""The two streams: data for programs on stdout, talk for people on stderr."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from packc.cli.streams import write
from packc.diagnostics.diagnostic import Diagnostic
from packc.diagnostics.rule import Severity
from packc.named import NamedTuple
from packc.source import SourceMap

if TYPE_CHECKING:
    from packc.diagnostics.show.look import Look


class Console(NamedTuple):
    """How much to say, and in which colours. `-q` leaves errors and warnings, `-v` shows losses in full.

    How things are shown is imported when there is something to show.
    """

    colour: str = "auto"
    quiet: bool = False
    verbose: bool = False

    @property
    def look(self) -> Look:
        from packc.diagnostics.show.look import Look

        return Look.of(sys.stderr, self.colour)

    def data(self, text: str) -> None:
        """Write `text`, which ends in a line break, for programs."""
        write(sys.stdout, text)

    def say(self, text: str) -> None:
        """Tell people something, unless they want quiet."""
        if not self.quiet:
            write(sys.stderr, text)

    def show(self, diagnostics: Iterable[Diagnostic], sources: SourceMap) -> None:
        """Show the diagnostics to people."""
        found = list(diagnostics)
        if self.quiet:
            found = [each for each in found if each.severity in (Severity.ERROR, Severity.WARNING)]
        if found:
            from packc.diagnostics.show.text import render

            write(sys.stderr, render(found, sources, self.look, losses_in_full=self.verbose))

    def fail(self, message: str, help_text: str = "") -> None:
        """Tell people why nothing could be done. Said even when they want quiet."""
        from packc.diagnostics.show.characters import shown
        from packc.diagnostics.show.look import BOLD, SEVERITY

        look = self.look
        head = look.paint("error", SEVERITY[Severity.ERROR])
        write(sys.stderr, f"{head}{look.paint(': ' + shown(message, look), BOLD)}\n")
        if help_text:
            write(sys.stderr, f"  = {look.paint('help', BOLD)}: {shown(help_text, look)}\n")
