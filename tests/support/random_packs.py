"""Random packs with all kinds of questions, whose texts are what the formats of others trip over.

Hypothesis would draw the same, thirty times slower: nearly all of a large sweep would go into drawing.
`random_pack(seed, number)` gives the same pack every time, so that a failure names its pack.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from itertools import islice
from typing import Any

from packc.ast.keys import Accepted, BlankKey, DropdownKey, Number, NumberKey, Option, TextKey
from packc.ast.pack import Pack, PackMeta, Part, Section
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
    Blank,
    Block,
    Inline,
    Inlines,
    ListItem,
    Text,
)
from packc.render.plain import PLAIN
from tests.support.packs import para
from tests.support.random_texts import RandomTexts

_SHARES = dict(enumerate(map(Decimal, ("100", "50", "33.33333", "25", "20", "16.66667")), 1))


def seed_of_the_run() -> int:
    """Return the seed: the same one every time, and with `TEST_DEEP=1` that of `DEEP_SEED` or a fresh one."""
    if os.environ.get("TEST_DEEP") != "1":
        return 0
    return int(os.environ.setdefault("DEEP_SEED", str(secrets.randbelow(1_000_000))))


def many(few: int, deep: int = 10_000) -> int:
    """Return how many packs a test should take: `few`, and `deep` in `make deep`."""
    return deep if os.environ.get("TEST_DEEP") == "1" else few


def random_packs(count: int) -> Iterator[Pack]:
    """Yield `count` packs of this run's seed; each says in its version which one it is."""
    seed = seed_of_the_run()
    return (random_pack(seed, number) for number in range(count))


def batched(packs: Iterator[Pack], size: int) -> Iterator[list[Pack]]:
    """Yield the packs in lists, as many as one process of another reader should be given at once."""
    while some := list(islice(packs, size)):
        yield some


@contextmanager
def named(pack: Pack) -> Iterator[None]:
    """Say of a failure inside which random pack it is about."""
    try:
        yield
    except Exception as error:
        error.add_note(f"random_pack({pack.meta.version})")
        raise


def random_pack(seed: int, number: int) -> Pack:
    """Return a pack with up to four parts, and unique ids."""
    return _Author(f"{seed}/{number}").pack(f"{seed}, {number}")


