"""Paragraphs, lists, tables and the rest: HTML's blocks to ours."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from packc.ast.richtext import (
    Block,
    BulletList,
    Callout,
    CodeBlock,
    Definition,
    DefinitionList,
    Divider,
    Heading,
    Inlines,
    ListItem,
    MathBlock,
    OrderedList,
    Para,
    Quote,
    Strong,
    Table,
    Text,
    Tone,
)
from packc.intake.inlines import InlineReader
from packc.intake.lines import line_of
from packc.intake.tables import TableReader
from packc.intake.tree import Child, Element

if TYPE_CHECKING:
    from packc.intake.richtext import Place, Setting

_DEEPEST = 12  # of lists and quotes in each other; what is deeper stands at this depth
_THROUGH = frozenset(
    [
        *("div", "section", "article", "header", "footer", "main", "nav", "aside", "figure", "fieldset"),
        *("form", "center", "hgroup", "search", "body", "html", "legend", "figcaption", "menu", "dir"),
        *("contentBody", "blockquoteBody"),
    ]
)
_OWN = frozenset(
    [
        *("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "table", "hr"),
        *("dl", "dt", "dd", "details", "summary", "caption", "tr", "td", "th", "tbody", "thead", "tfoot"),
        *("listing", "xmp", "plaintext"),
    ]
)
_TONES = {tone.value: tone for tone in Tone}
BLOCKS = (
    *(Para, Heading, CodeBlock, MathBlock, Quote, BulletList, OrderedList, DefinitionList, Table, Callout),
    Divider,
)


class BlockReader:
    """Reads runs of nodes. `setting` and `place` are as in `richtext`."""

    def __init__(self, setting: Setting, place: Place) -> None:
        self.setting = setting
        self.place = place
        self.text = InlineReader(setting, place)
        self._depth = 0

    def blocks(self, children: list[Child]) -> list[Block]:
        """Return the blocks of a run: what stands between blocks makes paragraphs."""
        found: list[Block] = []
        running: list[Child] = []
        for child in children:
            if isinstance(child, Element) and (made := self._made(child)) is not None:
                found += self._paragraph(running)
                running = []
                found += made
            else:
                running.append(child)
        return found + self._paragraph(running)

    def _paragraph(self, children: list[Child]) -> list[Block]:
        inlines = self.text.inlines(children) if children else []
        return [Para(tuple(inlines))] if inlines else []

    def _made(self, element: Element) -> list[Block] | None:
        """Return the blocks that an element makes, or None for one that stands in running text."""
        own = self.setting.own(element)
        if isinstance(own, tuple):
            return self.blocks(list(own)) if self._holds_blocks(own) else None
        if own is not None:
            return [own] if isinstance(own, BLOCKS) else None
        name = element.name if element.name in _THROUGH else element.name.lower()
        if name in _OWN or name in _THROUGH:
            return list(self._block(element, name))
        if self._holds_blocks(tuple(element.children)) and name not in ("math", "svg", "select", "object"):
            if name not in ("span", "a", "font"):
                self.setting.remarks.setting(f"`<{name}>` around whole paragraphs", self.place(element.line))
            return self.blocks(element.children)
        return None

    def _holds_blocks(self, children: tuple[Child, ...]) -> bool:
        return any(
            isinstance(child, Element)
            and any(
                each.name.lower() in _OWN
                or each.name in _THROUGH
                or isinstance(self.setting.own(each), BLOCKS)
                for each in child.walk()
            )
            for child in children
        )

    def _block(self, element: Element, name: str) -> Iterator[Block]:  # noqa: PLR0912 (one per element)
        if name in _THROUGH and (tone := _tone(element)):
            yield self._callout(element, tone)
            return
        if name not in ("pre", "td", "th", "table"):
            self._note_attributes(element, name)
        match name:
            case "p":
                yield from self._para(element)
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                level = max(int(name[1]) + self.setting.heading_shift, 1)
                line = self._line(element)
                if line:
                    yield Heading(level, line)
            case "ul" | "ol":
                yield from self._list(element, name)
            case "blockquote" if tone := _tone(element):
                yield self._callout(element, tone)
            case "blockquote":
                yield from self._inside(lambda: [Quote(tuple(self.blocks(element.children)))], element)
            case "pre" | "listing" | "xmp" | "plaintext":
                yield self._code(element)
            case "table":
                yield from TableReader(self).blocks(element)
            case "hr":
                yield Divider()
            case "dl":
                yield from self._definitions(element)
            case "details":
                yield from self._inside(lambda: [self._details(element)], element)
            case _:
                yield from self.blocks(element.children)

    def _para(self, element: Element) -> Iterator[Block]:
        if self._holds_blocks(tuple(element.children)):
            yield from self.blocks(element.children)
            return
        inlines = self.text.inlines(element.children)
        if inlines:
            yield Para(tuple(inlines))

    def _line(self, element: Element) -> Inlines:
        return line_of(tuple(self.blocks(element.children)))[0]

    def _inside(self, make: Callable[[], list[Block]], element: Element) -> Iterator[Block]:
        """Yield a container, or beyond a depth only what is in it."""
        self._depth += 1
        try:
            if self._depth <= _DEEPEST:
                yield from make()
                return
            self.setting.remarks.lost(
                "lists or quotes nested too deep", "they stand less deep", self.place(element.line)
            )
            yield from self.blocks(element.children)
        finally:
            self._depth -= 1

    def _list(self, element: Element, name: str) -> Iterator[Block]:
        def make() -> list[Block]:
            items, tight = self._items(element)
            if name == "ul":
                return [BulletList(items, tight)] if items else []
            start = int(element.get("start")) if re.fullmatch(r"[0-9]{1,8}", element.get("start")) else 1
            return [OrderedList(items, start, tight)] if items else []

        yield from self._inside(make, element)

    def _items(self, element: Element) -> tuple[tuple[ListItem, ...], bool]:
        """Return the items of a list, and whether none of them is set in paragraphs."""
        items: list[ListItem] = []
        tight = True
        for child in element.children:
            if isinstance(child, str):
                if child.strip():
                    items.append(ListItem(tuple(self.blocks([child]))))
                continue
            parts: list[Child] = child.children if child.name.lower() == "li" else [child]
            if items and child.name.lower() in (
                "ul",
                "ol",
            ):  # a list right in a list belongs to the item above
                items[-1] = ListItem((*items[-1].blocks, *self.blocks(parts)))
                continue
            tight = tight and not any(each.name.lower() == "p" for each in child.elements())
            items.append(ListItem(tuple(self.blocks(parts))))
        return tuple(items), tight

    def _code(self, element: Element) -> CodeBlock:
        language = ""
        for each in element.walk():
            for word in each.get("class").split():
                if word.startswith(("language-", "lang-")):
                    language = language or word.partition("-")[2]
        text = _code_text(element)
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9+#._-]*", language):
            language = ""
        first = element.children[0] if element.children else ""
        if isinstance(first, str) or first.name.lower() != "span":  # HTML drops a line end behind the tag
            text = text.removeprefix("\n")
        return CodeBlock(text.removesuffix("\n"), language)

    def _definitions(self, element: Element) -> Iterator[Block]:
        entries: list[tuple[Inlines, list[tuple[Block, ...]]]] = []
        inside = list(element.elements())
        flat = [each for child in inside for each in (child.elements() if child.name == "div" else [child])]
        for child in flat:
            if child.name.lower() == "dt":
                entries.append((self._line(child), []))
            elif entries:
                entries[-1][1].append(tuple(self.blocks(child.children)))
            else:
                entries.append(((), [tuple(self.blocks(child.children))]))
        if entries:
            yield DefinitionList(tuple(Definition(term, tuple(texts)) for term, texts in entries))

    def _details(self, element: Element) -> Callout:
        summary = element.child("summary")
        title = self._line(summary) if summary else ()
        rest = [child for child in element.children if child is not summary]
        tone = _tone(element) or Tone.NOTE
        return Callout(tone, title or (Text("…"),), tuple(self.blocks(rest)), True)

    def _callout(self, element: Element, tone: Tone) -> Callout:
        """Return what packc itself writes for a callout, as the callout that it was."""
        self._depth += 1
        blocks = self.blocks(element.children)
        self._depth -= 1
        title: Inlines = ()
        first = blocks[0] if blocks else None
        if isinstance(first, Para) and len(first.children) == 1 and isinstance(first.children[0], Strong):
            title = first.children[0].children
            blocks = blocks[1:]
        if title == (Text(tone.value.capitalize()),):
            title = ()
        return Callout(tone, title, tuple(blocks))

    def _note_attributes(self, element: Element, name: str) -> None:
        known = {"ol": {"start"}}.get(name, set())
        if {"callout", "stimulus"} & set(element.get("class").split()):
            known = {"class"}  # packc's own, which has been read
        for attribute in element.attributes:
            if attribute not in known:
                what = f"the attribute `{attribute.lower()}`"
                self.setting.remarks.setting(what, self.place(element.line))


def _tone(element: Element) -> Tone | None:
    words = element.get("class").split()
    if "callout" not in words:
        return None
    return next((_TONES[word] for word in words if word in _TONES), None)


def _code_text(element: Element) -> str:
    parts: list[str] = []
    waiting: list[Child] = [element]
    while waiting:
        child = waiting.pop()
        if isinstance(child, str):
            parts.append(child)
        elif child.name.lower() == "br":
            parts.append("\n")
        else:
            waiting += reversed(child.children)
    return "".join(parts)
