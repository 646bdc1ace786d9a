"""Block and inline tokens to the rich-text AST. No token leaves this room."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from markdown_it.token import Token

from packc.ast.node import Node, node
from packc.ast.richtext import (
    Align,
    Block,
    Blocks,
    BulletList,
    Cell,
    Code,
    CodeBlock,
    Divider,
    Emph,
    HardBreak,
    Heading,
    Image,
    Inline,
    Inlines,
    Kbd,
    Link,
    ListItem,
    Mark,
    Math,
    MathBlock,
    OrderedList,
    Para,
    Quote,
    Row,
    SoftBreak,
    Strike,
    Strong,
    Styled,
    Sub,
    Sup,
    Table,
    Text,
    Underline,
)
from packc.diagnostics import Sink
from packc.diagnostics.rules.richtext import LinkScheme, RawHtml, SingleTildes, UnclosedMath
from packc.diagnostics.rules.source import UnclosedFence
from packc.reader.spans import ContentMap, RowMap, line_map, paragraph_map
from packc.source import SourceFile, Span

_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>")
_TILDES = r"(?<![~\w])~[^\s~][^~\n]*~(?![~\w])|(?<=\w)~[^\s~][^~\n]{3,}~"
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_PASSED_SCHEMES = ("http", "https", "mailto")
_STYLES: dict[str, Callable[..., Styled]] = {
    "em": Emph,
    "strong": Strong,
    "s": Strike,
    "sub": Sub,
    "sup": Sup,
    "mark": Mark,
    "kbd": Kbd,
    "underline": Underline,
}
_MARKER = re.compile(r"(?:[-+*]|\d{1,9}[.)])[ \t]*(?:\[[ xX]\][ \t]*)?$")


class Task(NamedTuple):
    """An item of a task list, before it is known whether the list holds choices. `box`: None = no box."""

    item: ListItem
    box: bool | None


@node
class TaskList(Node):
    """A list in which some item has a box. Only the reader knows it: it becomes choices, or a plain list."""

    tasks: tuple[Task, ...]
    plain: BulletList | OrderedList


class RichTextReader:
    """Reads the tokens of one source file, front to back, and reports what is wrong in them."""

    def __init__(self, source: SourceFile, sink: Sink) -> None:
        self._source = source
        self._sink = sink

    def block(self, tokens: list[Token], index: int) -> tuple[Block | TaskList, int]:
        """Return the block that begins at `index`, and the index after it."""
        token = tokens[index]
        match token.type:
            case "paragraph_open":
                return Para(self.inlines(tokens[index + 1]), span=self.span(token)), index + 3
            case "heading_open":
                level = int(token.tag[1:])
                return Heading(level, self.heading_inlines(tokens, index), span=self.span(token)), index + 3
            case "fence" | "code_block":
                return self._code_block(token), index + 1
            case "math_block":
                return MathBlock(token.content, span=self.span(token)), index + 1
            case "hr":
                return Divider(span=self.span(token)), index + 1
            case "blockquote_open":
                blocks, after = self._blocks_until(tokens, index + 1, "blockquote_close")
                return Quote(blocks, span=self.span(token)), after
            case "bullet_list_open" | "ordered_list_open":
                return self._list(tokens, index)
            case "table_open":
                return self._table(tokens, index)
            case _:
                raise AssertionError(f"markdown-it made a token that the reader does not know: {token.type}")

    def span(self, token: Token) -> Span:
        """Return the place of a block, from its first character to the end of its last line."""
        assert token.map is not None  # every opening block token has lines
        first, after = token.map
        start: int = token.meta.get("start", self._source.line_starts[first])
        text = self._source.text
        end = self._source.line_end(after - 1)
        if end == start or text[end - 1] in " \t>\n":
            end = self._end_of_text(first, after - 1)
        if start < end and text[start].isspace():  # a box may be followed by white space, even by a line end
            written = text[start:end]
            start += len(written) - len(written.lstrip())
        return self._source.span(start, max(start, end))

    def _end_of_text(self, first: int, last: int) -> int:
        """Return where lines `first` to `last` end, without white space and empty lines of a quote."""
        while last > first and not self._source.line_text(last).strip(" \t>"):
            last -= 1
        return self._source.line_starts[last] + len(self._source.line_text(last).rstrip())

    def heading_inlines(self, tokens: list[Token], index: int) -> Inlines:
        """Return the text of the heading whose opening token is at `index`."""
        opening, inline = tokens[index], tokens[index + 1]
        if opening.markup.startswith("#"):
            return self.inlines(inline, line_map(self._source, inline.content, self.span(opening).start))
        return self.inlines(inline)

    def inlines(self, token: Token, content_map: ContentMap | None = None) -> Inlines:
        """Return the inline nodes of an `inline` token; without a map, of a paragraph's."""
        if content_map is None:
            assert token.map is not None  # markdown-it maps every inline token
            first, after = token.map
            content_map = paragraph_map(self._source, token.content, first, after - first)
        if token.children is None:
            return _plain_inlines(self._source, token.content, content_map)
        return _InlineReader(self._source, self._sink, token, content_map).read()

    def _blocks_until(self, tokens: list[Token], index: int, closing: str) -> tuple[Blocks, int]:
        blocks: list[Block] = []
        while tokens[index].type != closing:
            block, index = self.block(tokens, index)
            blocks.append(block.plain if isinstance(block, TaskList) else block)
        return tuple(blocks), index + 1

    def _code_block(self, token: Token) -> CodeBlock:
        span = self.span(token)
        if token.type == "fence" and not self._is_closed(token):
            end = self._source.line_end(self._source.line_of(span.start))
            self._sink.report(UnclosedFence(token.markup), self._source.span(span.start, end))
        words = token.info.split()
        return CodeBlock(token.content.removesuffix("\n"), words[0] if words else "", span=span)

    def _is_closed(self, token: Token) -> bool:
        assert token.map is not None
        first, after = token.map
        last = self._source.line_text(after - 1).strip(" \t>")
        return after - 1 > first and last.startswith(token.markup) and not last.strip(token.markup[0])

    def _list(self, tokens: list[Token], index: int) -> tuple[BulletList | OrderedList | TaskList, int]:
        opening = tokens[index]
        closing = opening.type.replace("_open", "_close")
        tight = True
        tasks: list[Task] = []
        plain: list[ListItem] = []
        index += 1
        while tokens[index].type != closing:
            item_token = tokens[index]
            first = index + 1
            tight = tight and not (tokens[first].type == "paragraph_open" and not tokens[first].hidden)
            blocks, index = self._blocks_until(tokens, first, "list_item_close")
            span = self._item_span(item_token, tokens[first])
            box = item_token.meta.get("checked")
            if box is not None and blocks and blocks[0] == Para(()):
                blocks = blocks[1:]  # the box stood alone on its line
            tasks.append(Task(ListItem(blocks, span=span), box))
            plain.append(ListItem(blocks if box is None else self._with_box(blocks, box, span), span=span))
        span = self.span(opening)
        made: BulletList | OrderedList
        if opening.type == "bullet_list_open":
            made = BulletList(tuple(plain), tight, span=span)
        else:
            start = opening.attrGet("start")
            made = OrderedList(tuple(plain), 1 if start is None else int(start), tight, span=span)
        if any(task.box is not None for task in tasks):
            return TaskList(tuple(tasks), made, span=span), index + 1
        return made, index + 1

    def _item_span(self, token: Token, first_child: Token) -> Span:
        """Return the place of a list item, from its marker on."""
        assert token.map is not None
        span = self.span(token)
        line = token.map[0]
        line_start, line_end = self._source.line_starts[line], self._source.line_end(line)
        content = min(first_child.meta.get("start", line_end), line_end)  # it may begin on a later line
        marker = _MARKER.search(self._source.text[line_start:content])
        return self._source.span(line_start + marker.start() if marker else span.start, span.end)

    def _with_box(self, blocks: Blocks, box: bool, item: Span) -> Blocks:
        """Return an item's blocks as plain text shows them: with the box that was taken off."""
        start = self._source.text.find("[", item.start)
        place = self._source.span(start, start + 3)
        mark = Text("[x] " if box else "[ ] ", span=place)
        if blocks and isinstance(blocks[0], Para):
            first = blocks[0]
            span = place.to(first.span) if first.span else place
            return Para((mark, *first.children), span=span), *blocks[1:]
        return Para((mark,), span=place), *blocks

    def _table(self, tokens: list[Token], index: int) -> tuple[Table, int]:
        opening = tokens[index]
        rows: list[Row] = []
        aligns: list[Align] = []
        while tokens[index].type != "table_close":
            if tokens[index].type == "tr_open":
                row, after = self._row(tokens, index)
                aligns = aligns or [_align(token) for token in tokens[index:after] if token.type == "th_open"]
                rows.append(row)
                index = after
            else:
                index += 1
        return Table(rows[0], tuple(rows[1:]), tuple(aligns), span=self.span(opening)), index + 1

    def _row(self, tokens: list[Token], index: int) -> tuple[Row, int]:
        opening = tokens[index]
        assert opening.map is not None
        line = opening.map[0]
        text = self._source.line_text(line)
        start = self._source.line_starts[line] + len(text) - len(text.lstrip(" \t>"))
        row_map = RowMap(self._source, line, start)
        cells: list[Cell] = []
        while tokens[index].type != "tr_close":
            if tokens[index].type == "inline":
                content_map, cell_start, cell_end = row_map.next(tokens[index].content)
                span = self._source.span(cell_start, max(cell_start, cell_end))
                cells.append(Cell(self.inlines(tokens[index], content_map), span=span))
            index += 1
        span = self._source.span(start, self._source.line_starts[line] + len(text.rstrip()))
        return Row(tuple(cells), span=span), index + 1


