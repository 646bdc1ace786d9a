"""The order in which a sheet shows what its reader has to match, sort, order or choose from.

It is a hash's, so it depends on the texts and on nothing else: sheets of packs that differ only in the key
are alike, and the letters on the sheet are those in the key. A version's salt goes into the hash, so that
version B is the same for ever for the same seed, on every machine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TypeVar

from packc.ast.keys import Option
from packc.ast.pack import Pack, Part, Section
from packc.ast.question import (
    CategorisingQuestion,
    Choice,
    ChoiceQuestion,
    MatchingQuestion,
    OrderingQuestion,
    Pair,
    Pin,
    Question,
)
from packc.ast.richtext import Blocks, Inlines, ListItem
from packc.record import record
from packc.render.neutral import neutral
from packc.render.plain import PLAIN

T = TypeVar("T")


@record
class Order:
    """The order of one version of a sheet; without `salt`, of the sheet as the author wrote it."""

    salt: str = ""

    def parts(self, container: Pack | Section) -> Iterator[Part]:
        """Yield the parts: in a version, questions that follow one another change places among themselves."""
        for is_section, run in groupby(container.parts, lambda part: isinstance(part, Section)):
            parts = tuple(run)
            if is_section or not self.salt:
                yield from parts
            else:
                marks = ["" if isinstance(part, Section) else self._mark("", part.id) for part in parts]
                yield from _picked(parts, marks)

    def pairs(self, question: MatchingQuestion) -> tuple[Pair, ...]:
        """Return the pairs as their left texts stand on the sheet."""
        if not self.salt:
            return question.pairs
        return self._picked(question, question.pairs, _marks_of_lines([pair.left for pair in question.pairs]))

    def right_column(self, question: MatchingQuestion) -> tuple[Inlines, ...]:
        """Return every right text once."""
        texts = tuple(dict.fromkeys((*(pair.right for pair in question.pairs), *question.distractors)))
        return self._picked(question, texts, _marks_of_lines(texts))

    def category_column(self, question: CategorisingQuestion) -> tuple[Inlines, ...]:
        """Return every category once."""
        return self._picked(question, question.categories, _marks_of_lines(question.categories))

    def items_to_sort(self, question: CategorisingQuestion) -> tuple[Pair, ...]:
        """Return the pairs by their left texts: an author writes those of a category together."""
        return self._picked(question, question.pairs, _marks_of_lines([pair.left for pair in question.pairs]))

    def items_to_order(self, question: OrderingQuestion) -> tuple[ListItem, ...]:
        return self._picked(
            question, question.items, _marks_of_blocks([item.blocks for item in question.items])
        )

    def choices_shown(self, question: ChoiceQuestion) -> tuple[Choice, ...]:
        """Return the choices in the author's order, or shuffled; pins hold.

        They are shuffled where the author asks for it, and in a version unless the author forbids it.
        """
        if not self._shuffles(question):
            return question.choices
        marks = _marks_of_blocks([choice.blocks for choice in question.choices])
        order = neutral([self._mark(question.id, mark) for mark in marks])
        return tuple(question.choices[index] for index in _pinned([c.pin for c in question.choices], order))

    def options_shown(self, question: Question, options: tuple[Option, ...]) -> tuple[Option, ...]:
        """Return the entries of a drop-down list, as `choices_shown` does."""
        if not self._shuffles(question):
            return options
        return self._picked(question, options, _marks_of_lines([option.children for option in options]))

    def _shuffles(self, question: Question) -> bool:
        return question.shuffle is not False and bool(question.shuffle or self.salt)

    def _picked(self, question: Question, things: Sequence[T], marks: Sequence[str]) -> tuple[T, ...]:
        return _picked(things, [self._mark(question.id, mark) for mark in marks])

    def _mark(self, identifier: str, mark: str) -> str:
        return f"{self.salt}\0{identifier}\0{mark}" if self.salt else mark


def _pinned(pins: Sequence[Pin], order: Sequence[int]) -> list[int]:
    """Return `order` with what is pinned in its place; where two want one place, the earlier has it."""
    places: dict[int, int] = {}
    first = [index for index, pin in enumerate(pins) if pin is Pin.FIRST]
    last = [index for index, pin in enumerate(pins) if pin is Pin.LAST]
    places.update(enumerate(first))
    places.update(enumerate(last, len(pins) - len(last)))
    for index, pin in enumerate(pins):
        if pin is Pin.FIXED:
            places.setdefault(index, index)
    pinned = set(places.values())
    free = iter([index for index in order if index not in pinned])
    return [places[place] if place in places else next(free) for place in range(len(pins))]


def _picked(things: Sequence[T], marks: Sequence[str]) -> tuple[T, ...]:
    return tuple(things[index] for index in neutral(marks))


def _marks_of_lines(texts: Sequence[Inlines]) -> list[str]:
    return _told_apart([PLAIN.inlines(text) for text in texts], texts)


def _marks_of_blocks(texts: Sequence[Blocks]) -> list[str]:
    return _told_apart([PLAIN.blocks(text) for text in texts], texts)


def _told_apart(plain: list[str], texts: Sequence[object]) -> list[str]:
    # Two pictures may have the same words. Their order must not be the author's, which may be the key.
    counts = Counter(plain)
    return [
        mark if counts[mark] == 1 else f"{mark}\0{text!r}" for mark, text in zip(plain, texts, strict=True)
    ]
