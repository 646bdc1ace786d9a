"""Lines of a pasted text to blocks: a line is a paragraph, a bullet an item."""

from __future__ import annotations

import re
from collections.abc import Sequence

from packc.ast.richtext import Block, Blocks, BulletList, ListItem, OrderedList, Para, Text
from packc.importers.academy.lines import Line, Sort
from packc.source import Span

_DEEPEST = 8  # of lists in lists; what is deeper stands at this depth
_ITEMS = (Sort.BULLET, Sort.NUMBER)


class _List:
    """A list that is still being read."""

    def __init__(self, first: Line) -> None:
        self.sort = first.sort
        self.indent = first.indent
        self.start = first.number
        self.items: list[list[Block]] = []

    def frozen(self) -> BulletList | OrderedList:
        items = tuple(ListItem(tuple(blocks), span=_span(blocks)) for blocks in self.items)
        blocks = [block for item in self.items for block in item]
        if self.sort is Sort.NUMBER:
            return OrderedList(items, start=self.start, span=_span(blocks))
        return BulletList(items, span=_span(blocks))


def blocks_of(lines: Sequence[Line]) -> Blocks:
    """Return the blocks that `lines`, which are texts, items and blank lines, make."""
    blocks: list[Block] = []
    open_lists: list[_List] = []
    awaited = False  # a bullet alone on its line, whose text is on the next

    def close(until: int) -> None:
        while len(open_lists) > until:
            done = open_lists.pop().frozen()
            (open_lists[-1].items[-1] if open_lists else blocks).append(done)

    for line in lines:
        if line.sort is Sort.BLANK:
            continue
        if line.sort in _ITEMS:
            while open_lists and _ends(open_lists, line):
                close(len(open_lists) - 1)
            if not open_lists or (open_lists[-1].indent < line.indent and len(open_lists) < _DEEPEST):
                open_lists.append(_List(line))
            open_lists[-1].items.append([_para(line)] if line.text else [])
            awaited = not line.text
        elif open_lists and (awaited or line.indent > open_lists[-1].indent):
            open_lists[-1].items[-1].append(_para(line))
            awaited = False
        else:
            close(0)
            blocks.append(_para(line))
    close(0)
    return tuple(block for block in blocks if not _is_empty(block))


def _ends(open_lists: Sequence[_List], line: Line) -> bool:
    """Tell whether `line` is no item of the innermost list, nor of one in it."""
    innermost = open_lists[-1]
    if line.indent < innermost.indent:
        return len(open_lists) > 1 or line.sort is not innermost.sort
    return line.indent == innermost.indent and line.sort is not innermost.sort


def _is_empty(block: Block) -> bool:
    return isinstance(block, BulletList | OrderedList) and not any(item.blocks for item in block.items)


def _para(line: Line) -> Para:
    text = re.sub(r"[ \t\f\v]+", " ", line.text)  # as a browser shows it
    return Para((Text(text, span=line.span),), span=line.span)


def _span(blocks: Sequence[Block]) -> Span | None:
    spans = [block.span for block in blocks if block.span]
    return spans[0].to(spans[-1]) if spans else None