class _InlineReader:
    """Reads the children of one `inline` token."""

    def __init__(self, source: SourceFile, sink: Sink, token: Token, content_map: ContentMap) -> None:
        self._source = source
        self._sink = sink
        self._tokens = token.children or []
        self._content = token.content
        self._map = content_map
        self._index = 0
        self._offset = 0  # where, in the content, the next unstamped text begins

    def read(self) -> Inlines:
        nodes = self._until("")
        self._check_math()
        return nodes

    def _until(self, closing: str) -> Inlines:
        nodes: list[Inline] = []
        while self._index < len(self._tokens):
            token = self._tokens[self._index]
            if token.type == closing:
                break
            self._index += 1
            node = self._node(token)
            if node is None:
                continue
            if isinstance(node, Text) and nodes and isinstance(nodes[-1], Text):
                nodes[-1] = _joined(nodes[-1], node)
            else:
                nodes.append(node)
        return tuple(nodes)

    def _node(self, token: Token) -> Inline | None:
        start, end = self._at(token)
        match token.type:
            case "text":
                return self._text(token, start, end) if token.content else None
            case "text_special":
                return Text(token.content, span=self._span(start, end))
            case "softbreak":
                return SoftBreak(span=self._span(start, end))
            case "hardbreak":
                return HardBreak(span=self._span(start, end))
            case "code_inline":
                return Code(token.content, span=self._span(start, end))
            case "math_inline":
                return Math(token.content, token.meta["display"], span=self._span(start, end))
            case "image":
                alt = _plain(token.children or [])
                title = str(token.attrGet("title") or "")
                return Image(str(token.attrGet("src") or ""), alt, title, span=self._span(start, end))
            case opening if opening.removesuffix("_open") in ("link", *_STYLES):
                return self._container(token, start, end)
            case _:
                raise AssertionError(f"markdown-it made a token that the reader does not know: {token.type}")

    def _container(self, token: Token, start: int, end: int) -> Inline:
        kind = token.type.removesuffix("_open")
        whole = kind == "link" or "inner" in token.meta  # the opening token knows where the construct ends
        if whole:
            self._offset = token.meta.get("inner", start + 1)
        children = self._until(f"{kind}_close")
        if not whole:
            _, end = self._at(self._tokens[self._index])
        self._index += 1
        self._offset = end
        if kind == "strong":  # the token of a pair's inner mark became the tag
            start, end = start - 1, end + 1
        span = self._span(start, end)
        if kind == "link":
            return self._link(token, children, span)
        return _STYLES[kind](children, span=span)

    def _link(self, token: Token, children: Inlines, span: Span) -> Link:
        href = str(token.attrGet("href") or "")
        scheme = _SCHEME.match(href)
        if scheme and scheme[1].lower() not in _PASSED_SCHEMES:
            self._sink.report(LinkScheme(scheme[1].lower()), span)
        return Link(children, href, str(token.attrGet("title") or ""), span=span)

    def _text(self, token: Token, start: int, end: int) -> Text:
        if "<" in token.content:
            for tag in _TAG.finditer(token.content):
                self._sink.report(RawHtml(tag[0]), self._span(start + tag.start(), start + tag.end()))
        if "~" in token.content:
            for tildes in re.finditer(_TILDES, token.content):
                place = self._span(start + tildes.start(), start + tildes.end())
                self._sink.report(SingleTildes(tildes[0]), place)
        return Text(token.content, span=self._span(start, end))

    def _at(self, token: Token) -> tuple[int, int]:
        if "at" in token.meta:
            start, end = token.meta["at"]
        else:
            start = max(self._content.find(token.content, self._offset), self._offset)
            end = start + len(token.content)
        if token.type != "link_open" and "inner" not in token.meta:
            self._offset = end
        return start, end

    def _span(self, start: int, end: int) -> Span:
        first = self._map(start)
        return self._source.span(first, max(first, self._map(end - 1) + 1) if end > start else first)

    def _check_math(self) -> None:
        for opener, closer in (("$$", "$$"), ("\\[", "\\]")):
            if self._content.startswith(opener) and closer not in self._content[2:]:
                self._sink.report(UnclosedMath(opener, closer), self._span(0, 2))


