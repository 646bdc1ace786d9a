"""Lists of one line an item, the most common of all, read line by line.

    - [x] A line of text
      > One or more lines of feedback
    - [ ] A line of text

The items of a list may also be without boxes. Each line is what markdown-it's rules for lists, quotes and
paragraphs would make of it, at a third of the cost. Whatever is not exactly of this form is left to them.
"""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from packc.named import NamedTuple

_BEHIND_MARKER = 2  # `- `
_BEHIND_BOX = 6  # `- [x] `
_BOXES = (" [ ] ", " [x] ", " [X] ")
_FEEDBACK = "  > "
_NEVER_FIRST = frozenset("#>~-+=|:<[{ \t")  # a block may begin with these
_NUMBER = re.compile(r"\d{1,9}[.)]")


class PlainItem(NamedTuple):
    """One item: where its marker stands, its box if it has one, where its feedback's `>` stands, or -1."""

    start: int
    box: bool | None
    quote: int


def plain_list(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """A bullet list outside all other blocks: items of one line of text, with feedback or without."""
    if silent or state.level or state.blkIndent or state.sCount[start_line]:
        return False
    lines = _lines(state, start_line, end_line)
    if lines is None:
        return False
    token = state.push("plain_list", "", 0)
    token.map = [start_line, start_line + len(lines)]
    items: list[PlainItem] = []
    feedback: Token | None = None
    for number, line in enumerate(lines, start_line):
        start = state.bMarks[number]
        if line[0] != " ":
            following = number + 1 - start_line
            has_feedback = following < len(lines) and lines[following][0] == " "
            quote = state.bMarks[number + 1] + 2 if has_feedback else -1
            text_at = _text_at(line)
            items.append(PlainItem(start, line[3] != " " if text_at == _BEHIND_BOX else None, quote))
            _push(state, number, line[text_at:], start + text_at)
            feedback = None
        elif feedback is None:
            feedback = _push(state, number, line[len(_FEEDBACK) :], start + len(_FEEDBACK))
        else:
            assert feedback.map is not None
            feedback.content += "\n" + line[len(_FEEDBACK) :]
            feedback.map[1] += 1
            feedback.meta["start"] = feedback.meta.pop("source", feedback.meta.get("start"))
    token.meta["items"] = items
    state.line = start_line + len(lines)
    return True


def _text_at(line: str) -> int:
    """Return where the text of an item's first line begins."""
    return _BEHIND_BOX if line[1:_BEHIND_BOX] in _BOXES else _BEHIND_MARKER


def _push(state: StateBlock, line: int, content: str, source: int) -> Token:
    # Not by `state.push`, whose care for levels and flags nobody needs here.
    token = Token("inline", "", 0, content=content, map=[line, line + 1], meta={"source": source})
    state.tokens.append(token)
    return token


def _lines(state: StateBlock, start_line: int, end_line: int) -> list[str] | None:
    """Return the lines of the list, or None if it is not of the form that is read here."""
    marker = state.src[state.bMarks[start_line]]
    lines: list[str] = []
    number = start_line
    source, starts, ends = state.src, state.bMarks, state.eMarks
    while number < end_line:
        line = source[starts[number] : ends[number]]
        if line[:1] == marker and line[1:_BEHIND_MARKER] == " ":
            text_at = _text_at(line)
        elif lines and line.startswith(_FEEDBACK):
            text_at = len(_FEEDBACK)
        elif not line or line.isspace():
            break
        else:
            return None
        first = line[text_at : text_at + 1]
        if not first.isalpha() and not _is_plain(line[text_at:]):
            return None
        if line[-1] in " \t\\" or "\t" in line:
            return None
        lines.append(line)
        number += 1
    while number < end_line and state.isEmpty(number):
        number += 1
    if number < end_line:
        start = starts[number] + state.tShift[number]
        if state.sCount[number] > 1 or source[start : start + 2].rstrip() == marker:
            return None  # an item that goes on, or a loose list
    return lines or None


def _is_plain(text: str) -> bool:
    """Tell whether a line can only be a paragraph, whatever stands above and below it."""
    first = text[:1]
    if not first or first in _NEVER_FIRST:
        return False
    if first.isalpha() or first in "\"'(":
        return True
    if first.isdigit():
        return not _NUMBER.match(text)
    if first in "*_":
        return text[1:2] not in (" ", first) or (text[1:2] == first and text[2:3].isalnum())
    if first in "`$!?":
        return not text.startswith((first * 3, "$$"))
    return first == "\\" and text[1:2] == "("
