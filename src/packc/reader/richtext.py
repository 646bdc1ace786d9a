"""Block and inline tokens to the rich-text AST. No token leaves this room."""

from __future__ import annotations

import re

from markdown_it.token import Token

from packc.ast.richtext import (
    Align,
    Block,
    Blocks,
    Callout,
    Cell,
    CodeBlock,
    DefinitionList,
    Divider,
    Footnote,
    Heading,
    Inlines,
    MathBlock,
    Para,
    Quote,
    Row,
    SoftBreak,
    Table,
    Text,
)
from packc.diagnostics import Sink
from packc.diagnostics.rules.blanks import BlankInCode
from packc.diagnostics.rules.source import UnclosedFence
from packc.diagnostics.rules.unread import ExtraCells, UnreadAttributes, UnreadInfo
from packc.reader.attributes import trailing_braces
from packc.reader.foreign import has_foreign
from packc.reader.inlines import InlineReader, plain_inlines
from packc.reader.markdown import Parsed
from packc.reader.notes import NoteReader
from packc.reader.plaininlines import simple_inlines
from packc.reader.references import report_references
from packc.reader.spans import ContentMap, RowMap, line_map, paragraph_map
from packc.reader.tasklists import TaskList, read_list, read_plain_list
from packc.source import SourceFile, Span

_ALIKE = 5_000  # texts that are compared: those of some hundred questions


