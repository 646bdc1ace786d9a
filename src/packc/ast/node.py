"""What every node of the AST has in common: its place in the source."""

from __future__ import annotations

from dataclasses import dataclass, field

from packc.source import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A node. Two nodes are equal when they mean the same; the place does not count."""

    span: Span | None = field(default=None, compare=False, repr=False)
