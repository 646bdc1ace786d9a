"""Diagnostics for programs. The keys are a promise: `VERSION` changes when one changes its meaning."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from packc.diagnostics.diagnostic import Diagnostic, Fix
from packc.source import SourceMap, Span

VERSION = 1


def document(diagnostics: Iterable[Diagnostic], sources: SourceMap) -> dict[str, Any]:
    """Return `{"version", "diagnostics"}`, made of plain JSON types.

    Lines and columns count from 1, columns in characters (code points) and, beside them, in UTF-16 code
    units, as editors count; `end_column` is the one after the last character. A diagnostic without a place
    has null in their stead.
    """
    return {"version": VERSION, "diagnostics": [_record(found, sources) for found in diagnostics]}


def render(content: Mapping[str, Any]) -> str:
    """Return `content` as JSON text in ASCII, so that no console can garble it."""
    return json.dumps(content, indent=2) + "\n"


def _record(found: Diagnostic, sources: SourceMap) -> dict[str, Any]:
    return {
        "code": found.code,
        "severity": str(found.severity),
        "message": found.rule.message(),
        "label": found.rule.label(),
        "help": found.rule.help(),
        "target": found.target or None,
        **_place(found.span, sources, found.file),
        "labels": [{"text": label.text, **_place(label.span, sources)} for label in found.labels],
        "fix": _fix(found.fix, sources) if found.fix else None,
    }


def _fix(fix: Fix, sources: SourceMap) -> dict[str, Any]:
    edits = [{**_place(edit.span, sources), "text": edit.text} for edit in fix.edits]
    return {"title": fix.title, "safe": fix.safe, "edits": edits}


def _place(span: Span | None, sources: SourceMap, file: str = "") -> dict[str, Any]:
    if span is None:
        nowhere = dict.fromkeys(
            ("line", "column", "utf16_column", "end_line", "end_column", "utf16_end_column")
        )
        return {"file": file or None, **nowhere}
    source = sources[span.file]
    start, end = source.place(span.start), source.place(span.end)
    return {
        "file": source.name,
        "line": start.line,
        "column": start.column,
        "utf16_column": source.utf16_column(span.start),
        "end_line": end.line,
        "end_column": end.column,
        "utf16_end_column": source.utf16_column(span.end),
    }
