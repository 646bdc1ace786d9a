"""Generated packs: always well-formed, every text there, nothing given away."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from packc.ast.keys import Accepted, DropdownKey, Number, NumberKey, Option, TextKey
from packc.ast.pack import Pack, Section, questions
from packc.ast.question import (
    CategorisingQuestion,
    Choice,
    ChoiceQuestion,
    ClozeQuestion,
    Criterion,
    Feedback,
    Kind,
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
    st.builds(
        lambda b, c, f, p: Choice(blocks=b, correct=c, feedback=f, pin=p),
        *(blocks(0), st.booleans(), blocks(0), st.sampled_from(Pin)),
    ),
    min_size=2,
    max_size=3,
).map(tuple)


AMOUNTS = st.one_of(st.none(), st.decimals(-1000, 1000, places=2))
LINES = inlines(1)
FEW_LINES = st.lists(LINES, min_size=1, max_size=4)
ACCEPTED = st.builds(lambda c, w: Accepted(children=c, weight=w), LINES, AMOUNTS)
NUMBERS = st.builds(
    lambda value, upper, tolerance, percent, weight: Number(
        value=value, upper=upper, tolerance=tolerance, percent=percent, weight=weight
    ),
    st.decimals(allow_nan=False, allow_infinity=False),
    AMOUNTS,
    st.decimals(0, 100, places=1),
    st.booleans(),
    AMOUNTS,
)
TEXT_KEYS = st.builds(
    lambda accepted, case: TextKey(accepted=tuple(accepted), case=case),
    st.lists(ACCEPTED, min_size=1, max_size=3),
    st.booleans(),
)
NUMBER_KEYS = st.builds(
    lambda numbers, unit: NumberKey(numbers=tuple(numbers), unit=unit),
    st.lists(NUMBERS, min_size=1, max_size=3),
    TEXTS,
)
OPTIONS = st.builds(lambda c, right: Option(children=c, correct=right), LINES, st.booleans())
DROPDOWN_KEYS = st.lists(OPTIONS, min_size=1, max_size=3).map(lambda o: DropdownKey(options=tuple(o)))
BLANKS = st.builds(
    lambda key, hint, number: Blank(key=key, hint=hint, number=number),
    st.one_of(TEXT_KEYS, NUMBER_KEYS, DROPDOWN_KEYS),
    TEXTS,
    st.one_of(st.none(), st.integers(1, 9)),
)
SHUFFLES = st.sampled_from([None, True, False])


@st.composite
def pairs(draw: st.DrawFn) -> dict[str, Any]:
    rights = draw(FEW_LINES)
    lefts = draw(st.lists(LINES, min_size=len(rights), max_size=len(rights)))
    return {
        "pairs": tuple(Pair(left=left, right=right) for left, right in zip(lefts, rights, strict=True)),
        "heads": (draw(LINES), draw(LINES)),
        "distractors": tuple(draw(st.lists(LINES, max_size=2))),
    }


@st.composite
def question(draw: st.DrawFn) -> Question:
    base: dict[str, Any] = {
        "id": "Q1",
        "title": draw(inlines(1)),
        "prompt": draw(blocks()),
        "solution": draw(blocks(0)),
        "notes": draw(NOTES),
        "hints": tuple(draw(st.lists(blocks(0), max_size=2))),
        "feedback": Feedback(general=draw(blocks(0)), right=draw(blocks(0)), wrong=draw(blocks(0))),
        "tags": tuple(draw(st.lists(TEXTS, max_size=2))),
        "difficulty": draw(TEXTS),
        "points": draw(AMOUNTS),
        "minutes": draw(AMOUNTS),
        "shuffle": draw(SHUFFLES),
    }
    match draw(st.sampled_from(sorted(Kind))):
        case Kind.OPEN | Kind.ESSAY:
            rubric = (Criterion(blocks=draw(blocks(0)), points=draw(AMOUNTS)),)
            return OpenQuestion(**base, rubric=rubric, most_words=draw(st.integers(1, 999)))
        case Kind.SINGLE | Kind.MULTIPLE:
            return ChoiceQuestion(**base, choices=draw(CHOICES))
        case Kind.TRUE_FALSE:
            return TrueFalseQuestion(**base, answer=draw(st.booleans()))
        case Kind.SHORT:
            return ShortAnswerQuestion(**base, key=draw(TEXT_KEYS))
        case Kind.NUMERIC:
            return NumericQuestion(**base, key=draw(NUMBER_KEYS))
        case Kind.CLOZE:
            inside = draw(st.lists(st.one_of(BLANKS, TEXTS.map(Text)), max_size=4))
            return ClozeQuestion(**base, text=(Para(tuple(inside)), *draw(blocks(0))))
        case Kind.MATCHING:
            return MatchingQuestion(**base, **draw(pairs()))
        case Kind.CATEGORISING:
            return CategorisingQuestion(**base, **draw(pairs()))
        case Kind.ORDERING:
            items = draw(st.lists(blocks(0).map(ListItem), max_size=4))
            return OrderingQuestion(**base, items=tuple(items))


@st.composite
def pack(draw: st.DrawFn) -> Pack:
    inner = Section(title=draw(inlines(1)), blocks=draw(blocks(0)), parts=(draw(question()),))
    made = packs.pack(draw(question()), inner)
    meta = replace(
        made.meta, lang=draw(TEXTS), collection=draw(TEXTS), authors=(draw(TEXTS),), tags=(draw(TEXTS),)
    )
    return replace(made, title=draw(TEXTS), intro=draw(blocks(0)), meta=meta)


@settings(derandomize=True, max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(pack())
def test_both_files_are_well_formed_and_whole(made: Pack) -> None:
    for file in handout(made, packs.context()):
        root = tree(file)
        assert len(elements(root, "//article")) == len(list(questions(made)))
        assert len(elements(root, "//script")) == 1
        assert root.get("lang") == " ".join(made.meta.lang.split("\n")).replace("\t", " ").replace("\r", " ")


def with_another_key(first: Question, other: Question) -> Question:
    """Return `first` as a learner sees it, with all that is hidden from `other`, and with another key."""
    shown = tuple(note for note in first.notes if note.side is Side.FRONT)
    hidden = tuple(note for note in other.notes if note.side is not Side.FRONT)
    changed: Question = replace(
        first,
        title=other.title,
        solution=other.solution,
        notes=(*hidden, *shown),
        hints=other.hints,
        feedback=other.feedback,
        tags=other.tags,
        difficulty=other.difficulty,
        aliases=("OLD",),
    )
    match changed:
        case ChoiceQuestion(choices=choices):
            turned = tuple(
                replace(choice, correct=another.correct, feedback=another.feedback, weight=Decimal(7))
                for choice, another in zip(choices, (*choices[1:], choices[0]), strict=True)
            )
            return replace(changed, choices=turned)
        case TrueFalseQuestion():
            return replace(changed, answer=not changed.answer)
        case ShortAnswerQuestion():
            return replace(changed, key=replace(changed.key, accepted=(Accepted(children=(Text("x"),)),)))
        case NumericQuestion():
            return replace(changed, key=replace(changed.key, numbers=(Number(value=Decimal(7)),)))
        case MatchingQuestion() | CategorisingQuestion():
            rights = [*(pair.right for pair in changed.pairs), *changed.distractors]
            turned_rights = (*rights[1:], rights[0])
            again = tuple(
                replace(pair, right=right) for pair, right in zip(changed.pairs, turned_rights, strict=False)
            )
            return replace(changed, pairs=again, distractors=turned_rights[len(again) :])
        case OrderingQuestion():
            return replace(changed, items=changed.items[::-1])
        case _:
            return changed


@settings(derandomize=True, max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(pack(), question())
def test_another_key_gives_the_same_sheet(made: Pack, other: Question) -> None:
    changed = with_another_key(next(questions(made)), other)

    assert (
        handout(made, packs.context()).student
        == handout(replace(made, parts=(changed, *made.parts[1:])), packs.context()).student
    )
