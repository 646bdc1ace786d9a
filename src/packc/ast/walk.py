"""Walking rich text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias, assert_never

from packc.ast.keys import DropdownKey, TextKey
from packc.ast.pack import Pack, questions, sections
from packc.ast.question import (
    CategorisingQuestion,
    ChoiceQuestion,
    ClozeQuestion,
    MatchingQuestion,
    NumericQuestion,
    OpenQuestion,
    OrderingQuestion,
    Question,
    ShortAnswerQuestion,
    TrueFalseQuestion,
)
from packc.ast.richtext import (
    Blank,
    Block,
    Blocks,
    BulletList,
    Callout,
    Code,
    CodeBlock,
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


def _below(node: RichNode) -> Iterator[RichNode]:  # noqa: PLR0912 (one branch per kind of node)
    match node:
        case Para() | Heading() | Link():
            yield from walk(node.children)
        case Emph() | Strong() | Strike() | Sub() | Sup() | Mark() | Kbd() | Underline():
            yield from walk(node.children)
        case Quote() | Footnote():
            yield from walk(node.blocks)
        case Callout():
            yield from walk(node.title)
            yield from walk(node.blocks)
        case BulletList() | OrderedList():
            for item in node.items:
                yield from walk(item.blocks)
        case DefinitionList():
            for entry in node.items:
                yield from walk(entry.term)
                for meaning in entry.meanings:
                    yield from walk(meaning)
        case Table():
            for row in (node.header, *node.rows):
                for cell in row.cells:
                    yield from walk(cell.children)
        case Blank():
            for answer in answers_of(node):
                yield from walk(answer)
        case Text() | Code() | Math() | Image() | SoftBreak() | HardBreak():
            pass
        case CodeBlock() | MathBlock() | Divider():
            pass
        case _:
            assert_never(node)


def answers_of(blank: Blank) -> Iterator[Inlines]:
    """Yield the texts of a blank's key: accepted answers, or the entries of its list."""
    match blank.key:
        case TextKey(accepted=accepted):
            yield from (answer.children for answer in accepted)
        case DropdownKey(options=options):
            yield from (option.children for option in options)
        case _:
            pass


def texts_of(question: Question) -> Iterator[Blocks]:
    """Yield every block text of `question`: prompt, what is answered, solution, notes and the rest."""
    yield question.prompt
    yield from _kind_texts(question)
    yield question.solution
    for note in question.notes:
        yield note.body
    yield from question.hints
    yield from (question.feedback.general, question.feedback.right, question.feedback.wrong)


def _kind_texts(question: Question) -> Iterator[Blocks]:
    match question:
        case ChoiceQuestion():
            for choice in question.choices:
                yield choice.blocks
                yield choice.feedback
        case ClozeQuestion():
            yield question.text
        case OrderingQuestion():
            yield from (item.blocks for item in question.items)
        case OpenQuestion():
            yield from (criterion.blocks for criterion in question.rubric)
        case TrueFalseQuestion() | ShortAnswerQuestion() | NumericQuestion():
            pass
        case MatchingQuestion() | CategorisingQuestion():
            pass
        case _:
            assert_never(question)


def lines_of(question: Question) -> Iterator[Inlines]:
    """Yield every text of `question` that is no block: title, accepted answers, pairs."""
    yield question.title
    match question:
        case ShortAnswerQuestion():
            yield from (answer.children for answer in question.key.accepted)
        case MatchingQuestion() | CategorisingQuestion():
            yield from question.heads
            for pair in question.pairs:
                yield from (pair.left, pair.right)
            yield from question.distractors
        case _:
            pass


def pack_nodes(pack: Pack) -> Iterator[RichNode]:
    """Yield every rich-text node of the pack: introduction, sections and questions, titles included."""
    yield from walk(pack.intro)
    for section in sections(pack):
        yield from walk(section.title)
        yield from walk(section.blocks)
    for question in questions(pack):
        for line in lines_of(question):
            yield from walk(line)
        for text in texts_of(question):
            yield from walk(text)
