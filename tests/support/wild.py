"""Wild packs: any tree of characters that packs can hold. Few could be written; backends bear all of them."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck
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
    Blocks,
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
    Inlines,
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
from tests.support.hostile import CHARACTERS

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]  # these are large
IMAGE = "figure.png"  # the one that `tests.support.packs.context` has
_STYLES = (Emph, Strong, Strike, Sub, Sup, Mark, Kbd, Underline)
_SPECIAL = st.sampled_from(
    [
        *("a & b < c", "]]>", "\u00a0", "-- x", "-->", "&amp;", '"', "'", "\\", "$"),
        *("{{x}}", "{% x %}", "</style>", "<script>"),
    ]
)
TEXTS = st.text(CHARACTERS, max_size=12) | _SPECIAL
_TEX = TEXTS | st.sampled_from(
    [r"\frac ab", r"x_i^2", r"\ce{x}", r"\begin{cases}a&b\end{cases}", "", "a<b&c"]
)
_ADDRESSES = st.sampled_from(["https://example.org/", "../a.md", "mailto:a@b", "#x"]) | st.builds(
    "https://{}".format, st.text(alphabet="a1./:?#[]@%é ", max_size=12)
)
_SIZES = st.sampled_from(["", "50%", "120", "1.5"])
_FLAGS = st.booleans()


def _few(each: st.SearchStrategy[Any], least: int = 0, most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(each, min_size=least, max_size=most).map(tuple)


# Rich text


def _nested_inlines(inner: st.SearchStrategy[Inline]) -> st.SearchStrategy[Inline]:
    children = _few(inner)
    return st.one_of(
        *(st.builds(style, children) for style in _STYLES),
        st.builds(Link, children, _ADDRESSES, TEXTS),
        st.builds(Footnote, st.just("1"), children.map(lambda found: (Para(found),))),
    )


_LEAVES: st.SearchStrategy[Inline] = st.one_of(
    st.builds(Text, TEXTS),
    st.builds(Code, TEXTS),
    st.builds(Math, _TEX, _FLAGS),
    st.builds(Image, st.just(IMAGE), TEXTS, TEXTS, _SIZES, _SIZES),
    st.builds(SoftBreak),
    st.builds(HardBreak),
)
INLINES: st.SearchStrategy[Inlines] = _few(st.recursive(_LEAVES, _nested_inlines, max_leaves=4), most=4)


@st.composite
def _tables(draw: st.DrawFn) -> Table:
    width = draw(st.integers(1, 3))
    row = _few(st.builds(Cell, INLINES), width, width).map(Row)
    aligns = draw(_few(st.sampled_from(Align), width, width))
    return Table(draw(row), draw(_few(row, most=2)), aligns)


def _nested_blocks(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    blocks = _few(inner)
    entries = _few(st.builds(ListItem, blocks))
    definitions = _few(st.builds(Definition, INLINES, _few(blocks, most=2)), most=2)
    return st.one_of(
        st.builds(Quote, blocks),
        st.builds(BulletList, entries, _FLAGS),
        st.builds(OrderedList, entries, st.integers(0, 9), _FLAGS),
        st.builds(Callout, st.sampled_from(Tone), INLINES, blocks, _FLAGS),
        st.builds(DefinitionList, definitions),
    )


_SIMPLE: st.SearchStrategy[Block] = st.one_of(
    st.builds(Para, INLINES),
    st.builds(Heading, st.integers(1, 6), INLINES),
    st.builds(CodeBlock, TEXTS, TEXTS),
    st.builds(MathBlock, _TEX),
    st.builds(Divider),
    _tables(),
)
BLOCKS: st.SearchStrategy[Blocks] = _few(st.recursive(_SIMPLE, _nested_blocks, max_leaves=3))

# Keys

_WEIGHTS = st.none() | st.decimals(-100, 100, places=2)
_AMOUNTS = st.decimals(-1000, 1000, places=3)
_ACCEPTED = st.builds(Accepted, children=INLINES, weight=_WEIGHTS)
_TEXT_KEYS = st.builds(TextKey, accepted=_few(_ACCEPTED, 1), case=_FLAGS)
_NUMBERS = st.builds(
    Number,
    value=_AMOUNTS | st.decimals(allow_nan=False, allow_infinity=False),
    upper=st.none() | _AMOUNTS,
    tolerance=st.decimals(0, 10, places=3),
    percent=_FLAGS,
    weight=_WEIGHTS,
)
_NUMBER_KEYS = st.builds(NumberKey, numbers=_few(_NUMBERS, 1), unit=st.just("") | TEXTS)
_OPTIONS = st.builds(Option, children=INLINES, correct=_FLAGS)
_DROPDOWNS = st.builds(DropdownKey, options=_few(_OPTIONS, 1))
_BLANKS: st.SearchStrategy[Inline] = st.builds(
    Blank,
    key=_TEXT_KEYS | _NUMBER_KEYS | _DROPDOWNS,
    hint=st.just("") | TEXTS,
    number=st.none() | st.integers(1, 9),
)
_GAPPED = _few(st.recursive(_LEAVES | _BLANKS, _nested_inlines, max_leaves=3), most=4)
_CLOZE_TEXTS = _few(
    st.recursive(
        st.builds(Para, _GAPPED) | st.builds(Heading, st.integers(1, 6), _GAPPED),
        _nested_blocks,
        max_leaves=3,
    )
)

# Questions

_NOTES = st.lists(
    st.builds(Note, role=st.sampled_from(Role), label=TEXTS, body=BLOCKS, side=st.sampled_from(Side)),
    max_size=2,
    unique_by=lambda note: note.role,
).map(tuple)
_CHOICES = st.builds(
    Choice, blocks=BLOCKS, correct=_FLAGS, feedback=BLOCKS, weight=_WEIGHTS, pin=st.sampled_from(Pin)
)
_CRITERIA = st.builds(Criterion, blocks=BLOCKS, points=st.none() | st.decimals(0, 9, places=1))
_COUNTS = st.none() | st.integers(0, 300)
_IDS = st.text(CHARACTERS, min_size=1, max_size=4) | st.text(alphabet="Qq1:. ", min_size=1, max_size=4)
_COMMON: dict[str, Any] = {
    "id": _IDS,
    "title": INLINES,
    "prompt": BLOCKS,
    "solution": BLOCKS,
    "notes": _NOTES,
    "hints": _few(BLOCKS, most=2),
    "feedback": st.builds(Feedback, general=BLOCKS, right=BLOCKS, wrong=BLOCKS),
    "tags": _few(TEXTS, most=2),
    "difficulty": TEXTS,
    "points": st.none() | st.decimals("0.01", 1000, places=2),
    "minutes": st.none() | st.decimals(0, 1000, places=2),
    "shuffle": st.none() | _FLAGS,
}
_PAIRED: dict[str, Any] = {
    "pairs": _few(st.builds(Pair, left=INLINES, right=INLINES), 1, 4),
    "distractors": _few(INLINES, most=2),
    "heads": st.tuples(INLINES, INLINES),
}
_OPEN: dict[str, Any] = {
    "essay": _FLAGS,
    "rubric": _few(_CRITERIA, most=2),
    "lines": st.none() | st.integers(1, 90),
    "least_words": _COUNTS,
    "most_words": _COUNTS,
}
QUESTIONS: st.SearchStrategy[Question] = st.one_of(
    st.builds(OpenQuestion, **_COMMON, **_OPEN),
    st.builds(ChoiceQuestion, **_COMMON, choices=_few(_CHOICES, 1, 5), several=_FLAGS),
    st.builds(TrueFalseQuestion, **_COMMON, answer=_FLAGS),
    st.builds(ShortAnswerQuestion, **_COMMON, key=_TEXT_KEYS),
    st.builds(NumericQuestion, **_COMMON, key=_NUMBER_KEYS),
    st.builds(ClozeQuestion, **_COMMON, text=_CLOZE_TEXTS),
    st.builds(MatchingQuestion, **_COMMON, **_PAIRED),
    st.builds(CategorisingQuestion, **_COMMON, **_PAIRED),
    st.builds(OrderingQuestion, **_COMMON, items=_few(st.builds(ListItem, BLOCKS), 1, 4)),
)


@st.composite
def wild_packs(draw: st.DrawFn) -> Pack:
    """Packs with up to three questions, and sections in a section."""
    inner = Section(
        title=draw(INLINES), stimulus=draw(_FLAGS), blocks=draw(BLOCKS), parts=draw(_few(QUESTIONS, most=1))
    )
    outer = Section(title=draw(INLINES), blocks=draw(BLOCKS), parts=(inner,))
    meta = PackMeta(
        lang=draw(st.sampled_from(["", "en", "de-CH", "??"]) | TEXTS),
        source_url=draw(_ADDRESSES),
        collection=draw(TEXTS),
        authors=draw(_few(TEXTS, most=1)),
        tags=draw(_few(TEXTS, most=1)),
    )
    parts = (*draw(_few(QUESTIONS, most=2)), outer)
    return Pack(id=draw(_IDS), title=draw(TEXTS), meta=meta, intro=draw(BLOCKS), parts=parts)
