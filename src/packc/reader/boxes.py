"""Boxes: which lists hold choices, and which of their items are ticked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from packc.ast.richtext import (
    Block,
    Blocks,
    BulletList,
    CodeBlock,
    Image,
    ListItem,
    MathBlock,
    OrderedList,
    Para,
    Quote,
)
from packc.diagnostics import Edit, Fix, Label, Sink
from packc.diagnostics.rules.answers import ListRunsOn, MissingBox, SplitChoices, TextAfterChoices
from packc.diagnostics.rules.choices import BraceMisplaced, MisspeltBox
from packc.reader.braces import FRONT
from packc.reader.fields import Content
from packc.reader.remedies import indented, inserted
from packc.reader.tasklists import Task, TaskList
from packc.reader.written import Written
from packc.source import SourceFile, Span

# Patterns as text: `re` compiles them when a pack first needs them.
_BOX = r"\s*(?P<box>\[(?P<mark>[ \t]*[xXvV✓✔✗*+]?[ \t]*)\])(?=\s|$|[^\s(\[:])\s*"
_JOINED_BOX = r"(?:^|\n)[ \t]*(?P<box>[-*+]\[(?P<mark>[ xXvV✓✔]?)\])(?=\s)"
_BOX_AFTER_BRACE = rf"\s*(?P<brace>{FRONT})\s*(?P<box>\[(?P<mark>[ xX])\])\s+"
_MARKER = r"(?:[-+*]|[0-9]{1,9}[.)])[ \t]+"
_CERTAIN = " \txXvV✓✔"  # what can only be meant as it is read


def has_misspelt_boxes(block: object, source: SourceFile) -> bool:
    """Tell whether `block` is a list with what is nearly a box, or has lines such as `-[ ] a`."""
    if not isinstance(block, BulletList | OrderedList | Para) or block.span is None:
        return False
    written = source_of(block, source)
    if isinstance(block, Para):
        return "[" in written and re.search(_JOINED_BOX, written) is not None
    if "[" not in written:
        return False
    return any(_nearly_box(item, source) is not None for item in block.items)


class BoxReader:
    """Finds the one list of choices of a question, and reports what is wrong with its boxes."""

    def __init__(self, source: SourceFile, sink: Sink) -> None:
        self._source = source
        self._sink = sink

    def as_tasks(self, body: Sequence[Content]) -> list[Content]:
        """Return `body` with the lists as task lists whose boxes are only misspelt."""
        return [
            _without_boxes(block)
            if isinstance(block, BulletList | OrderedList) and has_misspelt_boxes(block, self._source)
            else block
            for block in body
        ]

    def task_list(self, bodies: Sequence[Sequence[Content]]) -> tuple[TaskList, Blocks] | None:
        """Return the task list in the prompt or under `Choices`, and the blocks around it."""
        prompt: list[Block] = []
        found: list[TaskList] = []
        gaps: list[list[Block]] = []  # what stands between the lists
        for number, body in enumerate(bodies):
            after: list[Block] = []
            for item in body:
                if isinstance(item, TaskList):
                    if found:
                        gaps.append(after)
                        after = []
                    elif number == 0:
                        above, item = self._parted(item)  # noqa: PLW2901  (the rest of it)
                        prompt += above
                    found.append(item)
                    continue
                self.check_joined(item)
                prompt.append(item)
                if found:
                    after.append(item)
            if after:
                self._sink.report(TextAfterChoices(), after[0].span)
        if not found:
            return None
        return (self._joined(found, gaps) if gaps else found[0]), tuple(prompt)

    def items(self, tasks: TaskList) -> list[tuple[ListItem, bool]]:
        """Return the items without their boxes, and whether they are ticked."""
        missing: list[ListItem] = []
        items = [self._with_box(task, missing) for task in tasks.tasks]
        if missing:
            places = [item.span for item in missing if item.span]
            labels = tuple(Label(place, "and this one") for place in places[1:])
            texts = (self._text_of(place) for place in places)
            fix = inserted(texts, "[ ] ", "begin it with `[ ]`", safe=False)
            self._sink.report(MissingBox(), places[0], labels=labels, fix=fix)
        return items

    def check_joined(self, block: Block) -> None:
        """Report lines such as `-[ ] text`, which Markdown takes for a paragraph."""
        if not isinstance(block, Para) or "[" not in source_of(block, self._source):
            return
        written = Written(block.children, self._source)
        for found in re.finditer(_JOINED_BOX, written.text):
            mark = "x" if found["mark"].strip() else " "
            right = f"{found['box'][0]} [{mark}]"
            place = written.span(*found.span("box"))
            fix = Fix.replacing(place, right)
            self._sink.report(MisspeltBox(found["box"], right), place, fix=fix)

    def _parted(self, tasks: TaskList) -> tuple[Blocks, TaskList]:
        """Return the list that runs on into the choices, which is reported, and the choices alone."""
        without = [task.box is None and _nearly_box(task.item, self._source) is None for task in tasks.tasks]
        lead = without.index(False) if False in without else 0
        if lead == 0 or any(without[lead:]):
            return (), tasks
        items = tuple(task.item for task in tasks.tasks[:lead])
        first, last, choice = items[0].span, items[-1].span, tasks.tasks[lead].item.span
        assert first and last and choice  # the reader gives every node its place
        line = self._source.line_of(choice.start)
        apart = not self._source.line_text(line - 1).strip()
        if lead == 1 and not apart:
            return (), tasks  # one box was forgotten
        start = self._source.line_starts[line]
        at = (self._source.span(start, start),)
        fix = inserted(at, "**Choices:**\n\n", "put `**Choices:**` above the choices", safe=apart)
        place = first.to(last)
        labels = (Label(choice, "the choices begin here"),)
        self._sink.report(ListRunsOn(), place, labels=labels, fix=fix)
        rest = TaskList(tasks.tasks[lead:], tasks.as_plain, span=choice.to(tasks.span or choice))
        return (BulletList(items, tight=True, span=place),), rest

    def _joined(self, lists: Sequence[TaskList], gaps: Sequence[Sequence[Block]]) -> TaskList:
        """Report that the choices stand in several lists, and return them as one."""
        edits: list[Edit] = []
        safe = True
        for above, gap, below in zip(lists, gaps, lists[1:], strict=False):
            safe = safe and all(_belongs_above(block) for block in gap)
            fix = self._under(above, gap, safe=safe) if gap else self._same_marks(lists[0], below)
            edits += fix.edits if fix else ()
        first, second = lists[0].span, lists[1].span
        assert first and second  # the reader gives every node its place
        remedy = Fix("make it one list", tuple(edits), safe) if edits else None
        rule = SplitChoices(len(lists), "apart" if gaps[0] else "")
        self._sink.report(rule, second, labels=(Label(first, "the first one begins here"),), fix=remedy)
        tasks = tuple(task for each in lists for task in each.tasks)
        return TaskList(tasks, lists[0].as_plain, span=first)

    def _under(self, above: TaskList, gap: Sequence[Block], *, safe: bool) -> Fix | None:
        item = above.tasks[-1].item.span
        assert item is not None  # the reader gives every node its place
        margin = item.start - self._source.line_starts[self._source.line_of(item.start)]
        return indented(self._source, gap, margin + self._text_of(item).start - item.start, safe=safe)

    def _same_marks(self, first: TaskList, other: TaskList) -> Fix | None:
        """Return the fix that begins the items of `other` as those of `first` begin."""
        starts = [task.item.span.start for tasks in (first, other) for task in tasks.tasks if task.item.span]
        mark = self._source.text[starts[0]]
        mine = starts[len(first.tasks) :]
        if any(self._source.text[start] not in "-+*" for start in (starts[0], *mine)):
            return None
        edits = tuple(Edit(self._source.span(start, start + 1), mark) for start in mine)
        return Fix("make it one list", edits)

    def _text_of(self, item: Span) -> Span:
        """Return where the text of a list item stands, behind its mark."""
        marker = re.compile(_MARKER).match(self._source.text, item.start, item.end)
        return item._replace(start=marker.end() if marker else item.start)

    def _with_box(self, task: Task, missing: list[ListItem]) -> tuple[ListItem, bool]:
        """Return the item without its box, and whether it is ticked. One without a box is `missing` it."""
        item = task.item
        if task.box is not None:
            return item, task.box
        nearly = _nearly_box(item, self._source)
        if nearly is not None:
            written, found = nearly
            right = "[x]" if found["mark"].strip() else "[ ]"
            place = written.span(*found.span("box"))
            end = found.end("box")
            joined = end < len(written.text) and not written.text[end].isspace()
            certain = all(mark in _CERTAIN for mark in found["mark"])
            fix = Fix.replacing(place, f"{right} " if joined else right, safe=certain)
            self._sink.report(MisspeltBox(found["box"], right), place, fix=fix)
        else:
            first = item.blocks[0] if item.blocks else None
            written = Written(first.children if isinstance(first, Para) else (), self._source)
            behind = re.match(_BOX_AFTER_BRACE, written.text)
            if behind is None:
                missing.append(item)
                return item, False
            found = behind
            place = written.span(*found.span("brace"))
            end = written.span(len(written.text) - 1, len(written.text)).end
            edits = (
                Edit(written.span(found.start("brace"), found.start("box")), ""),
                Edit(self._source.span(end, end), f" {found['brace']}"),
            )
            fix = Fix("move the brace behind the text", edits)
            self._sink.report(BraceMisplaced(found["brace"]), place, fix=fix)
        rest = cut_para(written, found.end(), len(written.text))
        return ListItem((*rest, *item.blocks[1:]), span=item.span), bool(found["mark"].strip())


def cut_para(written: Written, start: int, end: int) -> Iterator[Para]:
    """Yield the paragraph that `written.text[start:end]` makes, if anything is left of it."""
    start, end = written.stripped(start, end)
    if start < end:
        yield Para(written.cut(start, end), span=written.span(start, end))


def source_of(block: Block, source: SourceFile) -> str:
    """Return what was written where `block` stands."""
    span = block.span
    return source.text[span.start : span.end] if span else ""


def _without_boxes(block: BulletList | OrderedList) -> TaskList:
    return TaskList(tuple(Task(item, None) for item in block.items), lambda: block, span=block.span)


def _nearly_box(item: ListItem, source: SourceFile) -> tuple[Written, re.Match[str]] | None:
    if not item.blocks or not isinstance(item.blocks[0], Para):
        return None
    written = Written(item.blocks[0].children, source)
    found = re.match(_BOX, written.text)
    return (written, found) if found else None


def _belongs_above(block: Block) -> bool:
    """Tell whether a block between choices can only belong to the choice above it."""
    if isinstance(block, Para):
        return all(isinstance(node, Image) for node in block.children)
    return isinstance(block, CodeBlock | Quote | MathBlock)
