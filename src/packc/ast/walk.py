"""Walking rich text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cached_property
from typing import Any, TypeAlias, TypeVar, assert_never, cast

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
N = TypeVar("N", bound=RichNode)

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
            case Para() | Heading() | Link():
                below = _gather(node.children, found)
            case Text() | SoftBreak() | Code() | Math() | Image() | HardBreak():
                pass
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


class _Walk:
    """What the texts of a pack hold, each thing found when it is first asked for."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack

    @cached_property
    def nodes(self) -> list[RichNode]:
        found: list[RichNode] = []
        for text in _texts_of_pack(self.pack):
            if text:
                _gather(text, found)
        return found

    @cached_property
    def depth(self) -> int:
        return max((_gather(text, []) for text in _texts_of_pack(self.pack) if text), default=0)

    @cached_property
    def by_kind(self) -> dict[type[RichNode], list[RichNode]]:
        found: dict[type[RichNode], list[RichNode]] = {}
        nodes = self.nodes
        del self.nodes  # as long as both; few ask for all in order, and they are gathered again
        for node in nodes:
            kind = type(node)
            if kind in found:
                found[kind].append(node)
            else:
                found[kind] = [node]
        return found

    @cached_property
    def unprintable(self) -> list[tuple[RichNode, str]]:
        return [
            (node, text)
            for kind, nodes in self.by_kind.items()
            for name in _string_fields(kind)
            for node in nodes
            if not (text := getattr(node, name)).isprintable()
        ]


# The pack that was walked last: every target looks at it, and packs come one after the other.
_last: list[_Walk] = []


def _walked(pack: Pack) -> _Walk:
    if not _last or _last[0].pack is not pack:
        _last[:] = [_Walk(pack)]
    return _last[0]


def forget_walk() -> None:
    """Let go of the pack that was walked last, and of the lists that were made of it."""
    _last.clear()


def pack_nodes(pack: Pack) -> Iterator[RichNode]:
    """Yield every rich-text node of the pack: introduction, sections and questions, titles included."""
    return iter(_walked(pack).nodes)


def nodes_by_kind(pack: Pack) -> Mapping[type[RichNode], Sequence[RichNode]]:
    """Return what `pack_nodes` yields, by class: nearly all nodes are of the few that nobody looks for."""
    return _walked(pack).by_kind


def nodes_of(pack: Pack, kind: type[N]) -> Sequence[N]:
    """Return the nodes of one class that `pack_nodes` yields, in its order."""
    found: Sequence[Any] = _walked(pack).by_kind.get(cast("type[RichNode]", kind), ())
    return found


def formulas_of(pack: Pack) -> Iterator[Math | MathBlock]:
    """Yield the formulas in running text, then those between blocks."""
    yield from nodes_of(pack, Math)
    yield from nodes_of(pack, MathBlock)


def pack_depth(pack: Pack) -> int:
    """Return how many nodes of the pack's texts hold each other, at most."""
    return _walked(pack).depth


def unprintable(pack: Pack) -> Sequence[tuple[RichNode, str]]:
    """Return each text that a rich-text node of the pack holds and that has more than printable characters.

    These are line ends, nearly always. The node comes with it.
    """
    return _walked(pack).unprintable


def _texts_of_pack(pack: Pack) -> Iterator[Iterable[RichNode]]:
    yield pack.intro
    for section in sections(pack):
        yield from (section.title, section.blocks)
    for question in questions(pack):
        yield from lines_of(question)
        yield from texts_of(question)
