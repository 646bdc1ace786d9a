"""The schemas of a pack's front matter and of packc.yaml, made of the keys that are read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from packc.ast.question import Side
from packc.backends.options import Option
from packc.backends.registry import infos
from packc.diagnostics import Severity, all_rules
from packc.limits import LIMITS, Limits
from packc.project import keys as project_keys
from packc.project.settings import MOST, ONLY_LOWER
from packc.reader import frontmatter
from packc.reader.grammar import FieldKey
from packc.reader.grammar_settings import FIELD_SETTINGS, LABELLED, OWN_KEY
from packc.reader.headings import ID
from packc.schemas.dialect import document
from packc.yamltext import Key, Shape

# A text is taken as it is written: what YAML calls a number or a truth is one, too.
_TEXT: dict[str, Any] = {"type": ["string", "number", "boolean", "null"]}
_TEXTS: dict[str, Any] = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]}


def _whole(pattern: str) -> str:
    return f"^({pattern})$"


_REQUIRED = {"type": "string", "pattern": _whole(OWN_KEY), "examples": list(frontmatter.REQUIRABLE)}
_INSIDE = r"^(?!/)(?!(.*/)?\.\.(/|$))"


def front_matter_schema() -> dict[str, Any]:
    """Return the schema of a pack's front matter. Keys that are not packc's are ignored, so they are free."""
    special = {
        "id": {"type": "string", "pattern": _whole(ID.pattern)},
        "dir": {"enum": list(frontmatter.DIRECTIONS)},
        "required": _listed(_REQUIRED),
        "fields": _own_fields(),
        "targets": _listed(_names(infos())),
        "aliases": _listed({"type": "string", "pattern": _whole(ID.pattern)}),
    }
    body = {"type": "object", "properties": _properties(frontmatter.KEYS, special)}
    what = "The block between two `---` lines at the top of a pack."
    return document("front-matter", "The front matter of a packc pack", what, body)


def config_schema() -> dict[str, Any]:
    """Return the schema of packc.yaml."""
    special = {
        "targets": _listed(_names(("all", *infos())), commas=True),
        "required": _listed(_REQUIRED, commas=True),
        "labels": {
            "type": "object",
            "properties": dict.fromkeys(LABELLED, _TEXTS),
            "additionalProperties": False,
        },
        "fields": _own_fields(),
        "rules": _rules(),
        "limits": _limits(),
    }
    body = {
        "type": "object",
        "properties": {**_properties(project_keys.KEYS, special), **_options()},
        "additionalProperties": False,
    }
    return document("config", "A packc project", f"The file `{project_keys.FILE_NAME}`.", body)


def _properties(keys: Mapping[str, Key], special: Mapping[str, Any]) -> dict[str, Any]:
    shapes = {
        Shape.TEXT: _TEXT,
        Shape.TEXTS: _TEXTS,
        Shape.FLAG: {"type": "boolean"},
        Shape.FOLDER: {"type": "string", "pattern": _INSIDE},
    }
    return {
        name: {"description": key.about, **(special[name] if name in special else shapes[key.shape])}
        for name, key in keys.items()
    }


def _listed(name: dict[str, Any], *, commas: bool = False) -> dict[str, Any]:
    """Return the schema of a list of names; one text stands for one, or with `commas` for several."""
    one = name["pattern"][1:-1]
    pattern = _whole(rf"\s*{one}(\s*,\s*{one})*\s*") if commas else name["pattern"]
    return {"anyOf": [{**name, "pattern": pattern}, {"type": "array", "items": name}]}


def _names(names: Iterable[str]) -> dict[str, Any]:
    known = list(names)
    return {"type": "string", "pattern": _whole("|".join(map(re.escape, known))), "examples": known}


def _own_fields() -> dict[str, Any]:
    settings: dict[str, Any] = {
        "labels": {**_TEXTS, "description": "What authors write; default: the field's name."},
        "side": {"enum": [side.value for side in Side], "description": "Who sees it, and when."},
        "required": {"type": "boolean", "description": "Whether every question must have it."},
    }
    field = {
        "type": "object",
        "properties": {name: settings[name] for name in FIELD_SETTINGS},
        "additionalProperties": False,
    }
    taken = {"enum": [key.value for key in FieldKey]}
    return {
        "type": "object",
        "propertyNames": {"pattern": _whole(OWN_KEY), "not": taken},
        "additionalProperties": {"anyOf": [*_TEXTS["anyOf"], field]},
    }


def _rules() -> dict[str, Any]:
    levels = {"enum": list(project_keys.LEVELS)}
    fixed = {"enum": [Severity.ERROR.value]}
    known = all_rules().items()
    properties = {code: fixed if rule.severity is Severity.ERROR else levels for code, rule in known}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _options() -> dict[str, Any]:
    return {
        target: {
            "type": "object",
            "description": f"What the target `{target}` is told.",
            "properties": {option.name: _option(option) for option in info.options},
            "additionalProperties": False,
        }
        for target, info in infos().items()
    }


def _option(option: Option[Any]) -> dict[str, Any]:
    default = option.default
    about = {"description": option.about, "default": list(default) if isinstance(default, tuple) else default}
    if isinstance(default, bool):
        return {"type": "boolean", **about}
    if isinstance(default, int):
        return {"type": "integer", "minimum": option.least, **about}
    pattern = "|".join(map(re.escape, option.choices)) or option.pattern or ".+"
    text = {"type": "string", "pattern": _whole(pattern)}
    return {**about, **(_listed(text, commas=True) if isinstance(default, tuple) else text)}


def _limits() -> dict[str, Any]:
    properties = {
        name: {
            "type": "integer",
            "minimum": 1,
            "maximum": getattr(LIMITS, name) if name in ONLY_LOWER else MOST,
            "default": getattr(LIMITS, name),
        }
        for name in Limits._fields
    }
    return {"type": "object", "properties": properties, "additionalProperties": False}
