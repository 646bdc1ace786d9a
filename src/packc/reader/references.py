"""Definitions of links (`[label]: address`): they show nowhere, so one that nothing uses is named."""

from __future__ import annotations

from packc.diagnostics import Label, Sink
from packc.diagnostics.rules.unread import LinkDefinedTwice, UnusedLinkDefinition
from packc.reader.markdown import References
from packc.source import SourceFile, Span

_COMMENT = "//"  # `[//]: # (a note to oneself)`


def report_references(references: References, source: SourceFile, sink: Sink) -> None:
    """Report the definitions that no link uses, and those that come after another of the same label."""
    for label, definition in references.items():
        if label not in references.used and label != _COMMENT:
            sink.report(UnusedLinkDefinition(), _place(definition["map"][0], source))
    for definition in references.again:
        if definition["label"] != _COMMENT:
            first = _place(references[definition["label"]]["map"][0], source)
            labels = (Label(first, "the first one is here"),)
            sink.report(LinkDefinedTwice(), _place(definition["map"][0], source), labels=labels)


def _place(line: int, source: SourceFile) -> Span:
    start, end = source.line_starts[line], source.line_end(line)
    found = source.text.find("[", start, end)
    return source.span(found if found >= 0 else start, end)
