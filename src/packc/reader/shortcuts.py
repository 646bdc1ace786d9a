"""What markdown-it need not try: block rules whose first character is not there, texts without any markup.

markdown-it tries every block rule on every line, and every inline rule on every character that might open
something. Most lines of a pack can only be a paragraph and most texts are only text, so half of the time of
a parse goes into rules that say no.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Callable
from typing import TypeAlias

from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline

from packc.reader.grammar import DIRECTION_MARKS
from packc.reader.plaininlines import has_markup, pieces_of

BlockRule: TypeAlias = Callable[[StateBlock, int, int, bool], bool]
InlineRule: TypeAlias = Callable[[StateInline, bool], bool]

_CODE_INDENT = 4
_DIGITS = "0123456789"
_STARTS = {  # the characters with which a line must begin for the rule to match; "" = any
    "field": f"*_{DIRECTION_MARKS}",  # and letters, where labels do without bold
    "table": "",
    "fence": "`~",
    "math_block": "$\\",
    "comment": "<",
    "blockquote": ">",
    "plain_list": "*+-",
    "hr": "*-_",
    "list": f"*+-{_DIGITS}",
    "reference": "[",
    "footnote": "[",
    "admonition": "!?",
    "details": "<",
    "heading": "#",
}
_INLINE_STARTS = {  # the same for inline rules
    "newline": "\n",
    "math": "$\\",
    "escape": "\\",
    "backticks": "`",
    "style": "=~^<",
    "strikethrough": "~",
    "emphasis": "*_",
    "link": "[",
    "footnote": "[",
    "attributes": "{",
    "blank": "{",
    "image": "!",
    "comment": "<",
    "autolink": "<",
    "tag": "<",
    "entity": "&",
}
# A line of such characters alone: `re` is quicker to find where one begins than to try each place.
_LINE = r"[ \t>]*[-=:|][-=:| \t]*(?=\n|\Z)"
_LANDMARK = rf"\n{_LINE}"
_UNDERLINE = r"[ \t>]*(?:-+|=+)[ \t]*"
_DELIMITER_ROW = r"[ \t>]*[-:|][-:| \t]*"


def landmarks(text: str) -> dict[str, list[int]]:
    """Return the lines that could underline a heading, and those that could stand below a table's header."""
    underlines, delimiter_rows = [], []
    line = last = 0
    first = re.match(_LINE, text)  # apart: a line break before a large text would be a copy of it
    for found in itertools.chain([first] if first else (), re.finditer(_LANDMARK, text)):
        written = found[0].lstrip("\n")
        start = found.end() - len(written)
        line += text.count("\n", last, start)
        last = start
        if re.fullmatch(_UNDERLINE, written):
            underlines.append(line)
        if re.fullmatch(_DELIMITER_ROW, written):
            delimiter_rows.append(line)
    return {"underlines": underlines, "delimiter_rows": delimiter_rows}


