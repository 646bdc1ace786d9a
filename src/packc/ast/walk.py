"""Walking rich text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias, assert_never

from packc.ast.pack import Pack, questions, sections
from packc.ast.question import ChoiceQuestion, Question
from packc.ast.richtext import (
    Block,
    Blocks,
    BulletList,
    Code,
    CodeBlock,
    Divider,
    Emph,
    HardBreak,
    Heading,
    Image,
    Inline,
    Kbd,
    Link,
    Mark,
    Math,
    MathBlock,
    OrderedList,
    Para,
    Quote,
    SoftBreak,
    Strike,
    Strong,
    Sub,
    Sup,
    Table,
    Text,
    Underline,
)

RichNode: TypeAlias = Block | Inline


def walk(nodes: Iterable[RichNode]) -> Iterator[RichNode]:
    """Yield every node of `nodes` and below, parents first, in source order."""
    for node in nodes:
        yield node
        yield from _below(node)


def _below(node: RichNode) -> Iterator[RichNode]:
    match node:
        case Para() | Heading() | Link():
            yield from walk(node.children)
        case Emph() | Strong() | Strike() | Sub() | Sup() | Mark() | Kbd() | Underline():
            yield from walk(node.children)
        case Quote():
            yield from walk(node.blocks)
        case BulletList() | OrderedList():
            for item in node.items:
                yield from walk(item.blocks)
        case Table():
            for row in (node.header, *node.rows):
                for cell in row.cells:
                    yield from walk(cell.children)
        case Text() | Code() | Math() | Image() | SoftBreak() | HardBreak():
            pass
        case CodeBlock() | MathBlock() | Divider():
            pass
        case _:
            assert_never(node)


def texts_of(question: Question) -> Iterator[Blocks]:
    """Yield every block text of `question`: prompt, choices with their feedback, solution, notes."""
    yield question.prompt
    if isinstance(question, ChoiceQuestion):
        for choice in question.choices:
            yield choice.blocks
            yield choice.feedback
    yield question.solution
    for note in question.notes:
        yield note.body


def pack_nodes(pack: Pack) -> Iterator[RichNode]:
    """Yield every rich-text node of the pack: introduction, sections and questions, titles included."""
    yield from walk(pack.intro)
    for section in sections(pack):
        yield from walk(section.title)
        yield from walk(section.blocks)
    for question in questions(pack):
        yield from walk(question.title)
        for text in texts_of(question):
            yield from walk(text)
