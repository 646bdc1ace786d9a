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
from packc.reader.plaininlines import has_markup

_MARKERS = "-*+"
_BEHIND_MARKER = 2  # `- `
_BEHIND_BOX = 6  # `- [x] `
_BOXES = (" [ ] ", " [x] ", " [X] ")
_FEEDBACK = "  > "
_NEVER_FIRST = frozenset("#>~-+=|:<[{ \t")  # a block may begin with these
_NUMBER = re.compile(r"\d{1,9}[.)]")


class PlainText(NamedTuple):
    """One line in which nothing opens an inline construct, so that it needs no token, and where it begins."""

    text: str
    start: int


class PlainItem(NamedTuple):
    """One item: where its marker stands, its box if it has one, where its feedback's `>` stands, or -1.

    Its text and its feedback are tokens, unless they are plain.
    """

    start: int
    box: bool | None
    quote: int
    text: PlainText | Token
    said: PlainText | Token | None


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
    index = 0
    while index < len(lines):
        line = lines[index]
        start = state.bMarks[start_line + index]
        text_at = _text_at(line)
        text = _text(state, start_line + index, [line[text_at:]], start + text_at)
        first = index = index + 1
        while index < len(lines) and lines[index][0] == " ":
            index += 1
        quote, said = -1, None
        if index > first:
            begin = state.bMarks[start_line + first]
            told = [one[len(_FEEDBACK) :] for one in lines[first:index]]
            quote = begin + _FEEDBACK.index(">")
            said = _text(state, start_line + first, told, begin + len(_FEEDBACK))
        items.append(PlainItem(start, line[3] != " " if text_at == _BEHIND_BOX else None, quote, text, said))
    token.meta["items"] = items
    state.line = start_line + len(lines)
    return True


def _text_at(line: str) -> int:
    """Return where the text of an item's first line begins."""
    return _BEHIND_BOX if line[1:_BEHIND_BOX] in _BOXES else _BEHIND_MARKER


def _text(state: StateBlock, number: int, lines: list[str], source: int) -> PlainText | Token:
    """Return the text of lines from `number` on, whose first one begins at `source`."""
    alone = len(lines) == 1
    if alone and not has_markup(lines[0]):
        return PlainText(lines[0], source)
    # Not by `state.push`, whose care for levels and flags nobody needs here.
    place = [number, number + len(lines)]
    meta = {"source" if alone else "start": source}
    token = Token("inline", "", 0, content="\n".join(lines), map=place, meta=meta)
    state.tokens.append(token)
    return token


def _lines(state: StateBlock, start_line: int, end_line: int) -> list[str] | None:
    """Return the lines of the list, or None if it is not of the form that is read here."""
    marker = state.src[state.bMarks[start_line]]
    if marker not in _MARKERS:
        return None
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
