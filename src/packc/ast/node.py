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


# A span takes 144 bytes, and there are as many as nodes. Theirs is kept as one number of 32, which has two of
# Python's digits, of 30 bits each: the start, and the length with the file. Where those are too much for one
# digit, as in the five thousandth file of a run, it is the span itself.
_FILE, _LENGTH = 12, 18  # bits
_NUMBER = (
    f"span if span is None or span[0] >> {_FILE} or span[2] - span[1] >> {_LENGTH} "
    f"else span[1] << {_FILE + _LENGTH} | span[2] - span[1] << {_FILE} | span[0]"
)
_FILES, _LENGTHS = (1 << _FILE) - 1, (1 << _LENGTH) - 1


def _span(node: Any) -> Span | None:
    at: int | Span | None = node._at
    if at is None or isinstance(at, Span):
        return at
    start = at >> _FILE + _LENGTH
    return new_span(Span, (at & _FILES, start, start + (at >> _FILE & _LENGTHS)))


@keyword_node
class Node:
    """A node. Two nodes are equal when they mean the same; the place does not count."""

    span: Span | None = field(default=None, compare=False, metadata=kept("_at", _NUMBER, _span))


with_shared_methods(Node)
