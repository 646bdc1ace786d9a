"""What lies too deep in other things for Typst stands as text or TeX, whole, and is a loss with its place."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from packc.ast.question import OpenQuestion
from packc.ast.richtext import (
    Align,
    Block,
    BulletList,
    Callout,
    Cell,
    Definition,
    DefinitionList,
    Emph,
    HardBreak,
    Image,
    Inline,
    Link,
    ListItem,
    Math,
    MathBlock,
    Quote,
    Row,
    Strong,
    Sub,
    Table,
    Text,
    Tone,
)
from packc.backends.base import Loss
from packc.backends.options import Options
from packc.backends.pdf.depth import cut, may_be_too_deep
from packc.backends.pdf.losses import TOO_DEEP
from packc.backends.registry import load
from packc.source import Span
from tests.support import every_kind, packs
from tests.targets.html.realistic import realistic_context, realistic_pack
from tests.targets.pdf.emitted import pages, pdfs, squeezed

_PLACE = Span(0, 1, 2)

BLOCKS: dict[str, Callable[[Block], Block]] = {
    "quotes": lambda block: Quote((block,), span=_PLACE),
    "boxes": lambda block: Callout(Tone.NOTE, (), (block,), span=_PLACE),
    "lists": lambda block: BulletList((ListItem((block,)),), span=_PLACE),
    "definitions": lambda block: DefinitionList((Definition((Text("term"),), ((block,),)),), span=_PLACE),
}
INLINES: dict[str, Callable[[Inline], Inline]] = {
    "emphasis": lambda inner: Emph((inner,), span=_PLACE),
    "strong": lambda inner: Strong((inner,), span=_PLACE),
    "subscripts": lambda inner: Sub((inner,), span=_PLACE),
    "links": lambda inner: Link((inner,), "https://example.org", span=_PLACE),
}
_WRITTEN = Span(0, 7, 9)


@pytest.mark.parametrize("name", BLOCKS)
@pytest.mark.parametrize("times", [2, 40])
def test_blocks(name: str, times: int) -> None:
    block: Block = packs.para("INNER")
    for _ in range(times):
        block = BLOCKS[name](block)
    _is_a_loss_only_if(times > 2, block)


@pytest.mark.parametrize("name", INLINES)
@pytest.mark.parametrize("times", [2, 40])
def test_what_stands_in_a_line(name: str, times: int) -> None:
    inline: Inline = Text("INNER")
    for _ in range(times):
        inline = INLINES[name](inline)
    _is_a_loss_only_if(times > 2, packs.para(inline))


@pytest.mark.parametrize("times", [2, 40])
def test_a_formula_is_its_tex(times: int) -> None:
    tex = "INNER"
    for _ in range(times):
        tex = rf"\sqrt{{{tex}}}"
    for block in (MathBlock(tex, span=_PLACE), packs.para(Math(tex, span=_PLACE))):
        _is_a_loss_only_if(times > 2, block)


def test_the_place_is_that_of_the_innermost_thing() -> None:
    block: Block = Quote((packs.para("b"),), span=_WRITTEN)
    for _ in range(8):
        block = Quote((packs.para("a"), block), span=_PLACE)
    assert [loss.span for loss in _losses(block)] == [_PLACE, _WRITTEN]  # "a" in the eighth, and the ninth


def test_nothing_of_what_is_too_deep_vanishes_or_runs_together() -> None:
    row = Row((Cell((Text("one"),)), Cell((Text("two"), HardBreak(), Text("three")))))
    items = tuple(ListItem((packs.para(word),)) for word in ("four", "five"))
    image = packs.para(Image("figure.png", "a curve"), " ", Math(r"\frac{6}{7}"))
    block: Block = Quote((Table(row, (), (Align.NONE,) * 2), BulletList(items), image))
    for _ in range(9):
        block = Quote((block,))
    question = OpenQuestion(id="Q1", prompt=(block,))
    (sheet,) = pdfs(packs.pack(question), packs.context("Q1"), variant=("student",)).values()
    assert r"one two three four five [a curve] \frac{6}{7}" in " ".join(pages(sheet))


def test_what_no_file_shows_is_none() -> None:
    block: Block = packs.para("INNER")
    for _ in range(12):
        block = Quote((block,), span=_PLACE)
    question = OpenQuestion(id="Q1", prompt=(packs.para("p"),), solution=(block,))
    pack = packs.pack(question)
    for variant, count in (("student", 0), ("key", 1), ("teacher", 1)):
        context = packs.context("Q1")._replace(options=Options({"variant": (variant,)}))
        assert [loss.known for loss in load("pdf").losses(pack, context)] == [TOO_DEEP] * count


def test_ordinary_packs_are_not_looked_at_closely() -> None:
    for pack, context in (
        (packs.pack(), packs.context()),
        (every_kind.every_kind(), every_kind.context()),
        (realistic_pack(), realistic_context()),
    ):
        assert list(cut(pack, context)) == []
    assert not may_be_too_deep(packs.pack())
    assert not may_be_too_deep(realistic_pack())


def test_what_is_found_at_a_glance_hides_no_loss() -> None:
    found = 0
    for number in range(150):
        drawn = random.Random(number)
        inline: Inline = Math(r"\sqrt{\frac{x^{2}}{y}}") if number % 2 else Text("x")
        for _ in range(drawn.randrange(6)):
            inline = drawn.choice([*INLINES.values()])(inline)
        block: Block = packs.para(inline) if number % 3 else _table(inline)
        for _ in range(drawn.randrange(3, 14)):
            block = drawn.choice([*BLOCKS.values()])(block)
        pack = packs.pack(OpenQuestion(id="Q1", prompt=(block,), solution=(block,)))
        if any(cut(pack, packs.context("Q1"))):
            found += 1
            assert may_be_too_deep(pack), number
    assert 30 < found < 120, "both happen"


def _table(inline: Inline) -> Block:
    return Table(Row((Cell((inline,)),)), (), (Align.NONE,), span=_PLACE)


def _losses(block: Block) -> list[Loss]:
    pack = packs.pack(OpenQuestion(id="Q1", prompt=(block,)))
    context = packs.context("Q1")._replace(options=Options({"variant": ("student",)}))
    return list(load("pdf").losses(pack, context))


def _is_a_loss_only_if(deep: bool, block: Block) -> None:
    assert [(loss.known, loss.span) for loss in _losses(block)] == [(TOO_DEEP, _PLACE)] * deep
    pack = packs.pack(OpenQuestion(id="Q1", prompt=(block,)))
    (sheet,) = pdfs(pack, packs.context("Q1"), variant=("student",)).values()
    assert "INNER" in squeezed("".join(pages(sheet)))
