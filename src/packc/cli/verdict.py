"""From a report to an exit status."""

from __future__ import annotations

from packc.api import Report
from packc.cli.exits import Exit
from packc.diagnostics.rule import Severity


def verdict(report: Report, *, strict: bool = False, strict_loss: bool = False) -> Exit:
    """Return CONTENT if the report holds what the author asked to be strict about, else OK."""
    fatal = {Severity.ERROR}
    if strict:
        fatal.add(Severity.WARNING)
    if strict_loss:
        fatal.add(Severity.LOSS)
    return Exit.CONTENT if any(found.severity in fatal for found in report.diagnostics) else Exit.OK
