"""The AST as an indented text, for case files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum

from packc.ast.node import Node
from packc.ast.pack import Pack
from packc.ast.richtext import Para, SoftBreak, Text


def dump(pack: Pack) -> str:
    """Return the whole pack; fields that are empty or at their default are left out."""
    return "\n".join(_lines(pack, 0)) + "\n"


def _lines(node: object, depth: int) -> Iterator[str]:
    if isinstance(node, Para) and all(isinstance(child, Text | SoftBreak) for child in node.children):
        text = "".join("⏎" if isinstance(child, SoftBreak) else child.text for child in node.children)  # type: ignore[union-attr]
        yield f"{'  ' * depth}Para {text!r}"
        return
    assert is_dataclass(node)
    words, below = [], []
    for field in fields(node):
        value = getattr(node, field.name)
        if field.name in ("span", "places", "labels", "heading") or value in ((), "", None):
            continue
        if field.default is not MISSING and value == field.default and type(value) is type(field.default):
            continue
        if isinstance(value, tuple) and isinstance(value[0], Node):
            below.append((field.name, value))
        elif isinstance(value, tuple) and isinstance(value[0], tuple):  # texts in a row: hints, heads
            below += [(field.name, text) for text in value if text]
        elif isinstance(value, Node):
            below.append((field.name, (value,)))
        else:
            words.append(f"{field.name}={_word(value)}")
    yield "  " * depth + " ".join([type(node).__name__, *words])
    for name, nodes in below:
        inner = depth + 1
        if name not in ("children", "parts", "blocks", "items", "cells"):
            yield f"{'  ' * inner}{name}:"
            inner += 1
        for child in nodes:
            yield from _lines(child, inner)


def _word(value: object) -> str:
    if isinstance(value, tuple):
        return str([item.value if isinstance(item, Enum) else item for item in value])
    return str(value.value) if isinstance(value, Enum) else repr(value)
