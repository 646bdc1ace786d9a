"""Block rules of our own: a label line begins a field, a formula may fill lines, a comment is skipped."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock, paragraph
from markdown_it.token import Token

from packc.reader.grammar import META
from packc.reader.headings import begins_with_id
from packc.reader.labels import label_line

# Where these rules may end a paragraph, a list item, a quote or a table without a blank line.
_MOST_LINES = 400  # of one formula; keeps the search for a missing closer linear
ENDS = ["paragraph", "reference", "blockquote", "list", "table"]


def field(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """A known label at the very start of a line begins a field; the rest of the line is a paragraph.

    In the introduction it is text, and inside `<details>`, whose lines need no indentation.
    """
    position = state.bMarks[start_line] + state.tShift[start_line]
    at_line_start = position == 0 or state.src[position - 1] == "\n"
    if not at_line_start or state.sCount[start_line] < 0:
        return False
    line = state.src[position : state.eMarks[start_line]]
    found = label_line(line, state.env["grammar"], plain=state.env["plain_labels"])
    if found is None or state.env["folded"] or _is_introduction(state):
        return False
    if silent:
        return True
    if state.level != 0:
        return False
    token = state.push("field", "", 0)
    token.map = [start_line, start_line + 1]
    token.meta = {"label": found, "start": position}
    if not line[found.end :].strip():
        state.line = start_line + 1
        return True
    saved = state.bMarks[start_line], state.tShift[start_line], state.lineMax
    state.bMarks[start_line], state.tShift[start_line] = position + found.end, 0
    if found.key in META:
        state.lineMax = start_line + 1
    paragraph_index = len(state.tokens)
    paragraph(state, start_line, end_line, False)
    state.tokens[paragraph_index].meta["start"] = position + found.end
    state.bMarks[start_line], state.tShift[start_line], state.lineMax = saved
    return True


def _is_introduction(state: StateBlock) -> bool:
    """Tell whether no heading stands above but the pack's title."""
    env = state.env
    for index in range(env["searched"], len(state.tokens)) if env["introduction"] else ():
        token = state.tokens[index]
        if token.type == "heading_open" and token.level == 0:
            text = state.tokens[index + 1].content
            is_title = token.tag == "h1" and not env["titled"] and text and not begins_with_id(text)
            env["titled"] = True
            env["introduction"] = bool(is_title) and env["introduction"]
    env["searched"] = len(state.tokens)
    return bool(env["introduction"])


def taken(state: StateBlock) -> list[Token]:
    """Take the tokens that were made so far."""
    _is_introduction(state)  # looks at all of them
    tokens, state.tokens, state.env["searched"] = state.tokens, [], 0
    return tokens


def math_block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """`$$` or `\\[` at a line's start, to the line that ends with its closer, is a displayed formula."""
    if state.is_code_block(start_line):
        return False
    position = state.bMarks[start_line] + state.tShift[start_line]
    opener = state.src[position : position + 2]
    if opener not in ("$$", "\\["):
        return False
    closer = "$$" if opener == "$$" else "\\]"
    if position >= state.env["last"][closer]:
        return False
    found = _formula(state, start_line, end_line, closer)
    if found is None:
        return False
    if silent:
        return True
    last_line, tex, places = found
    token = state.push("math_block", "", 0)
    token.content = tex
    token.meta["places"] = places
    token.map = [start_line, last_line + 1]
    state.line = last_line + 1
    return True


def _formula(
    state: StateBlock, start_line: int, end_line: int, closer: str
) -> tuple[int, str, list[tuple[int, int]]] | None:
    """Return the line that closes the formula, its TeX, and pairs of offsets in the TeX and in the source.

    None if the formula is not closed in this block.
    """
    lines: list[str] = []
    places: list[tuple[int, int]] = []
    length = 0
    for line in range(start_line, min(end_line, start_line + _MOST_LINES)):
        if line > start_line and state.sCount[line] < state.blkIndent:
            return None
        start = state.bMarks[line] + state.tShift[line] + (2 if line == start_line else 0)
        text = state.src[start : state.eMarks[line]]
        places.append((length, start))
        length += len(text) + 1
        closed_at = _closer(text, closer)
        if closed_at < 0:
            if not text.strip() and line > start_line:
                return None
            lines.append(text)
        elif text[closed_at + 2 :].strip():
            return None  # running text goes on after it: the inline rule's business
        else:
            whole = "\n".join([*lines, text[:closed_at]])
            cut = len(whole) - len(whole.lstrip())
            pairs = [(offset - cut, place) for offset, place in places]
            return (line, whole.strip(), pairs) if whole.strip() else None
    return None


def _closer(text: str, closer: str) -> int:
    """Return the offset of an unescaped `closer`, or -1."""
    at = text.find(closer)
    while at > 0 and closer == "$$" and text[at - 1] == "\\":
        at = text.find(closer, at + 1)
    return at


_COMMENT = r"(?s)<!(?=--).*?-->"  # `<!-->` is one, too


def comment(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """An HTML comment on lines of its own is the author's note to themselves; it is no content."""
    position = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith("<!--", position) or position > state.env["last"]["-->"]:
        return False
    match = re.compile(_COMMENT).match(state.src, position, state.eMarks[end_line - 1])
    if match is None:
        return False
    last_line = start_line
    while state.eMarks[last_line] < match.end():
        last_line += 1
    if state.src[match.end() : state.eMarks[last_line]].strip():
        return False
    if not silent:
        state.env["comments"].append(match.span())
        state.line = last_line + 1
    return True
