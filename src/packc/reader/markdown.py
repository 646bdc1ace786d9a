"""The only user of markdown-it: source text to tokens that know where they stand.

markdown-it gives block tokens their lines and inline tokens nothing. Every rule is therefore bracketed: a
block rule stamps the offset at which it began (`meta["start"]`), an inline rule the offsets, within its
block's content, of what it pushed (`meta["at"]`). The rulers in `shortcuts` do it.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from markdown_it import MarkdownIt, rules_block
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from packc.reader import blockrules, inlinerules
from packc.reader.grammar import Grammar
from packc.reader.shortcuts import (
    FirstCharacterBlockRuler,
    FirstCharacterInlineRuler,
    before_delimiter_row,
    before_underline,
    inline,
    landmarks,
)

# A list and its item are two levels of tokens each; past this markdown-it reads no further.
TOKEN_NESTING = 80


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
        **landmarks(text),
    }
    return _parser().parse(text, env)


@cache
def _parser() -> MarkdownIt:
    md = MarkdownIt("commonmark", {"html": False, "tasklists": True, "maxNesting": TOKEN_NESTING})
    md.enable(["table", "strikethrough"])
    md.disable(["fragments_join", "text_join", "html_block", "html_inline"])
    md.validateLink = _any_address  # type: ignore[method-assign]
    md.normalizeLink = _as_written  # type: ignore[method-assign]
    md.block.ruler.before("fence", "math_block", blockrules.math_block, {"alt": blockrules.ENDS})
    md.block.ruler.before("math_block", "comment", blockrules.comment, {"alt": blockrules.ENDS})
    md.block.ruler.before("table", "field", blockrules.field, {"alt": blockrules.ENDS})
    md.inline.ruler.before("escape", "math", inlinerules.math)
    md.inline.ruler.before("strikethrough", "style", inlinerules.style)
    md.inline.ruler.before("autolink", "comment", inlinerules.comment)
    md.core.ruler.before("inline", "bare_boxes", _bare_boxes)
    md.block.ruler.at("table", before_delimiter_row(rules_block.table), {"alt": ["paragraph", "reference"]})
    md.block.ruler.at("lheading", before_underline(rules_block.lheading))
    md.block.ruler = FirstCharacterBlockRuler(md.block.ruler)
    md.core.ruler.at("inline", inline)
    md.inline.ruler = FirstCharacterInlineRuler(md.inline.ruler)
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
