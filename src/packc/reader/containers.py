"""Block rules for texts inside the text: footnotes, admonitions and `<details>`.

Each pushes an opening token, has the lines inside read as blocks, and pushes a closing one.
"""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from packc.named import NamedTuple
from packc.reader.fences import before_text, outside_fences

# Patterns as text: `re` compiles them when a pack first needs them.
_NOTE = r"\[\^(?P<label>[^\s\[\]]+)\]:"
_ADMONITION = (
    r"(?P<mark>!!!|\?\?\?\+?)[ \t]*(?P<type>[A-Za-z][\w-]*)"
    r"(?:[ \t]+(?P<more>[\w-]+(?:[ \t]+[\w-]+)*))?(?:[ \t]+\"(?P<title>.*)\")?[ \t]*$"
)
_ALERT = r"\[!(?P<type>[A-Za-z][\w-]*)\](?P<fold>[-+]?)(?=\s|$)[ \t]*"
_DEEPEST = 4  # columns that the text of a footnote or an admonition is indented by


def footnote(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """`[^label]: text`, with further blocks indented below it, is a footnote; it is taken out of the flow."""
    position = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith("[^", position) or state.is_code_block(start_line):
        return False
    found = re.compile(_NOTE).match(state.src, position, state.eMarks[start_line])
    if found is None or silent:
        return found is not None
    token = state.push("footnote_open", "", 1)
    token.meta = {"label": found["label"], "place": (position, found.end() - 1)}
    indent = _indent(state, start_line + 1, end_line) or _DEEPEST
    read_from(state, start_line, found.end(), end_line, state.blkIndent + indent)
    token.map = [start_line, state.line]
    state.push("footnote_close", "", -1)
    return True


def admonition(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """`!!! type "Title"`, `??? type` or `???+ type` above an indented text is a callout."""
    position = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith(("!!!", "???"), position) or state.is_code_block(start_line):
        return False
    found = re.compile(_ADMONITION).match(state.src, position, state.eMarks[start_line])
    indent = _indent(state, start_line + 1, end_line)
    if found is None or not indent or silent:
        return found is not None and bool(indent)
    indent += state.blkIndent
    token = state.push("callout_open", "", 1)
    token.meta = {"type": found.span("type"), "more": found.span("more"), "folded": found["mark"] == "???"}
    if found["title"]:
        token.meta["title"] = True
        push_title(state, start_line, *found.span("title"))
    last = start_line + 1
    while last < end_line and (state.isEmpty(last) or state.sCount[last] >= indent):
        last += 1  # a text that is not indented ends it, although a paragraph would go on
    read(state, start_line + 1, last, indent)
    token.map = [start_line, state.line]
    state.push("callout_close", "", -1)
    return True


def details(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """`<details><summary>Title</summary>` to the line that ends with `</details>` is a folded callout."""
    position = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith("<details", position) or state.sCount[start_line] < state.blkIndent:
        return False
    if state.is_code_block(start_line):
        return False
    closing = _closing_lines(state).get(start_line, end_line)
    inside = range(start_line, min(closing, end_line - 1) + 1)
    if closing >= end_line or any(
        not state.isEmpty(line) and state.sCount[line] < state.blkIndent for line in inside
    ):
        return False
    head = _details_head(state.src, position, state.eMarks[closing])
    cut = state.src.rfind("</details>", position, state.eMarks[closing])
    if head is None or head.end > cut or silent:
        return head is not None and head.end <= cut
    token = state.push("callout_open", "", 1)
    token.meta = {
        "details": head.attributes,
        "folded": not re.search(r"\bopen\b", state.src[slice(*head.attributes)]),
    }
    if head.title is not None:
        token.meta["title"] = True
        title_line = start_line + state.src.count("\n", position, head.title[0])
        push_title(state, title_line, *head.title)
    _read_details(state, start_line + state.src.count("\n", position, head.end), head.end, closing, cut)
    state.line = closing + 1
    token.map = [start_line, state.line]
    state.push("callout_close", "", -1)
    return True


def alerts(state: StateCore) -> None:
    """Make a callout of a quote that begins with `[!TYPE] Title`: the rest of that line is its title."""
    made: list[Token] = []
    index = 0
    while index < len(state.tokens):
        quote = state.tokens[index]
        made.append(quote)
        index += 1
        if quote.type != "blockquote_open" or state.tokens[index].type != "paragraph_open":
            continue
        paragraph, inline = state.tokens[index], state.tokens[index + 1]
        found = re.match(_ALERT, inline.content)
        if found is None or inline.map is None or paragraph.map is None:
            continue
        line, _, rest = inline.content.partition("\n")
        title = line[found.end() :]
        quote.meta["alert"] = (found["type"], found["fold"] == "-")
        if title:
            quote.meta["title"] = True
            made.append(
                Token("inline", "", 0, content=title, map=[inline.map[0], inline.map[0] + 1], children=[])
            )
        if rest.strip():
            inline.content = rest
            inline.map[0] = paragraph.map[0] = inline.map[0] + 1
            paragraph.meta = {"continued": True}
        else:
            index += 3
    state.tokens = made


class _Head(NamedTuple):
    """What `<details>` begins with. `attributes` and `title` are where those stand; `end` is after it all."""

    attributes: tuple[int, int]
    title: tuple[int, int] | None
    end: int


def _details_head(text: str, start: int, limit: int) -> _Head | None:
    tag_end = text.find(">", start, limit)
    attributes = (start + len("<details"), tag_end)
    if tag_end < 0 or not re.match(r"\s|$", text[slice(*attributes)]) or "\n" in text[slice(*attributes)]:
        return None
    after = _skip(text, tag_end + 1, limit)
    if not text.startswith("<summary>", after):
        return _Head(attributes, None, tag_end + 1)
    first = _skip(text, after + len("<summary>"), limit)
    closer = text.find("</summary>", first, limit)
    first, last = _without_bold(text, first, closer)
    if closer < 0 or "\n" in text[first:last]:
        return None
    return _Head(attributes, (first, last) if last > first else None, closer + len("</summary>"))


def _without_bold(text: str, first: int, last: int) -> tuple[int, int]:
    """Return the bounds of a summary without white space, marks of quotes and a tag around all of it."""
    line = text.rfind("\n", first, last)
    while line >= 0 and not text[line:last].strip(" \t\n>"):
        last = line
        line = text.rfind("\n", first, last)
    last = first + len(text[first:last].rstrip(" \t"))
    tag = re.match(r"<(b|strong|i|em|h[1-6])>[ \t]*(?P<inside>[^<\n]*?)[ \t]*</\1>$", text[first:last])
    return (first + tag.start("inside"), first + tag.end("inside")) if tag else (first, last)


def _skip(text: str, position: int, limit: int) -> int:
    """Pass over white space, and over the marks of quotes where a line begins."""
    while position < limit and text[position] in " \t\n>":
        position += 1
    return position


def _closing_lines(state: StateBlock) -> dict[int, int]:
    """Return the line of every `<details>` with that of its `</details>`, found once for the whole text."""
    known: dict[int, int] | None = state.env.get("details")
    if known is not None:
        return known
    pairs: dict[int, int] = {}
    opened: list[int] = []
    first, body = state.env["begins"]
    for number, line in outside_fences(state.src[body:]):
        bare = line[before_text(line) :].rstrip()
        if bare.startswith("<details"):
            opened.append(first + number)
        if opened and bare.endswith("</details>"):
            pairs[opened.pop()] = first + number
    state.env["details"] = pairs
    return pairs


def _read_details(state: StateBlock, line: int, start: int, closing: int, cut: int) -> None:
    """Read what stands from offset `start` in `line` to offset `cut` in the line of the closing tag."""
    end = state.eMarks[closing]
    first = (
        max(start, state.bMarks[closing] + state.tShift[closing])
        if line == closing
        else (state.bMarks[closing] + state.tShift[closing])
    )
    shared = bool(state.src[first:cut].strip())
    if shared:
        while state.src[cut - 1] in " \t":
            cut -= 1
        state.eMarks[closing] = state.env["cuts"][closing] = cut
    last = closing + shared
    if line < last:
        around, state.env["folded"] = state.env["folded"], True
        read_from(state, line, start, last, state.blkIndent)
        state.env["folded"] = around
    state.eMarks[closing] = end


def push_title(state: StateBlock, line: int, start: int, end: int) -> None:
    """Push a text that stands on one line, from offset `start` to `end`."""
    token = state.push("inline", "", 0)
    token.content = state.src[start:end]
    token.map = [line, line + 1]
    token.children = []
    token.meta = {"source": start}


def _indent(state: StateBlock, line: int, end_line: int) -> int:
    """Return how far the next text below `line` is indented, at most by as much as counts, or 0."""
    while line < end_line and state.isEmpty(line):
        line += 1
    if line >= end_line:
        return 0
    indent = state.sCount[line] - state.blkIndent
    return min(indent, _DEEPEST) if indent > 1 else 0


def read_from(state: StateBlock, line: int, start: int, end_line: int, indent: int) -> None:
    """Read the blocks from offset `start` in `line` on, as long as the lines below are indented."""
    saved = state.bMarks[line], state.tShift[line], state.sCount[line]
    limit = state.eMarks[line]
    while start < limit and state.src[start] in " \t":
        start += 1
    state.bMarks[line], state.tShift[line], state.sCount[line] = start, 0, indent
    read(state, line, end_line, indent)
    state.bMarks[line], state.tShift[line], state.sCount[line] = saved


def read(state: StateBlock, line: int, end_line: int, indent: int) -> None:
    """Read the blocks of the lines from `line` on that are indented by `indent`, up to `end_line`."""
    saved = state.blkIndent, state.lineMax, state.parentType, state.tight
    state.blkIndent, state.lineMax, state.parentType = indent, end_line, "container"
    state.line = line
    state.md.block.tokenize(state, line, end_line)
    state.blkIndent, state.lineMax, state.parentType, state.tight = saved
