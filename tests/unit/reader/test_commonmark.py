"""The examples of the CommonMark specification as prompts: nothing of their text vanishes unnamed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple

from packc.ast.pack import Part, Section
from packc.ast.richtext import Code, CodeBlock, Image, Math, MathBlock, Text
from packc.ast.walk import RichNode, texts_of, walk
from packc.diagnostics import Sink
from packc.reader.pack import read_pack
from packc.source import SourceFile
from tests.support.judges import commonmark_examples

# A line of dashes or stars ends a question; what follows is named, and belongs to no field.
AFTER_DIVIDER = {57: "PK113", 58: "PK113", 60: "PK113", 104: "PK113", 105: "PK113", 246: "PK113"}


class Example(NamedTuple):
    number: int
    section: str
    markdown: str
    html: str


def _examples() -> list[Example]:
    found = json.loads(commonmark_examples().read_text(encoding="utf-8"))
    return [Example(one["example"], one["section"], one["markdown"], one["html"]) for one in found]


class _Texts(HTMLParser):
    """Collects the texts of a page, and the descriptions of its images."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.found.append(dict(attrs).get("alt") or "")


def _texts(html: str) -> list[str]:
    parser = _Texts()
    parser.feed(html)
    parser.close()
    return [bare for text in parser.found if (bare := "".join(text.split()))]


def _read(markdown: str) -> tuple[str, set[str]]:
    """Return all text that packc reads, without white space, and the codes it reports."""
    head = "---\nid: p\nnamespace: n\n---\n\n## Q1\n\n**Solution:** So.\n\n**Question:**\n\n"
    sink = Sink()
    source = SourceFile.from_text(head + markdown, name="example.md")
    pack = read_pack(source, sink, fallback_id=None)
    nodes = [node for part in pack.parts for node in _nodes(part)]
    text = "".join(_text(node) for node in walk(nodes))
    return "".join(text.split()), {found.code for found in sink}


def _nodes(part: Part) -> Iterator[RichNode]:
    yield from part.title
    if isinstance(part, Section):
        yield from part.blocks
        for below in part.parts:
            yield from _nodes(below)
    else:
        for blocks in texts_of(part):
            yield from blocks


def _text(node: RichNode) -> str:
    match node:
        case Text() | Code():
            return node.text
        case CodeBlock():
            return node.language + node.text
        case Math() | MathBlock():
            return node.tex
        case Image():
            return node.alt
        case _:
            return ""


def _missing(example: Example) -> str | None:
    """Return the first text of the reference that packc does not have in its place, or None.

    The specification leaves everything in a block of HTML as it is; packc reads it as Markdown, so that the
    marks of emphasis and code may be gone there.
    """
    read, codes = _read(example.markdown)
    marks = "*_`" if example.section == "HTML blocks" else ""
    read = read.translate(dict.fromkeys(map(ord, marks)))
    position = 0
    for text in _texts(example.html):
        bare = text.translate(dict.fromkeys(map(ord, marks)))
        found = read.find(bare, position)
        if found < 0:
            return None if AFTER_DIVIDER.get(example.number) in codes else text
        position = found + len(bare)
    return None


def test_all_of_the_specification_is_there() -> None:
    assert [example.number for example in _examples()] == list(range(1, 653))


def test_nothing_of_the_specification_vanishes_unnamed() -> None:
    missing = {example.number: text for example in _examples() if (text := _missing(example)) is not None}
    assert missing == {}


def test_only_what_stands_behind_a_divider_needs_to_be_named() -> None:
    silent = {
        example.number
        for example in _examples()
        if example.number in AFTER_DIVIDER and _missing(example._replace(number=0)) is None
    }
    assert silent == set()
