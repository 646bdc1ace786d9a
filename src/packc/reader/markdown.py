"""The only user of markdown-it: source text to tokens that know where they stand.

markdown-it gives block tokens their lines and inline tokens nothing. Every rule is therefore bracketed: a
block rule stamps the offset at which it began (`meta["start"]`), an inline rule the offsets, within its
block's content, of what it pushed (`meta["at"]`). The rulers in `shortcuts` do it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from functools import cache
from typing import Any

from markdown_it import MarkdownIt, rules_block
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from packc.named import NamedTuple
from packc.reader import blockrules, inlinerules
from packc.reader.grammar import Grammar
from packc.reader.plainlists import plain_list
from packc.reader.shortcuts import (
    FirstCharacterBlockRuler,
    FirstCharacterInlineRuler,
    before_delimiter_row,
    before_underline,
    inline,
    landmarks,
)
from packc.reader.tables import noting_ragged

# A list and its item are two levels of tokens each; past this markdown-it reads no further.
TOKEN_NESTING = 80


class Note(NamedTuple):
    """The definition of a footnote. `place` are the offsets of its `[^label]`."""

    label: str
    place: tuple[int, int]
    tokens: list[Token]


class Parsed(NamedTuple):
    """What a text holds. `tokens` are the blocks, each `inline` token with its children.

    `notes` are all definitions of footnotes, taken out of the flow. `comments` are the offsets of the
    comments between blocks; those in running text are tokens. `cuts` has, by line, where a line's content
    ends that ends before the line does. `ragged` are the lines of heads of tables that are none.
    """

    tokens: list[Token]
    notes: list[Note]
    references: References
    comments: list[tuple[int, int]]
    cuts: Mapping[int, int]
    ragged: Set[int]


class References(dict[str, Any]):
    """The link definitions by label; markdown-it fills it, and looks them up with `get`."""

    def __init__(self) -> None:
        super().__init__()
        self.used: set[str] = set()
        self.again: list[dict[str, Any]] = []

    def get(self, key: str, default: Any = None) -> Any:
        self.used.add(key)
        return super().get(key, default)


def parse(text: str, grammar: Grammar, *, plain_labels: bool) -> Parsed:
    """Return the blocks of `text`, and what it defines.

    `plain_labels`: a few labels begin a field without being bold. Link and image addresses stay as written;
    every scheme passes, so that it can be reported.
    """
    references = References()
    env: dict[str, Any] = {
        "grammar": grammar,
        "plain_labels": plain_labels,
        # Where each closer stands last: whatever is opened after that is never closed.
        "last": {closer: text.rfind(closer) for closer in ("-->", "$$", "\\]")},
        "references": references,
        "duplicate_refs": references.again,
        "comments": [],
        "cuts": {},
        "meanings": 0,
        "cloze": False,
        "ragged": set(),
        "folded": False,  # inside `<details>`
        # Whether the text above is the introduction, up to which token that is known, and if it has a title.
        "introduction": True,
        "searched": 0,
        "titled": False,
        **landmarks(text),
    }
    extras = _extras(text)
    tokens = _parser(extras).parse(text, env)
    if "definitions" in extras:
        from packc.reader.definitions import joined

        tokens = joined(tokens)
    tokens, notes = _without_notes(tokens)
    return Parsed(tokens, notes, references, env["comments"], env["cuts"], env["ragged"])


def _extras(text: str) -> frozenset[str]:
    """Return which of the rarer constructs `text` may hold; the rules of the others need not be asked."""
    has = {
        "footnotes": "[^" in text,
        "admonitions": "!!!" in text or "???" in text,
        "details": "<details" in text,
        "alerts": "[!" in text,
        "definitions": re.search(r"\n[ \t>]*:[ \t]", f"\n{text}") is not None,
        "attributes": re.search(r"\{:?[ \t]*(?:[.#]|[\w:-]+=)", text) is not None,
        "blanks": "{{" in text,
        "plain_lists": any(f"\n{marker} " in text for marker in "-*+"),
    }
    return frozenset(name for name, there in has.items() if there)


@cache
def _parser(extras: frozenset[str]) -> MarkdownIt:
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
    md.inline.ruler.after("autolink", "tag", inlinerules.tag)
    md.core.ruler.at("normalize", _without_nul)
    md.core.ruler.before("inline", "bare_boxes", _bare_boxes)
    table = before_delimiter_row(noting_ragged(rules_block.table))
    md.block.ruler.at("table", table, {"alt": ["paragraph", "reference"]})
    md.block.ruler.at("lheading", before_underline(rules_block.lheading))
    _add_extras(md, extras)
    md.block.ruler = FirstCharacterBlockRuler(md.block.ruler)
    md.core.ruler.at("inline", inline)
    md.inline.ruler = FirstCharacterInlineRuler(md.inline.ruler)
    return md


def _add_extras(md: MarkdownIt, extras: frozenset[str]) -> None:
    # Imported here, because most packs have none of it.
    if extras & {"footnotes", "admonitions", "details", "alerts"}:
        from packc.reader import containers
    if "footnotes" in extras:
        md.block.ruler.before("reference", "footnote", containers.footnote, {"alt": blockrules.ENDS})
        md.inline.ruler.before("link", "footnote", inlinerules.footnote)
    if "admonitions" in extras:
        md.block.ruler.before("fence", "admonition", containers.admonition, {"alt": blockrules.ENDS})
    if "details" in extras:
        md.block.ruler.before("fence", "details", containers.details, {"alt": blockrules.ENDS})
    if "definitions" in extras:
        from packc.reader.definitions import definition_list

        md.block.ruler.before(
            "paragraph", "definitions", definition_list, {"alt": ["paragraph", "reference"]}
        )
    if "alerts" in extras:
        md.core.ruler.before("inline", "alerts", containers.alerts)
    if "attributes" in extras:
        md.inline.ruler.before("escape", "attributes", inlinerules.attributes)
    if "plain_lists" in extras:
        md.block.ruler.before("hr", "plain_list", plain_list)
    if "blanks" in extras:
        from packc.reader import blanks

        md.core.ruler.before("inline", "cloze", blanks.mark_cloze)
        md.inline.ruler.before("escape", "blank", blanks.blank)
        md.inline.ruler.at("text", blanks.text)


def _without_notes(tokens: list[Token]) -> tuple[list[Token], list[Note]]:
    """Take the definitions of footnotes out of `tokens`, wherever they stand."""
    notes: list[Note] = []
    kept: list[list[Token]] = [[]]
    for token in tokens:
        if token.type == "footnote_open":
            note = Note(token.meta["label"], token.meta["place"], [])
            notes.append(note)
            kept.append(note.tokens)
        elif token.type == "footnote_close":
            kept.pop()
        else:
            kept[-1].append(token)
    return kept[0], notes


def _any_address(url: str) -> bool:  # noqa: ARG001
    return True


def _as_written(url: str) -> str:
    return url


def _without_nul(state: StateCore) -> None:
    """Make of NUL what markdown-it makes of it; the line ends of a source are right already."""
    state.src = state.src.replace("\0", "\ufffd")


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
