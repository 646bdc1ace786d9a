"""Where a page may end between a heading and the question below it, so that the question need not be split.

A heading stays on the page of what follows it. Where a question fits a page, but not below its section's
heading, Chromium would sooner split the question than part the two. Orphans are what it gives up before that:
two lines without height, which the style sheet wants together, are a place where the page may end. Above a
question that is taller than a page they would be one, too, and leave the heading alone for nothing. So they
stand only where the question fits, which has to be estimated: nobody knows the reader's typefaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from packc.backends.html.presets import MM, TYPES, Type
from packc.handout.document import Page
from packc.handout.editions import Style
from packc.named import NamedTuple

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

    from packc.backends.html.heights import Measure


class Paper(NamedTuple):
    """What lies within the margins of a page."""

    name: str
    width: float
    height: float


_PAPERS = (("a4", 210, 297), ("letter", 215.9, 279.4))
_MARGINS, _LARGE_MARGINS = (40, 42), (30, 35)  # as in base.css and large.css
_LOWEST = 237 * MM  # of the pages
_HIGHER, _MORE = 1.2, 3.5  # how much the heading and its text may be above the estimate: times, and rems
_LONG = 0.3  # of a page; so much text may stand on a page without the question
_SECTION, _STIMULUS = re.compile(rb'<h[2-6] class="section"'), b'<div class="stimulus">'
_QUESTION, _END = b'<article class="question"', b"</article>"
_PARAGRAPH = re.compile(rb'</(?:p|li|tr|h\d|dt|pre)>|<br/>|<div></div>|class="rule"')
_TAG = re.compile(rb"<[^>]*>")
_DATA = re.compile(rb'(?<= src=")data:[^"]*')
_PARTING = b'<div class="parting %b" aria-hidden="true"></div>\n'


def with_partings(pieces: Iterable[bytes], page: Page) -> Iterator[bytes]:
    """Return the file in pieces, with an element wherever a page may end above a question.

    Each piece but the last ends where a question does, so that none parts a question from its headings.
    """
    style = Style(page.style)
    papers = tuple(_papers(style, page.paper))
    held: list[bytes] = []
    for piece in pieces:
        end = piece.rfind(_END) + len(_END)
        if end < len(_END):
            held.append(piece)
        else:
            yield _parted(b"".join((*held, piece[:end])), style, papers)
            held = [piece[end:]]
    yield _parted(b"".join(held), style, papers)


def _parted(file: bytes, style: Style, papers: tuple[Paper, ...]) -> bytes:
    written, done = [], 0
    for begin, start, end in _beginnings(file):
        above, question = (_DATA.sub(b"", part) for part in (file[begin:start], file[start:end]))
        if _STIMULUS in above or not _may_fill_a_page(above + question, TYPES.get(style, Type())):
            continue  # behind a stimulus a page may end anyway
        names = " ".join(_names(style, papers, above, question))
        if names:
            written += [file[done:start], _PARTING % names.encode()]
            done = start
    return b"".join([*written, file[done:]]) if written else file


def _beginnings(file: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield where headings begin, and where the question right below them begins and ends."""
    headings = [found.start() for found in _SECTION.finditer(file)]
    begin = -1
    for heading, following in pairwise([*headings, len(file)]):
        begin = heading if begin < 0 else begin
        start = file.find(_QUESTION, heading, following)
        if start >= 0:
            yield begin, start, file.index(_END, start) + len(_END)
            begin = -1


def _may_fill_a_page(part: bytes, used: Type) -> bool:
    """Return False for most of what is far too short: this is quick."""
    if b"<img" in part:
        return True
    paragraphs = len(_PARAGRAPH.findall(part)) + 2 * part.count(b"<math")
    lines = len(_TAG.sub(b"", part)) / 60  # line breaks of the file included
    if b"<pre" in part:
        lines += part.count(b"\n")
    return (paragraphs * (used.between + used.leading) + lines * used.leading) * used.size > _LOWEST


def _names(style: Style, papers: tuple[Paper, ...], above: bytes, question: bytes) -> list[str]:
    """Return the classes of a parting: the papers on which it counts, and how; none is no parting."""
    from xml.etree import ElementTree as ET  # few packs have a question that may fill a page

    from packc.backends.html.heights import Measure, TooDeep

    try:
        first, asked = (ET.fromstring(b"<div>" + part + b"</div>") for part in (above, question))
        measures = (Measure(style), Measure(style, least=True))
        return [name for paper in papers for name in _names_on(paper, first, asked, *measures)]
    except (ET.ParseError, TooDeep):  # a project's own template may make HTML that is no XML
        return []


def _names_on(
    paper: Paper, above: ET.Element, question: ET.Element, at_most: Measure, at_least: Measure
) -> Iterator[str]:
    """Yield the classes for a paper.

    The text above may be long, and what is above be free to stand on any page, where there is no doubt that
    the question does not fit below it, or where it is long.
    """
    height = at_most.height(question, paper.width)
    more = at_most.height(above, paper.width) * _HIGHER + _MORE * at_most.rem
    if height > paper.height or height + more <= paper.height:
        return
    yield paper.name
    is_long = at_most.height(above[-1], paper.width) > paper.height * _LONG
    if is_long:
        yield f"{paper.name}-long"
    least = sum(at_least.height(part, paper.width) for part in (above, question))
    if is_long or least > paper.height:
        yield f"{paper.name}-free"


def _papers(style: Style, wanted: str) -> Iterator[Paper]:
    """Yield the papers that a file may be printed on."""
    across, down = _LARGE_MARGINS if style is Style.LARGE else _MARGINS
    for name, width, height in _PAPERS:
        if wanted in ("", name):
            yield Paper(name, (width - across) * MM, (height - down) * MM)
