"""What makes it impossible to begin."""

from __future__ import annotations

from collections.abc import Sequence

from packc.diagnostics.diagnostic import Diagnostic
from packc.source import SourceMap


class ProjectFault(Exception):
    """The project or the command line is wrong, so nothing can be done (exit status 2).

    `diagnostics` say what; `sources` holds the project file that they point into.
    """

    def __init__(self, diagnostics: Sequence[Diagnostic], sources: SourceMap) -> None:
        super().__init__("; ".join(found.rule.message() for found in diagnostics))
        self.diagnostics = tuple(diagnostics)
        self.sources = sources

    def __reduce__(self) -> tuple[type[ProjectFault], tuple[object, ...]]:
        """Let it come back from another process as it was."""
        return type(self), (self.diagnostics, self.sources)

    @property
    def diagnostic(self) -> Diagnostic:
        """The first of them."""
        return self.diagnostics[0]
