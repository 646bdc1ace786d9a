"""Callouts that are another form of a field."""

from __future__ import annotations

from packc.ast.richtext import Block, Callout, Inlines, Para, Text
from packc.reader.fields import FieldLine
from packc.reader.grammar import Grammar
from packc.reader.labels import Dress, LabelLine, label_line, whole_label
from packc.source import SourceFile


def callout_field(callout: Callout, source: SourceFile, grammar: Grammar) -> FieldLine | None:
    """Return the field that `callout` is: its title is a known label, or its first line begins with one."""
    if callout.span is None:
        return None
    first_line = source.span(callout.span.start, source.line_end(source.line_of(callout.span.start)))
    if callout.title:
        label = whole_label(_written(callout.title, source), grammar)
        return FieldLine(label, first_line, callout.blocks, callout) if label else None
    first = callout.blocks[0] if callout.blocks else None
    if not isinstance(first, Para) or first.span is None:
        return None
    start = first.span.start
    label = label_line(source.text[start : source.line_end(source.line_of(start))], grammar, plain=False)
    if label is None or label.dress is not Dress.BOLD:
        return None
    rest = _after(first, label, start)
    value: tuple[Block, ...] = (*((rest,) if rest.children else ()), *callout.blocks[1:])
    return FieldLine(label, source.span(start, start + len(label.written)), value, callout)


def _written(title: Inlines, source: SourceFile) -> str:
    """Return the source of a title, as labels are matched on what is written."""
    first, last = title[0].span, title[-1].span
    return source.text[first.start : last.end] if first and last else ""


def _after(para: Para, label: LabelLine, start: int) -> Para:
    """Return what stands in `para` after the label that it begins with."""
    end = start + label.end
    children: Inlines = tuple(child for child in para.children if child.span and child.span.end > end)
    first = children[0] if children else None
    if isinstance(first, Text) and first.span and first.span.start < end:
        text = first.text.lstrip(":： ")
        place = first.span._replace(start=first.span.end - len(text))
        children = (Text(text, span=place), *children[1:])
    assert para.span is not None  # the caller has seen it
    return Para(children, span=para.span._replace(start=min(end, para.span.end)))
