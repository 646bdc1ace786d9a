"""Diagnostics as SARIF 2.1.0 (OASIS standard), which code hosts and editors read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from packc.diagnostics.diagnostic import Diagnostic, Fix
from packc.diagnostics.page import markdown, page
from packc.diagnostics.rule import Rule, Severity
from packc.source import SourceMap, Span

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
# What a target cannot carry fails no check by itself, so it is no warning there.
_LEVELS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.LOSS: "note",
    Severity.NOTE: "note",
}


def document(diagnostics: Iterable[Diagnostic], sources: SourceMap, version: str) -> dict[str, Any]:
    """Return a log of one run by packc `version`, made of plain JSON types.

    Its rules are those that were broken, in order of their codes.
    """
    found = list(diagnostics)
    rules = dict(sorted({each.code: type(each.rule) for each in found}.items()))
    indexes = {code: index for index, code in enumerate(rules)}
    driver = {
        "name": "packc",
        "semanticVersion": version,
        "rules": [_rule(rule) for rule in rules.values()],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "utf16CodeUnits",
        "results": [_result(each, indexes[each.code], sources) for each in found],
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(rule: type[Rule]) -> dict[str, Any]:
    about = page(rule)
    return {
        "id": about.code,
        "name": rule.__name__,
        "shortDescription": _message(about.summary),
        "fullDescription": _message(about.text),
        "help": {**_message(about.text), "markdown": _escaped(markdown(about))},
        "defaultConfiguration": {"level": _LEVELS[about.severity]},
        "properties": {"severity": str(about.severity), "since": about.since},
    }


def _result(found: Diagnostic, index: int, sources: SourceMap) -> dict[str, Any]:
    text = f"{found.target}: {found.rule.message()}" if found.target else found.rule.message()
    if found.rule.help():
        text += f"\nhelp: {found.rule.help()}"
    result: dict[str, Any] = {
        "ruleId": found.code,
        "ruleIndex": index,
        "level": _LEVELS[found.severity],
        "message": _message(text),
    }
    if found.span is not None:
        place = _location(found.span, sources)
        result["locations"] = [{**place, "message": _message(found.rule.label() or found.rule.message())}]
    elif found.file:
        result["locations"] = [{"physicalLocation": {"artifactLocation": {"uri": _uri(found.file)}}}]
    if found.labels:
        result["relatedLocations"] = [
            {"id": number, **_location(label.span, sources), "message": _message(label.text)}
            for number, label in enumerate(found.labels, 1)
        ]
    if found.fix:
        result["fixes"] = [_fix(found.fix, sources)]
    if found.target:
        result["properties"] = {"target": found.target}
    return result


def _fix(fix: Fix, sources: SourceMap) -> dict[str, Any]:
    changes: dict[str, list[dict[str, Any]]] = {}
    for edit in fix.edits:
        region = _location(edit.span, sources)["physicalLocation"]["region"]
        replacement = {"deletedRegion": region, "insertedContent": {"text": edit.text}}
        changes.setdefault(_uri(sources[edit.span.file].name), []).append(replacement)
    return {
        "description": _message(fix.title if fix.safe else f"{fix.title} (look at it afterwards)"),
        "artifactChanges": [
            {"artifactLocation": {"uri": uri}, "replacements": replacements}
            for uri, replacements in changes.items()
        ],
    }


def _message(text: str) -> dict[str, str]:
    return {"text": _escaped(text)}


def _escaped(text: str) -> str:
    """Single braces would begin a placeholder (section 3.11.5)."""
    return text.replace("{", "{{").replace("}", "}}")


def _location(span: Span, sources: SourceMap) -> dict[str, Any]:
    source = sources[span.file]
    region = {
        "startLine": source.place(span.start).line,
        "startColumn": source.utf16_column(span.start),
        "endLine": source.place(span.end).line,
        "endColumn": source.utf16_column(span.end),
    }
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(source.name)}, "region": region}}


def _uri(name: str) -> str:
    """Return the address of a file: relative to the working directory, as its name is, or absolute."""
    path = quote(name, errors="surrogateescape")
    return f"file://{path}" if name.startswith("/") else path
