"""HTML and the XHTML of QTI to our rich text: one way for every importer.

What a pack knows is taken over; what it does not know is named, and its text kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from packc.ast.normal import normal_blocks, normal_line
from packc.ast.richtext import Block, Blocks, Divider, HardBreak, Inline, Inlines, Para, Text
from packc.intake.blocks import BlockReader
from packc.intake.html import parse_html
from packc.intake.inlines import Own, Picture
from packc.intake.lines import line_of
from packc.intake.remarks import Remarks
from packc.intake.tree import Child, Element
from packc.named import NamedTuple
from packc.source import Span

ACROSS = ("a line across the text", "it would end a question here, so it is left out")
NEWLINES = re.compile(r"\r\n?")


class Setting(NamedTuple):
    """How the texts of one file are read.

    `picture` takes an image over and returns the path that the pack names it by, or None; `own` makes
    something of an element that only this format has, or returns None; `heading_shift` is added to the
    level of headings, which come out no higher than `least_level`.
    """

    remarks: Remarks
    picture: Picture
    own: Own = lambda _element: None
    heading_shift: int = 0
    least_level: int = 3


Place = Callable[[int], Span | None]
"""From a line of the text that is read, counted from 0, to its place in the source."""


def nowhere(_line: int) -> Span | None:
    return None


def html_blocks(html: str, setting: Setting, place: Place) -> Blocks:
    """Return the blocks of a piece of HTML."""
    fragment = parse_html(html)
    if not fragment.whole:
        setting.remarks.lost("elements nested too deep", "only their text is kept", place(0))
    return element_blocks(fragment.root.children, setting, place)


def html_line(html: str, setting: Setting, place: Place) -> Inlines:
    """Return a piece of HTML as one line: a stem to match, an entry of a list."""
    return as_line(html_blocks(html, setting, place), setting.remarks, place(0))


def element_blocks(children: Iterable[Child], setting: Setting, place: Place) -> Blocks:
    """Return the blocks of the parts of an element."""
    found = tidied(BlockReader(setting, place).blocks(list(children)), setting.least_level)
    if not any(isinstance(block, Divider) for block in found):
        return found
    setting.remarks.lost(*ACROSS, place(0))
    return tidied([block for block in found if not isinstance(block, Divider)], setting.least_level)


def as_line(blocks: Blocks, remarks: Remarks, span: Span | None) -> Inlines:
    """Return blocks as one line; that more than paragraphs stood there is reported."""
    line, changed = line_of(blocks)
    if changed:
        remarks.lost("a text of several blocks", "it stands on one line here", span)
    return normal_line(line)


def plain_blocks(text: str) -> Blocks:
    """Return a text without any markup: an empty line ends a paragraph, any other line is a line."""
    paragraphs = re.split(r"\n[ \t]*(?:\n[ \t]*)+", NEWLINES.sub("\n", text).strip("\n"))
    return tidied([Para(_lines(paragraph)) for paragraph in paragraphs if paragraph.strip()], 1)


def plain_line(text: str) -> Inlines:
    """Return a text without any markup as one line."""
    words = " ".join(text.split())
    return normal_line((Text(words),)) if words else ()


def breaks_shown(text: str) -> str:
    """Return HTML in which line breaks count, as HTML in which they do not: Moodle's own text format."""
    text = NEWLINES.sub("\n", text)
    paragraphs = [part.strip("\n") for part in re.split(r"\n[ \t]*(?:\n[ \t]*)+", text) if part.strip()]
    broken = [part.replace("\n", "<br>\n") for part in paragraphs]
    return broken[0] if len(broken) == 1 else "".join(f"<p>{part}</p>\n" for part in broken)


def tidied(blocks: Iterable[Block], least_level: int) -> Blocks:
    """Return blocks in the normal form, without paragraphs that show nothing."""
    ended = (Para(_ended(block.children)) if isinstance(block, Para) else block for block in blocks)
    found = normal_blocks(ended, least_level=least_level)
    shown = [block for block in found if not (isinstance(block, Para) and is_blank(block.children))]
    return found if len(shown) == len(found) else normal_blocks(shown, least_level=least_level)


def _ended(line: Inlines) -> Inlines:
    """Return a line without the breaks at its end, which editors leave there and nobody sees."""
    while line and isinstance(line[-1], HardBreak):
        line = line[:-1]
    return line


def is_blank(inlines: Inlines) -> bool:
    """Tell whether nothing of a line would be seen."""
    return all(
        isinstance(node, HardBreak) or (isinstance(node, Text) and not node.text.strip()) for node in inlines
    )


def _lines(paragraph: str) -> Inlines:
    found: list[Inline] = []
    for line in paragraph.split("\n"):
        words = line.strip()
        if words:
            found += [HardBreak(), Text(words)] if found else [Text(words)]
    return tuple(found)


def span_place(span: Span | None) -> Place:
    """Return the place of a text of which only the whole is known."""
    return lambda _line: span


def lone(element: Element) -> tuple[Child, ...]:
    return tuple(element.children)
