"""The structure of a text: what is emphasised, listed, linked, shown, aligned, in HTML and in the tree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple, TypeAlias

from packc.ast.richtext import (
    Align,
    Blocks,
    BulletList,
    Callout,
    Code,
    CodeBlock,
    DefinitionList,
    Divider,
    Emph,
    Footnote,
    Heading,
    Image,
    Inlines,
    Kbd,
    Link,
    Mark,
    OrderedList,
    Quote,
    Strike,
    Strong,
    Sub,
    Sup,
    Table,
    Underline,
)
from packc.ast.walk import RichNode, walk
from packc.words import ENGLISH
from tests.targets.gift.samples import characters
from tests.targets.gift.samples import shown as shown_without

Structure: TypeAlias = list[tuple[str, ...]]

_TAGS: dict[type[RichNode], str] = {
    Emph: "em",
    Strong: "strong",
    Strike: "del",
    Sub: "sub",
    Sup: "sup",
    Mark: "mark",
    Kbd: "kbd",
    Underline: "u",
    Quote: "blockquote",
}
_LOOKS = (
    ("class", "table table-bordered w-auto"),
    ("class", "border-left border-start pl-3 ps-3"),
    ("class", "img-fluid"),
)
_VOID = {"img", "br", "hr"}
_SEEN = {
    *_TAGS.values(),
    "code",
    "pre",
    "a",
    "ul",
    "ol",
    "li",
    "table",
    "th",
    "td",
    "dt",
    "dd",
    "summary",
    "h3",
    "h4",
    "h5",
    "h6",
}


def structure(html: str) -> Structure:
    """Return every element that means something, with its attributes and the characters in it, sorted."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == [], f"left open: {reader.open}"
    return sorted(reader.found)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, tuple[str, ...], list[str]]] = []
        self.found: Structure = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kept = [pair for pair in sorted(attrs) if pair[0] not in ("lang", "dir") and pair not in _LOOKS]
        told = tuple(f"{name}={characters(value or '')}" for name, value in kept)
        if tag in _VOID:
            if tag != "br":
                self.found.append((tag, *(one for one in told if not one.startswith("src="))))
        else:
            self.open.append((tag, told, []))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        opened, told, text = self.open.pop()
        assert opened == tag, f"</{tag}> ends <{opened}>"
        if tag in _SEEN:
            self.found.append((tag, *told, characters("".join(text))))

    def handle_data(self, data: str) -> None:
        for _, _, text in self.open:
            text.append(data)


def expected(nodes: Blocks | Inlines, *, pictures: bool = True) -> Structure:
    """Return the same of a text, straight from the tree. Without `pictures`, they are stressed words."""
    told = _Expected(pictures)
    return sorted((tag, *map(characters, said)) for node in _once(nodes) for tag, *said in told.of(node))


def _once(nodes: Blocks | Inlines) -> Iterator[RichNode]:
    """Yield all nodes, those in a footnote only at its first mention."""
    notes: set[Footnote] = set()
    inside: set[int] = set()
    for node in walk(nodes):
        if id(node) in inside and not isinstance(node, Footnote):
            inside.discard(id(node))
            continue
        yield node
        if isinstance(node, Footnote):
            inside |= {id(one) for one in walk(node.blocks)} if node in notes else set()
            notes.add(node)


def lacking(html: str, *texts: Blocks | Inlines, pictures: bool = True) -> Structure:
    """Return the elements of `texts` that `html` does not have, as often as they are missing."""
    wanted = Counter(one for text in texts for one in expected(text, pictures=pictures))
    return sorted((wanted - Counter(structure(html))).elements())


class _Expected(NamedTuple):
    pictures: bool

    def _shown(self, nodes: Blocks | Inlines) -> str:
        return shown_without(nodes, pictures=self.pictures)

    def of(self, node: RichNode) -> Iterator[tuple[str, ...]]:  # noqa: PLR0912 (one branch per node)
        match node:
            case Emph() | Strong() | Strike() | Sub() | Sup() | Mark() | Kbd() | Underline():
                yield _TAGS[type(node)], self._shown(node.children)
            case Quote():
                yield "blockquote", self._shown(node.blocks)
            case Code():
                yield "code", characters(node.text)
            case CodeBlock():
                language = (f"class=language-{node.language}",) if node.language else ()
                yield "code", *language, characters(node.text)
                yield "pre", characters(node.text)
            case Link() if node.href.startswith("https:"):
                title = (f"title={node.title}",) if node.title else ()
                yield "a", f"href={node.href}", *title, self._shown(node.children)
            case Image() if not self.pictures:
                yield "em", f"[{node.alt or node.src}]"
            case Image():
                told = {"alt": node.alt, "title": node.title, "width": node.width, "height": node.height}
                yield (
                    "img",
                    *sorted(f"{name}={value}" for name, value in told.items() if value or name == "alt"),
                )
            case Heading():
                yield f"h{min(node.level + 2, 6)}", self._shown(node.children)
            case BulletList() | OrderedList():
                items = [self._shown(item.blocks) for item in node.items]
                start = node.start if isinstance(node, OrderedList) else 1
                tag = "ol" if isinstance(node, OrderedList) else "ul"
                yield tag, *((f"start={start}",) if start != 1 else ()), "".join(items)
                yield from (("li", item) for item in items)
            case Table():
                rows = (node.header, *node.rows)
                yield "table", "".join(self._shown(cell.children) for row in rows for cell in row.cells)
                for tag, row in (("th", node.header), *(("td", row) for row in node.rows)):
                    for cell, align in zip(row.cells, node.aligns, strict=True):
                        style = (f"style=text-align: {align.value}",) if align is not Align.NONE else ()
                        yield tag, *style, self._shown(cell.children)
            case DefinitionList():
                for entry in node.items:
                    yield "dt", self._shown(entry.term)
                    yield from (("dd", self._shown(meaning)) for meaning in entry.meanings)
            case Callout():
                heading = self._shown(node.title) or str(getattr(ENGLISH, node.tone.value))
                yield ("summary" if node.folded else "strong"), heading
            case Divider():
                yield ("hr",)
            case _:
                pass
