"""Where a pack has things inside each other that are too deep for Typst."""

from __future__ import annotations

import re
from collections.abc import Iterator

from packc.ast.pack import Pack
from packc.ast.richtext import Block, Inline, Math, MathBlock
from packc.ast.walk import RichNode, formulas_of, pack_depth
from packc.backends.base import EmitContext
from packc.backends.handouts import choices_of
from packc.backends.pdf.content import DEEPEST, Reader
from packc.handout.document import Press, Wording
from packc.handout.richtext import HandoutRenderer, formula_or_tex
from packc.handout.sheets import sheet_of, whole
from packc.source import Span

_MOST = 4
_AROUND = 4
"""What a node takes of `DEEPEST` at most; and what a table takes beyond that, which holds no other, together
with what packc puts around a text."""


def too_deep(pack: Pack, context: EmitContext) -> Iterator[Span | None]:
    """Yield the place of each thing that is set as text alone, with nothing in it, or as TeX."""
    if may_be_too_deep(pack):
        yield from dict.fromkeys(cut(pack, context))


def may_be_too_deep(pack: Pack) -> bool:
    """Return False where surely nothing is too deep. It costs little; to look closely costs the views."""
    formulas = formulas_of(pack)
    inner = max(map(_depth_of_formula, formulas), default=0)
    return pack_depth(pack) * _MOST + _AROUND + inner >= DEEPEST


def cut(pack: Pack, context: EmitContext) -> Iterator[Span | None]:
    """Yield the same by making the views, as `emit` does, with a comment before whatever has a place."""
    marking = _Marking(pack, context)
    press = Press(marking, Wording(context.words, pack.meta.lang))
    for edition in choices_of(context.options, "").editions():
        reader = Reader()
        reader.data(whole(sheet_of(pack, edition, press)))
        yield from (marking.places[int(mark)] if mark else pack.span for mark in reader.too_deep)


class _Marking(HandoutRenderer):
    """Says before each block and each thing in a line which of `places` it was written at."""

    def __init__(self, pack: Pack, context: EmitContext) -> None:
        super().__init__(context.media, pack.meta.source_url, context.words, lambda _: "-")
        self.places: list[Span] = []

    def block(self, node: Block) -> str:
        return self._mark(node) + super().block(node)

    def inline(self, node: Inline) -> str:
        return self._mark(node) + super().inline(node)

    def _mark(self, node: RichNode) -> str:
        if node.span is None:
            return ""
        self.places.append(node.span)
        return f"<!--{len(self.places) - 1}-->"


def _depth_of_formula(node: Math | MathBlock) -> int:
    depth = deepest = 0
    for tag in re.finditer(r"<(/?)[^>]*?(/?)>", formula_or_tex(node.tex, isinstance(node, MathBlock))):
        depth += 0 if tag[2] else -1 if tag[1] else 1
        deepest = max(deepest, depth)
    return deepest
