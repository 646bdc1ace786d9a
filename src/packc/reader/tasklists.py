"""Lists, and those whose items have boxes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from markdown_it.token import Token

from packc.ast.node import Node, node
from packc.ast.richtext import Blocks, BulletList, ListItem, OrderedList, Para, Quote, Text
from packc.named import NamedTuple
from packc.reader.inlines import plain_inlines
from packc.reader.plainlists import PlainText
from packc.reader.spans import ContentMap
from packc.source import SourceFile, Span

if TYPE_CHECKING:
    from packc.reader.richtext import RichTextReader

# As text: `re` compiles it when a pack first needs it.
_MARKER = r"(?:[-+*]|\d{1,9}[.)])[ \t]*(?:\[[ xX]\][ \t]*)?$"


class Task(NamedTuple):
    """An item of a task list, before it is known whether the list holds choices. `box`: None = no box."""

    item: ListItem
    box: bool | None


@node
class TaskList(Node):
    """A list in which some item has a box. Only the reader knows it: it becomes choices, or a plain list."""

    tasks: tuple[Task, ...]
    as_plain: Callable[[], BulletList | OrderedList]

    @property
    def plain(self) -> BulletList | OrderedList:
        """The list as text, its boxes with it."""
        return self.as_plain()


def read_list(
    reader: RichTextReader, tokens: list[Token], index: int
) -> tuple[BulletList | OrderedList | TaskList, int]:
    """Return the list that begins at `index`, and the index after it."""
    opening = tokens[index]
    closing = opening.type.replace("_open", "_close")
    tight = True
    tasks: list[Task] = []
    index += 1
    while tokens[index].type != closing:
        item_token = tokens[index]
        first = index + 1
        tight = tight and not (tokens[first].type == "paragraph_open" and not tokens[first].hidden)
        span = _item_span(reader, item_token, tokens[first])
        box = item_token.meta.get("checked")
        braces, reader.braces = reader.braces, box is None
        blocks, index = reader.blocks_until(tokens, first, "list_item_close")
        reader.braces = braces
        tasks.append(Task(ListItem(blocks, span=span), box))
    span = reader.span(opening)

    def plain() -> BulletList | OrderedList:
        items = tuple(_with_box(reader.source, task) for task in tasks)
        if opening.type == "bullet_list_open":
            return BulletList(items, tight, span=span)
        start = opening.attrGet("start")
        return OrderedList(items, 1 if start is None else int(start), tight, span=span)

    if any(task.box is not None for task in tasks):
        return TaskList(tuple(tasks), plain, span=span), index + 1
    return plain(), index + 1


def read_plain_list(
    reader: RichTextReader, tokens: list[Token], index: int
) -> tuple[BulletList | TaskList, int]:
    """Return the list that the rule `plain_list` found, and the index after it."""
    source = reader.source
    opening = tokens[index]
    index += 1
    tasks = []
    end = 0
    for start, box, quote, text, said in opening.meta["items"]:
        para, end = _plain_para(reader, text, has_attributes=box is None)
        blocks: Blocks = (para,)
        if said is not None:
            told, end = _plain_para(reader, said, has_attributes=True)
            blocks = para, Quote((told,), span=source.span(quote, end))
        tasks.append(Task(ListItem(blocks, span=source.span(start, end)), box))
        index += isinstance(text, Token) + isinstance(said, Token)
    span = source.span(opening.meta["start"], end)

    def plain() -> BulletList:
        return BulletList(tuple(_with_box(source, task) for task in tasks), True, span=span)

    if any(task.box is not None for task in tasks):
        return TaskList(tuple(tasks), plain, span=span), index
    return plain(), index


def _plain_para(
    reader: RichTextReader, written: PlainText | Token, *, has_attributes: bool
) -> tuple[Para, int]:
    """Return a paragraph of one line, and where it ends."""
    if not isinstance(written, Token):
        text, start = written
        span = reader.source.span(start, end := start + len(text))
        if reader.foreign:
            return Para(plain_inlines(reader, text, ContentMap([(0, start)])), span=span), end
        return Para((Text(reader.shared(text), span=span),), span=span), end
    children = reader.inlines(written)
    if has_attributes:
        children = reader.without_attributes(children)
    assert written.map is not None  # as the rule made it
    start = written.meta["start"] if "start" in written.meta else written.meta["source"]
    end = reader.source.line_end(written.map[1] - 1)
    return Para(children, span=reader.source.span(start, end)), end


def _item_span(reader: RichTextReader, token: Token, first_child: Token) -> Span:
    """Return the place of a list item, from its marker on."""
    assert token.map is not None
    source = reader.source
    span = reader.span(token)
    line = token.map[0]
    line_start, line_end = source.line_starts[line], source.line_end(line)
    content = min(first_child.meta.get("start", line_end), line_end)  # it may begin on a later line
    marker = re.search(_MARKER, source.text[line_start:content])
    return source.span(line_start + marker.start() if marker else span.start, span.end)


def _with_box(source: SourceFile, task: Task) -> ListItem:
    """Return an item as plain text shows it: with the box that was taken off."""
    item, box = task
    if box is None or item.span is None:
        return item
    start = source.text.find("[", item.span.start)
    place = source.span(start, start + 3)
    mark = Text("[x] " if box else "[ ] ", span=place)
    blocks = item.blocks
    if not blocks or not isinstance(blocks[0], Para):
        alone = Text(mark.text.strip(), span=place)
        return ListItem((Para((alone,), span=place), *blocks), span=item.span)
    first, rest = blocks[0], blocks[0].children
    if isinstance(rest[0], Text):
        span = place.to(rest[0].span) if rest[0].span else place
        mark, rest = Text(mark.text + rest[0].text, span=span), rest[1:]
    span = place.to(first.span) if first.span else place
    return ListItem((Para((mark, *rest), span=span), *blocks[1:]), span=item.span)
