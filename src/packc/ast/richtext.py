"""Rich text: the closed set of inline and block nodes that every renderer handles."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from packc.ast.node import Node


@dataclass(frozen=True, slots=True)
class Text(Node):
    """Characters that mean themselves."""

    text: str


@dataclass(frozen=True, slots=True)
class Code(Node):
    """Inline code, verbatim."""

    text: str


@dataclass(frozen=True, slots=True)
class Math(Node):
    """A formula in running text, as TeX without its delimiters; `display` if it asked for its own line."""

    tex: str
    display: bool = False


@dataclass(frozen=True, slots=True)
class Emph(Node):
    children: Inlines


@dataclass(frozen=True, slots=True)
class Strong(Node):
    children: Inlines


@dataclass(frozen=True, slots=True)
class Strike(Node):
    children: Inlines


@dataclass(frozen=True, slots=True)
class Link(Node):
    """A link; `href` is as written, after Markdown's escapes."""

    children: Inlines
    href: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Image(Node):
    """An image; `src` is the path as written, relative to the pack's file. `alt` is plain text."""

    src: str
    alt: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class SoftBreak(Node):
    """A line end in the source that only separates words."""


@dataclass(frozen=True, slots=True)
class HardBreak(Node):
    """A line break that the author asked for."""


Inline: TypeAlias = Text | Code | Math | Emph | Strong | Strike | Link | Image | SoftBreak | HardBreak
Inlines: TypeAlias = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Para(Node):
    children: Inlines


@dataclass(frozen=True, slots=True)
class Heading(Node):
    """A heading inside a text; `level` is 1 to 6 as written."""

    level: int
    children: Inlines


@dataclass(frozen=True, slots=True)
class CodeBlock(Node):
    """Code, verbatim, without the final line break; `language` is the info string's first word or ''."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class MathBlock(Node):
    """A displayed formula between blocks, as TeX without its delimiters."""

    tex: str


@dataclass(frozen=True, slots=True)
class Quote(Node):
    blocks: Blocks


@dataclass(frozen=True, slots=True)
class ListItem(Node):
    blocks: Blocks


@dataclass(frozen=True, slots=True)
class BulletList(Node):
    """`tight`: no blank line between the items, so their paragraphs are set without space."""

    items: tuple[ListItem, ...]
    tight: bool = True


@dataclass(frozen=True, slots=True)
class OrderedList(Node):
    items: tuple[ListItem, ...]
    start: int = 1
    tight: bool = True


class Align(StrEnum):
    NONE = ""
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Cell(Node):
    children: Inlines


@dataclass(frozen=True, slots=True)
class Row(Node):
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table(Node):
    """A table; every row has as many cells as `aligns`."""

    header: Row
    rows: tuple[Row, ...]
    aligns: tuple[Align, ...]


@dataclass(frozen=True, slots=True)
class Divider(Node):
    """A thematic break inside a text."""


Block: TypeAlias = Para | Heading | CodeBlock | MathBlock | Quote | BulletList | OrderedList | Table | Divider
Blocks: TypeAlias = tuple[Block, ...]
