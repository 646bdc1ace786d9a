"""The schema of `packc check --output-format json`."""

from __future__ import annotations

from typing import Any

from packc.diagnostics.rule import Severity
from packc.diagnostics.show.json import VERSION
from packc.schemas.dialect import document, ref


def _list_of(name: str) -> dict[str, Any]:
    return {"type": "array", "items": ref(name)}


_TEXT = {"type": "string"}
_COUNT = {"type": ["integer", "null"], "minimum": 1}
_PLACE = {
    "file": {"type": ["string", "null"], "description": "As the command line was given it, with `/`."},
    "line": {**_COUNT, "description": "From 1; null where there is no source text."},
    "column": {**_COUNT, "description": "From 1, in characters."},
    "utf16_column": {**_COUNT, "description": "From 1, in UTF-16 code units, as editors count."},
    "end_line": _COUNT,
    "end_column": {**_COUNT, "description": "The one after the last character."},
    "utf16_end_column": {**_COUNT, "description": "The same in UTF-16 code units."},
}
_FIX = {
    "title": {**_TEXT, "description": "What it does, for people."},
    "safe": {"type": "boolean", "description": "Whether it needs nobody's eye."},
    "edits": {**_list_of("Edit"), "description": "They belong together."},
}
_EDIT = {**_PLACE, "text": {**_TEXT, "description": "What to put in the place of what stands there."}}
_DIAGNOSTIC = {
    "code": {"type": "string", "pattern": "^PK[0-9]{3}$", "description": "`packc explain` says more."},
    "severity": {"enum": [severity.value for severity in Severity]},
    "message": {**_TEXT, "minLength": 1, "description": "What is wrong, in one line."},
    "label": {**_TEXT, "description": "What to say at the very place; may be empty."},
    "help": {**_TEXT, "description": "What to do about it; may be empty."},
    "target": {"type": ["string", "null"], "description": "The target that loses something."},
    **_PLACE,
    "fix": {"anyOf": [ref("Fix"), {"type": "null"}], "description": "What would mend it."},
    "labels": {**_list_of("Label"), "description": "Second places that explain it."},
}


def findings_schema() -> dict[str, Any]:
    """Return the schema of the document that `packc.diagnostics.show.json.document` makes."""
    body = {
        **_object({"version": {"const": VERSION}, "diagnostics": _list_of("Diagnostic")}),
        "$defs": {
            "Diagnostic": _object(_DIAGNOSTIC),
            "Label": _object({"text": _TEXT, **_PLACE}),
            "Fix": _object(_FIX),
            "Edit": _object(_EDIT),
        },
    }
    what = "What `packc check --output-format json` prints."
    return document("diagnostics", "packc diagnostics", what, body)


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