class _Author(RandomTexts):
    def __init__(self, seed: str) -> None:
        super().__init__(seed)
        self._asked = 0

    # Keys

    def _drawn(self, *numbers: str | None) -> Decimal | None:
        drawn = self._one(*numbers)
        return None if drawn is None else Decimal(drawn)

    def _weight(self) -> Decimal | None:
        return self._drawn(None, None, "50", "33.33333", "100", "0", "12.5")

    def _typed(self) -> Inlines:
        return (Text(self._one(f"!{self.word()}", f"!{self.word()}&", f"!{self.word()}\\")),)

    def text_key(self) -> TextKey:
        rest = self._some(lambda: Accepted(children=self._typed(), weight=self._weight()), 0, 3)
        whole = Accepted(children=(Text("whole"),))
        unlike = {PLAIN.inlines(one.children).strip().casefold(): one for one in (*rest, whole)}
        return TextKey(accepted=tuple(unlike.values()), case=self._chance() < 0.5)

    def _decimal(self, most: int, places: int) -> Decimal:
        return Decimal(self._random.randint(0, most)).scaleb(-self._random.randint(0, places))

    def _number(self) -> Number:
        value = self._decimal(10**7, 3) * self._one(1, -1)
        if self._chance() < 0.3:
            return Number(value=value, upper=value + self._decimal(5000, 2), weight=self._weight())
        off, percent = self._decimal(5000, 2), self._chance() < 0.3
        return Number(value=value, tolerance=off, percent=percent, weight=self._weight())

    def number_key(self) -> NumberKey:
        whole = Number(value=self._decimal(10**5, 2))
        numbers = (*self._some(self._number, 0, 2), whole)
        return NumberKey(numbers=numbers, unit=self._one("", "", "kg", "m/s²"))

    def _list_key(self) -> DropdownKey:
        rest = self._some(lambda: Option(children=self._typed(), correct=False), 1, 3)
        right = self._random.randrange(len(rest) + 1)
        options = (*rest[:right], Option(children=(Text("right"),), correct=True), *rest[right:])
        return DropdownKey(options=options)

    def _blank(self) -> Blank:
        makers: tuple[Callable[[], BlankKey], ...] = (self.text_key, self.number_key, self._list_key)
        key = self._one(*makers)()
        return Blank(key=key, hint=self._maybe(lambda: f"!{self.word()}", "", 0.4))

    # Questions

    def _note(self, role: Role) -> Note:
        return Note(role=role, label=self.word(), body=self.blocks(), side=self._one(*Side))

    def _shared(self) -> dict[str, Any]:
        self._asked += 1
        roles = self._random.sample(tuple(Role), k=self._random.choice((0, 0, 1, 2)))
        return {
            "id": f"Q{self._asked}",
            "title": self._maybe(self.line, ()),
            "prompt": self._noted(),
            "solution": self._maybe(self._noted, (), 0.4),
            "notes": tuple(self._note(role) for role in roles),
            "hints": self._some(self.filled, 0, 2) if self._chance() < 0.3 else (),
            "feedback": Feedback(general=self.text(), right=self.text(), wrong=self.text()),
            "tags": self._some(lambda: self._one("one", "two words", "a, b"), 0, 2),
            "difficulty": self._one("", "", "easy"),
            "points": self._maybe(lambda: self._decimal(500, 2) + 1, None, 0.3),
            "shuffle": self._one(None, None, True, False),
        }

    def question(self) -> Question:
        shared = self._shared()
        kinds: tuple[Callable[[dict[str, Any]], Question], ...] = (
            self._open,
            self._choices,
            self._choices,
            lambda it: TrueFalseQuestion(answer=self._chance() < 0.5, **it),
            lambda it: ShortAnswerQuestion(key=self.text_key(), **it),
            lambda it: NumericQuestion(key=self.number_key(), **it),
            self._cloze,
            lambda it: MatchingQuestion(**self._pairs(), **it),
            lambda it: CategorisingQuestion(**self._pairs(), **it),
            lambda it: OrderingQuestion(items=self._some(lambda: ListItem(self._short()), 2, 4), **it),
        )
        return self._one(*kinds)(shared)

    def _open(self, shared: dict[str, Any]) -> Question:
        rubric = self._some(self._criterion, 0, 2)
        limits: dict[str, Any] = {name: self._count() for name in ("lines", "least_words", "most_words")}
        return OpenQuestion(rubric=rubric, **limits, **shared)

    def _count(self) -> int | None:
        return self._maybe(lambda: self._random.randint(1, 200), None, 0.3)

    def _criterion(self) -> Criterion:
        return Criterion(blocks=self.filled(), points=self._one(None, Decimal(self._random.randint(1, 9))))

    def _choices(self, shared: dict[str, Any]) -> Question:
        marks = (*self._some(lambda: self._chance() < 0.5, 1, 5), True)
        several = self._chance() < 0.3
        weights = self._weights(marks, several) if self._chance() < 0.4 else [None] * len(marks)
        choices = tuple(self._choice(*pair) for pair in zip(marks, weights, strict=True))
        return ChoiceQuestion(choices=choices, several=several, **shared)

    def _weights(self, marks: tuple[bool, ...], several: bool) -> list[Decimal | None]:
        """Return weights with which all that is right earns 100 %."""
        if not several and sum(marks) == 1:
            return [None if right else self._drawn(None, "50", "33.33333", "0", "-50") for right in marks]
        share = _SHARES[sum(marks)]
        return [share if right else self._drawn(None, "-100") for right in marks]

    def _choice(self, correct: bool, weight: Decimal | None) -> Choice:
        return Choice(
            blocks=self._short(),
            correct=correct,
            feedback=self.text(),
            weight=weight,
            pin=self._one(Pin.NONE, Pin.NONE, Pin.NONE, *Pin),
        )

    def _cloze(self, shared: dict[str, Any]) -> Question:
        def piece() -> Inline:
            return self._blank() if self._chance() < 0.5 else Text(self.word())

        def line() -> Block:
            return para(*self._some(piece, 1, 4))

        last = Blank(key=TextKey(accepted=(Accepted(children=(Text("x"),)),)))
        text = (*self._some(line, 1, 2), para("One more: ", last))
        return ClozeQuestion(text=text, **shared)

    def _pairs(self) -> dict[str, Any]:
        def pair() -> Pair:
            return Pair(left=(Text("!"), *self.line()), right=self.plain())

        def head() -> Inlines:
            return (Text("!"), *self.line())

        heads = self._maybe(lambda: (head(), head()), ((), ()), 0.3)
        return {"pairs": self._some(pair, 2, 4), "distractors": self._some(self.plain, 0, 2), "heads": heads}

    # Packs

    def _section(self) -> Section:
        parts = self._some(self.question, 0, 2)
        return Section(title=self.line(), stimulus=self._chance() < 0.4, blocks=self.text(), parts=parts)

    def _part(self) -> Part:
        return self._maybe(self._section, None, 0.3) or self.question()

    def pack(self, version: str) -> Pack:
        meta = PackMeta(
            title="x",
            collection=self.word(),
            description=self.word(),
            license=self.word(),
            version=version,
            authors=self._some(self.word, 0, 2),
            tags=self._some(self.word, 0, 2),
            title_on_front=self._chance() < 0.3,
            lang=self._one("en", "en", "ar"),
        )
        parts = self._some(self._part, 0, 4)
        return Pack(id="made", title=self.word(), meta=meta, intro=self.text(), parts=parts)
