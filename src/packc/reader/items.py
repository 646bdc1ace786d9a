"""The tokens of a text to what stands outside lists and quotes: headings, labels and blocks."""

from __future__ import annotations

from typing import TypeAlias

from markdown_it.token import Token

from packc.ast.richtext import Callout
from packc.reader.callouts import callout_field
from packc.reader.fields import Content, FieldLine
from packc.reader.grammar import META, Grammar
from packc.reader.headings import HeadingLine
from packc.reader.richtext import RichTextReader, is_empty
from packc.source import SourceFile

Item: TypeAlias = HeadingLine | FieldLine | Content


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
