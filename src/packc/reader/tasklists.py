"""Lists, and those whose items have boxes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from markdown_it.token import Token

from packc.ast.node import Node, node
from packc.ast.richtext import Blocks, BulletList, ListItem, OrderedList, Para, Quote, Text
from packc.named import NamedTuple
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
    for start, box, quote in opening.meta["items"]:
        para = _plain_para(reader, tokens[index], has_attributes=box is None)
        index += 1
        blocks: Blocks = (para,)
        if quote >= 0:
            said = _plain_para(reader, tokens[index], has_attributes=True)
            index += 1
            blocks = para, Quote((said,), span=source.span(quote, _end(said)))
        tasks.append(Task(ListItem(blocks, span=source.span(start, _end(blocks[-1]))), box))
    span = source.span(opening.meta["start"], _end(tasks[-1].item))

    def plain() -> BulletList:
        return BulletList(tuple(_with_box(source, task) for task in tasks), True, span=span)

    if any(task.box is not None for task in tasks):
        return TaskList(tuple(tasks), plain, span=span), index
    return plain(), index


def _plain_para(reader: RichTextReader, token: Token, *, has_attributes: bool) -> Para:
    assert token.map is not None  # as the rule made it
    plain = token.children is None and "pieces" not in token.meta and not reader.foreign
    if plain and "source" in token.meta:  # a line of nothing but text
        first: int = token.meta["source"]
        span = reader.source.span(first, first + len(token.content))
        return Para((Text(token.content, span=span),), span=span)
    children = reader.inlines(token)
    if has_attributes:
        children = reader.without_attributes(children)
    start: int = token.meta["start"] if "start" in token.meta else token.meta["source"]
    return Para(children, span=reader.source.span(start, reader.source.line_end(token.map[1] - 1)))


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


def _end(node: Node) -> int:
    assert node.span is not None  # the reader gives every node its place
    return node.span.end
