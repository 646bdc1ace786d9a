"""How large a card a question needs: HTML cannot shrink a text until it fits, so room is estimated.

The figures belong to `templates/html/cards.css`; a test prints cards that just fit and looks for overflow.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from unicodedata import east_asian_width

from packc.ast.pack import Pack, asked
from packc.ast.question import (
    CategorisingQuestion,
    ChoiceQuestion,
    ClozeQuestion,
    MatchingQuestion,
    OrderingQuestion,
    Question,
)
from packc.ast.richtext import Blocks, Image, Inlines, MathBlock, Table
from packc.ast.walk import walk
from packc.named import NamedTuple
from packc.render.plain import PLAIN
from packc.source import Span


class Size(NamedTuple):
    """A size of card: how many fit on a page, and the lines and characters that fit on one."""

    name: str
    columns: int
    rows: int
    lines: int
    characters: int

    @property
    def cells(self) -> int:
        """How many cards lie on a page."""
        return self.columns * self.rows


# For Letter, which is the lower of the two papers, less the card's edges and its number.
SIZES = (
    Size("eighth", 2, 4, 11, 44),
    Size("quarter", 2, 2, 24, 44),
    Size("half", 1, 2, 24, 92),
    Size("page", 1, 1, 52, 92),
)
_IMAGE, _FORMULA, _GAP = 8, 3, 0.5  # lines; the style sheet keeps images as low


def size_of(question: Question, shared: Blocks) -> Size | None:
    """Return the smallest card that holds `question` with the text that it is about; None if none does."""
    return next((size for size in SIZES if _height(question, shared, size) <= size.lines), None)


def left_off(pack: Pack) -> Iterator[Span | None]:
    """Yield the places of the questions that no card holds."""
    return (question.span for question, shared in asked(pack) if size_of(question, shared) is None)


def _height(question: Question, shared: Blocks, size: Size) -> float:
    width = size.characters
    front: float = _blocks((*shared, *question.prompt), width) + 2  # and what to do
    back: float = _blocks(question.solution, width) + _line(question.title, width) + 2
    match question:
        case ChoiceQuestion():
            choices = sum(max(_blocks(choice.blocks, width - 6), 1) + _GAP for choice in question.choices)
            right = [choice for choice in question.choices if choice.correct]
            front += choices
            back += sum(max(_blocks(choice.blocks, width - 6), 1) for choice in right)
        case ClozeQuestion():
            front += 2 * _blocks(question.text, width)
            back += 2 * _blocks(question.text, width) + sum(1 for _ in walk(question.text)) // 8
        case MatchingQuestion() | CategorisingQuestion():
            half = width // 2 - 4
            texts = [*(text for pair in question.pairs for text in (pair.left, pair.right))]
            texts += question.distractors
            front += sum(_line(text, half) + _GAP for text in texts)
            back += sum(_line(text, half) for text in texts) + 1
        case OrderingQuestion():
            items = sum(max(_blocks(item.blocks, width - 6), 1) for item in question.items)
            front += items + _GAP * len(question.items)
            back += items + 1
        case _:
            front, back = front + 1, back + 3
    return max(front, back)


def _blocks(blocks: Blocks, width: int) -> int:
    lines = sum(_wrapped(line, width) for line in PLAIN.blocks(blocks).splitlines() if line.strip())
    for node in walk(blocks):
        if isinstance(node, Image):
            lines += _IMAGE
        elif isinstance(node, MathBlock):
            lines += _FORMULA
        elif isinstance(node, Table):
            lines += len(node.rows) + 1  # each row has room above and below
    return lines + len(blocks) // 2


def _line(inlines: Inlines, width: int) -> int:
    return _wrapped(PLAIN.inlines(inlines), width) if inlines else 0


def _wrapped(text: str, width: int) -> int:
    columns = sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
    return max(ceil(columns / width), 1)
