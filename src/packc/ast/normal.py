"""The normal form: the trees that a text can hold. The reader makes no others.

An importer, or any other program that makes trees, gets the nearest normal one from `normal`. A normal
tree, written and read again, is the same tree. It holds

- no two `Text` side by side, no empty one, and no character that no pack can hold;
- no empty emphasis, no style within itself, no link within a link;
- line ends only between words: none at an edge of a paragraph, none beside another, none in titles and cells;
- no empty paragraph, list or formula, and no displayed formula alone on a line: that is a block;
- lists that are loose only where blank lines can show it, and tight only where none is needed;
- no headings but inside the text of questions, and there deeper than the question's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from packc.ast.richtext import (
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
    Styled,
    Sub,
    Sup,
    Table,
    Text,
    Underline,
)
from packc.source import without_refused

_STYLES = Emph | Strong | Strike | Sub | Sup | Mark | Kbd | Underline


def normal_line(inlines: Inlines) -> Inlines:
    """Return a text that stands on one line: a title, a cell, a term."""
    return normal_inlines(_on_one_line(inlines))


def normal_inlines(inlines: Inlines, inside: tuple[type[Inline], ...] = ()) -> Inlines:
    """Return the text of a paragraph; `inside`: the styles and links that are open around it."""
    found: list[Inline] = []
    for node in _flat(inlines, inside):
        last = found[-1] if found else None
        if isinstance(node, Text) and isinstance(last, Text):
            found[-1] = Text(last.text + node.text)
        elif not (isinstance(node, SoftBreak) and isinstance(last, SoftBreak)):
            found.append(node)
    if not inside:
        while found and isinstance(found[0], SoftBreak):
            found.pop(0)
        while found and isinstance(found[-1], SoftBreak):
            found.pop()
    return tuple(found)


def _flat(inlines: Inlines, inside: tuple[type[Inline], ...]) -> Iterator[Inline]:  # noqa: PLR0912 (one per kind)
    for node in inlines:
        match node:
            case Text():
                text = without_refused(node.text).replace("\x85", " ")  # which Markdown strips from edges
                if text:
                    yield Text(text)
            case Code():
                text = " ".join(re.split(r"\r\n|[\r\n]", without_refused(node.text)))
                if text:
                    yield Code(text)
            case Math():
                tex = " ".join(without_refused(node.tex).split())
                if tex:
                    yield Math(tex, node.display)
            case Link() if Link in inside:
                yield from normal_inlines(node.children, inside)
            case Link():
                yield from _link(node, inside)
            case Image():
                yield replace(node, alt=without_refused(node.alt))
            case Footnote():
                yield replace(node, blocks=normal_blocks(node.blocks))
            case Emph() | Strong() | Strike() | Sub() | Sup() | Mark() | Kbd() | Underline():
                yield from _styled(node, inside)
            case _:
                yield node


def _link(node: Link, inside: tuple[type[Inline], ...]) -> Iterator[Inline]:
    """Yield a link, and behind it the footnotes that stand in its text."""
    notes: list[Inline] = []
    children = _off_own_lines(normal_inlines(_without_notes(node.children, notes), (*inside, Link)))
    yield replace(node, children=children)
    yield from _flat(tuple(notes), inside)


def _without_notes(inlines: Inlines, notes: list[Inline]) -> Inlines:
    kept: list[Inline] = []
    for node in inlines:
        if isinstance(node, Footnote):
            notes.append(node)
        elif isinstance(node, _STYLES | Link):
            kept.append(replace(node, children=_without_notes(node.children, notes)))
        else:
            kept.append(node)
    return tuple(kept)


def _styled(node: Styled, inside: tuple[type[Inline], ...]) -> Iterator[Inline]:
    if type(node) in inside:
        yield from normal_inlines(node.children, inside)
        return
    children = list(_off_own_lines(normal_inlines(node.children, (*inside, type(node)))))
    before = [children.pop(0)] if children and isinstance(children[0], SoftBreak) else []
    after = [children.pop()] if children and isinstance(children[-1], SoftBreak) else []
    yield from before
    if children:
        yield replace(node, children=tuple(children))
    yield from after


def _off_own_lines(children: Inlines) -> Inlines:
    """Return a styled text in which no displayed formula has a line of its own, which would end the style."""
    found: list[Inline] = []
    for node in children:
        last = found[-1] if found else None
        if isinstance(last, SoftBreak) and isinstance(node, Math) and node.display:
            found[-1] = Text(" ")
        is_after = isinstance(last, Math) and last.display and isinstance(node, SoftBreak)
        found.append(Text(" ") if is_after else node)
    return normal_inlines(tuple(found), (Text,))


def _on_one_line(inlines: Inlines) -> Inlines:
    return tuple(
        Text(" ")
        if isinstance(node, SoftBreak)
        else replace(node, children=_on_one_line(node.children))
        if isinstance(node, _STYLES | Link)
        else node
        for node in inlines
    )


def normal_blocks(blocks: Iterable[Block], *, least_level: int = 1) -> Blocks:
    """Return a run of blocks; its own headings are of `least_level` or deeper."""
    found: list[Block] = []
    for node in blocks:
        for block in _blocks(node, least_level):
            last = found[-1] if found else None
            if isinstance(block, DefinitionList) and isinstance(last, DefinitionList):
                found[-1] = DefinitionList((*last.items, *block.items))
            else:
                found.append(block)
    return tuple(found)


def _blocks(node: Block, least_level: int) -> Iterator[Block]:  # noqa: PLR0912 (one branch per kind of node)
    match node:
        case Para():
            yield from _paragraphs(normal_inlines(node.children))
        case Heading():
            yield Heading(min(6, max(node.level, least_level)), normal_line(node.children))
        case CodeBlock():
            text = re.sub(r"\r\n?", "\n", without_refused(node.text))
            yield CodeBlock(text, "".join(without_refused(node.language).split()[:1]))
        case MathBlock():
            lines = (line.strip() for line in re.split(r"[\r\n]+", without_refused(node.tex)))
            tex = "\n".join(line for line in lines if line)
            if tex:
                yield MathBlock(tex)
        case Quote():
            yield Quote(normal_blocks(node.blocks))
        case BulletList() | OrderedList():
            items = tuple(ListItem(normal_blocks(item.blocks)) for item in node.items)
            if items:
                yield replace(node, items=items, tight=_tightness(items, wanted=node.tight))
        case DefinitionList():
            yield from _definitions(node, least_level)
        case Table():
            header, *rows = (_row(row, len(node.aligns)) for row in (node.header, *node.rows))
            if node.aligns:
                yield Table(header, tuple(rows), node.aligns)
        case Callout():
            title = normal_line(node.title)
            yield Callout(node.tone, title, normal_blocks(node.blocks), node.folded and bool(title))
        case Divider():
            yield node


def _definitions(node: DefinitionList, least_level: int) -> Iterator[Block]:
    """Yield the definitions; a term without a meaning is a paragraph, and a meaning without a term a text."""
    for entry in node.items:
        term = normal_line(entry.term)
        if len(term) == 1 and isinstance(term[0], Math):
            term = (Math(term[0].tex),)  # displayed, it would be a block
        meanings = tuple(meaning for blocks in entry.meanings if (meaning := normal_blocks(blocks)))
        if term and meanings:
            yield DefinitionList((Definition(term, meanings),))
        elif term:
            yield Para(term)
        else:
            yield from (
                block for meaning in meanings for block in normal_blocks(meaning, least_level=least_level)
            )


def _row(row: Row, width: int) -> Row:
    cells = [Cell(normal_line(cell.children)) for cell in row.cells[:width]]
    return Row((*cells, *([Cell(())] * (width - len(cells)))))


def _paragraphs(inlines: Inlines) -> Iterator[Block]:
    """Yield a paragraph, and each displayed formula that has a line of its own."""
    lines: list[list[Inline]] = [[]]
    for node in inlines:
        lines[-1].append(node)
        if isinstance(node, SoftBreak | HardBreak):
            lines.append([])
    running: list[Inline] = []
    for line in lines:
        words = [node for node in line if not isinstance(node, SoftBreak)]
        if len(words) == 1 and isinstance(words[0], Math) and words[0].display:
            while running and isinstance(running[-1], SoftBreak | HardBreak):
                running.pop()  # the formula begins a line in any case
            yield from _paragraph(running)
            yield MathBlock(words[0].tex)
            running = []
        else:
            running += line
    yield from _paragraph(running)


def _paragraph(nodes: list[Inline]) -> Iterator[Para]:
    children = normal_inlines(tuple(nodes))
    if children:
        yield Para(children)


def _tightness(items: tuple[ListItem, ...], *, wanted: bool) -> bool:
    """Return whether a list is tight. Only a paragraph that begins an item shows that it is not."""
    if not any(item.blocks and isinstance(item.blocks[0], Para) for item in items):
        return True
    if wanted:
        return all(
            may_join(above, below)
            for item in items
            for above, below in zip(item.blocks, item.blocks[1:], strict=False)
        )
    return len(items) == 1 and len(items[0].blocks) == 1


def may_join(above: Block, below: Block) -> bool:
    """Tell whether a text shows two blocks here even without a blank line between them."""
    match above, below:
        case (_, DefinitionList()) | (DefinitionList(), _):
            return False
        case Para(), OrderedList():
            return below.start == 1 and bool(below.items and below.items[0].blocks)
        case Para(), BulletList():
            return bool(below.items and below.items[0].blocks)
        case Para(), _:
            return not isinstance(below, Para) and not (isinstance(below, Callout) and below.folded)
        case ((Quote() | Callout() | BulletList() | OrderedList() | Table()), _):
            return isinstance(below, Heading | CodeBlock | MathBlock)
        case _:
            return True
