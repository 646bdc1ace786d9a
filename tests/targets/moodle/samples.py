"""Packs for Moodle XML: what GIFT can say, and all that it cannot."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from packc.ast.keys import Accepted, DropdownKey, Option, TextKey
from packc.ast.pack import Pack, PackMeta, Section, questions
from packc.ast.question import (
    CategorisingQuestion,
    Choice,
    ChoiceQuestion,
    ClozeQuestion,
    Criterion,
    MatchingQuestion,
    NumericQuestion,
    OpenQuestion,
    OrderingQuestion,
    Pin,
    Question,
    ShortAnswerQuestion,
    TrueFalseQuestion,
)
from packc.ast.richtext import Blank, Inlines, ListItem, Text
from packc.backends.base import EmitContext
from packc.media import Media
from tests.support.packs import para, png
from tests.targets.gift import samples
from tests.targets.gift.samples import BLOCKS, FILLED, INLINES, MAYBE, TORTURE, WORDS

MEDIA = {"a/b.png": Media(png(), "image/png", 40, 20)}
CONTEXT = EmitContext(published={}, media=MEDIA)

_HINTS = st.lists(BLOCKS.map(lambda blocks: (para("!"), *blocks)), max_size=2).map(tuple)
_SHUFFLE = st.sampled_from([None, True, False])
_POINTS = st.one_of(st.none(), st.decimals("0.5", 50, places=2))
_LIST_WEIGHTS = st.one_of(
    st.none(), st.sampled_from(["50", "33.33333", "-50", "0", "12.5", "100"]).map(Decimal)
)
_CHOICES = st.lists(
    st.builds(
        Choice,
        blocks=FILLED,
        correct=st.booleans(),
        feedback=MAYBE,
        weight=_LIST_WEIGHTS,
        pin=st.sampled_from([Pin.NONE, Pin.NONE, Pin.NONE, Pin.FIRST, Pin.LAST, Pin.FIXED]),
    ),
    min_size=1,
    max_size=5,
).map(lambda rest: (*rest, Choice(blocks=(para("right"),), correct=True)))
_TYPED: st.SearchStrategy[Inlines] = WORDS.map(lambda text: (Text(f"!{text}"),))
_ACCEPTED = st.builds(Accepted, children=_TYPED, weight=samples.WEIGHTS)
_KEYS = st.builds(
    lambda rest, case: TextKey(accepted=(*rest, Accepted(children=(Text("whole"),))), case=case),
    st.lists(_ACCEPTED, max_size=3),
    st.booleans(),
)
_NUMBER_KEYS = samples.NUMBER_KEYS.map(
    lambda key: replace(key, numbers=(*key.numbers, replace(key.numbers[0], weight=None)))
)
_LISTS = st.lists(st.builds(Option, children=_TYPED, correct=st.booleans()), min_size=1, max_size=3).map(
    lambda options: DropdownKey(options=(*options, Option(children=(Text("right"),), correct=True)))
)
_BLANKS = st.builds(
    Blank,
    key=st.one_of(_KEYS, _NUMBER_KEYS, _LISTS),
    hint=st.one_of(st.just(""), WORDS.map(lambda t: f"!{t}")),
)
_CLOZES = st.lists(
    st.lists(st.one_of(st.builds(Text, WORDS), _BLANKS), min_size=1, max_size=4), min_size=1, max_size=2
).map(lambda lines: (*(para(*line) for line in lines), para("One more: ", blank("x"))))
_RUBRICS = st.lists(
    st.builds(Criterion, blocks=FILLED, points=st.one_of(st.none(), st.integers(1, 9).map(Decimal))),
    max_size=2,
).map(tuple)
_COUNTS = st.one_of(st.none(), st.integers(1, 200))


def blank(*texts: str, hint: str = "") -> Blank:
    accepted = tuple(Accepted(children=(Text(text),)) for text in texts)
    return Blank(key=TextKey(accepted=accepted), hint=hint)


def _questions() -> st.SearchStrategy[Question]:
    shared: dict[str, Any] = {
        "id": st.just("Q"),
        "title": st.one_of(st.just(()), INLINES),
        "prompt": FILLED,
        "solution": MAYBE,
        "notes": samples.NOTES,
        "hints": _HINTS,
        "feedback": samples.FEEDBACK,
        "tags": st.lists(st.sampled_from(["one", "two words", "a, b"]), max_size=2).map(tuple),
        "difficulty": st.sampled_from(["", "easy"]),
        "points": _POINTS,
        "shuffle": _SHUFFLE,
    }
    pairs: dict[str, Any] = {**samples.PAIRS, "heads": st.tuples(INLINES, INLINES)}
    items = st.lists(FILLED.map(ListItem), min_size=2, max_size=4).map(tuple)
    essays: dict[str, Any] = {"rubric": _RUBRICS, "least_words": _COUNTS, "most_words": _COUNTS}
    return st.one_of(
        st.builds(OpenQuestion, lines=_COUNTS, **essays, **shared),
        st.builds(ChoiceQuestion, choices=_CHOICES, several=st.booleans(), **shared),
        st.builds(TrueFalseQuestion, answer=st.booleans(), **shared),
        st.builds(ShortAnswerQuestion, key=_KEYS, **shared),
        st.builds(NumericQuestion, key=samples.NUMBER_KEYS, **shared),
        st.builds(ClozeQuestion, text=_CLOZES, **shared),
        st.builds(MatchingQuestion, **pairs, **shared),
        st.builds(CategorisingQuestion, **pairs, **shared),
        st.builds(OrderingQuestion, items=items, **shared),
    )


_QUESTIONS = _questions()
_SECTIONS = st.builds(
    Section,
    title=INLINES,
    stimulus=st.booleans(),
    blocks=MAYBE,
    parts=st.lists(_QUESTIONS, max_size=2).map(tuple),
)
_METAS = st.builds(
    PackMeta,
    title=st.just("x"),
    collection=WORDS,
    description=WORDS,
    license=WORDS,
    authors=st.lists(WORDS, max_size=2).map(tuple),
    tags=st.lists(WORDS, max_size=2).map(tuple),
    title_on_front=st.booleans(),
    lang=st.sampled_from(["en", "ar"]),
)
PACKS = st.builds(
    lambda meta, title, intro, parts: numbered(
        Pack(id="made", title=title, meta=meta, intro=intro, parts=parts)
    ),
    _METAS,
    WORDS,
    MAYBE,
    st.lists(st.one_of(_QUESTIONS, _SECTIONS), max_size=4).map(tuple),
)


def numbered(pack: Pack) -> Pack:
    """Return `pack` with the ids of its questions made different."""
    names = iter(f"Q{number}" for number in range(1, 1 + sum(1 for _ in questions(pack))))

    def renamed(part: Question | Section) -> Question | Section:
        if isinstance(part, Section):
            return replace(part, parts=tuple(renamed(inner) for inner in part.parts))
        return replace(part, id=next(names))

    return replace(pack, parts=tuple(renamed(part) for part in pack.parts))


def torture_pack() -> Pack:
    """Every torture text in every place that holds text, cloze questions included."""
    base = samples.torture_pack()
    clozes = tuple(_torture_cloze(f"Z{number}", text) for number, text in enumerate(TORTURE, 1))
    hinted = tuple(
        TrueFalseQuestion(
            id=f"H{number}", prompt=(para("?", text),), answer=True, hints=((para("!", text),),)
        )
        for number, text in enumerate(TORTURE, 1)
    )
    return replace(base, parts=(*base.parts, *clozes, *hinted))


def _torture_cloze(identifier: str, text: str) -> ClozeQuestion:
    key = TextKey(
        accepted=(
            Accepted(children=(Text("whole"),)),
            Accepted(children=(Text(f"!{text}"),), weight=Decimal(50)),
            Accepted(children=(Text(f"{text}!"),), weight=Decimal(25)),
        )
    )
    options = DropdownKey(
        options=(
            Option(children=(Text(f"!{text}"),), correct=True),
            Option(children=(Text(f"{text}!"),), correct=False),
        )
    )
    return ClozeQuestion(
        id=identifier,
        text=(
            para("Before ", text, " ", Blank(key=key, hint=f"!{text}"), " after ", text),
            para(text, Blank(key=options, hint=f"{text}!"), text),
        ),
    )
