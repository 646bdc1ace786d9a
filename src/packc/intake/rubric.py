"""What graders are told, as a rubric."""

from __future__ import annotations

import re
from decimal import Decimal

from packc.ast.question import Criterion
from packc.ast.richtext import Blocks, BulletList, OrderedList, Para, Strong, Text

_POINTS = re.compile(r"\s*\(([0-9]{1,4}(?:\.[0-9]{1,4})?)\)\s+")


def rubric_of(blocks: Blocks) -> tuple[Criterion, ...]:
    """Return what graders are told as a rubric; a bold line above a list is only its heading."""
    found: list[Criterion] = []
    for block, below in zip(blocks, (*blocks[1:], None), strict=False):
        if isinstance(block, BulletList | OrderedList):
            found += [_criterion(item.blocks) for item in block.items if item.blocks]
        elif not (_is_bold_line(block) and isinstance(below, BulletList | OrderedList)):
            found.append(Criterion(blocks=(block,)))
    return tuple(found)


def _is_bold_line(block: object) -> bool:
    return isinstance(block, Para) and len(block.children) == 1 and isinstance(block.children[0], Strong)


def _criterion(blocks: Blocks) -> Criterion:
    first = blocks[0]
    if isinstance(first, Para) and isinstance(first.children[0], Text):
        text = first.children[0].text
        points = _POINTS.match(text)
        rest = text[points.end() :] if points else ""
        if points and (rest or first.children[1:]):
            children = (*((Text(rest),) if rest else ()), *first.children[1:])
            return Criterion(blocks=(Para(children), *blocks[1:]), points=Decimal(points[1]))
    return Criterion(blocks=blocks)
