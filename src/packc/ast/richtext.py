"""Rich text: the closed set of inline and block nodes that every renderer handles."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeAlias

from packc.ast.keys import BlankKey
from packc.ast.node import Node, keyword_node, node


@node
class Text(Node):
    """Characters that mean themselves."""

    text: str


@node
class Code(Node):
    """Inline code, verbatim."""

    text: str


@node
class Math(Node):
    """A formula in running text, as TeX without its delimiters; `display` if it asked for its own line."""

    tex: str
    display: bool = False


@node
class _Style(Node):
    """What styled texts have in common."""

    children: Inlines


class Emph(_Style):
    """Stressed text."""

    __slots__ = ()


class Strong(_Style):
    """Strongly stressed text."""

    __slots__ = ()


class Strike(_Style):
    """Text that was struck out."""

    __slots__ = ()


class Sub(_Style):
    """A subscript."""

    __slots__ = ()


class Sup(_Style):
    """A superscript."""

    __slots__ = ()


class Mark(_Style):
    """Highlighted text."""

    __slots__ = ()


class Kbd(_Style):
    """A key to press, or what is typed."""

    __slots__ = ()


class Underline(_Style):
    """Underlined text."""

    __slots__ = ()


@node
class Link(Node):
    """A link; `href` is as written, after Markdown's escapes."""

    children: Inlines
    href: str
    title: str = ""


@node
class Image(Node):
    """An image; `src` is the path as written, relative to the pack's file. `alt` is plain text.

    `width` and `height` are a count of CSS pixels (`300`) or a percentage (`50%`); empty if not given.
    """

    src: str
    alt: str
    title: str = ""
    width: str = ""
    height: str = ""


@node
class Footnote(Node):
    """A reference to a footnote, with the note itself; `label` is what the author calls it."""

    label: str
    blocks: Blocks


@keyword_node
class Blank(Node):
    """A blank in a cloze text. `number` is the one the author fixed; `hint` is shown on demand."""

    key: BlankKey
    number: int | None = None
    hint: str = ""


class SoftBreak(Node):
    """A line end in the source that only separates words."""

    __slots__ = ()


class HardBreak(Node):
    """A line break that the author asked for."""

    __slots__ = ()


Styled: TypeAlias = Emph | Strong | Strike | Sub | Sup | Mark | Kbd | Underline
Inline: TypeAlias = Text | Code | Math | Styled | Link | Image | Footnote | Blank | SoftBreak | HardBreak
Inlines: TypeAlias = tuple[Inline, ...]


@node
class Para(Node):
    """A paragraph."""

    children: Inlines


@node
class Heading(Node):
    """A heading inside a text; `level` is 1 to 6 as written."""

    level: int
    children: Inlines


@node
class CodeBlock(Node):
    """Code, verbatim, without the final line break; `language` is the info string's first word or ''."""

    text: str
    language: str = ""


@node
class MathBlock(Node):
    """A displayed formula between blocks, as TeX without its delimiters."""

    tex: str


@node
class Quote(Node):
    """A quotation."""

    blocks: Blocks


@node
class ListItem(Node):
    """One item of a list."""

    blocks: Blocks


@node
class BulletList(Node):
    """`tight`: no blank line between the items, so their paragraphs are set without space."""

    items: tuple[ListItem, ...]
    tight: bool = True


@node
class OrderedList(Node):
    """A numbered list; `start` is the first number."""

    items: tuple[ListItem, ...]
    start: int = 1
    tight: bool = True


class Align(StrEnum):
    NONE = ""
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@node
class Cell(Node):
    """One cell of a table."""

    children: Inlines


@node
class Row(Node):
    """One row of a table."""

    cells: tuple[Cell, ...]


@node
class Table(Node):
    """A table; every row has as many cells as `aligns`."""

    header: Row
    rows: tuple[Row, ...]
    aligns: tuple[Align, ...]


@node
class Definition(Node):
    """A term and what it means; `meanings` holds one text per definition."""

    term: Inlines
    meanings: tuple[Blocks, ...]


@node
class DefinitionList(Node):
    """A list of terms and their definitions."""

    items: tuple[Definition, ...]


class Tone(StrEnum):
    """What a callout is for: the five that code hosts know."""

    NOTE = "note"
    TIP = "tip"
    IMPORTANT = "important"
    WARNING = "warning"
    CAUTION = "caution"


@node
class Callout(Node):
    """A text set apart from the running one. Without a `title` its tone's name serves.

    `folded`: it opens on demand. It always has a title then.
    """

    tone: Tone
    title: Inlines
    blocks: Blocks
    folded: bool = False


class Divider(Node):
    """A thematic break inside a text."""

    __slots__ = ()


Lists: TypeAlias = BulletList | OrderedList | DefinitionList
Block: TypeAlias = Para | Heading | CodeBlock | MathBlock | Quote | Lists | Table | Callout | Divider
Blocks: TypeAlias = tuple[Block, ...]
