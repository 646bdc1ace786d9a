"""What makes it impossible to begin."""

from __future__ import annotations

from packc.diagnostics import Diagnostic, Rule
from packc.diagnostics.fault import ProjectFault
from packc.source import SourceMap

__all__ = ["ProjectFault", "fault"]


def fault(rule: Rule) -> ProjectFault:
    """Return the fault that consists of one message without a place."""
    return ProjectFault((Diagnostic(rule),), SourceMap())
