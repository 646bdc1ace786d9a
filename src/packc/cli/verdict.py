"""From diagnostics to an exit status."""

from __future__ import annotations

from collections.abc import Iterable

from packc.build.report import Report
from packc.cli.exits import Exit
from packc.diagnostics.diagnostic import Diagnostic
from packc.diagnostics.rule import Severity


def verdict(report: Report, *, strict: bool = False, strict_loss: bool = False) -> Exit:
    """Return CONTENT if the report holds what the author asked to be strict about, else OK."""
    return Exit.CONTENT if fatal(report.diagnostics, strict=strict, strict_loss=strict_loss) else Exit.OK


def fatal(diagnostics: Iterable[Diagnostic], *, strict: bool = False, strict_loss: bool = False) -> bool:
    """Tell whether one of the diagnostics is what the author asked to be strict about."""
    severities = {Severity.ERROR}
    if strict:
        severities.add(Severity.WARNING)
    if strict_loss:
        severities.add(Severity.LOSS)
    return any(found.severity in severities for found in diagnostics)
