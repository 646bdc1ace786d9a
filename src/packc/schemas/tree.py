"""The schema of `packc ast`: one definition for each class of the tree and each union of them."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Mapping
from dataclasses import MISSING
from decimal import Decimal
from enum import Enum
from typing import Any, get_args, get_origin

from packc.ast.data import TAG, Member, alternatives, classes, members
from packc.ast.keys import BlankKey
from packc.ast.node import Node
from packc.ast.pack import Part
from packc.ast.question import Question
from packc.ast.richtext import Block, Inline
from packc.schemas.dialect import document, ref
from packc.source import Span

_UNIONS = {"Part": Part, "Question": Question, "Block": Block, "Inline": Inline, "BlankKey": BlankKey}
_PLAIN: Mapping[Any, Mapping[str, Any]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    Decimal: {"type": "string", "pattern": r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$"},
    Span: ref("Span"),
}
_SPAN = {
    "description": "A range in the source: the file's number, the first character, the one after the last.",
    "type": "array",
    "prefixItems": [{"type": "integer", "minimum": 0}] * 3,
    "minItems": 3,
    "maxItems": 3,
}


def tree_schema() -> dict[str, Any]:
    """Return the schema of the data that `packc.ast.data.to_data` makes of a pack."""
    definitions: dict[str, Any] = {"Span": _SPAN}
    for name, union in _UNIONS.items():
        definitions[name] = _one_of(option.__name__ for option in alternatives(union))
    for name, cls in classes().items():
        definitions[name] = _class(name, cls)
    body = {**ref("Pack"), "$defs": definitions}
    return document("ast", "A packc pack as a tree", "What `packc ast` prints.", body)


def _one_of(names: Iterable[str]) -> dict[str, Any]:
    """Return the schema of a node of one of these classes.

    The tag picks the one class to look at: trying all of them at every level takes a validator that gathers
    all errors exponential time.
    """
    known = list(names)
    return {
        "type": "object",
        "properties": {TAG: {"enum": known}},
        "required": [TAG],
        "allOf": [{"if": _tagged(name), "then": ref(name)} for name in known],
    }


def _tagged(name: str) -> dict[str, Any]:
    return {"type": "object", "properties": {TAG: {"const": name}}, "required": [TAG]}


def _class(name: str, cls: type[Node]) -> dict[str, Any]:
    known = members(cls)
    properties = {TAG: {"const": name}} | {member.name: _member(member) for member in known}
    return {
        "description": _summary(cls),
        "type": "object",
        "properties": properties,
        "required": [TAG, *(member.name for member in known if member.default is MISSING)],
        "additionalProperties": False,
    }


def _member(member: Member) -> dict[str, Any]:
    schema = _type(member.kind)
    default = member.default
    if isinstance(default, bool | int | str) and not isinstance(default, Enum):
        schema = {**schema, "default": default}
    return schema


def _type(kind: Any) -> dict[str, Any]:
    options = [option for option in alternatives(kind) if option is not type(None)]
    if len(options) > 1:
        name = next(name for name, union in _UNIONS.items() if set(alternatives(union)) == set(options))
        return ref(name)
    (kind,) = options
    if kind in _PLAIN:
        return dict(_PLAIN[kind])
    if get_origin(kind) is tuple:
        first, *rest = get_args(kind)
        if rest == [Ellipsis]:
            return {"type": "array", "items": _type(first)}
        size = 1 + len(rest)
        entries = [_type(each) for each in (first, *rest)]
        return {"type": "array", "prefixItems": entries, "minItems": size, "maxItems": size}
    if get_origin(kind) is Mapping:
        return {"type": "object", "additionalProperties": _type(get_args(kind)[1])}
    if issubclass(kind, Enum):
        return {"enum": [member.value for member in kind]}
    return ref(kind.__name__)


def _summary(cls: type[Node]) -> str:
    """Return the first paragraph of the docstring, on one line."""
    return re.sub(r"\s+", " ", inspect.getdoc(cls) or "").strip()