class RichTextReader:
    """Reads the tokens of one source file, front to back, and reports what is wrong in them.

    `comments` are the places of the HTML comments, complete once all is read; `braces` tells whether
    attribute braces at a text's end are read here, as those of choices are not.
    """

    def __init__(self, source: SourceFile, sink: Sink, parsed: Parsed) -> None:
        self.source = source
        self.sink = sink
        self.foreign = has_foreign(source.text)
        self.comments: list[Span] = []
        self._cuts = parsed.cuts
        self._notes = NoteReader(source, sink, parsed.notes)
        self._parsed = parsed
        self._texts: dict[str, str] = {}
        self.braces = True

    def finish(self) -> None:
        """Report what is defined and never used. Everything has to be read by then."""
        self._notes.report_unused()
        report_references(self._parsed.references, self.source, self.sink)
        self.comments += [self.source.span(start, end) for start, end in self._parsed.comments]
        self.comments.sort()

    def shared(self, text: str) -> str:
        """Return `text`, as the same object as an equal one not far above: a bank repeats its choices."""
        if len(self._texts) > _ALIKE:
            self._texts.clear()
        return self._texts.setdefault(text, text)

    def footnote(self, label: str, span: Span) -> Footnote | None:
        """Return the footnote that a reference at `span` is to, or report it and return None."""
        return self._notes.footnote(label, span, self.all_blocks)

    def block(self, tokens: list[Token], index: int) -> tuple[Block | TaskList, int]:
        """Return the block that begins at `index`, and the index after it."""
        token = tokens[index]
        match token.type:
            case "paragraph_open":
                return self._para(tokens, index), index + 3
            case "heading_open":
                inlines = self.without_attributes(self.heading_inlines(tokens, index))
                return Heading(int(token.tag[1:]), inlines, span=self.span(token)), index + 3
            case "fence" | "code_block":
                return self._code_block(token), index + 1
            case "math_block":
                return self._math_block(token), index + 1
            case "hr":
                return Divider(span=self.span(token)), index + 1
            case "blockquote_open" if "alert" in token.meta:
                return self._set_apart(tokens, index)
            case "blockquote_open":
                return self._quote(tokens, index)
            case "bullet_list_open" | "ordered_list_open":
                return read_list(self, tokens, index)
            case "plain_list":
                return read_plain_list(self, tokens, index)
            case "table_open":
                return self._table(tokens, index)
            case "callout_open" | "dl_open":
                return self._set_apart(tokens, index)
            case _:
                raise AssertionError(f"markdown-it made a token that the reader does not know: {token.type}")

    def _set_apart(self, tokens: list[Token], index: int) -> tuple[Callout | DefinitionList, int]:
        from packc.reader.richblocks import alert, callout, definitions  # most packs have none

        match tokens[index].type:
            case "blockquote_open":
                return alert(self, tokens, index)
            case "callout_open":
                return callout(self, tokens, index)
            case _:
                return definitions(self, tokens, index)

    def _quote(self, tokens: list[Token], index: int) -> tuple[Quote, int]:
        braces, self.braces = self.braces, True  # the feedback of a choice has braces like any text
        blocks, after = self.blocks_until(tokens, index + 1, "blockquote_close")
        self.braces = braces
        return Quote(blocks, span=self.span(tokens[index])), after

    def span(self, token: Token) -> Span:
        """Return the place of a block, from its first character to the end of its last line."""
        assert token.map is not None  # every opening block token has lines
        first, after = token.map
        start: int = token.meta.get("start", self.source.line_starts[first])
        text = self.source.text
        end = self._cuts.get(after - 1, self.source.line_end(after - 1))
        if end == start or text[end - 1] in " \t>\n":
            end = self._end_of_text(first, after - 1)
        if "continued" in token.meta:  # an alert's title has cut off the line before
            while text[start] in " \t>":
                start += 1
        elif start < end and text[start].isspace():  # a box may be followed by white space, even a line end
            written = text[start:end]
            start += len(written) - len(written.lstrip())
        return self.source.span(start, max(start, end))

    def _end_of_text(self, first: int, last: int) -> int:
        """Return where lines `first` to `last` end, without white space and empty lines of a quote."""
        while last > first and not self.source.line_text(last).strip(" \t>"):
            last -= 1
        return self._cuts.get(last, self.source.line_starts[last] + len(self.source.line_text(last).rstrip()))

    def heading_inlines(self, tokens: list[Token], index: int) -> Inlines:
        """Return the text of the heading whose opening token is at `index`."""
        opening, inline = tokens[index], tokens[index + 1]
        if opening.markup.startswith("#"):
            return self.inlines(inline, line_map(self.source, inline.content, self.span(opening).start))
        return self.inlines(inline)

    def inlines(self, token: Token, content_map: ContentMap | None = None) -> Inlines:
        """Return the inline nodes of an `inline` token; without a map, of a paragraph's."""
        if content_map is None:
            assert token.map is not None  # markdown-it maps every inline token
            first, after = token.map
            if "source" in token.meta:
                content_map = ContentMap([(0, token.meta["source"])])
            else:
                content_map = paragraph_map(self.source, token.content, first, after - first, self._cuts)
        if "pieces" in token.meta:
            return simple_inlines(self, token.content, token.meta["pieces"], content_map)
        if token.children is None:
            return plain_inlines(self, token.content, content_map)
        return InlineReader(self, token, content_map).read()

    def _para(self, tokens: list[Token], index: int) -> Para:
        children = self.inlines(tokens[index + 1])
        if self.braces:
            children = self.without_attributes(children)
        return Para(children, span=self.span(tokens[index]))

    def without_attributes(self, inlines: Inlines) -> Inlines:
        """Take off and report attribute braces at the end of a text."""
        last = inlines[-1] if inlines else None
        if not isinstance(last, Text):
            return inlines
        start = trailing_braces(last.text)
        if start is None or last.span is None:
            return inlines
        written = last.text[start:]
        place = self.source.span(last.span.end - len(written), last.span.end)
        escaped = self.source.text.startswith("\\", place.start - 1)
        if escaped or self.source.text[place.start : place.end] != written:
            return inlines  # an escape is no attribute
        self.sink.report(UnreadAttributes(written.strip("{:} \t")), place)
        kept = last.text[:start].rstrip()
        end = place.start - (start - len(kept))
        rest = (Text(kept, span=self.source.span(last.span.start, end)),) if kept else ()
        above = inlines[:-1]
        while not rest and above and isinstance(above[-1], SoftBreak):
            above = above[:-1]
        return (*above, *rest)

    def all_blocks(self, tokens: list[Token]) -> Blocks:
        """Return the blocks of a run of tokens."""
        blocks: list[Block] = []
        index = 0
        while index < len(tokens):
            block, index = self.block(tokens, index)
            if not is_empty(block):
                blocks.append(block.plain if isinstance(block, TaskList) else block)
        return tuple(blocks)

    def blocks_until(self, tokens: list[Token], index: int, closing: str) -> tuple[Blocks, int]:
        """Return the blocks from `index` up to the token `closing`, and the index after that."""
        blocks: list[Block] = []
        while tokens[index].type != closing:
            block, index = self.block(tokens, index)
            if not is_empty(block):
                blocks.append(block.plain if isinstance(block, TaskList) else block)
        return tuple(blocks), index + 1

    def _code_block(self, token: Token) -> CodeBlock:
        span = self.span(token)
        if token.type == "fence" and not self._is_closed(token):
            end = self.source.line_end(self.source.line_of(span.start))
            self.sink.report(UnclosedFence(token.markup), self.source.span(span.start, end))
        if token.meta.get("cloze") and "{{" in token.content:
            self.sink.report(BlankInCode("code"), span)
        language, rest = _language(token.info)
        if rest:
            start = self.source.text.index(rest, span.start)
            place = self.source.span(start, start + len(rest))
            self.sink.report(UnreadInfo(rest, "behind the language of a code block"), place)
        return CodeBlock(token.content.removesuffix("\n"), language, span=span)

    def _math_block(self, token: Token) -> MathBlock:
        places = ContentMap(token.meta["places"])
        from packc.reader.tex import tex_faults  # most packs have no formula

        for fault in tex_faults(token.content):
            start = places(fault.start)
            self.sink.report(fault.rule, self.source.span(start, start + fault.end - fault.start))
        return MathBlock(token.content, span=self.span(token))

    def _is_closed(self, token: Token) -> bool:
        assert token.map is not None
        first, after = token.map
        last = self.source.line_text(after - 1).strip(" \t>")
        return after - 1 > first and last.startswith(token.markup) and not last.strip(token.markup[0])

    def _table(self, tokens: list[Token], index: int) -> tuple[Table, int]:
        opening = tokens[index]
        first: int = opening.meta["start"]
        quotes = self.source.text.count(">", self.source.line_starts[self.source.line_of(first)], first)
        rows: list[Row] = []
        aligns: list[Align] = []
        while tokens[index].type != "table_close":
            if tokens[index].type == "tr_open":
                row, after = self._row(tokens, index, quotes)
                aligns = aligns or [_align(token) for token in tokens[index:after] if token.type == "th_open"]
                rows.append(row)
                index = after
            else:
                index += 1
        return Table(rows[0], tuple(rows[1:]), tuple(aligns), span=self.span(opening)), index + 1

    def _row(self, tokens: list[Token], index: int, quotes: int) -> tuple[Row, int]:
        opening = tokens[index]
        assert opening.map is not None
        line = opening.map[0]
        text = self.source.line_text(line)
        for _ in range(quotes):  # those of the quotes around the table; more would belong to the first cell
            text = text.lstrip(" \t").removeprefix(">")
        text = text.lstrip(" \t")
        start = self.source.line_end(line) - len(text)
        row_map = RowMap(self.source, line, start)
        cells: list[Cell] = []
        while tokens[index].type != "tr_close":
            if tokens[index].type == "inline":
                content_map, cell_start, cell_end = row_map.next(tokens[index].content)
                span = self.source.span(cell_start, max(cell_start, cell_end))
                cells.append(Cell(self.inlines(tokens[index], content_map), span=span))
            index += 1
        end = start + len(text.rstrip())
        rest = row_map.rest()
        if rest < end:
            self.sink.report(ExtraCells(len(cells)), self.source.span(rest, end))
        return Row(tuple(cells), span=self.source.span(start, end)), index + 1


def is_empty(block: Block | TaskList) -> bool:
    """Tell whether a paragraph held nothing but comments, or a box."""
    return isinstance(block, Para) and not block.children


def _align(cell: Token) -> Align:
    style = str(cell.attrGet("style") or "")
    return Align(style.removeprefix("text-align:"))


def _language(info: str) -> tuple[str, str]:
    """Return the language that a fence's info string names, and what else stands there."""
    info = info.strip()
    if info.startswith("{"):  # `{.python .numbers}`, in braces throughout
        found = re.match(r"\{\s*\.([^\s{}.#=]+)\s*(.*?)\s*\}?$", info)
        return (found[1], found[2]) if found else ("", info)
    language, _, rest = info.partition(" ")
    return language, rest.strip()
