"""Any pack that the AST can hold becomes a valid, sound package."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from packc.ast.pack import Pack, PackMeta, Section
from packc.ast.question import Choice, ChoiceQuestion, Note, OpenQuestion, Question, Role
from packc.ast.richtext import (
    Align,
    Block,
    BulletList,
    Cell,
    Code,
    CodeBlock,
    Divider,
    Emph,
    HardBreak,
    Heading,
    Image,
    Inline,
    Kbd,
    Link,
    ListItem,
    Mark,
    Math,
    MathBlock,
    OrderedList,
    Para,
    Quote,
    Row,
    SoftBreak,
    Strike,
    Strong,
    Sub,
    Sup,
    Table,
    Text,
    Underline,
)
from packc.backends.registry import load
from tests.support.packs import context
from tests.targets.qti.player import Player
from tests.targets.qti.reading import assert_valid, files, items, many
from tests.targets.qti.test_package import check_package

TEXT = st.text(max_size=12) | st.sampled_from(
    ["a & b < c", "]]>", "\u00a0", "-- x", "\x0b", "\ud83d", "{{x}}"]
)
TEX = st.sampled_from([r"\frac ab", r"x_i^2", r"\ce{x}", r"\begin{cases}a&b\end{cases}", "", "a<b&c"]) | TEXT
HREF = st.sampled_from(["https://example.org/", "../a.md", "mailto:a@b", "#x"]) | st.builds(
    "https://{}".format, st.text(alphabet="a1./:?#[]@%é ", max_size=12)
)


def _inlines(inner: st.SearchStrategy[Inline]) -> st.SearchStrategy[Inline]:
    children = st.lists(inner, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Emph, children),
        st.builds(Strong, children),
        st.builds(Strike, children),
        st.builds(Sub, children),
        st.builds(Sup, children),
        st.builds(Mark, children),
        st.builds(Kbd, children),
        st.builds(Underline, children),
        st.builds(Link, children, HREF, TEXT),
    )


LEAF: st.SearchStrategy[Inline] = st.one_of(
    st.builds(Text, TEXT),
    st.builds(Code, TEXT),
    st.builds(Math, TEX, st.booleans()),
    st.builds(Image, st.just("figure.png"), TEXT, TEXT),
    st.builds(SoftBreak),
    st.builds(HardBreak),
)
INLINES = st.lists(st.recursive(LEAF, _inlines, max_leaves=4), max_size=4).map(tuple)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    width = draw(st.integers(1, 3))
    row = st.lists(st.builds(Cell, INLINES), min_size=width, max_size=width).map(
        lambda cells: Row(tuple(cells))
    )
    aligns = tuple(draw(st.lists(st.sampled_from(Align), min_size=width, max_size=width)))
    return Table(draw(row), tuple(draw(st.lists(row, max_size=2))), aligns)


def _blocks(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    blocks = st.lists(inner, max_size=3).map(tuple)
    entries = st.lists(st.builds(ListItem, blocks), max_size=3).map(tuple)
    return st.one_of(
        st.builds(Quote, blocks),
        st.builds(BulletList, entries, st.booleans()),
        st.builds(OrderedList, entries, st.integers(0, 9), st.booleans()),
    )


SIMPLE: st.SearchStrategy[Block] = st.one_of(
    st.builds(Para, INLINES),
    st.builds(Heading, st.integers(1, 6), INLINES),
    st.builds(CodeBlock, TEXT, TEXT),
    st.builds(MathBlock, TEX),
    st.builds(Divider),
    tables(),
)
BLOCKS = st.lists(st.recursive(SIMPLE, _blocks, max_leaves=3), max_size=3).map(tuple)
NOTES = st.lists(
    st.builds(Note, role=st.sampled_from(Role), label=TEXT, body=BLOCKS),
    max_size=2,
    unique_by=lambda n: n.role,
).map(tuple)
IDS = st.text(min_size=1, max_size=4) | st.text(alphabet="Qq1:. ", min_size=1, max_size=4)
OPEN = st.builds(OpenQuestion, id=IDS, title=INLINES, prompt=BLOCKS, solution=BLOCKS, notes=NOTES)
CHOICES = (
    st.lists(st.builds(Choice, blocks=BLOCKS, correct=st.booleans(), feedback=BLOCKS), min_size=1, max_size=5)
    .map(tuple)
    .map(lambda choices: (replace(choices[0], correct=True), *choices[1:]))
)
CHOICE = st.builds(
    ChoiceQuestion, id=IDS, title=INLINES, prompt=BLOCKS, choices=CHOICES, solution=BLOCKS, notes=NOTES
)
QUESTION: st.SearchStrategy[Question] = st.one_of(OPEN, CHOICE)


@st.composite
def packs(draw: st.DrawFn) -> Pack:
    first = draw(st.lists(QUESTION, max_size=2))
    inner = Section(
        title=draw(INLINES), blocks=draw(BLOCKS), parts=tuple(draw(st.lists(QUESTION, max_size=1)))
    )
    outer = Section(title=draw(INLINES), blocks=draw(BLOCKS), parts=(inner,))
    meta = PackMeta(lang=draw(st.sampled_from(["", "en", "de-CH", "??"])), source_url=draw(HREF))
    return Pack(id=draw(IDS), title=draw(TEXT), meta=meta, intro=draw(BLOCKS), parts=(*first, outer))


@settings(
    derandomize=True,
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(sample=packs())
def test_any_pack(sample: Pack, qti21: etree.XMLSchema, manifest21: etree.XMLSchema) -> None:
    members = files(sample)
    assert members == files(sample)
    assert_valid(members, qti21, manifest21)
    check_package(members)
    list(load("qti").losses(sample, context()))
    for item in items(members).values():
        right = [value.text or "" for value in many(item, "responseDeclaration/correctResponse/value")]
        if right:
            assert Player(item, right).score == 1
        assert Player(item, []).score == 0
