"""Generated packs: always well-formed, every text there, nothing given away."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from packc.ast.pack import Pack, Section, questions
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
from packc.source import is_refused_character
from tests.support import packs
from tests.targets.html.emitted import elements, handout, tree

REFUSED = "".join(map(chr, filter(is_refused_character, range(0x20)))) + "\ufffe\uffff"
CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters=REFUSED)
SPECIAL = st.sampled_from(
    ["</style>", "<script>", "{{ x }}", "{% x %}", "&amp;", "]]>", "-->", '"', "'", "\\", "$"]
)
TEXTS = st.lists(st.one_of(SPECIAL, st.text(CHARACTERS, max_size=6)), max_size=4).map("".join)


def inlines(depth: int = 2) -> st.SearchStrategy[tuple[Inline, ...]]:
    leaves = st.one_of(
        TEXTS.map(Text),
        TEXTS.map(Code),
        st.builds(Math, TEXTS, st.booleans()),
        st.just(SoftBreak()),
        st.just(HardBreak()),
    )
    if not depth:
        return st.lists(leaves, max_size=2).map(tuple)
    below = inlines(depth - 1)
    nested = st.one_of(
        below.map(Emph),
        below.map(Strong),
        below.map(Strike),
        below.map(Sub),
        below.map(Sup),
        below.map(Mark),
        below.map(Kbd),
        below.map(Underline),
        st.builds(Link, below, TEXTS, TEXTS),
    )
    return st.lists(st.one_of(leaves, nested), max_size=3).map(tuple)


def tables() -> st.SearchStrategy[Table]:
    row = st.tuples(inlines(0).map(Cell), inlines(0).map(Cell)).map(Row)
    aligns = st.tuples(st.sampled_from(Align), st.sampled_from(Align))
    return st.builds(Table, row, st.lists(row, max_size=2).map(tuple), aligns)


def blocks(depth: int = 1) -> st.SearchStrategy[tuple[Block, ...]]:
    leaves: st.SearchStrategy[Block] = st.one_of(
        inlines(1).map(Para),
        st.builds(Heading, st.integers(1, 6), inlines(0)),
        st.builds(CodeBlock, TEXTS, TEXTS),
        TEXTS.map(MathBlock),
        st.just(Divider()),
        tables(),
    )
    if not depth:
        return st.lists(leaves, max_size=2).map(tuple)
    below = blocks(depth - 1)
    items = st.lists(below.map(ListItem), max_size=2).map(tuple)
    nested: st.SearchStrategy[Block] = st.one_of(
        below.map(Quote),
        st.builds(BulletList, items, st.booleans()),
        st.builds(OrderedList, items, st.integers(0, 9), st.booleans()),
    )
    return st.lists(st.one_of(leaves, nested), max_size=3).map(tuple)


NOTES = st.lists(
    st.builds(
        lambda role, label, body: Note(role=role, label=label, body=body),
        st.sampled_from(Role),
        TEXTS,
        blocks(0),
    ),
    max_size=2,
    unique_by=lambda note: note.role,
).map(tuple)
CHOICES = st.lists(
    st.builds(lambda b, c, f: Choice(blocks=b, correct=c, feedback=f), blocks(0), st.booleans(), blocks(0)),
    min_size=2,
    max_size=3,
).map(tuple)


@st.composite
def question(draw: st.DrawFn) -> Question:
    base = OpenQuestion(
        id="Q1", title=draw(inlines(1)), prompt=draw(blocks()), solution=draw(blocks(0)), notes=draw(NOTES)
    )
    if draw(st.booleans()):
        return base
    return ChoiceQuestion(
        id=base.id, title=base.title, prompt=base.prompt, notes=base.notes, choices=draw(CHOICES)
    )


@st.composite
def pack(draw: st.DrawFn) -> Pack:
    inner = Section(title=draw(inlines(1)), blocks=draw(blocks(0)), parts=(draw(question()),))
    made = packs.pack(draw(question()), inner)
    meta = replace(
        made.meta, lang=draw(TEXTS), collection=draw(TEXTS), authors=(draw(TEXTS),), tags=(draw(TEXTS),)
    )
    return replace(made, title=draw(TEXTS), intro=draw(blocks(0)), meta=meta)


@settings(derandomize=True, max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(pack())
def test_both_files_are_well_formed_and_whole(made: Pack) -> None:
    for file in handout(made, packs.context()):
        root = tree(file)
        assert len(elements(root, "//article")) == len(list(questions(made)))
        assert elements(root, "//script") == []
        assert root.get("lang") == " ".join(made.meta.lang.split("\n")).replace("\t", " ").replace("\r", " ")


@settings(derandomize=True, max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(pack(), question())
def test_another_answer_gives_the_same_sheet(made: Pack, other: Question) -> None:
    first = next(questions(made))
    shown = tuple(note for note in first.notes if note.role is Role.COLD_TARGET)
    hidden = tuple(note for note in other.notes if note.role is not Role.COLD_TARGET)
    changed: Question = replace(first, title=other.title, solution=other.solution, notes=(*hidden, *shown))
    if isinstance(changed, ChoiceQuestion):
        turned = (*changed.choices[1:], changed.choices[0])
        changed = replace(
            changed,
            choices=tuple(
                replace(choice, correct=another.correct, feedback=another.feedback)
                for choice, another in zip(changed.choices, turned, strict=True)
            ),
        )
    rest = made.parts[1:]

    assert (
        handout(made, packs.context()).student
        == handout(replace(made, parts=(changed, *rest)), packs.context()).student
    )
