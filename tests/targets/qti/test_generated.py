"""Any pack that the AST can hold becomes a valid, sound package."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from packc.ast.keys import Accepted, DropdownKey, Number, NumberKey, Option, TextKey
from packc.ast.pack import Pack, PackMeta, Section
from packc.ast.question import (
    CategorisingQuestion,
    Choice,
    ChoiceQuestion,
    ClozeQuestion,
    Criterion,
    Feedback,
    MatchingQuestion,
    Note,
    NumericQuestion,
    OpenQuestion,
    OrderingQuestion,
    Pair,
    Pin,
    Question,
    Role,
    ShortAnswerQuestion,
    Side,
    TrueFalseQuestion,
)
from packc.ast.richtext import (
    Align,
    Blank,
    Block,
    BulletList,
    Callout,
    Cell,
    Code,
    CodeBlock,
    Definition,
    DefinitionList,
    Divider,
    Emph,
    Footnote,
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
    Tone,
    Underline,
)
from packc.backends.registry import load
from tests.support.packs import context
from tests.targets.qti.player import Player
from tests.targets.qti.reading import VERSIONS, files, items
from tests.targets.qti.schemas import assert_valid
from tests.targets.qti.test_package import check_package

TEXT = st.text(max_size=12) | st.sampled_from(
    ["a & b < c", "]]>", "\u00a0", "-- x", "\x0b", "\ud83d", "{{x}}"]
)
TEX = st.sampled_from([r"\frac ab", r"x_i^2", r"\ce{x}", r"\begin{cases}a&b\end{cases}", "", "a<b&c"]) | TEXT
HREF = st.sampled_from(["https://example.org/", "../a.md", "mailto:a@b", "#x"]) | st.builds(
    "https://{}".format, st.text(alphabet="a1./:?#[]@%é ", max_size=12)
)


SIZE = st.sampled_from(["", "50%", "120", "1.5"])


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
        st.builds(Footnote, st.just("1"), children.map(lambda found: (Para(found),))),
    )


LEAF: st.SearchStrategy[Inline] = st.one_of(
    st.builds(Text, TEXT),
    st.builds(Code, TEXT),
    st.builds(Math, TEX, st.booleans()),
    st.builds(Image, st.just("figure.png"), TEXT, TEXT, SIZE, SIZE),
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
        st.builds(Callout, st.sampled_from(Tone), INLINES, blocks, st.booleans()),
        st.builds(DefinitionList, st.lists(definition(blocks), max_size=2).map(tuple)),
    )


def definition(blocks: st.SearchStrategy[tuple[Block, ...]]) -> st.SearchStrategy[Definition]:
    return st.builds(Definition, INLINES, st.lists(blocks, max_size=2).map(tuple))


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
    st.builds(Note, role=st.sampled_from(Role), label=TEXT, body=BLOCKS, side=st.sampled_from(Side)),
    max_size=2,
    unique_by=lambda n: n.role,
).map(tuple)
IDS = st.text(min_size=1, max_size=4) | st.text(alphabet="Qq1:. ", min_size=1, max_size=4)
WEIGHT = st.none() | st.decimals(-100, 100, places=2)
AMOUNT = st.decimals(-1000, 1000, places=3)
ACCEPTED = st.lists(st.builds(Accepted, children=INLINES, weight=WEIGHT), min_size=1, max_size=3).map(tuple)
TEXT_KEY = st.builds(TextKey, accepted=ACCEPTED, case=st.booleans())
NUMBER = st.builds(
    Number,
    value=AMOUNT | st.decimals(allow_nan=False, allow_infinity=False),
    upper=st.none() | AMOUNT,
    tolerance=st.decimals(0, 10, places=3),
    percent=st.booleans(),
    weight=WEIGHT,
)
NUMBER_KEY = st.builds(
    NumberKey, numbers=st.lists(NUMBER, min_size=1, max_size=3).map(tuple), unit=st.just("") | TEXT
)
OPTION = st.builds(Option, children=INLINES, correct=st.booleans())
DROPDOWN = st.builds(DropdownKey, options=st.lists(OPTION, min_size=1, max_size=3).map(tuple))
BLANK: st.SearchStrategy[Inline] = st.builds(
    Blank, key=TEXT_KEY | NUMBER_KEY | DROPDOWN, hint=st.just("") | TEXT
)
GAPPED = st.lists(st.recursive(LEAF | BLANK, _inlines, max_leaves=3), max_size=4).map(tuple)
CLOZE_TEXT = st.lists(
    st.recursive(
        st.builds(Para, GAPPED) | st.builds(Heading, st.integers(1, 6), GAPPED), _blocks, max_leaves=3
    ),
    max_size=3,
).map(tuple)
PAIRS = st.lists(st.builds(Pair, left=INLINES, right=INLINES), min_size=1, max_size=4).map(tuple)
DISTRACTORS = st.lists(INLINES, max_size=2).map(tuple)
CRITERION = st.builds(Criterion, blocks=BLOCKS, points=st.none() | st.decimals(0, 9, places=1))
CHOICE = st.builds(
    Choice,
    blocks=BLOCKS,
    correct=st.booleans(),
    feedback=BLOCKS,
    weight=WEIGHT,
    pin=st.sampled_from(Pin),
)
COUNT = st.none() | st.integers(0, 300)


COMMON: dict[str, Any] = {
    "id": IDS,
    "title": INLINES,
    "prompt": BLOCKS,
    "solution": BLOCKS,
    "notes": NOTES,
    "hints": st.lists(BLOCKS, max_size=2).map(tuple),
    "feedback": st.builds(Feedback, general=BLOCKS, right=BLOCKS, wrong=BLOCKS),
    "tags": st.lists(TEXT, max_size=2).map(tuple),
    "difficulty": TEXT,
    "points": st.none() | st.decimals("0.01", 1000, places=2),
    "minutes": st.none() | st.decimals(0, 1000, places=2),
    "shuffle": st.none() | st.booleans(),
}
PAIRED: dict[str, Any] = {
    "pairs": PAIRS,
    "distractors": DISTRACTORS,
    "heads": st.tuples(INLINES, INLINES),
}
KINDS: list[tuple[type[Question], dict[str, Any]]] = [
    (
        OpenQuestion,
        {
            "rubric": st.lists(CRITERION, max_size=2).map(tuple),
            "lines": st.none() | st.integers(1, 90),
            "least_words": COUNT,
            "most_words": COUNT,
        },
    ),
    (
        ChoiceQuestion,
        {"choices": st.lists(CHOICE, min_size=1, max_size=5).map(tuple), "several": st.booleans()},
    ),
    (TrueFalseQuestion, {"answer": st.booleans()}),
    (ShortAnswerQuestion, {"key": TEXT_KEY}),
    (NumericQuestion, {"key": NUMBER_KEY}),
    (ClozeQuestion, {"text": CLOZE_TEXT}),
    (MatchingQuestion, PAIRED),
    (CategorisingQuestion, PAIRED),
    (
        OrderingQuestion,
        {"items": st.lists(st.builds(ListItem, BLOCKS), min_size=1, max_size=4).map(tuple)},
    ),
]
QUESTION: st.SearchStrategy[Question] = st.one_of(*(st.builds(kind, **COMMON, **own) for kind, own in KINDS))


@st.composite
def packs(draw: st.DrawFn) -> Pack:
    first = draw(st.lists(QUESTION, max_size=2))
    inner = Section(
        title=draw(INLINES),
        stimulus=draw(st.booleans()),
        blocks=draw(BLOCKS),
        parts=tuple(draw(st.lists(QUESTION, max_size=1))),
    )
    outer = Section(title=draw(INLINES), blocks=draw(BLOCKS), parts=(inner,))
    meta = PackMeta(lang=draw(st.sampled_from(["", "en", "de-CH", "??"])), source_url=draw(HREF))
    return Pack(id=draw(IDS), title=draw(TEXT), meta=meta, intro=draw(BLOCKS), parts=(*first, outer))


@settings(
    derandomize=True,
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(sample=packs(), target=st.sampled_from(VERSIONS))
def test_any_pack(sample: Pack, target: str) -> None:
    members = files(sample, target=target)
    assert members == files(sample, target=target)
    assert_valid(members, target)
    check_package(members)
    list(load(target).losses(sample, context()))
    for written in items(members).values():
        assert Player(written, {}).score == 0
        assert not Player(written, {}).hints
