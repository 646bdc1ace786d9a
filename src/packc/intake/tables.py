"""HTML's tables to ours: one row of headings, cells of one line, all rows of one width."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from packc.ast.richtext import Align, Block, Cell, Para, Row, Table
from packc.intake.lines import line_of
from packc.intake.tree import Element

if TYPE_CHECKING:
    from packc.intake.blocks import BlockReader

_WIDEST = 100  # columns that a cell may span


class TableReader:
    """Reads a table with the reader of the text around it."""

    def __init__(self, reader: BlockReader) -> None:
        self._reader = reader
        self._remarks = reader.setting.remarks

    def blocks(self, table: Element) -> Iterator[Block]:
        """Yield the caption as a paragraph, and the table."""
        caption = table.child("caption")
        if caption is not None:
            yield Para(line_of(tuple(self._reader.blocks(caption.children)))[0])
        rows = [(self._row(row), _is_head(row, group)) for row, group in _rows(table)]
        rows = [(cells, is_head) for cells, is_head in rows if cells]
        width = max((len(cells) for cells, _ in rows), default=0)
        if not width:
            return
        aligns = _aligns(table, width)
        head: list[Cell] = []
        if rows[0][1]:
            head, rows = rows[0][0], rows[1:]
        yield Table(_row_of(head, width), tuple(_row_of(cells, width) for cells, _ in rows), aligns)

    def _row(self, row: Element) -> list[Cell]:
        cells: list[Cell] = []
        for cell in row.elements("td", "th"):
            line, changed = line_of(tuple(self._reader.blocks(cell.children)))
            place = self._reader.place(cell.line)
            if changed:
                self._remarks.lost(
                    "a cell with more than a line of text", "it stands on one line here", place
                )
            cells.append(Cell(line))
            across = _count(cell.get("colspan"))
            if across > 1 or _count(cell.get("rowspan")) > 1:
                self._remarks.lost("a cell that spans others", "it stands in the first of them", place)
            cells += [Cell(())] * (min(across, _WIDEST) - 1)
        return cells


def _rows(table: Element) -> Iterator[tuple[Element, str]]:
    for child in table.elements():
        if child.name == "tr":
            yield child, ""
        elif child.name in ("thead", "tbody", "tfoot"):
            for row in child.elements("tr"):
                yield row, child.name


def _is_head(row: Element, group: str) -> bool:
    cells = list(row.elements("td", "th"))
    return group == "thead" or (bool(cells) and all(cell.name == "th" for cell in cells))


def _aligns(table: Element, width: int) -> tuple[Align, ...]:
    found = [Align.NONE] * width
    for row, _ in _rows(table):
        for index, cell in enumerate(row.elements("td", "th")):
            if index < width and found[index] is Align.NONE:
                found[index] = _align(cell)
    return tuple(found)


def _align(cell: Element) -> Align:
    style = re.search(r"text-align\s*:\s*([a-z]+)", cell.get("style"))
    named = re.search(r"\balign-([a-z]+)", cell.get("class"))
    word = (style or named or [None, cell.get("align")])[1]
    return Align(word) if word in ("left", "center", "right") else Align.NONE


def _count(written: str) -> int:
    return int(written) if re.fullmatch(r"[0-9]{1,4}", written) else 1


def _row_of(cells: list[Cell], width: int) -> Row:
    return Row((*cells, *([Cell(())] * (width - len(cells)))))
