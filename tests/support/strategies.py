"""Random packs: every kind of question, every field and node, and texts that look like syntax of some kind.

`packs()` are in the normal form (see `packc.ast.normal`), so that what is written reads back as the same.
Those of `tests.support.wild` are not, for whatever has to bear any tree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import count
from typing import Any

from hypothesis import strategies as st

from packc.ast.keys import Accepted, DropdownKey, Number, NumberKey, Option, TextKey
from packc.ast.normal import normal_blocks, normal_inlines, normal_line
from packc.ast.pack import Pack, PackMeta, Part, Section
from packc.ast.question import (
    CategorisingQuestion,
    Choice,
    ChoiceQuestion,
    ClozeQuestion,
    Criterion,
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
from tests.support.hostile import TEXTS

_WORDS = st.sampled_from(["alpha", "beta gamma", "x", "Größe", "a-b", "1.5"])
_TEX = st.sampled_from(
    [r"x", r"\frac{a}{b}", r"a < b", r"x_i^2", r"\{a\}", r"\text{one}", "abc", r"a \\ b", "50\\%"]
)
_ADDRESSES = st.sampled_from(
    ["https://example.org/", "../a.md", "mailto:a@b.c", "#x", "", "a b", "a(b", "a_b*c*", "<x>"]
)
_SIZES = st.sampled_from(["", "50%", "300"])


@cache
def inlines(leaves: int = 4, *, notes: bool = True) -> st.SearchStrategy[Inlines]:
    """Texts of one paragraph, with breaks, styles, links, images and footnotes."""
    leaf: st.SearchStrategy[Inline] = st.one_of(
        st.builds(Text, TEXTS),
        st.builds(Text, TEXTS),
        st.builds(Code, TEXTS),
        st.builds(Math, _TEX, st.booleans()),
        st.builds(
            Image, st.sampled_from(["a.png", "b c.png"]), TEXTS, st.one_of(st.just(""), TEXTS), _SIZES, _SIZES
        ),
        st.builds(SoftBreak),
        st.builds(HardBreak),
        _LIKE_LABELS,
        *([st.builds(Footnote, _LABELS, _NOTE_BODIES)] if notes else []),
    )
    return st.lists(st.recursive(leaf, _nested, max_leaves=leaves), min_size=1, max_size=4).map(tuple)


_LIKE_LABELS = st.builds(
    lambda style, words: style((Text(words),)),
    st.sampled_from([Strong, Emph]),
    st.sampled_from(["Solution:", "Hint", "Answer: b", "Type:", "Remark:"]),
)
_LABELS = st.sampled_from(["1", "2", "note", "a-b"])
_NOTE_BODIES = st.just((Para((Text("A note"),)),))


def _nested(inner: st.SearchStrategy[Inline]) -> st.SearchStrategy[Inline]:
    children = st.lists(inner, min_size=1, max_size=3).map(tuple)
    styles = (Emph, Strong, Strike, Sub, Sup, Mark, Kbd, Underline)
    titles = st.one_of(st.just(""), TEXTS)
    return st.one_of(
        *(st.builds(style, children) for style in styles), st.builds(Link, children, _ADDRESSES, titles)
    )


@cache
def blocks(leaves: int = 3, *, headings: bool = True) -> st.SearchStrategy[Blocks]:
    """Runs of blocks."""
    simple: st.SearchStrategy[Block] = st.one_of(
        st.builds(Para, inlines()),
        st.builds(Para, inlines()),
        st.builds(CodeBlock, TEXTS, st.sampled_from(["", "python", "c++", "a`b"])),
        st.builds(MathBlock, _TEX),
        tables(),
    )
    if headings:
        simple = st.one_of(simple, st.builds(Heading, st.integers(1, 6), inlines()))
    return st.lists(st.recursive(simple, _containers, max_leaves=leaves), min_size=1, max_size=3).map(tuple)


def _containers(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    own = st.lists(st.one_of(inner, st.just(Divider())), max_size=3).map(tuple)
    items = st.lists(st.builds(ListItem, own), min_size=1, max_size=3).map(tuple)
    some = st.lists(inner, min_size=1, max_size=2).map(tuple)
    meanings = st.lists(some, min_size=1, max_size=2).map(tuple)
    return st.one_of(
        st.builds(Quote, own),
        st.builds(BulletList, items, st.booleans()),
        st.builds(OrderedList, items, st.integers(0, 12), st.booleans()),
        st.builds(
            DefinitionList,
            st.lists(st.builds(Definition, inlines(2), meanings), min_size=1, max_size=2).map(tuple),
        ),
        st.builds(Callout, st.sampled_from(Tone), st.one_of(st.just(()), inlines(2)), some, st.just(False)),
        st.builds(Callout, st.just(Tone.NOTE), inlines(2), some, st.just(True)),
    )


@cache
@st.composite
def tables(draw: st.DrawFn) -> Table:
    width = draw(st.integers(1, 3))
    row = st.lists(st.builds(Cell, inlines(2)), min_size=width, max_size=width).map(
        lambda cells: Row(tuple(cells))
    )
    aligns = tuple(draw(st.lists(st.sampled_from(Align), min_size=width, max_size=width)))
    return Table(draw(row), tuple(draw(st.lists(row, max_size=2))), aligns)


# Questions

_NUMBERS = st.decimals(-1000, 1000, places=3).map(lambda value: value.normalize() + 0)
_POSITIVE = st.decimals("0.01", 100, places=2)
_WEIGHTS = st.one_of(st.none(), st.sampled_from([Decimal(50), Decimal("33.33"), Decimal(100)]))
_UNITS = st.sampled_from(["", "kg", "m/s", "km"])


def _number(*, weights: bool = True) -> st.SearchStrategy[Number]:
    weight = _WEIGHTS if weights else st.none()
    return st.one_of(
        st.builds(Number, value=_NUMBERS, weight=weight),
        st.builds(Number, value=_NUMBERS, tolerance=_POSITIVE, percent=st.booleans(), weight=weight),
        st.builds(
            lambda value, width, weight: Number(value=value, upper=value + width, weight=weight),
            _NUMBERS,
            _POSITIVE,
            weight,
        ),
    )


_NUMBER_KEYS = st.builds(
    NumberKey, numbers=st.lists(_number(), min_size=1, max_size=3).map(tuple), unit=_UNITS
)


@cache
def _line(leaves: int = 2) -> st.SearchStrategy[Inlines]:
    """Texts of one line that begin and end with a word, as what stands in a key has to."""
    return inlines(leaves, notes=False).map(lambda found: normal_line((Text("w"), *found, Text("w"))))


def _unbroken(found: Inlines) -> Inlines:
    """Return a text without line breaks, as an answer of one line has to be."""
    return normal_inlines(
        tuple(
            Text(" ")
            if isinstance(node, HardBreak)
            else replace(node, children=_unbroken(node.children))
            if isinstance(node, Emph | Strong | Strike | Sub | Sup | Mark | Kbd | Underline | Link)
            else node
            for node in found
        )
    )


_ACCEPTED = st.builds(Accepted, children=_line().map(_unbroken), weight=_WEIGHTS)
_TEXT_KEYS = st.builds(
    TextKey,
    accepted=st.lists(
        st.builds(Accepted, children=_line().map(_unbroken), weight=_WEIGHTS), min_size=1, max_size=3
    ).map(tuple),
    case=st.booleans(),
)
_DROPDOWNS = st.lists(st.builds(Option, children=_line(), correct=st.booleans()), min_size=1, max_size=3).map(
    lambda options: DropdownKey(options=tuple(options))
)
_BLANK_KEYS = st.one_of(_TEXT_KEYS, _NUMBER_KEYS, _DROPDOWNS)
BLANKS = st.one_of(
    st.builds(Blank, key=_BLANK_KEYS),
    st.builds(Blank, key=_BLANK_KEYS, number=st.integers(1, 499), hint=st.sampled_from(["", "a hint"])),
)


@cache
def _filled(leaves: int = 2, *, headings: bool = False) -> st.SearchStrategy[Blocks]:
    return blocks(leaves, headings=headings).map(
        lambda found: normal_blocks(found, least_level=6) or (Para((Text("word"),)),)
    )


_MAYBE = st.one_of(st.just(()), _filled())


def _worded(found: Blocks) -> Blocks:
    """Begin and end a text with a word, where no list or quote may stand at its edge."""
    return (Para((Text("Word"),)), *found, Para((Text("End"),)))


_FIELD_TEXTS = _filled(headings=True).map(_worded)
_NOTE_LABEL = {Role.WHY: "Why it matters", Role.SOURCE: "Source family", Role.MISCONCEPTION: "Common mistake"}


@cache
def _notes() -> st.SearchStrategy[tuple[Note, ...]]:
    known = st.sampled_from(sorted(_NOTE_LABEL)).flatmap(
        lambda role: st.builds(Note, role=st.just(role), label=st.just(_NOTE_LABEL[role]), body=_filled())
    )
    own = st.builds(
        Note, role=st.just(Role.OWN), label=st.just("In the lab"), body=_filled(), key=st.just("lab")
    )
    return st.lists(st.one_of(known, own), max_size=2, unique_by=lambda note: note.role).map(tuple)


_CHOICES = st.lists(
    st.builds(
        Choice,
        blocks=_filled().map(_worded),
        correct=st.booleans(),
        feedback=_MAYBE,
        weight=_WEIGHTS,
        pin=st.sampled_from(Pin),
    ),
    min_size=2,
    max_size=4,
).map(lambda found: (*found, Choice(blocks=(Para((Text("right"),)),), correct=True)))
_PAIRS = st.lists(st.builds(Pair, left=_line(), right=_line()), min_size=1, max_size=3).map(tuple)
_HEADS = st.tuples(_line(), _line())
_RUBRICS = st.lists(
    st.builds(Criterion, blocks=_filled().map(_worded), points=st.one_of(st.none(), _POSITIVE)), max_size=2
).map(tuple)
_COUNTS = st.one_of(st.none(), st.integers(1, 200))


@cache
def _cloze_text() -> st.SearchStrategy[Blocks]:
    texts = st.lists(st.one_of(st.builds(Text, TEXTS), BLANKS, st.builds(Code, TEXTS)), max_size=3)
    return st.tuples(texts, BLANKS, texts).map(
        lambda parts: normal_blocks((Para((Text("Fill "), *parts[0], parts[1], *parts[2])),))
    )


def _kinds(shared: dict[str, Any]) -> st.SearchStrategy[Question]:
    def build(kind: Callable[..., Question], **own: Any) -> st.SearchStrategy[Question]:
        return st.builds(kind, **shared, **own)

    pairs: dict[str, Any] = {
        "pairs": _PAIRS,
        "heads": _HEADS,
        "distractors": st.lists(_line(), max_size=2).map(tuple),
    }
    solved = {**shared, "solution": _FIELD_TEXTS}
    return st.one_of(
        st.builds(OpenQuestion, **solved),
        build(OpenQuestion, essay=st.just(True), rubric=_RUBRICS, lines=_COUNTS, most_words=_COUNTS),
        build(ChoiceQuestion, choices=_CHOICES, several=st.booleans()).map(_several),
        build(TrueFalseQuestion, answer=st.booleans()),
        build(ShortAnswerQuestion, key=_TEXT_KEYS),
        build(NumericQuestion, key=_NUMBER_KEYS),
        build(ClozeQuestion, text=_cloze_text()),
        build(MatchingQuestion, **pairs),
        build(CategorisingQuestion, **pairs),
        build(
            OrderingQuestion,
            items=st.lists(st.builds(ListItem, _filled()), min_size=2, max_size=3).map(tuple),
        ),
    )


def _several(question: Question) -> Question:
    """`several` says something only where one choice is right."""
    if isinstance(question, ChoiceQuestion) and sum(choice.correct for choice in question.choices) > 1:
        return replace(question, several=False)
    return question


_TITLES = st.one_of(st.just(()), inlines(2, notes=False).map(normal_line))
_QUESTIONS = _kinds(
    {
        "id": st.sampled_from(["Q{}", "ML-Q{:02}", "bare-{}x"]),
        "title": _TITLES,
        "prompt": _FIELD_TEXTS,
        "notes": _notes(),
        "hints": st.lists(_filled(), max_size=2).map(tuple),
        "difficulty": st.sampled_from(["", "easy"]),
        "tags": st.sampled_from([(), ("a", "b c")]),
        "points": st.one_of(st.none(), _POSITIVE),
        "minutes": st.one_of(st.none(), _POSITIVE),
    }
)
_INTROS = st.one_of(st.just(()), blocks(2, headings=False).map(normal_blocks))
_SECTIONS = st.builds(
    Section,
    title=_TITLES.map(lambda title: normal_line((Text("S"), *title))),
    stimulus=st.booleans(),
    blocks=_INTROS,
    parts=st.lists(_QUESTIONS, max_size=2).map(tuple),
)
_SHORT_TEXTS = st.one_of(st.just(""), TEXTS.map(str.strip))
_METAS = st.builds(
    PackMeta,
    namespace=st.just("example"),
    title=st.sampled_from(["", "x: y", "# no"]),
    description=_SHORT_TEXTS,
    collection=_SHORT_TEXTS,
    tags=st.lists(_WORDS, max_size=2, unique=True).map(tuple),
)


_PACKS = st.builds(
    lambda meta, intro, parts: Pack(
        id="made", title=meta.title or "made", meta=meta, intro=intro, parts=_numbered(parts, count(1))
    ),
    _METAS,
    _INTROS,
    st.lists(st.one_of(_QUESTIONS, _SECTIONS), max_size=3).map(tuple),
)


@st.composite
def packs(draw: st.DrawFn) -> Pack:
    """Packs in the normal form, of every kind of question.

    A copy, because for what hypothesis has built it prints all the calls that led there, which never ends.
    """
    return deepcopy(draw(_PACKS))


def _numbered(parts: tuple[Part, ...], numbers: Iterator[int]) -> tuple[Part, ...]:
    """Return the parts with the ids of their questions made different."""
    return tuple(
        replace(part, parts=_numbered(part.parts, numbers))
        if isinstance(part, Section)
        else replace(part, id=part.id.format(next(numbers)))
        for part in parts
    )
