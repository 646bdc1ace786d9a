"""The fields of questions about pairs, categories and orders: what is to be arranged, and how it belongs."""

from __future__ import annotations

from collections.abc import Iterator

from packc.ast.question import CategorisingQuestion, MatchingQuestion, OrderingQuestion
from packc.ast.richtext import (
    Align,
    BulletList,
    Cell,
    Inlines,
    ListItem,
    OrderedList,
    Para,
    Row,
    Table,
    Text,
)
from packc.backends.anki.cardtexts import CardTexts
from packc.render.neutral import neutral
from packc.render.plain import PLAIN


def pair_fields(
    question: MatchingQuestion | CategorisingQuestion, texts: CardTexts
) -> Iterator[tuple[str, str]]:
    """Yield the two columns apart, the right one in an order that gives nothing away, and the pairs."""
    how, right = _right_column(question, texts)
    left = tuple(pair.left for pair in question.pairs)
    order = neutral(map(PLAIN.inlines, right))
    columns = _column(question.heads[0], left, texts) + _column(
        question.heads[1], tuple(right[index] for index in order), texts, mixed=texts.seed(question)
    )
    yield "Items", texts.in_language(f'{texts.how(how)}<div class="pk-columns">{columns}</div>')
    rows = [
        *((pair.left, pair.right) for pair in question.pairs),
        *(((Text("–"),), distractor) for distractor in question.distractors),
    ]
    table = Table(_row(question.heads), tuple(map(_row, rows)), (Align.NONE, Align.NONE))
    yield "Answers", texts.in_language(texts.renderer.blocks((table,)))


def ordering_fields(question: OrderingQuestion, texts: CardTexts) -> Iterator[tuple[str, str]]:
    """Yield the items in an order that gives nothing away, and in the right one."""
    order = neutral(PLAIN.blocks(item.blocks) for item in question.items)
    items = texts.renderer.blocks((BulletList(tuple(question.items[index] for index in order)),))
    mixed = f"<div {_mixed(texts.seed(question))}>{items}</div>"
    yield "Items", texts.in_language(texts.how(texts.words.order_items) + mixed)
    yield "Answers", texts.in_language(texts.renderer.blocks((OrderedList(question.items),)))


def _right_column(
    question: MatchingQuestion | CategorisingQuestion, texts: CardTexts
) -> tuple[str, tuple[Inlines, ...]]:
    """Return what to do and the texts to choose from."""
    if isinstance(question, CategorisingQuestion):
        return texts.words.sort_items, question.categories
    return texts.words.match_pairs, (*(pair.right for pair in question.pairs), *question.distractors)


def _column(head: Inlines, entries: tuple[Inlines, ...], texts: CardTexts, *, mixed: str = "") -> str:
    """Return one column, headed and numbered; with a seed in `mixed`, it has letters and is mixed."""
    heading = f'<div class="pk-head">{texts.renderer.blocks((Para(head),))}</div>' if head else ""
    listed = texts.renderer.blocks((OrderedList(tuple(ListItem((Para(entry),)) for entry in entries)),))
    attributes = _mixed(mixed) if mixed else 'class="pk-kept"'
    return f"<div>{heading}<div {attributes}>{listed}</div></div>"


def _mixed(seed: str) -> str:
    return f'class="pk-mixed" data-seed="{seed}"'


def _row(texts: tuple[Inlines, Inlines]) -> Row:
    left, right = texts
    return Row((Cell(left), Cell(right)))
