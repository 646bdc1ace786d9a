"""What every node of the AST has in common: its place in the source, and equality that ignores it."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TypeVar, dataclass_transform

from packc.source import Span

N = TypeVar("N")
_NAMES: dict[type[object], tuple[str, ...]] = {}  # of the fields that count, by class


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def node(cls: type[N]) -> type[N]:
    """Make a class of the AST a dataclass whose fields go by position.

    Type checkers take it for frozen. At run time it is not: a frozen class is slow to make, and slow to
    fill. Equality, hash and repr come from `Node`.
    """
    return dataclass(slots=True, eq=False, repr=False)(cls)


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def keyword_node(cls: type[N]) -> type[N]:
    """Make a class of the AST a dataclass, as `node` does, whose fields go by keyword."""
    return dataclass(slots=True, eq=False, repr=False, kw_only=True)(cls)


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
