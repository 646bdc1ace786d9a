"""The only user of markdown-it: source text to tokens that know where they stand.

markdown-it gives block tokens their lines and inline tokens nothing. Every rule is therefore bracketed: a
block rule stamps the offset at which it began (`meta["start"]`), an inline rule the offsets, within its
block's content, of what it pushed (`meta["at"]`). The rulers in `shortcuts` do it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from functools import cache
from itertools import chain
from typing import Any

from markdown_it import MarkdownIt, rules_block
from markdown_it.rules_block import StateBlock
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
# Lines of a piece, some hundred questions: the tokens of ten thousand take more room than their tree.
_PIECE = 2_000
_DEFINES = "]:"  # what every definition of a link or a footnote has
_HEADING = re.compile(r"#{1,6}[ \t]")


class Note(NamedTuple):
    """The definition of a footnote. `place` are the offsets of its `[^label]`."""

    label: str
    place: tuple[int, int]
    tokens: list[Token]


class Parsed(NamedTuple):
    """What a text holds. `pieces` are the blocks, each `inline` token with its children, read as they are
    asked for: some hundred questions at a time.

    `notes` are all definitions of footnotes, taken out of the flow. The rest is complete once all pieces are
    read. `comments` are the offsets of the comments between blocks; those in running text are tokens. `cuts`
    has, by line, where a line's content ends that ends before the line does. `ragged` are the lines of heads
    of tables that are none.
    """

    pieces: Iterator[list[Token]]
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


def parse(text: str, grammar: Grammar, *, plain_labels: bool, first_line: int, body: int) -> Parsed:
    """Return the blocks of `text` from `first_line` on, whose offset is `body`, and what it defines.

    `plain_labels`: a few labels begin a field without being bold. Link and image addresses stay as written;
    every scheme passes, so that it can be reported.
    """
    references = References()
    env: dict[str, Any] = {
        "grammar": grammar,
        "plain_labels": plain_labels,
        "begins": (first_line, body),
        # Where each closer stands last: whatever is opened after that is never closed.
        "last": {closer: text.rfind(closer) for closer in ("-->", "$$", "\\]")},
        "references": references,
        "duplicate_refs": references.again,
        "comments": [],
        "cuts": {},
        "meanings": 0,
        "cloze": False,
        "around": (False, 0),  # whether the field above is a cloze text, and the level of the heading above
        "ragged": set(),
        "folded": False,  # inside `<details>`
        # Whether the text above is the introduction, up to which token that is known, and if it has a title.
        "introduction": True,
        "searched": 0,
        "titled": False,
        **landmarks(text),
    }
    extras = _extras(text)
    pieces = _pieces(text, _parser(extras), env)
    if "definitions" in extras:
        from packc.reader.definitions import joined

        pieces = map(joined, pieces)
    notes: list[Note] = []
    if "footnotes" in extras and _DEFINES in text:
        pieces, notes = _without_notes(pieces)
    return Parsed(pieces, notes, references, env["comments"], env["cuts"], env["ragged"])


def _pieces(text: str, md: MarkdownIt, env: dict[str, Any]) -> Iterator[list[Token]]:
    """Yield the tokens of `text`, each list but the first from a heading on.

    There is one list alone where something may be used above its definition.
    """
    # markdown-it makes U+FFFD of NUL; the line ends of a source are right already.
    state = StateBlock(text.replace("\0", "\ufffd"), md, env, [])
    most = state.lineMax if _DEFINES in text else _PIECE
    read = md.block.ruler.getRules("")[0]
    line = begun = state.skipEmptyLines(env["begins"][0])
    while line < state.lineMax:
        state.line = line
        read(state, line, state.lineMax, False)
        line = state.skipEmptyLines(state.line)
        if line >= state.lineMax or (line - begun > most and _HEADING.match(state.src, state.bMarks[line])):
            # Nobody looks back, and where all the lines begin and end takes more room than what they say.
            state.bMarks[begun:line] = state.eMarks[begun:line] = [0] * (line - begun)
            begun = line
            core = StateCore("", md, env, blockrules.taken(state))
            md.core.process(core)
            yield core.tokens


def _extras(text: str) -> frozenset[str]:
    """Return which of the rarer constructs `text` may hold; the rules of the others need not be asked."""
    has = {
        "footnotes": "[^" in text,
        "admonitions": "!!!" in text or "???" in text,
        "details": "<details" in text,
        "alerts": "[!" in text,
        "definitions": re.search(r"\n[ \t>]*:[ \t]", text) is not None,  # below a term
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
    md.core.ruler.disable(["normalize", "block"])  # `_pieces` does that
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


def _without_notes(pieces: Iterator[list[Token]]) -> tuple[Iterator[list[Token]], list[Note]]:
    """Take the definitions of footnotes out of the tokens, wherever they stand."""
    notes: list[Note] = []
    kept: list[list[Token]] = [[]]
    for token in chain.from_iterable(pieces):
        if token.type == "footnote_open":
            note = Note(token.meta["label"], token.meta["place"], [])
            notes.append(note)
            kept.append(note.tokens)
        elif token.type == "footnote_close":
            kept.pop()
        else:
            kept[-1].append(token)
    return iter(kept), notes


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
