"""What every node of the AST has in common: its place in the source, and equality that ignores it."""

from __future__ import annotations

from dataclasses import field
from typing import Any, TypeVar, dataclass_transform

from packc.record import kept, slotted, with_late_init, with_shared_methods
from packc.source import Span, new_span

N = TypeVar("N")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def node(cls: type[N]) -> type[N]:
    """Make a class of the AST a dataclass whose fields go by position.

    Type checkers take it for frozen. At run time it is not: a frozen class is slow to make, and slow to
    fill. Equality, hash and repr come from `Node`.
    """
    return with_late_init(slotted(cls, by_keyword=False))


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def keyword_node(cls: type[N]) -> type[N]:
    """Make a class of the AST a dataclass, as `node` does, whose fields go by keyword."""
    return with_late_init(slotted(cls, by_keyword=True))


# A span takes 144 bytes, and there are as many as nodes. Theirs is kept as one number of 32: the file, and 30
# bits for each offset, which are one digit of Python's numbers.
_NUMBER = "None if span is None else span[0] << 60 | span[1] << 30 | span[2]"
_OFFSET = (1 << 30) - 1


def _span(node: Any) -> Span | None:
    at = node._at
    return None if at is None else new_span(Span, (at >> 60, at >> 30 & _OFFSET, at & _OFFSET))


@keyword_node
class Node:
    """A node. Two nodes are equal when they mean the same; the place does not count."""

    span: Span | None = field(default=None, compare=False, metadata=kept("_at", _NUMBER, _span))


with_shared_methods(Node)
