"""Texts whose markup is simple, read by one pattern instead of the inline rules.

Simple are code, formulas in single dollars, text in one pair of `*` or `**`, and line ends, as nearly every
text of a pack has them. What could be read in another way, even in a corner, is left to the rules: a
property test holds both ways to the same nodes and places.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from packc.ast.richtext import Code, Emph, Inline, Inlines, Math, SoftBreak, Strong, Text
from packc.diagnostics.rules.unread import ForeignSyntax
from packc.reader.foreign import foreign_in
from packc.reader.spans import ContentMap
from packc.source import Span, new_span

if TYPE_CHECKING:
    from packc.reader.richtext import RichTextReader

Piece: TypeAlias = tuple[str, int, int]  # a group of the pattern, and between which offsets it stands

# An opening mark stands behind white space and can be nothing else. A closing one stands before white space
# or punctuation; if it could open as well, that does not matter where a mark of its length is open.
_PIECE = re.compile(
    r"(?P<text>[^\\`*_~^<\[\]&${}\n=]+(?:=(?!=)[^\\`*_~^<\[\]&${}\n=]*)*)"
    r"|(?P<code>`(?!\s)[^`\n]+(?<!\s)`(?!`))"
    r"|(?P<math>(?<![^\W_])\$(?![\s$])[^$\\`\n]*(?:\\[^\n][^$\\`\n]*)*(?<!\s)\$(?![\w${]))"
    r"|(?P<line>(?<![ \t])\n(?![ \t]))"
    r"|(?P<open>(?<![^ \n])\*\*?(?=[^\s*]))"
    r"|(?P<close>(?<=\S)\*\*?(?=[ \n.,:;!?)'\"/-]|\Z))"
)


_MARKUP = re.compile(r"[\\`*_~^<\[\]&$\{\}]")
_BLANK_AT_BREAK = re.compile(r"[ \t]\n|\n[ \t]")


def has_markup(content: str) -> bool:
    """Tell whether anything in a text may open an inline construct.

    What is looked for in plain text later, a tag for instance, must begin with a character of `_MARKUP`.
    """
    return bool(
        _MARKUP.search(content)  # three looks are quicker than one pattern of all
        or "==" in content
        or ("\n" in content and _BLANK_AT_BREAK.search(content))
    )


def pieces_of(content: str) -> list[Piece] | None:
    """Return the pieces that `content` consists of, or None if it is not simple."""
    pieces: list[Piece] = []
    position = mark = 0  # the length of the mark that is open
    for found in _PIECE.finditer(content):
        start, end = found.span()
        if start != position:
            return None
        position = end
        kind = found.lastgroup
        assert kind is not None  # every alternative is a group
        if kind == "open":
            if mark:
                return None
            mark = end - start
        elif kind == "close":
            if mark != end - start:
                return None
            mark = 0
        pieces.append((kind, start, end))
    return pieces if position == len(content) and not mark else None


def simple_inlines(reader: RichTextReader, content: str, pieces: list[Piece], at: ContentMap) -> Inlines:
    """Return the nodes of a text that consists of `pieces`."""
    number = reader.source.number
    nodes: list[Inline] = []
    outside: list[Inline] = []
    opening = 0
    ahead, until = at.stretch(0)
    for kind, start, end in pieces:
        if start >= until:
            ahead, until = at.stretch(start)
        span = new_span(Span, (number, start + ahead, end + ahead if end <= until else at(end - 1) + 1))
        match kind:
            case "text":
                if reader.foreign:
                    for what, first, last in foreign_in(content, start, end):
                        rule = ForeignSyntax(what, content[first:last])
                        reader.sink.report(rule, at.span(number, first, last))
                nodes.append(Text(reader.shared(content[start:end]), span=span))
            case "code":
                nodes.append(Code(reader.shared(content[start + 1 : end - 1]), span=span))
            case "math":
                from packc.reader.tex import tex_faults  # most packs have no formula

                tex = content[start + 1 : end - 1]
                for fault in tex_faults(tex):
                    first = start + 1 + fault.start
                    place = at.span(number, first, start + 1 + fault.end)
                    reader.sink.report(fault.rule, place)
                nodes.append(Math(reader.shared(tex), span=span))
            case "line":
                nodes.append(SoftBreak(span=span))
            case "open":
                outside, nodes, opening = nodes, [], span.start
            case _:  # a closing mark
                style = Strong if end - start > 1 else Emph
                outside.append(style(tuple(nodes), span=Span(number, opening, span.end)))
                nodes = outside
    return tuple(nodes)
