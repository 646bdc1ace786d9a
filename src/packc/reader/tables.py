"""Tables that are none: the row below the head has more cells than the head, or fewer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import escapedSplit

from packc.diagnostics import Fix, Sink
from packc.diagnostics.rules.unread import RaggedTable
from packc.source import SourceFile

BlockRule = Callable[[StateBlock, int, int, bool], bool]
_ROW = r"[-:|][-:| \t]*-[-:| \t]*"


def noting_ragged(rule: BlockRule) -> BlockRule:
    """Return the rule for tables, which notes the heads of those that are none for their second row."""

    def table(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
        if rule(state, start_line, end_line, silent):
            return True
        if start_line + 1 < end_line and state.sCount[start_line + 1] >= state.blkIndent:
            head, row = (
                state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].rstrip()
                for line in (start_line, start_line + 1)
            )
            if "|" in head and "|" in row and re.fullmatch(_ROW, row):
                state.env["ragged"].add(start_line)
        return False

    return table


def report_ragged(heads: Iterable[int], source: SourceFile, sink: Sink) -> None:
    """Report the tables whose heads stand in these lines."""
    for line in sorted(heads):
        columns = len(_cells(source.line_text(line).lstrip("> \t")))
        written = source.line_text(line + 1).rstrip()
        row = written.lstrip("> \t")
        cells = len(_cells(row))
        if cells == columns:
            continue
        end = source.line_starts[line + 1] + len(written)
        place = source.span(end - len(row), end)
        fix = None
        if cells < columns:
            more = "|---" * (columns - cells)
            fix = Fix.replacing(
                place, f"{row.rstrip('|').rstrip()}{more}|", "give the row the cells of the head"
            )
        sink.report(RaggedTable(cells, columns), place, fix=fix)


def _cells(row: str) -> list[str]:
    """Return the cells of a row; bars at its edges stand beside no further ones."""
    cells: list[str] = escapedSplit(row.strip())
    if cells and not cells[0]:
        cells.pop(0)
    if cells and not cells[-1]:
        cells.pop()
    return cells
