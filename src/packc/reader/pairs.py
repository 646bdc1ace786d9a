"""Tables of pairs, numbered lists in the right order, and the items of a rubric."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from packc.ast.question import Criterion, Pair
from packc.ast.richtext import Block, Blocks, BulletList, Inlines, ListItem, OrderedList, Para, Row, Table
from packc.diagnostics import Sink
from packc.diagnostics.rules.answers import TextAfterChoices
from packc.diagnostics.rules.order import NoNumberedList, SecondKeyBlock, WrongNumber
from packc.diagnostics.rules.pairs import (
    EmptyRight,
    NoTable,
    NotTwoColumns,
)
from packc.named import NamedTuple
from packc.reader.fields import Content, Field
from packc.reader.tasklists import TaskList
from packc.reader.written import Written
from packc.source import SourceFile

_POINTS = r"\s*\((?P<points>[0-9]{1,4}(?:\.[0-9]{1,4})?)(?:\s*(?:points?|pts?\.?|p))?\)\s+"
_NUMBER = r"[0-9]{1,9}"


class Pairs(NamedTuple):
    """The rows of a table of pairs. `prompt` is what else stood in the field."""

    pairs: tuple[Pair, ...]
    distractors: tuple[Inlines, ...]
    heads: tuple[Inlines, Inlines]
    prompt: Blocks


class Order(NamedTuple):
    """Items in the right order. `prompt` is what else stood in the field."""

    items: tuple[ListItem, ...]
    prompt: Blocks


class PairReader:
    """Reads the fields whose value is a table or a list of a certain shape."""

    def __init__(self, source: SourceFile, sink: Sink) -> None:
        self._source = source
        self._sink = sink

    def pairs(self, field: Field) -> Pairs:
        """Return the pairs in the table of `Match` or `Sort`; a row without a left text is a distractor."""
        table, rest = self._first(field.body, Table)
        if not isinstance(table, Table):
            self._sink.report(NoTable(), field.line.span if field.line else None)
            return Pairs((), (), ((), ()), rest)
        if len(table.aligns) != 2:
            self._sink.report(NotTwoColumns(len(table.aligns)), table.header.span)
            return Pairs((), (), ((), ()), rest)
        pairs: list[Pair] = []
        distractors: list[Inlines] = []
        for row in table.rows:
            left, right = _cells(row)
            if not right:
                self._sink.report(EmptyRight(), row.span)
            elif left:
                pairs.append(Pair(left=left, right=right, span=row.span))
            else:
                distractors.append(right)
        return Pairs(tuple(pairs), tuple(distractors), _cells(table.header), rest)

    def order(self, field: Field) -> Order:
        """Return the items of the numbered list under `Order`; the numbers are those in the source."""
        found, rest = self._first(field.body, OrderedList)
        if not isinstance(found, OrderedList):
            self._sink.report(NoNumberedList(), field.line.span if field.line else None)
            return Order((), rest)
        wanted = found.start
        for item in found.items:
            assert item.span is not None  # the reader gives every node its place
            number = re.match(_NUMBER, self._source.text[item.span.start : item.span.start + 9])
            if number and int(number[0]) != wanted:
                place = self._source.span(item.span.start, item.span.start + number.end())
                self._sink.report(WrongNumber(int(number[0]), wanted), place)
                break  # the numbers after it are wrong in the same way
            wanted += 1
        return Order(found.items, rest)

    def rubric(self, field: Field) -> tuple[Criterion, ...]:
        """Return the items of a rubric, `(2)` before one being its points. Other text is an item, too."""
        criteria: list[Criterion] = []
        for block in field.blocks:
            if isinstance(block, BulletList | OrderedList):
                criteria += [self._criterion(item) for item in block.items]
            else:
                criteria.append(self._criterion(ListItem((block,), span=block.span)))
        return tuple(criteria)

    def _criterion(self, item: ListItem) -> Criterion:
        first = item.blocks[0] if item.blocks else None
        if isinstance(first, Para):
            written = Written(first.children, self._source)
            points = re.match(_POINTS, written.text)
            if points:
                rest = Para(
                    written.cut(points.end(), len(written.text)),
                    span=written.span(points.end(), len(written.text)),
                )
                blocks = (rest, *item.blocks[1:])
                return Criterion(blocks=blocks, points=Decimal(points["points"]), span=item.span)
        return Criterion(blocks=item.blocks, span=item.span)

    def _first(self, body: Sequence[Content], kind: type[Table | OrderedList]) -> tuple[Block | None, Blocks]:
        """Return the first block of this kind, and the rest, which is shown before it."""
        found: Block | None = None
        rest: list[Block] = []
        reported = False
        for item in body:
            block = item.plain if isinstance(item, TaskList) else item
            if not isinstance(block, kind):
                if found is not None and not reported:
                    reported = True
                    self._sink.report(TextAfterChoices(), block.span)
                rest.append(block)
            elif found is None:
                found = block
            else:
                self._sink.report(SecondKeyBlock(), block.span)
        return found, tuple(rest)


def _cells(row: Row) -> tuple[Inlines, Inlines]:
    left, right = row.cells
    return left.children, right.children
