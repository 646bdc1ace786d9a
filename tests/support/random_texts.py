"""Random texts that are live somewhere in somebody's format."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from functools import cache
from typing import TypeVar

from packc.ast.richtext import (
    Align,
    Block,
    Blocks,
    BulletList,
    Callout,
    Cell,
    Code,
    CodeBlock,
    Definition,
    DefinitionList,
    Divider,
    Emph,
    Footnote,
    HardBreak,
    Heading,
    Image,
    Inline,
    Inlines,
    Kbd,
    Link,
    ListItem,
    Mark,
    Math,
    MathBlock,
    OrderedList,
    Para,
    Quote,
    Row,
    SoftBreak,
    Strike,
    Strong,
    Sub,
    Sup,
    Table,
    Text,
    Tone,
    Underline,
)
from packc.source import is_refused_character
from tests.support.packs import para
from tests.support.torture import TORTURE

T = TypeVar("T")
U = TypeVar("U")
_LIVE = "\\#=~{}:n0/->&%[]$ \nab*<@;"
_BREAKS: tuple[Inline, ...] = (SoftBreak(), HardBreak())
_STYLES: tuple[Callable[[Inlines], Inline], ...] = (Emph, Strong, Strike, Sub, Sup, Mark, Kbd, Underline)
_LINKS = ("https://x.org/?a=1&b={2}", "https://x.org/~a#b", "x.md", "javascript:x")
_PLANES = (
    (0x20, 0x7F),
    (0xA0, 0x250),
    (0x300, 0x700),
    (0x2000, 0x2100),
    (0x3000, 0xFFFE),
    (0x10000, 0x110000),
)


@cache
def _characters(plane: tuple[int, int]) -> str:
    codes = (code for code in range(*plane) if not is_refused_character(code))
    return "".join(map(chr, codes))


class RandomTexts:
    """Draws texts; the same ones for the same seed."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)
        self._chance = self._random.random

    # What is drawn

    def _one(self, *choices: T) -> T:
        return choices[int(self._chance() * len(choices))]

    def _some(self, make: Callable[[], T], least: int, most: int) -> tuple[T, ...]:
        return tuple(make() for _ in range(least + int(self._chance() * (most - least + 1))))

    def _maybe(self, make: Callable[[], T], otherwise: U, chance: float = 0.5) -> T | U:
        return make() if self._chance() < chance else otherwise

    # Texts

    def word(self) -> str:
        """Return up to three pieces of text that may be live in some format, or mere characters."""
        text = self._piece()
        while self._chance() < 0.15:
            text += self._piece()
        return text

    def _piece(self) -> str:
        drawn = self._chance()
        if drawn < 0.4:
            return self._one(*TORTURE)
        if drawn < 0.65:
            return "".join(self._random.choices(_LIVE, k=self._random.randrange(12)))
        alphabet = _characters(self._one(*_PLANES))
        return "".join(self._random.choices(alphabet, k=self._random.randrange(12)))

    def line(self, depth: int = 2) -> Inlines:
        return self._some(lambda: self._inline(depth), 1, 3)

    def _inline(self, depth: int) -> Inline:
        match self._random.randrange(12 if depth else 8):
            case 0 | 1 | 2:
                return Text(self.word())
            case 3:
                return Code(self.word())
            case 4:
                return Math(self.word(), self._chance() < 0.5)
            case 5:
                sizes = (self._one("", "300"), self._one("", "50%"))
                return Image("a/b.png", self.word(), self._one("", self.word()), *sizes)
            case 6:
                return self._one(*_BREAKS)
            case 7:
                return Text(self._one("word", " ", "a b "))
            case 8:
                return Link(self.line(depth - 1), self._one(*_LINKS), self._one("", self.word()))
            case _:
                return self._one(*_STYLES)(self.line(depth - 1))

    def blocks(self, depth: int = 2) -> Blocks:
        return self._some(lambda: self._block(depth), 1, 2)

    def _block(self, depth: int) -> Block:
        match self._random.randrange(13 if depth else 7):
            case 0 | 1 | 2:
                return Para(self.line())
            case 3:
                return CodeBlock(self.word(), self._one("", self.word()))
            case 4:
                return MathBlock(self.word())
            case 5:
                heading = Heading(self._random.randint(1, 6), self.line())
                return heading if self._chance() < 0.5 else Divider()
            case 6:
                aligns = (self._one(*Align), self._one(*Align))
                return Table(self._row(), self._some(self._row, 0, 2), aligns)
            case 7 | 8:
                return Quote(self.blocks(depth - 1))
            case 9:
                return BulletList(self._items(depth), self._chance() < 0.5)
            case 10:
                return OrderedList(self._items(depth), self._random.randint(0, 3), self._chance() < 0.5)
            case 11:
                return DefinitionList(self._some(lambda: self._definition(depth), 1, 2))
            case _:
                title = self._maybe(lambda: (Text("!"), *self.line()), ())
                return Callout(
                    self._one(*Tone), title, self.blocks(depth - 1), bool(title) and self._chance() < 0.5
                )

    def _row(self) -> Row:
        return Row((Cell(self.line(1)), Cell(self.line(1))))

    def _items(self, depth: int) -> tuple[ListItem, ...]:
        return self._some(lambda: ListItem(self.blocks(depth - 1)), 1, 2)

    def _definition(self, depth: int) -> Definition:
        return Definition(self.line(1), self._some(lambda: self.blocks(depth - 1), 1, 2))

    def text(self) -> Blocks:
        """Return a text, perhaps an empty one."""
        return self._maybe(self.blocks, (), 0.4)

    def filled(self) -> Blocks:
        """Return a text that shows something: what is empty is another test's matter."""
        return (para("!"), *self.blocks())

    def _short(self) -> Blocks:
        return self._maybe(self.filled, (para("!", *self.line()),))

    def _noted(self) -> Blocks:
        """Return a text that may have footnotes."""
        if self._chance() < 0.9:
            return self.filled()
        notes = [Footnote(label, self.blocks(1)) for label in ("1", "2")]
        first = Footnote("3", (*self.blocks(1), para("inner", notes[1])))
        return (para("!", notes[0], " and ", first), *self.blocks(), para(notes[0], " again"))

    def plain(self) -> Inlines:
        """Return a line that loses nothing as plain text, in which no placeholder of Moodle's stands."""
        text = self._maybe(self.word, "x", 0.8)
        return (Text("!" + re.sub(r"&+(?=\d)", "&", text)),)
