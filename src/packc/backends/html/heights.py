"""How high a question will stand on paper: an estimate from its HTML and the figures of the style sheets.

It is sooner too high than too low, or the other way round where that is asked for: what is not known, an
image's height for instance, counts as all that the style sheets allow, or as nothing. Lengths are points.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from xml.etree import ElementTree as ET

from packc.backends.html.presets import MM, TYPES, Type
from packc.backends.html.widths import NARROWEST, WIDEST, Piece, height_of_lines, pieces
from packc.handout.editions import Style
from packc.named import NamedTuple

_PX = 0.75
_TALLEST_IMAGE = 150 * MM
_DEEPEST = 40  # elements; what lies deeper is told by nobody
_CLOSE = 0.3  # ems between paragraphs in boxes and items
_BOLD = 1.1  # as wide


class TooDeep(Exception):
    """Elements lie in each other deeper than anybody follows."""


class Room(NamedTuple):
    """Where something stands: how wide it may be, how large its letters are, and how far apart paragraphs."""

    width: float
    size: float
    leading: float
    between: float  # ems

    def less(self, aside: float, size: float = 1) -> Room:
        return self._replace(width=max(self.width - aside, 4 * self.size), size=self.size * size)

    @property
    def line(self) -> float:
        return self.size * self.leading

    @property
    def apart(self) -> float:
        return self.size * self.between

    @property
    def close(self) -> Room:
        """The room inside a box or an item."""
        return self._replace(between=_CLOSE)


class Box(NamedTuple):
    """Something in a column: its height, and the margin above and below."""

    height: float
    margin: float = 0


_BLOCKS = frozenset(
    ("article", "details", "div", "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd")
) | {"pre", "blockquote", "table", "hr"}
# Out of the lines: beside them, or for listeners alone.
_NO_TEXT = frozenset({"spoken", "worth", "box", "circle", "slot", "letter", "mark"})
# What stands beside a text, in rems: marks, letters, labels, places to write.
_ASIDE = {"choices": 3.3, "keyed": 10.25, "chosen": 10.25, "lettered": 1.8, "boxed": 2.6, "rubric": 2.0}
_ASIDE_LARGE = {**_ASIDE, "choices": 3.7}
_LABELLED = 10.25


class Measure:
    """Measures elements of a page in one type: how high they are at most, or at `least`."""

    def __init__(self, style: Style, *, least: bool = False) -> None:
        self.least = least
        self.letters = NARROWEST if least else WIDEST
        self.type = TYPES.get(style, Type())
        self.is_large = style is Style.LARGE
        self.rem = self.type.size

    def height(self, element: ET.Element, width: float) -> float:
        """Return the height of what lies in `element`. Raises TooDeep."""
        return self._column(element, Room(width, self.rem, self.type.leading, self.type.between), 0).height

    def _column(self, element: ET.Element, room: Room, depth: int, *, beside: bool = False) -> Box:
        """Return what the children come to below one another, margins collapsed.

        Where they stand `beside` a label, that makes them no higher.
        """
        if depth > _DEEPEST:
            raise TooDeep
        boxes = [box for box in self._boxes(element, room, depth, beside=beside) if box.height]
        if not boxes:
            return Box(0)
        between = sum(max(one.margin, other.margin) for one, other in pairwise(boxes))
        return Box(sum(box.height for box in boxes) + between, boxes[0].margin)

    def _boxes(self, element: ET.Element, room: Room, depth: int, *, beside: bool) -> Iterator[Box]:
        """Yield blocks, and lines between them."""
        run: list[Piece] = list(self._text(element.text, room))
        for child in element:
            if beside and (child.tag == "dt" or "label" in child.get("class", "").split()):
                continue
            if child.tag in _BLOCKS:
                yield Box(height_of_lines(run, room.width, room.line))
                run = []
                yield self._block(child, room, depth + 1)
            else:
                run += self._inline(child, room, depth + 1)
            run += self._text(child.tail, room)
        yield Box(height_of_lines(run, room.width, room.line))

    # Blocks

    def _block(self, element: ET.Element, room: Room, depth: int) -> Box:
        names = set(element.get("class", "").split())
        match element.tag:
            case "article":
                return self._column(element, room.less(self.type.gutter * self.rem), depth)
            case "p" | "dt":
                return self._paragraph(element, room, names, depth)
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                line = self._column(element, room.less(0, 1.1), depth).height
                return Box(line, 0.4 * room.size if "question-" in element.get("id", "") else room.size)
            case "pre":
                frame = room.less(1.25 * self.rem + 4)._replace(leading=1.4)
                return Box(_verbatim(element, frame, self.type.code) + self.rem + 2, 0.6 * room.size)
            case "table":
                return self._table(element, room, depth)
            case "hr":
                return Box(1, 0.6 * room.size)
            case "ul" | "ol" | "dl":
                return self._list(element, room, names, depth)
            case "blockquote":
                inner = self._column(element, room.less(1.2 * self.rem).close, depth)
                return Box(inner.height, room.apart)
            case "dd":
                return self._column(element, room.less(1.4 * room.size).close, depth)
            case _:
                return self._division(element, room, names, depth)

    def _paragraph(self, element: ET.Element, room: Room, names: set[str], depth: int) -> Box:
        small = self.type.label if names & {"instruction", "label", "facts"} else 1
        inner = self._column(element, room.less(0, small), depth)
        if "line" in names:
            return Box(inner.height, 1.4 * self.rem)
        return Box(inner.height, room.apart)

    def _division(self, element: ET.Element, room: Room, names: set[str], depth: int) -> Box:
        if "lines" in names:
            return Box(len(element) * self.type.rule)
        if "columns" in names:
            return self._columns(element, room, depth)
        if "formula" in names:
            inner = self._column(element, room, depth)
            return Box(inner.height + 0.4 * self.rem, 0.6 * room.size)
        if "callout" in names:
            inner = self._column(element, room.less(1.8 * self.rem + 4).close, depth)
            return Box(inner.height + self.rem + 4, 0.8 * room.size)
        if "target" in names:
            return Box(self._column(element, room.less(self.rem).close, depth).height, 0.6 * room.size)
        if "row" in names:
            return Box(self._labelled(element, room, depth), 0.4 * room.size)
        if "answer" in names:
            return Box(self._column(element, room.less(1.1 * self.rem), depth).height, 0.9 * self.rem)
        if "gaps" in names:
            return self._column(element, room._replace(leading=2), depth)
        return self._column(element, room, depth)

    def _labelled(self, element: ET.Element, room: Room, depth: int) -> float:
        """Return the height of what has its label beside it."""
        inner = self._column(element, room.less(_LABELLED * self.rem).close, depth, beside=True)
        small = room.less(0, self.type.label * _BOLD)
        label = [piece for first in element[:1] for piece in self._inlines(first, small, depth + 1)]
        return max(inner.height, height_of_lines(label, 9.5 * self.rem, room.line))

    def _columns(self, element: ET.Element, room: Room, depth: int) -> Box:
        if self.is_large:
            return Box(self._column(element, room, depth).height + 2 * self.rem)
        half = room._replace(width=room.width / 2 - self.rem)
        return Box(max((self._column(child, half, depth + 1).height for child in element), default=0))

    def _list(self, element: ET.Element, room: Room, names: set[str], depth: int) -> Box:
        margin = room.apart
        if "notes" in names:
            heights = [self._labelled(child, room, depth + 1) for child in element]
            return Box(sum(heights) + 0.4 * room.size * (len(heights) - 1), margin)
        if element.tag == "dl":
            return Box(self._column(element, room, depth).height, margin)
        if "truth" in names:
            return Box(room.line * (len(element) if self.is_large else 1), margin)
        if "footnotes" in names:
            small = room.less(2 * 0.875 * room.size, 0.875)
            return Box(self._stacked(element, small, 0.2 * room.size, depth).height + 6, 1.2 * room.size)
        if "categories" in names:
            return self._stacked(element, room, 0.5 * self.rem, depth, more=1.6 * self.rem)
        for name, aside in (_ASIDE_LARGE if self.is_large else _ASIDE).items():
            if name in names and not (name == "choices" and names & {"keyed", "chosen"}):
                apart = {"choices": self._apart_of_choices(room), "rubric": 0}.get(name, 0.5 * self.rem)
                least = 1.6 * self.rem if name == "boxed" else 0
                return self._stacked(element, room.less(aside * self.rem), apart, depth, least=least)
        if element.get("role") == "list":
            return self._stacked(element, room, 0.1 * room.size, depth)
        return self._stacked(element, room.less(1.4 * room.size), 0, depth)

    def _apart_of_choices(self, room: Room) -> float:
        return (0.8 if self.type.between > 0.6 else 0.55) * room.size

    def _stacked(
        self, element: ET.Element, room: Room, apart: float, depth: int, *, least: float = 0, more: float = 0
    ) -> Box:
        """Return the items of a list below one another, each a line high at least."""
        heights = []
        margins = apart
        for child in element:
            inner = self._column(child, room.close, depth + 1, beside=True)
            heights.append(max(inner.height, room.line, least) + more)
            margins = max(margins, 0 if apart else inner.margin)
        total = sum(heights) + margins * max(len(heights) - 1, 0)
        return Box(total, max(apart, room.apart))

    def _table(self, element: ET.Element, room: Room, depth: int) -> Box:
        """Columns are as wide as their texts, or as the page gives them in proportion."""
        inner = room.less(0, self.type.table)
        rows = [list(row) for row in element.iter("tr")]
        padding = 1.2 * self.rem
        natural = [0.0] * max(map(len, rows), default=1)
        for row in rows:
            for place, cell in enumerate(row):
                run = self._inlines(cell, inner, depth + 1)
                natural[place] = max(natural[place], sum(one.width + one.space for one in run) + padding)
        share = min(room.width / max(sum(natural), 1), 1)
        total = 3.0
        for row in rows:
            heights = [
                height_of_lines(
                    self._inlines(cell, inner, depth + 1),
                    max(natural[place] * share - padding, 2 * inner.size) + 0.1,
                    inner.line,
                )
                for place, cell in enumerate(row)
            ]
            total += max([*heights, inner.line]) + 0.5 * self.rem + 1
        return Box(total, 0.6 * room.size)

    # Lines

    def _text(self, text: str | None, room: Room, *, mono: bool = False) -> Iterable[Piece]:
        size = room.size * (1 if mono else self.type.spaced)
        return pieces(text, size, self.letters, mono=mono) if text else ()

    def _inlines(self, element: ET.Element, room: Room, depth: int) -> list[Piece]:
        if depth > _DEEPEST:
            raise TooDeep
        run = list(self._text(element.text, room))
        for child in element:
            run += self._inline(child, room, depth + 1)
            run += self._text(child.tail, room)
        return run

    def _inline(self, element: ET.Element, room: Room, depth: int) -> list[Piece]:
        names = element.get("class", "").split()
        match element.tag.rpartition("}")[2]:
            case "strong":
                return self._inlines(element, room.less(0, _BOLD), depth)
            case "br":
                return [Piece(0, breaks=True)]
            case "img":
                return [self._image(element, room)]
            case "math":
                return [_formula(element, room.size, 0 if self.least else room.size)]
            case "code" | "kbd":
                return list(self._text("".join(element.itertext()), room.less(0, self.type.code), mono=True))
            case "summary":
                return []
            case "a" if "bare" not in names:
                shown = self._inlines(element, room, depth)
                return [*shown, *self._text(f" ({element.get('href', '')})", room.less(0, 0.85))]
        if set(names) & (_NO_TEXT if self.is_large else _NO_TEXT | {"number"}):
            return []
        if "gap" in names:
            return [Piece((9 if self.is_large else 8) * self.rem)]
        if "options" in names:
            return [*self._inlines(element, room, depth), Piece(len(element) * 1.1 * self.rem)]
        return self._inlines(element, room, depth)

    def _image(self, element: ET.Element, room: Room) -> Piece:
        width, height = (element.get(side, "") for side in ("width", "height"))
        if not (width.isdigit() and height.isdigit() and int(width)):
            unknown = 0 if self.least else _TALLEST_IMAGE
            tall = int(height) * _PX if height.isdigit() else unknown
            return Piece(room.width, min(tall, _TALLEST_IMAGE) + 0.4 * room.size)
        wide, tall = int(width) * _PX, int(height) * _PX
        if "sized" not in element.get("class", ""):
            tall *= min(1, room.width / wide)
        return Piece(min(wide, room.width), min(tall, _TALLEST_IMAGE) + 0.4 * room.size)


def _verbatim(element: ET.Element, room: Room, code: float) -> float:
    lines = "".join(element.itertext()).removesuffix("\n").split("\n")
    sign = code * room.size
    return sum(
        max(height_of_lines(pieces(line.expandtabs(4), sign, mono=True), room.width, room.line), room.line)
        for line in lines
    )


def _formula(element: ET.Element, size: float, em: float) -> Piece:
    signs = sum(
        len((part.text or "").strip()) for part in element.iter() if not part.tag.endswith("annotation")
    )
    return Piece(0.6 * size * signs, em * _ems(element, 0))


def _ems(element: ET.Element, depth: int) -> float:
    """Return the height of a part of a formula."""
    if depth > _DEEPEST:
        raise TooDeep
    inner = [_ems(child, depth + 1) for child in element if not child.tag.endswith("annotation")]
    most = max(inner, default=1.2)
    match element.tag.rpartition("}")[2]:
        case "mfrac":
            return sum(inner) + 0.3
        case "mtable":
            return sum(inner) + 0.5 * len(inner)
        case "munder" | "mover" | "munderover":
            return most + 0.8 * (len(inner) - 1)
        case "msub" | "msup" | "msubsup":
            return most + 0.3
        case _:
            return most
