"""The flashcard sheet: fronts on one page, backs on the next, mirrored so that they meet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from math import ceil
from typing import ClassVar, TypeAlias

from packc.ast.pack import Pack, asked
from packc.ast.question import Question
from packc.ast.richtext import Blocks
from packc.handout.answers import Key, KeyWriter
from packc.handout.cardsize import SIZES, Size, size_of
from packc.handout.document import Page, Press, page_of
from packc.handout.editions import Edition
from packc.handout.spaces import Lines, Space, space_of
from packc.record import record
from packc.render.templating import Markup


@record
class FrontView:
    """What is asked, with the text that it is about. `space` is None for free text."""

    number: int
    id: str
    prompt: Markup
    space: Space | None
    footnotes: Markup


@record
class BackView:
    number: int
    id: str
    title: Markup
    key: Key | None
    solution: Markup
    footnotes: Markup


Card: TypeAlias = tuple[FrontView, BackView]


@record
class Leaf:
    """Two pages that lie back to back. A cell without a card is None; `size` names the cards' size."""

    size: str
    fronts: tuple[FrontView | None, ...]
    backs: tuple[BackView | None, ...]


@record
class CardSheet:
    template: ClassVar[str] = "cards"
    page: Page
    leaves: tuple[Leaf, ...]


def card_sheet(pack: Pack, edition: Edition, press: Press) -> CardSheet:
    """Return the sheet: cards of one size lie together, in the order of the questions, on few leaves."""
    found: dict[Size, list[Card]] = {size: [] for size in SIZES}
    for number, (question, shared) in enumerate(asked(pack), 1):
        size = size_of(question, shared)
        if size is not None:
            found[size].append((_front(question, shared, number, press), _back(question, number, press)))
    return CardSheet(
        page=page_of(pack, edition, press.wording.words, note=press.wording.words.flashcards),
        leaves=tuple(_leaves(_fewest(found))),
    )


def _fewest(found: Mapping[Size, list[Card]]) -> list[tuple[Size, list[Card]]]:
    """Return each size with its cards, on as few leaves as may be: what fills none may join larger cards."""
    choices = product([False, True], repeat=len(SIZES) - 1)
    ways = [list(_arranged(found, joins)) for joins in choices]
    return min(ways, key=lambda way: sum(ceil(len(cards) / size.cells) for size, cards in way))


def _arranged(found: Mapping[Size, list[Card]], joins: Sequence[bool]) -> Iterator[tuple[Size, list[Card]]]:
    """Yield the sizes with their cards; `joins` says for each but the last if it fills whole leaves only."""
    left_over: list[Card] = []
    for size, only_whole in zip(SIZES, (*joins, False), strict=True):
        cards = sorted([*left_over, *found[size]], key=lambda card: card[0].number)
        end = len(cards) - len(cards) % size.cells if only_whole else len(cards)
        left_over = cards[end:]
        yield size, cards[:end]


def _leaves(found: Iterable[tuple[Size, list[Card]]]) -> Iterator[Leaf]:
    for size, cards in found:
        cells = size.cells
        for start in range(0, len(cards), cells):
            here = cards[start : start + cells]
            missing = (None,) * (cells - len(here))
            fronts = (*(front for front, _ in here), *missing)
            backs = (*(back for _, back in here), *missing)
            yield Leaf(size.name, fronts, _mirrored(backs, size.columns))


def _mirrored(cells: tuple[BackView | None, ...], columns: int) -> tuple[BackView | None, ...]:
    """Return each row turned round: the sheet is flipped on its long edge."""
    rows = [cells[start : start + columns] for start in range(0, len(cells), columns)]
    return tuple(cell for row in rows for cell in row[::-1])


def _front(question: Question, shared: Blocks, number: int, press: Press) -> FrontView:
    space = space_of(question, 2, press)
    return FrontView(
        number,
        question.id,
        press.renderer.under(2, (*shared, *question.prompt)),
        None if isinstance(space, Lines) else space,
        press.renderer.notes(),
    )


def _back(question: Question, number: int, press: Press) -> BackView:
    return BackView(
        number,
        question.id,
        press.renderer.line(question.title),
        KeyWriter(2, press).key(question),
        press.renderer.under(2, question.solution),
        press.renderer.notes(),
    )
