"""Blocks on one line: a cell, a stem to match, an entry of a list."""

from __future__ import annotations

from packc.ast.richtext import (
    Blocks,
    BulletList,
    Code,
    CodeBlock,
    Divider,
    HardBreak,
    Heading,
    Inline,
    Inlines,
    Math,
    MathBlock,
    OrderedList,
    Para,
    Quote,
    Text,
)
from packc.render.plain import PLAIN


def line_of(blocks: Blocks) -> tuple[Inlines, bool]:
    """Return `blocks` on one line with breaks in it, and whether more than paragraphs stood there."""
    lines: list[Inlines] = []
    changed = False
    for block in blocks:
        match block:
            case Para():
                lines.append(_without_breaks(block.children))
            case Heading():
                lines.append(block.children)
                changed = True
            case CodeBlock():
                lines += [(Code(line),) for line in block.text.split("\n") if line]
                changed = True
            case MathBlock():
                lines.append((Math(" ".join(block.tex.split()), True),))
            case Quote():
                inner, _ = line_of(block.blocks)
                lines.append(inner)
                changed = True
            case BulletList() | OrderedList():
                for number, item in enumerate(block.items, getattr(block, "start", 1)):
                    mark = f"{number}. " if isinstance(block, OrderedList) else "• "
                    lines.append((Text(mark), *line_of(item.blocks)[0]))
                changed = True
            case Divider():
                changed = True
            case _:
                words = " ".join(PLAIN.blocks((block,)).split())
                lines.append((Text(words),) if words else ())
                changed = True
    return _joined([line for line in lines if line]), changed


def _without_breaks(line: Inlines) -> Inlines:
    """Return a line without the breaks at its ends."""
    start, end = 0, len(line)
    while start < end and isinstance(line[start], HardBreak):
        start += 1
    while end > start and isinstance(line[end - 1], HardBreak):
        end -= 1
    return line[start:end]


def _joined(lines: list[Inlines]) -> Inlines:
    found: list[Inline] = []
    for line in lines:
        found += [HardBreak(), *line] if found else line
    return tuple(found)
