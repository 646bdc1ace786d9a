"""What every node of the AST has in common: its place in the source, and equality that ignores it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, dataclass, field, fields
from typing import Any, TypeVar, dataclass_transform

from packc.source import Span

N = TypeVar("N")
_NAMES: dict[type[object], tuple[str, ...]] = {}  # of the fields that count, by class


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def node(cls: type[N]) -> type[N]:
    """Make a class of the AST a dataclass whose fields go by position.

    Type checkers take it for frozen. At run time it is not: a frozen class is slow to make, and slow to
    fill. Equality, hash and repr come from `Node`; `__init__` is written when the class is first used,
    because a small pack uses few of the classes, and writing all of them takes longer than reading it.
    """
    return _with_late_init(dataclass(slots=True, eq=False, repr=False, init=False)(cls))


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def keyword_node(cls: type[N]) -> type[N]:
    """Make a class of the AST a dataclass, as `node` does, whose fields go by keyword."""
    return _with_late_init(dataclass(slots=True, eq=False, repr=False, init=False, kw_only=True)(cls))


def _with_late_init(cls: type[N]) -> type[N]:
    def first(self: object, *args: object, **values: object) -> None:
        init = _written_init(cls)
        cls.__init__ = init  # type: ignore[method-assign]
        # A subclass without fields of its own has no `__init__` of its own either.
        init(self, *args, **values)

    cls.__init__ = first  # type: ignore[method-assign]
    return cls


def _written_init(cls: type[object]) -> Callable[..., None]:
    """Return the `__init__` that `dataclass` would have made."""
    known: dict[str, Any] = {"_missing": MISSING}
    positional, keyword, body = ["self"], ["*"], []
    for one in fields(cls):  # type: ignore[arg-type]
        (keyword if one.kw_only else positional).append(_parameter(one, known))
        value = f"_{one.name}() if {one.name} is _missing else {one.name}" if _is_made(one) else one.name
        body.append(f"    self.{one.name} = {value}")
    if hasattr(cls, "__post_init__"):
        body.append("    self.__post_init__()")
    parameters = [*positional, *(keyword if len(keyword) > 1 else ())]
    lines = [f"def __init__({', '.join(parameters)}):", *(body or ["    pass"])]
    exec("\n".join(lines), known)
    written: Callable[..., None] = known["__init__"]
    return written


def _parameter(one: Field[Any], known: dict[str, Any]) -> str:
    if _is_made(one):
        known[f"_{one.name}"] = one.default_factory
        return f"{one.name}=_missing"
    if one.default is MISSING:
        return one.name
    known[f"_{one.name}"] = one.default
    return f"{one.name}=_{one.name}"


def _is_made(one: Field[Any]) -> bool:
    return one.default_factory is not MISSING


@keyword_node
class Node:
    """A node. Two nodes are equal when they mean the same; the place does not count."""

    span: Span | None = field(default=None, compare=False)

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in _compared(type(self)))

    def __hash__(self) -> int:
        return hash((type(self), *(getattr(self, name) for name in _compared(type(self)))))

    def __repr__(self) -> str:
        values = ", ".join(f"{name}={getattr(self, name)!r}" for name in _compared(type(self)))
        return f"{type(self).__name__}({values})"


def _compared(cls: type[Node]) -> tuple[str, ...]:
    names = _NAMES.get(cls)
    if names is None:
        names = _NAMES[cls] = tuple(found.name for found in fields(cls) if found.compare)
    return names
