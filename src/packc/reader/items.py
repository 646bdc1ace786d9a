"""The tokens of a text to what stands outside lists and quotes: headings, labels and blocks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from markdown_it.token import Token

from packc.ast.richtext import Callout, Divider
from packc.reader.callouts import callout_field
from packc.reader.fields import Content, FieldLine
from packc.reader.grammar import META, Grammar
from packc.reader.headings import HeadingLine
from packc.reader.richtext import RichTextReader, is_empty
from packc.source import SourceFile

Item: TypeAlias = HeadingLine | FieldLine | Content

_READ = Divider()  # stands for what is needed no more


class Items:
    """The items of a text by their index, read as they are asked for: some hundred questions at a time."""

    def __init__(self, pieces: Iterator[list[Item]]) -> None:
        self._pieces = pieces
        self._read: list[Item] = []

    def at(self, index: int) -> Item | None:
        """Return the item at `index`, None if there are fewer."""
        while index >= len(self._read):
            piece = next(self._pieces, None)
            if piece is None:
                return None
            self._read += piece
        return self._read[index]

    def after(self, index: int) -> Iterator[tuple[int, Item]]:
        """Yield the items that follow the one at `index`, each with its own."""
        while (item := self.at(index := index + 1)) is not None:
            yield index, item

    def forget(self, start: int, end: int) -> None:
        """Let go of the items of a question that was read, but for the headings within it."""
        for index in range(start, end):
            if index == start or not isinstance(self._read[index], HeadingLine):
                self._read[index] = _READ

    def headings(self) -> Iterator[HeadingLine]:
        """Yield the headings that nobody has let go of."""
        return (item for item in self._read if isinstance(item, HeadingLine))


def items_of(tokens: list[Token], reader: RichTextReader, source: SourceFile, grammar: Grammar) -> list[Item]:
    """Return the top-level headings, labels and blocks in source order."""
    items: list[Item] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.type == "heading_open":
            items.append(_heading(tokens, index, reader))
            index += 3
        elif token.type == "field":
            line, index = _field_line(tokens, index, reader, source)
            items.append(line)
        else:
            block, index = reader.block(tokens, index)
            field = callout_field(block, source, grammar) if isinstance(block, Callout) else None
            if not is_empty(block):
                items.append(field or block)
    return items


def _field_line(
    tokens: list[Token], index: int, reader: RichTextReader, source: SourceFile
) -> tuple[FieldLine, int]:
    """Return the label at `index`, a meta field with its value, and the index after it."""
    token = tokens[index]
    label, start = token.meta["label"], token.meta["start"]
    line = FieldLine(label, source.span(start, start + len(label.written)))
    index += 1
    if label.key not in META:
        return line, index
    value: tuple[Content, ...] = ()
    if index < len(tokens) and tokens[index].type == "paragraph_open" and tokens[index].map == token.map:
        block, index = reader.block(tokens, index)
        value = (block,)
    return line._replace(value=value), index


def _heading(tokens: list[Token], index: int, reader: RichTextReader) -> HeadingLine:
    opening, inline = tokens[index], tokens[index + 1]
    return HeadingLine(
        level=int(opening.tag[1:]),
        text=inline.content,
        inlines=reader.heading_inlines(tokens, index),
        span=reader.span(opening),
        underlined=not opening.markup.startswith("#"),
    )
