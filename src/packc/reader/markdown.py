"""The only user of markdown-it: source text to tokens that know where they stand.

markdown-it gives block tokens their lines and inline tokens nothing. Every rule is therefore bracketed: a
block rule stamps the offset at which it began (`meta["start"]`), an inline rule the offsets, within its
block's content, of what it pushed (`meta["at"]`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from packc.reader import blockrules, inlinerules
from packc.reader.grammar import Grammar

# A list and its item are two levels of tokens each; past this markdown-it reads no further.
TOKEN_NESTING = 80

_BLOCK_CHAINS = ("paragraph", "reference", "blockquote", "list", "table")


def parse(text: str, grammar: Grammar, *, plain_labels: bool) -> list[Token]:
    """Return the block tokens of `text`, each `inline` token with its children.

    `plain_labels`: a few labels begin a field without being bold. Link and image addresses stay as written;
    every scheme passes, so that it can be reported.
    """
    env: dict[str, Any] = {
        "grammar": grammar,
        "plain_labels": plain_labels,
        # Where each closer stands last: whatever is opened after that is never closed.
        "last": {closer: text.rfind(closer) for closer in ("-->", "$$", "\\]")},
    }
    return _parser().parse(text, env)


@cache
def _parser() -> MarkdownIt:
    md = MarkdownIt("commonmark", {"html": False, "tasklists": True, "maxNesting": TOKEN_NESTING})
    md.enable(["table", "strikethrough"])
    md.disable(["fragments_join", "text_join"])
    md.validateLink = _any_address  # type: ignore[method-assign]
    md.normalizeLink = _as_written  # type: ignore[method-assign]
    md.block.ruler.before("fence", "math_block", blockrules.math_block, {"alt": blockrules.ENDS})
    md.block.ruler.before("math_block", "comment", blockrules.comment, {"alt": blockrules.ENDS})
    md.block.ruler.before("table", "field", blockrules.field, {"alt": blockrules.ENDS})
    md.inline.ruler.before("escape", "math", inlinerules.math)
    md.inline.ruler.before("strikethrough", "style", inlinerules.style)
    md.inline.ruler.before("autolink", "comment", inlinerules.comment)
    md.core.ruler.before("inline", "bare_boxes", _bare_boxes)
    _bracket_block_rules(md)
    _bracket_inline_rules(md)
    return md


def _any_address(url: str) -> bool:  # noqa: ARG001
    return True


def _as_written(url: str) -> str:
    return url


def _bare_boxes(state: StateCore) -> None:
    """Read a box that ends its line (`- [x]` above a code block), which markdown-it takes for text."""
    tokens = state.tokens
    for index in range(len(tokens) - 2):
        item, inline = tokens[index], tokens[index + 2]
        if item.type != "list_item_open" or "checked" in item.meta or inline.type != "inline":
            continue
        box, _, rest = inline.content.partition("\n")
        if box in ("[ ]", "[x]", "[X]") and tokens[index + 1].type == "paragraph_open":
            item.meta["checked"] = box != "[ ]"
            inline.content = rest.lstrip()


def _bracket_block_rules(md: MarkdownIt) -> None:
    ruler = md.block.ruler
    names = ruler.get_active_rules()
    rules = ruler.getRules("")
    chains = {
        name: [c for c in _BLOCK_CHAINS if rule in ruler.getRules(c)]
        for name, rule in zip(names, rules, strict=True)
    }
    for name, rule in zip(names, rules, strict=True):
        ruler.at(name, _block_bracket(rule), {"alt": chains[name]})


def _block_bracket(
    rule: Callable[[StateBlock, int, int, bool], bool],
) -> Callable[[StateBlock, int, int, bool], bool]:
    def bracketed(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
        if silent:
            return rule(state, start_line, end_line, True)
        pushed = len(state.tokens)
        start = state.bMarks[start_line] + state.tShift[start_line]
        matched = rule(state, start_line, end_line, False)
        if matched and len(state.tokens) > pushed:
            state.tokens[pushed].meta.setdefault("start", start)
        return matched

    return bracketed


def _bracket_inline_rules(md: MarkdownIt) -> None:
    ruler = md.inline.ruler
    for name, rule in zip(ruler.get_active_rules(), ruler.getRules(""), strict=True):
        if name != "text":
            ruler.at(name, _inline_bracket(rule))


def _inline_bracket(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    def bracketed(state: StateInline, silent: bool) -> bool:
        if silent:
            return rule(state, True)
        start, first, pending = state.pos, len(state.tokens), state.pending
        matched = rule(state, False)
        if matched and len(state.tokens) > first:
            tokens = state.tokens[first:]
            if pending and tokens[0].type == "text" and pending.startswith(tokens[0].content):
                tokens = tokens[1:]  # the text before this construct, flushed by the first push
            _stamp(tokens, start, state.pos)
        return matched

    return bracketed


def _stamp(tokens: list[Token], start: int, end: int) -> None:
    delimiters = all(token.type == "text" for token in tokens)
    for token in tokens:
        if delimiters:  # a run of `*`, `_` or `~`, one token for each mark that may pair
            token.meta["at"] = (start, start + len(token.content))
            start += len(token.content)
        elif "at" not in token.meta:
            token.meta["at"] = (start, end)
