"""Definition lists: `Term` on a line, `: meaning` on the next."""

from __future__ import annotations

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from packc.reader.containers import push_title, read_from

_DEEPEST = 4  # columns that a meaning's further lines are indented by


def definition_list(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """A line above one that begins with `: ` is a term, and what follows the colon is its meaning."""
    if state.is_code_block(start_line):
        return False
    lazy = silent and state.env["meanings"] > 0 and state.sCount[start_line] < state.blkIndent
    if lazy and _meaning_at(state, start_line, end_line, lazy=True) is not None:
        return True  # the next meaning ends the paragraph of the one before
    line = start_line + 1
    if (lazy or not silent) and line < end_line and state.isEmpty(line):
        line += 1
    colon = _meaning_at(state, line, end_line, lazy=lazy)
    if colon is None or _meaning_at(state, start_line, end_line) is not None:
        return False
    if silent:
        return True
    opening = state.push("dl_open", "", 1)
    _push_term(state, start_line)
    while colon is not None:
        meaning = state.push("dd_open", "", 1)
        content = colon + 1
        while state.src[content : content + 1] in (" ", "\t"):
            content += 1
        indent = state.sCount[line] + min(content - colon, _DEEPEST)
        state.env["meanings"] += 1
        read_from(state, line, colon + 1, end_line, indent)
        state.env["meanings"] -= 1
        meaning.map = [line, state.line]
        state.push("dd_close", "", -1)
        line = state.line
        while line < end_line and state.isEmpty(line):
            line += 1
        colon = _meaning_at(state, line, end_line)
    opening.map = [start_line, state.line]
    state.push("dl_close", "", -1)
    return True


def _push_term(state: StateBlock, line: int) -> None:
    state.push("dt_open", "", 1)
    start, end = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    push_title(state, line, start, start + len(state.src[start:end].rstrip()))
    state.push("dt_close", "", -1)


def _meaning_at(state: StateBlock, line: int, end_line: int, *, lazy: bool = False) -> int | None:
    """Return where the colon stands that begins a meaning in `line`, or None.

    `lazy`: the line may belong to a list around the text that is being read.
    """
    if line >= end_line or state.isEmpty(line):
        return None
    position = state.bMarks[line] + state.tShift[line]
    if state.src[position] != ":" or state.src[position + 1 : position + 2] not in (" ", "\t"):
        return None
    if not state.src[position + 1 : state.eMarks[line]].strip():
        return None
    indent = state.sCount[line] - state.blkIndent
    return position if (lazy or indent >= 0) and indent < 4 else None


def joined(tokens: list[Token]) -> list[Token]:
    """Return `tokens` with definition lists that follow one another made one."""
    made: list[Token] = []
    opened: list[Token] = []
    for token in tokens:
        if token.type == "dl_open":
            if made and made[-1].type == "dl_close":
                first: Token = made.pop().meta["opening"]
                assert first.map is not None
                assert token.map is not None
                first.map[1] = token.map[1]
                opened.append(first)
                continue
            opened.append(token)
        elif token.type == "dl_close":
            opening = opened.pop()
            token.meta["opening"] = opening
        made.append(token)
    return made
