"""Plain values as JSON and back, guided by their types. Nothing that is read can run code.

A named tuple is a list of its fields, a mapping a list of pairs, a rule its module, name and values. A span
of the one source that a pack is loses its number, which is another one in the next run.
"""

from __future__ import annotations

import importlib
import types
from collections.abc import Callable, Mapping
from enum import Enum
from functools import cache, partial
from typing import Any, TypeAlias, Union, get_args, get_origin, get_type_hints

from packc.diagnostics.rule import Rule
from packc.source import Span

Decoder: TypeAlias = Callable[[Any, int], Any]
_RULES = "packc.diagnostics.rules."
MANY = -1


class Undecodable(ValueError):
    """The data are not of the type that was asked for."""


def encoded(value: Any, *, many: bool = False) -> Any:
    """Return `value` as lists, texts, numbers, booleans and None.

    `many`: its spans are in several sources, whose numbers count.
    """
    if value is None or type(value) in (str, int, bool):
        return value
    if type(value) is Span:
        return [value.start, value.end, value.file] if many else [value.start, value.end]
    if isinstance(value, Rule):
        module, cls = type(value).__module__.removeprefix(_RULES), type(value)
        return [module, cls.__name__, *(getattr(value, name) for name in cls.fields())]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [encoded(each, many=many) for each in value]
    if isinstance(value, Mapping):
        return [[encoded(key, many=many), encoded(each, many=many)] for key, each in value.items()]
    raise TypeError(f"{type(value).__name__} cannot be kept")


def decoded(kind: Any, data: Any, number: int) -> Any:
    """Return the value of type `kind` that `encoded` made `data` of. Its spans are in source `number`, or
    in those that the data name where it is MANY.

    Raises Undecodable for anything else.
    """
    return _decoder(kind)(data, number)


@cache
def _decoder(kind: Any) -> Decoder:
    if kind in (str, int, bool, type(None)):
        return _exactly(kind)
    if kind is Span:
        return _span
    if kind is Rule:
        return _rule
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _optional(inner)
    if origin is tuple:
        return _tuple(inner)
    if origin is not None and issubclass(origin, Mapping):
        return _mapping(*inner)
    if issubclass(kind, Enum):
        return _enum(kind)
    return _named_tuple(kind)


def _exactly(kind: type[Any]) -> Decoder:
    def decode(data: Any, _: int) -> Any:
        if type(data) is not kind:  # bool is an int, and must not pass for one
            raise Undecodable(f"{data!r} is no {kind.__name__}")
        return data

    return decode


def _list(data: Any) -> list[Any]:
    if type(data) is not list:
        raise Undecodable(f"{data!r} is no list")
    return data


def _span(data: Any, number: int) -> Span:
    match data:
        case [int(start), int(end)] if 0 <= start <= end and number != MANY:
            return Span(number, start, end)
        case [int(start), int(end), int(file)] if 0 <= start <= end and number == MANY and file >= 0:
            return Span(file, start, end)
    raise Undecodable(f"{data!r} is no span")


def _rule(data: Any, _: int) -> Rule:
    match data:
        case [str(module), str(name), *values] if all(type(value) in (str, int) for value in values):
            cls = _rule_class(module, name)
            if len(cls.fields()) == len(values):
                return cls(*values)
    raise Undecodable(f"{data!r} is no rule")


@cache
def _rule_class(module: str, name: str) -> type[Rule]:
    try:
        found = getattr(importlib.import_module(f"{_RULES}{module}"), name) if module.isidentifier() else None
    except (ImportError, AttributeError):
        found = None
    if not (isinstance(found, type) and issubclass(found, Rule) and found is not Rule):
        raise Undecodable(f"there is no rule {module}.{name}")
    return found


# Most of what could be there is not (losses, ignores, images), and finding out how it would be decoded takes
# longer than decoding a thousand outcomes: that is asked when there is something.


def _optional(kinds: tuple[Any, ...]) -> Decoder:
    kind, *others = (each for each in kinds if each is not type(None))
    if others:
        return _refused
    return lambda data, number: None if data is None else _decoder(kind)(data, number)


def _refused(data: Any, _: int) -> Any:
    """Take the place of a decoder for what is never kept: bytes, and where they are stored."""
    raise Undecodable(f"{data!r} is never kept")


def _tuple(kinds: tuple[Any, ...]) -> Decoder:
    if kinds[-1] is not Ellipsis:
        return _fields(tuple, tuple(map(_decoder, kinds)))

    def decode(data: Any, number: int) -> tuple[Any, ...]:
        if data == []:
            return ()
        inner = _decoder(kinds[0])
        return tuple([inner(each, number) for each in _list(data)])

    return decode


def _fields(make: Callable[[list[Any]], Any], inners: tuple[Decoder, ...]) -> Decoder:
    def decode(data: Any, number: int) -> Any:
        if type(data) is not list or len(data) != len(inners):
            raise Undecodable(f"these are not {len(inners)} values")
        return make([inner(each, number) for inner, each in zip(inners, data, strict=True)])

    return decode


def _mapping(key_kind: Any, value_kind: Any) -> Decoder:
    kind = tuple[key_kind, value_kind]

    def decode(data: Any, number: int) -> dict[Any, Any]:
        if data == []:
            return {}
        pair = _decoder(kind)
        return dict([pair(each, number) for each in _list(data)])

    return decode


def _enum(kind: type[Enum]) -> Decoder:
    known = {member.value: member for member in kind}

    def decode(data: Any, _: int) -> Any:
        if not isinstance(data, str) or data not in known:
            raise Undecodable(f"{data!r} is no {kind.__name__}")
        return known[data]

    return decode


def _named_tuple(kind: Any) -> Decoder:
    try:
        hints = get_type_hints(kind)
    except NameError:  # what `job` imports for type checkers alone
        from packc.identity.standing import Standing

        hints = get_type_hints(kind, localns={"Standing": Standing})
    return _fields(partial(tuple.__new__, kind), tuple(_decoder(hints[name]) for name in kind._fields))