class FirstCharacterBlockRuler(Ruler[BlockRule]):
    """Gives each chain as one rule that tries only what can match, and stamps where a block begins.

    The order of the rules stays; a rule that `_STARTS` does not know is tried on every line.
    """

    def __init__(self, rules: Ruler[BlockRule]) -> None:
        super().__init__()
        self.__rules__ = rules.__rules__
        self._chains = {
            chain: [
                self._one_rule(
                    [
                        (rule.name, rule.fn)
                        for rule in rules.__rules__
                        if rule.enabled and (not chain or chain in rule.alt)
                    ]
                )
            ]
            for chain in ("", "paragraph", "reference", "blockquote", "list")
        }

    def getRules(self, chainName: str = "") -> list[BlockRule]:  # noqa: N802, N803 (markdown-it's names)
        return self._chains[chainName]

    def _one_rule(self, rules: list[tuple[str, BlockRule]]) -> BlockRule:
        every = [rule for _, rule in rules]
        letters = [rule for name, rule in rules if not _STARTS.get(name) or name == "field"]
        by_character: dict[str, list[BlockRule]] = {}
        for character in {c for starts in _STARTS.values() for c in starts}:
            by_character[character] = [
                rule for name, rule in rules if not _STARTS.get(name) or character in _STARTS[name]
            ]
        others = [rule for name, rule in rules if not _STARTS.get(name)]

        def chain(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
            start = state.bMarks[start_line] + state.tShift[start_line]
            if state.sCount[start_line] - state.blkIndent >= _CODE_INDENT:
                chosen = every
            else:
                character = state.src[start : start + 1]
                chosen = by_character.get(character) or (
                    letters if state.env["plain_labels"] and character.isalpha() else others
                )
            if silent:
                for rule in chosen:  # noqa: SIM110 (a generator here costs more than most of the rules)
                    if rule(state, start_line, end_line, True):
                        return True
                return False
            pushed = len(state.tokens)
            for rule in chosen:
                if rule(state, start_line, end_line, False):
                    if len(state.tokens) > pushed:
                        state.tokens[pushed].meta.setdefault("start", start)
                    return True
            return False

        return chain


class FirstCharacterInlineRuler(Ruler[InlineRule]):
    """Gives the inline rules as one that tries only what can match, and stamps what it pushed."""

    def __init__(self, rules: Ruler[InlineRule]) -> None:
        super().__init__()
        self.__rules__ = rules.__rules__
        active = [(rule.name, rule.fn) for rule in rules.__rules__ if rule.enabled]
        self._chain = [_inline_chain(active)]

    def getRules(self, chainName: str = "") -> list[InlineRule]:  # noqa: ARG002, N802, N803 (markdown-it's names)
        return self._chain


def _inline_chain(rules: list[tuple[str, InlineRule]]) -> InlineRule:
    text = dict(rules)["text"]
    others = [rule for name, rule in rules if name not in _INLINE_STARTS]
    by_character = {
        character: [rule for name, rule in rules if character in _INLINE_STARTS.get(name, character)]
        for character in {c for starts in _INLINE_STARTS.values() for c in starts}
    }

    def chain(state: StateInline, silent: bool) -> bool:
        chosen = by_character.get(state.src[state.pos])
        if chosen is None:
            return text(state, silent) or any(rule(state, silent) for rule in others if rule is not text)
        if silent:
            for rule in chosen:  # noqa: SIM110 (as above)
                if rule(state, True):
                    return True
            return False
        start, first, pending = state.pos, len(state.tokens), state.pending
        for rule in chosen:
            if rule(state, False):
                if len(state.tokens) > first:
                    _stamp(state, first, start, pending)
                return True
        return False

    return chain


def _stamp(state: StateInline, first: int, start: int, pending: str) -> None:
    """Give the tokens from index `first` on the offsets between which their construct stands."""
    tokens = state.tokens[first:]
    if pending and tokens[0].type == "text" and pending.startswith(tokens[0].content):
        del tokens[0]  # the text before this construct, flushed by the first push
    delimiters = all(token.type == "text" for token in tokens)
    for token in tokens:
        if delimiters:  # a run of `*`, `_` or `~`, one token for each mark that may pair
            token.meta["at"] = (start, start + len(token.content))
            start += len(token.content)
        elif "at" not in token.meta and token.type != "text":  # a text inside finds its place itself
            token.meta["at"] = (start, state.pos)


def before_underline(rule: BlockRule) -> BlockRule:
    """Return the rule for underlined headings, tried only where an underline ends the paragraph."""

    def lheading(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
        underlines: list[int] = state.env["underlines"]
        index = bisect_right(underlines, start_line)
        if index == len(underlines):
            return False
        underline = underlines[index]
        line = start_line + 1
        while line < underline:
            if line >= end_line or state.isEmpty(line):
                return False
            line += 1
        return rule(state, start_line, end_line, silent)

    return lheading


def before_delimiter_row(rule: BlockRule) -> BlockRule:
    """Return the rule for tables, tried only above a line that could be a delimiter row."""

    def table(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
        rows: list[int] = state.env["delimiter_rows"]
        index = bisect_right(rows, start_line)
        if index == len(rows) or rows[index] != start_line + 1:
            return False
        return rule(state, start_line, end_line, silent)

    return table


def inline(state: StateCore) -> None:
    """Read the inline constructs of every block; where the rules need not be asked, `children` is None.

    Then `meta` has the `pieces` of a text whose constructs are simple, and none of one that can hold no
    construct.
    """
    parse = state.md.inline.parse
    for token in state.tokens:
        if token.type != "inline":
            continue
        token.children = None
        content = token.content
        if not has_markup(content):
            continue
        cloze = token.meta.get("cloze", False)
        pieces = None if cloze else pieces_of(content)
        if pieces is None:
            state.env["cloze"] = cloze
            token.children = parse(content, state.md, state.env, [])
        else:
            token.meta["pieces"] = pieces
