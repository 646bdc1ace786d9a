"""Walking rich text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
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


_LEAVES = frozenset([Text, SoftBreak, Code, Math])


def walk(nodes: Iterable[RichNode]) -> Iterator[RichNode]:
    """Yield every node of `nodes` and below, parents first, in source order."""
    found: list[RichNode] = []
    _gather(nodes, found)
    return iter(found)


def _gather(nodes: Iterable[RichNode], found: list[RichNode]) -> int:  # noqa: PLR0912 (one branch per node)
    """Append the nodes, and return how many at most hold each other."""
    # A list that is filled, not generators in generators: packs are walked once for every target.
    deepest = 0
    for node in nodes:
        found.append(node)
        if type(node) in _LEAVES:  # nearly all; quicker than asking for class after class
            continue
        below = 0
        match node:
            case Text() | SoftBreak() | Code() | Math() | Image() | HardBreak():
                pass
            case Para() | Heading() | Link():
                below = _gather(node.children, found)
            case Emph() | Strong() | Strike() | Sub() | Sup() | Mark() | Kbd() | Underline():
                below = _gather(node.children, found)
            case Quote() | Footnote():
                below = _gather(node.blocks, found)
            case Callout():
                below = max(_gather(node.title, found), _gather(node.blocks, found))
            case BulletList() | OrderedList():
                for item in node.items:
                    below = max(below, _gather(item.blocks, found))
            case DefinitionList():
                for entry in node.items:
                    below = max(below, _gather(entry.term, found))
                    for meaning in entry.meanings:
                        below = max(below, _gather(meaning, found))
            case Table():
                for row in (node.header, *node.rows):
                    for cell in row.cells:
                        below = max(below, _gather(cell.children, found))
            case Blank():
                for answer in answers_of(node):
                    below = max(below, _gather(answer, found))
            case CodeBlock() | MathBlock() | Divider():
                pass
            case _:
                assert_never(node)
        deepest = max(deepest, below + 1)
    return deepest


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


_string_names: dict[type[RichNode], tuple[str, ...]] = {}


def _string_fields(kind: type[RichNode]) -> tuple[str, ...]:
    names = _string_names.get(kind)
    if names is None:
        names = _string_names[kind] = tuple(each.name for each in fields(kind) if each.type == "str")
    return names


def strings(node: RichNode) -> Iterator[str]:
    """Yield the texts that `node` itself holds, those below it not."""
    for name in _string_fields(type(node)):
        yield getattr(node, name)


# The nodes of the pack that was walked last, and how many hold each other: every target walks it, and packs
# come one after the other.
_last: list[tuple[Pack, list[RichNode], int]] = []


def pack_nodes(pack: Pack) -> Iterator[RichNode]:
    """Yield every rich-text node of the pack: introduction, sections and questions, titles included."""
    return iter(_walked(pack)[1])


def pack_depth(pack: Pack) -> int:
    """Return how many nodes of the pack's texts hold each other, at most."""
    return _walked(pack)[2]


def _walked(pack: Pack) -> tuple[Pack, list[RichNode], int]:
    if not _last or _last[0][0] is not pack:
        found: list[RichNode] = []
        deepest = max((_gather(text, found) for text in _texts_of_pack(pack)), default=0)
        _last[:] = [(pack, found, deepest)]
    return _last[0]


def _texts_of_pack(pack: Pack) -> Iterator[Iterable[RichNode]]:
    yield pack.intro
    for section in sections(pack):
        yield from (section.title, section.blocks)
    for question in questions(pack):
        yield from lines_of(question)
        yield from texts_of(question)


def unprintable(pack: Pack) -> list[tuple[RichNode, str]]:
    """Return each text that a rich-text node of the pack holds and that has more than printable characters.

    These are line ends, nearly always. The node comes with it.
    """
    nodes = list(pack_nodes(pack))
    names = {kind: _string_fields(kind) for kind in set(map(type, nodes))}
    return [
        (node, text)
        for node in nodes
        for name in names[type(node)]
        if not (text := getattr(node, name)).isprintable()
    ]
