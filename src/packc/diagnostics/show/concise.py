"""Diagnostics on one line each, as compilers write them: editors and `grep` find their way."""

from __future__ import annotations

from collections.abc import Iterable

from packc.diagnostics.diagnostic import Diagnostic
from packc.diagnostics.show.characters import shown
from packc.diagnostics.show.excerpt import location
from packc.diagnostics.show.look import Look
from packc.source import SourceMap

_LOOK = Look()


def render(diagnostics: Iterable[Diagnostic], sources: SourceMap) -> str:
    """Return `file:line:column: severity[code] message` for each; what has no place has less before it."""
    return "".join(f"{_line(found, sources)}\n" for found in diagnostics)


def _line(found: Diagnostic, sources: SourceMap) -> str:
    where = location(found.span, sources, _LOOK) if found.span else shown(found.file, _LOOK)
    target = f"{found.target}: " if found.target else ""
    said = f"{found.severity}[{found.code}] {target}{shown(found.rule.message(), _LOOK)}"
    return f"{where}: {said}" if where else said
