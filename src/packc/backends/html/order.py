"""The order in which a sheet shows what its reader has to match, sort, order or choose from.

It is a hash's, so it depends on the texts and on nothing else: sheets of packs that differ only in the key
are alike, and the letters on the sheet are those in the key.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TypeVar

from packc.ast.keys import Option
from packc.ast.question import (
    CategorisingQuestion,
    Choice,
    ChoiceQuestion,
    MatchingQuestion,
    OrderingQuestion,
    Pair,
    Pin,
)
from packc.ast.richtext import Blocks, Inlines, ListItem
from packc.render.neutral import neutral
from packc.render.plain import PLAIN

T = TypeVar("T")


def right_column(question: MatchingQuestion) -> tuple[Inlines, ...]:
    """Return every right text once."""
    return _lines(tuple(dict.fromkeys((*(pair.right for pair in question.pairs), *question.distractors))))


def category_column(question: CategorisingQuestion) -> tuple[Inlines, ...]:
    """Return every category once."""
    return _lines(question.categories)


def items_to_sort(question: CategorisingQuestion) -> tuple[Pair, ...]:
    """Return the pairs by their left texts: an author writes those of one category one after the other."""
    return _picked(question.pairs, _marks_of_lines([pair.left for pair in question.pairs]))


def items_to_order(question: OrderingQuestion) -> tuple[ListItem, ...]:
    return _picked(question.items, _marks_of_blocks([item.blocks for item in question.items]))


def choices_shown(question: ChoiceQuestion) -> tuple[Choice, ...]:
    """Return the choices in the author's order, or shuffled where the author asks for it; pins hold."""
    if not question.shuffle:
        return question.choices
    order = neutral(_marks_of_blocks([choice.blocks for choice in question.choices]))
    return tuple(question.choices[index] for index in _pinned([c.pin for c in question.choices], order))


def options_shown(options: tuple[Option, ...], shuffle: bool | None) -> tuple[Option, ...]:
    """Return the entries of a drop-down list, as `choices_shown` does."""
    return _picked(options, _marks_of_lines([option.children for option in options])) if shuffle else options


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


def _lines(texts: Sequence[Inlines]) -> tuple[Inlines, ...]:
    return _picked(texts, _marks_of_lines(texts))


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