def _plain_inlines(source: SourceFile, content: str, at: ContentMap) -> Inlines:
    """Return a text in which nothing opens an inline construct: its lines, with soft breaks between."""
    nodes: list[Inline] = []
    start = 0
    for line in content.split("\n") if content else ():
        end = start + len(line)
        first = at(start)
        if start:
            before = at(start - 1)
            nodes.append(SoftBreak(span=source.span(before, before + 1)))
        nodes.append(Text(line, span=source.span(first, max(first, at(end - 1) + 1))))
        start = end + 1
    return tuple(nodes)


def _joined(left: Text, right: Text) -> Text:
    assert left.span is not None  # the reader gives every node its place
    assert right.span is not None
    return Text(left.text + right.text, span=left.span.to(right.span))


def _align(cell: Token) -> Align:
    style = str(cell.attrGet("style") or "")
    return Align(style.removeprefix("text-align:"))


def _plain(tokens: list[Token]) -> str:
    """Return the text of an image's description without its marks."""
    parts = []
    for token in tokens:
        if token.type in ("text", "text_special", "code_inline"):
            parts.append(token.content)
        elif token.type == "math_inline":
            parts.append(f"${token.content}$")
        elif token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif token.type == "image":
            parts.append(_plain(token.children or []))
    return "".join(parts)
