"""The AST as plain JSON types and back, whatever its classes and their fields are.

A node is an object with its class's name under `type`. Fields at their default are left out. A Decimal is
a text, so that it keeps its digits; a span is `[file, start, end]` and left out unless asked for.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

from packc.ast import keys, pack, question, richtext
from packc.ast.node import Node
from packc.ast.pack import Pack
from packc.named import NamedTuple
from packc.source import Span

_MODULES = (keys, pack, question, richtext)
_known: dict[type[Node], tuple[Member, ...]] = {}
TAG = "type"


class Unreadable(ValueError):
    """Data that is no AST. The message says where: `$.parts[0].id: this is no text`."""


class Member(NamedTuple):
    """A field of a node's class. `kind` is its type; `default` is MISSING where it has to be given."""

    name: str
    kind: Any
    default: Any

    @property
    def is_place(self) -> bool:
        """Tell whether the field says where something stands."""
        return self.kind in (Span | None, Mapping[str, Span])


def to_data(node: Node, *, spans: bool = False) -> dict[str, Any]:
    """Return `node` and all below it as dicts, lists, texts, numbers and booleans."""
    data: dict[str, Any] = {TAG: type(node).__name__}
    for member in members(type(node)):
        value = getattr(node, member.name)
        if (spans or not member.is_place) and value != member.default:
            data[member.name] = _encoded(value, spans=spans)
    return data


def from_data(data: Any) -> Pack:
    """Return the pack that `to_data` made `data` of. Raises Unreadable."""
    found: Pack = _decoded(data, Pack, "$")
    return found


def members(cls: type[Node]) -> tuple[Member, ...]:
    """Return the fields of a class of the AST, in order, with their real types."""
    if cls not in _known:
        names: dict[str, Any] = {}
        for module in _MODULES:
            names |= vars(module)
        hints = get_type_hints(cls, localns=names)  # some names are imported for type checkers alone
        _known[cls] = tuple(Member(each.name, hints[each.name], _default(each)) for each in fields(cls))
    return _known[cls]


def classes() -> Mapping[str, type[Node]]:
    """Return every class of the AST that a node can be of, by name."""
    found = {name: value for module in _MODULES for name, value in vars(module).items() if _is_class(value)}
    return dict(sorted(found.items()))


def alternatives(kind: Any) -> tuple[Any, ...]:
    """Return the types that a union joins, and any other type alone."""
    return get_args(kind) if get_origin(kind) in (Union, types.UnionType) else (kind,)


def _is_class(value: object) -> bool:
    if not (isinstance(value, type) and issubclass(value, Node)):
        return False
    return value not in (Node, question.QuestionBase) and not value.__name__.startswith("_")


def _default(each: Field[Any]) -> Any:
    if each.default_factory is not MISSING:
        return each.default_factory()
    return each.default


def _encoded(value: Any, *, spans: bool) -> Any:
    match value:
        case Node():
            return to_data(value, spans=spans)
        case Span():
            return list(value)
        case tuple():
            return [_encoded(each, spans=spans) for each in value]
        case Enum():
            return value.value
        case Decimal():
            return str(value)
        case Mapping():
            return {key: _encoded(each, spans=spans) for key, each in value.items()}
        case _:
            return value


def _decoded(data: Any, kind: Any, path: str) -> Any:
    options = alternatives(kind)
    if len(options) > 1:
        return _decoded_one_of(data, options, path)
    if kind is Decimal:
        return _decimal(data, path)
    if isinstance(kind, type) and issubclass(kind, Enum):
        if data not in [member.value for member in kind]:
            raise Unreadable(f"{path}: {data!r} is no {kind.__name__}")
        return kind(data)
    if kind is Span:
        if not (isinstance(data, list) and len(data) == 3 and all(type(each) is int for each in data)):
            raise Unreadable(f"{path}: this is no span")
        return Span(*data)
    if get_origin(kind) is tuple:
        return _decoded_tuple(data, get_args(kind), path)
    if get_origin(kind) is Mapping:
        if not isinstance(data, dict):
            raise Unreadable(f"{path}: this is no object")
        return {key: _decoded(each, get_args(kind)[1], f"{path}.{key}") for key, each in data.items()}
    if isinstance(kind, type) and issubclass(kind, Node):
        return _decoded_node(data, kind, path)
    if type(data) is not kind:  # bool is an int, and must not pass for one
        raise Unreadable(f"{path}: this is no {kind.__name__}")
    return data


def _decoded_one_of(data: Any, options: tuple[Any, ...], path: str) -> Any:
    if data is None and type(None) in options:
        return None
    options = tuple(option for option in options if option is not type(None))
    if len(options) == 1:
        return _decoded(data, options[0], path)
    name = data.get(TAG) if isinstance(data, dict) else None
    chosen = next((option for option in options if option.__name__ == name), None)
    if chosen is None:
        wanted = ", ".join(option.__name__ for option in options)
        raise Unreadable(f"{path}: this is none of {wanted}")
    return _decoded_node(data, chosen, path)


def _decoded_tuple(data: Any, kinds: tuple[Any, ...], path: str) -> tuple[Any, ...]:
    if not isinstance(data, list):
        raise Unreadable(f"{path}: this is no list")
    if kinds[-1] is not Ellipsis:
        if len(data) != len(kinds):
            raise Unreadable(f"{path}: this list has {len(data)} entries, not {len(kinds)}")
    else:
        kinds = kinds[:1] * len(data)
    pairs = enumerate(zip(data, kinds, strict=True))
    return tuple(_decoded(each, kind, f"{path}[{index}]") for index, (each, kind) in pairs)


def _decoded_node(data: Any, cls: type[Node], path: str) -> Node:
    if not isinstance(data, dict) or data.get(TAG) != cls.__name__:
        raise Unreadable(f"{path}: this is no {cls.__name__}")
    known = {member.name: member for member in members(cls)}
    unknown = data.keys() - known.keys() - {TAG}
    missing = [name for name, member in known.items() if member.default is MISSING and name not in data]
    if unknown or missing:
        what = f"has no field `{min(unknown)}`" if unknown else f"needs a field `{missing[0]}`"
        raise Unreadable(f"{path}: a {cls.__name__} {what}")
    values = {
        name: _decoded(data[name], member.kind, f"{path}.{name}")
        for name, member in known.items()
        if name in data
    }
    return cls(**values)


def _decimal(data: Any, path: str) -> Decimal:
    try:
        found = Decimal(data) if isinstance(data, str) else None
    except InvalidOperation:
        found = None
    if found is None or not found.is_finite():
        raise Unreadable(f"{path}: this is no number as a text")
    return found
