"""Diagnostics as GitHub's workflow commands, which its log turns into annotations of the lines.

The form and its escapes: "Workflow commands for GitHub Actions" in GitHub's documentation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from packc.diagnostics.diagnostic import Diagnostic
from packc.diagnostics.rule import Severity
from packc.diagnostics.show.characters import shown
from packc.diagnostics.show.look import Look
from packc.source import SourceMap

# What a target cannot carry fails no check by itself, so it is no warning there.
_COMMANDS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.LOSS: "notice",
    Severity.NOTE: "notice",
}


def render(diagnostics: Iterable[Diagnostic], sources: SourceMap) -> str:
    """Return one command for each diagnostic, a line each."""
    return "".join(f"{_command(found, sources)}\n" for found in diagnostics)


def _command(found: Diagnostic, sources: SourceMap) -> str:
    title = f"packc {found.code}" + (f" {found.target}" if found.target else "")
    properties = [*_place(found, sources), ("title", title)]
    words = ",".join(f"{name}={_property(value)}" for name, value in properties)
    text = shown(found.rule.message(), Look())
    if found.rule.help():
        text += f"\nhelp: {shown(found.rule.help(), Look())}"
    return f"::{_COMMANDS[found.severity]} {words}::{_data(text)}"


def _place(found: Diagnostic, sources: SourceMap) -> Iterator[tuple[str, str]]:
    if found.span is None:
        if found.file:
            yield "file", shown(found.file, Look())
        return
    source = sources[found.span.file]
    start, end = source.place(found.span.start), source.place(found.span.end)
    yield "file", shown(source.name, Look())
    yield "line", str(start.line)
    yield "endLine", str(end.line)
    if start.line == end.line:  # columns of several lines are refused
        yield "col", str(start.column)
        yield "endColumn", str(end.column)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
