"""Blocks to Markdown: a fence is always long enough, and two lists in a row stay two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from packc.ast.keys import TextKey
from packc.ast.normal import may_join
from packc.ast.richtext import (
    Align,
    Block,
    Blocks,
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
    Table,
    Tone,
)
from packc.writer.answers import text_key
from packc.writer.escape import NO_FIELDS, Fields, Place, resolve
from packc.writer.inline import IN_ANSWER, InlineWriter

LEADING_ID = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-_][A-Za-z0-9]+)*?(?<=\d)[A-Za-z]?")
_LIKE_AN_ID = re.compile(rf"({LEADING_ID.pattern})(?:([.):])(?!\d)|\s+([-–—])\s|\s*$)")
_LIKE_A_BOX = re.compile(r"\[[^\[\]^\n]{0,3}\](?!\()")
_LEFT = {Align.NONE: "", Align.LEFT: ":", Align.CENTER: ":", Align.RIGHT: ""}
_RIGHT = {Align.NONE: "", Align.LEFT: "", Align.CENTER: ":", Align.RIGHT: ":"}
_WIDEST = 110  # characters of a table whose columns are lined up


class BlockWriter(InlineWriter):
    """Rich text as Markdown. No text ends in a line break, and none holds two blank lines in a row.

    `fields`: what a line must not be mistaken for where this text stands.
    """

    def __init__(self, fields: Fields = NO_FIELDS) -> None:
        super().__init__()
        self.fields = fields
        self._depth = 0  # of lists and quotes

    def line(self, inlines: Inlines) -> str:
        """Return `inlines` on one line that begins no block: a heading's text, a cell, a key."""
        return resolve(self._marked_line(inlines), Place.LINE)

    def key_line(self, key: TextKey) -> str:
        """Return accepted answers on one line. Marks in one of them may pair with marks in another."""
        with self._writing(IN_ANSWER):
            return resolve(text_key(key, self._marked_line), Place.BEHIND_LABEL)

    def _marked_line(self, inlines: Inlines) -> str:
        before, self._one_line = self._one_line, True
        marked = self.inlines(inlines)
        self._one_line = before
        return marked

    def blocks(
        self,
        blocks: Blocks,
        *,
        tight: bool = False,
        behind_label: bool = False,
        not_label: Fields = NO_FIELDS,
    ) -> str:
        """Return a run of blocks, which begins with no label of `not_label`.

        `tight`: without blank lines where Markdown lets it.
        """
        parts: list[str] = []
        before: Block | None = None
        for block, written in self.run(blocks, behind_label=behind_label, not_label=not_label):
            if before is not None:
                parts.append("\n" if tight and may_join(before, block) else "\n\n")
            parts.append(written)
            before = block
        return "".join(parts)

    def run(
        self, blocks: Blocks, *, behind_label: bool = False, not_label: Fields = NO_FIELDS
    ) -> Iterator[tuple[Block, str]]:
        """Yield each block of a run with its text, if it has any. It begins with no label of `not_label`."""
        place = Place.BEHIND_LABEL if behind_label else Place.PARAGRAPH
        before: Block | None = None
        other_marker = False
        for block in blocks:
            other_marker = _same_list(before, block) and not other_marker
            fields = not_label if before is None else NO_FIELDS
            written = self._block(block, other_marker, place, fields if self._depth else self.fields)
            if written:
                yield block, written
                before, place = block, Place.PARAGRAPH

    def _block(
        self, block: Block, other_marker: bool, place: Place = Place.PARAGRAPH, fields: Fields = NO_FIELDS
    ) -> str:
        match block:
            case Para():
                return resolve(self.inlines(block.children), place, fields)
            case BulletList():
                return self._list(
                    block.items, block.tight, ["* " if other_marker else "- "] * len(block.items)
                )
            case OrderedList():
                mark = ")" if other_marker else "."
                markers = [f"{number}{mark} " for number, _ in enumerate(block.items, block.start)]
                return self._list(block.items, block.tight, markers)
            case _:
                return self.block(block)

    def para(self, node: Para) -> str:
        return self._block(node, other_marker=False)

    def heading(self, node: Heading) -> str:
        return heading(
            "#" * node.level, self.line(node.children) if self._depth else self.title(node.children)
        )

    def title(self, title: Inlines) -> str:
        """Return the text of a heading that is not taken for an id with a title, nor for a label."""
        line = self.line(title)
        found = _LIKE_AN_ID.match(line)
        if found:
            at = found.start(2) if found[2] else found.start(3) if found[3] else -1
            return f"{line[:at]}\\{line[at:]}" if at >= 0 and line[at] in ".):-" else _numbered(line)
        return self._kept_from_label(line)

    def _kept_from_label(self, line: str) -> str:
        """Return the text of a heading or of a callout's title, which is no label as a whole."""
        words = line.strip("*_ ").rstrip(":： ").strip("*_ ")
        return _numbered(line) if words and not self._depth and self.fields.is_label(words) else line

    def code_block(self, node: CodeBlock) -> str:
        mark = "~" if "`" in node.language else "`"
        longest = max((len(run) for run in re.findall(f"(?m)^[ \t]*({mark}{{3,}})", node.text)), default=2)
        fence = mark * max(3, longest + 1)
        return "\n".join((fence + node.language, *([node.text] if node.text else []), fence))

    def math_block(self, node: MathBlock) -> str:
        # A backslash right before them would escape the dollars.
        lines = "\n" in node.tex or node.tex.endswith("\\")
        return f"$$\n{node.tex}\n$$" if lines else f"$${node.tex}$$"

    def quote(self, node: Quote) -> str:
        with self.inside():
            return prefixed(self.blocks(node.blocks), "> ")

    def bullet_list(self, node: BulletList) -> str:
        return self._block(node, other_marker=False)

    def ordered_list(self, node: OrderedList) -> str:
        return self._block(node, other_marker=False)

    def _list(self, items: Sequence[ListItem], tight: bool, markers: Sequence[str]) -> str:
        with self.inside():
            bodies = [_unboxed(self.blocks(item.blocks, tight=tight)) for item in items]
        return ("\n" if tight else "\n\n").join(map(hanging, markers, bodies))

    def table(self, node: Table) -> str:
        rows = [[self.cell(cell.children) for cell in row.cells] for row in (node.header, *node.rows)]
        widths = [max(3, *map(len, column)) for column in zip(*rows, strict=True)]
        if sum(widths) + 3 * len(widths) > _WIDEST:
            widths = [3] * len(widths)  # columns that nobody sees side by side need no padding
        dashes = [
            _LEFT[align] + "-" * (width - len(_LEFT[align] + _RIGHT[align])) + _RIGHT[align]
            for align, width in zip(node.aligns, widths, strict=True)
        ]
        lines = [
            " | ".join(
                text.rjust(width) if align is Align.RIGHT else text.ljust(width)
                for text, width, align in zip(row, widths, node.aligns, strict=True)
            )
            for row in (rows[0], dashes, *rows[1:])
        ]
        return "\n".join(f"| {line} |" for line in lines)

    def cell(self, inlines: Inlines) -> str:
        """Return the text of a table's cell."""
        return self.line(inlines).replace("|", "\\|")

    def definition_list(self, node: DefinitionList) -> str:
        return "\n\n".join(map(self._definition, node.items))

    def _definition(self, entry: Definition) -> str:
        fields = NO_FIELDS if self._depth else self.fields
        parts = [resolve(self._marked_line(entry.term), Place.PARAGRAPH, fields)]
        gap = "\n"
        for meaning in filter(None, entry.meanings):
            with self.inside():
                body = self.blocks(meaning)
            # Lines that are indented less could underline the term, which would make that a heading.
            parts += [gap, hanging(":   " if "\n" in body else ": ", body)]
            # Right below a quote or a list the next meaning would go on with it.
            gap = "\n\n" if isinstance(meaning[-1], Quote | Callout | BulletList | OrderedList) else "\n"
        return "".join(parts)

    def callout(self, node: Callout) -> str:
        title = self._kept_from_label(self.line(node.title))
        fields = NO_FIELDS if title or self._depth else self.fields  # its first line could be a label, too
        with self.inside():
            body = self.blocks(node.blocks, not_label=fields)
        if node.folded and node.tone is Tone.NOTE:
            title = f"\\{title}" if title[:1] == ">" else title
            return f"<details><summary>{title}</summary>\n\n{body}\n\n</details>"
        head = f"[!{node.tone.upper()}]{'-' if node.folded else ''} {title}".rstrip()
        gap = (
            "\n"
            if not node.blocks or may_join(Para(()), node.blocks[0]) or isinstance(node.blocks[0], Para)
            else "\n\n"
        )
        return prefixed(f"{head}{gap}{body}" if body else head, "> ")

    def divider(self, node: Divider) -> str:  # noqa: ARG002
        return "___" if self._depth else "---"

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Write what stands in a list or quote, where no line begins a field."""
        self._depth += 1
        yield
        self._depth -= 1


def heading(marks: str, line: str) -> str:
    """Return a heading; the hashes that `line` ends in belong to its text."""
    line = re.sub(r"(^|[ \t])(#+)$", r"\1\\\2", line)
    return f"{marks} {line}".rstrip()


def _numbered(line: str) -> str:
    """Return `line` with its first letter written by number."""
    at = next((at for at, character in enumerate(line) if character.isalnum()), 0)
    return f"{line[:at]}&#{ord(line[at])};{line[at + 1 :]}"


def _unboxed(body: str) -> str:
    """Return the text of an item that is not taken for a box to tick."""
    # By number, because `\[` opens a formula.
    return f"&#91;{body[1:]}" if _LIKE_A_BOX.match(body) else body


def prefixed(text: str, prefix: str) -> str:
    """Return `text` with `prefix` before each line, without the white space that empty lines would end in."""
    return "\n".join(f"{prefix}{line}" if line else prefix.rstrip() for line in text.split("\n"))


def hanging(marker: str, body: str) -> str:
    """Return a list item: `marker`, then `body` indented to where its first line begins."""
    first, *rest = body.split("\n")
    indent = " " * len(marker)
    return "\n".join(
        (
            (marker + first).rstrip(" ") if not first else marker + first,
            *(indent + line if line else "" for line in rest),
        )
    )


def _same_list(above: Block | None, below: Block) -> bool:
    return isinstance(below, BulletList | OrderedList) and type(above) is type(below)
