"""What an import could not carry over: said where it stands, or once for a whole file."""

from __future__ import annotations

from packc.diagnostics import Sink
from packc.diagnostics.rules.banks import ForeignElement, NotCarried, SettingsLeft
from packc.source import Span


class Remarks:
    """Collects remarks on one file. Settings that every question has are said once, with their number."""

    def __init__(self, sink: Sink) -> None:
        self.sink = sink
        self._settings: dict[str, tuple[Span | None, int]] = {}

    def lost(self, what: str, how: str, span: Span | None) -> None:
        """Report content that changes: `what` became, or is, `how`."""
        self.sink.report(NotCarried(what, how), span)

    def element(self, name: str, how: str, span: Span | None) -> None:
        """Report an element that no pack has."""
        self.sink.report(ForeignElement(name, how), span)

    def setting(self, what: str, span: Span | None) -> None:
        """Remember something of the other program that a pack has no word for, and that is no content."""
        first, count = self._settings.get(what, (span, 0))
        self._settings[what] = (first, count + 1)

    def finish(self) -> None:
        """Report the settings."""
        for what, (span, count) in self._settings.items():
            self.sink.report(SettingsLeft(what, count), span)
        self._settings.clear()
