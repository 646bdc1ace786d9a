"""What a pack uses, compared with what a target can carry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from packc.ast.pack import Pack, questions, sections
from packc.ast.question import ChoiceQuestion, OpenQuestion, Question, Role
from packc.ast.richtext import (
    Align,
    BulletList,
    Code,
    CodeBlock,
    Divider,
    Emph,
    Heading,
    Image,
    Kbd,
    Link,
    Mark,
    Math,
    MathBlock,
    OrderedList,
    Quote,
    Strike,
    Strong,
    Sub,
    Sup,
    Table,
    Underline,
)
from packc.ast.walk import RichNode, pack_nodes
from packc.backends.base import Backend, EmitContext, Feature, Level, Loss
from packc.render.html import resolve_link
from packc.source import Span

Use: TypeAlias = tuple[Feature, Span | None]

_ROLES = {
    Role.WHY: Feature.WHY,
    Role.SOURCE: Feature.SOURCE,
    Role.MISCONCEPTION: Feature.MISCONCEPTION,
    Role.COLD_TARGET: Feature.COLD_TARGET,
}
_META = {
    "description": Feature.DESCRIPTION,
    "tags": Feature.TAGS,
    "authors": Feature.AUTHORS,
    "license": Feature.LICENSE,
    "version": Feature.VERSION,
    "source_url": Feature.SOURCE_URL,
    "lang": Feature.LANGUAGE,
}

_SIMPLE: Mapping[type[RichNode], Feature] = {
    Emph: Feature.EMPHASIS,
    Strong: Feature.EMPHASIS,
    Strike: Feature.STRIKE,
    Sub: Feature.SUB_SUP,
    Sup: Feature.SUB_SUP,
    Mark: Feature.MARK,
    Kbd: Feature.KBD,
    Underline: Feature.UNDERLINE,
    Code: Feature.CODE,
    CodeBlock: Feature.CODE,
    Math: Feature.MATH,
    MathBlock: Feature.MATH,
    Image: Feature.IMAGE,
    Table: Feature.TABLE,
    BulletList: Feature.LIST,
    OrderedList: Feature.LIST,
    Heading: Feature.HEADING,
    Quote: Feature.QUOTE,
    Divider: Feature.DIVIDER,
}


def losses_of(backend: Backend, pack: Pack, context: EmitContext, used: Sequence[Use]) -> Iterator[Loss]:
    """Yield every loss of `pack` in this target, each with its place. `used` is what `features` gives."""
    capabilities = backend.capabilities()
    for feature, span in used:
        capability = capabilities[feature]
        if capability.level is not Level.KEPT:
            yield Loss(feature.value, capability.level, capability.how, span)
    yield from backend.losses(pack, context)


def features(pack: Pack) -> Iterator[Use]:
    """Yield every feature that `pack` uses, once for each place."""
    for key, feature in _META.items():
        if key in pack.meta.places:
            yield feature, pack.meta.places[key]
    if pack.intro:
        yield Feature.INTRO, pack.intro[0].span
    for section in sections(pack):
        yield Feature.SECTIONS, section.span
        if section.blocks:
            yield Feature.SECTION_TEXT, section.blocks[0].span
    for question in questions(pack):
        yield from _question_features(question)
    for node in pack_nodes(pack):
        yield from ((feature, node.span) for feature in _node_features(node, pack.meta.source_url))


def _question_features(question: Question) -> Iterator[Use]:
    match question:
        case OpenQuestion():
            yield Feature.OPEN, question.span
        case ChoiceQuestion():
            yield Feature.MULTIPLE_CHOICE if question.multiple else Feature.SINGLE_CHOICE, question.span
            for choice in question.choices:
                if choice.feedback:
                    yield Feature.CHOICE_FEEDBACK, choice.feedback[0].span
    if question.title:
        yield Feature.TITLE, question.span
    if question.solution:
        yield Feature.SOLUTION, question.solution[0].span
    for note in question.notes:
        yield _ROLES[note.role], note.span


def _node_features(node: RichNode, source_url: str) -> Iterator[Feature]:
    simple = _SIMPLE.get(type(node))
    if simple is not None:
        yield simple
    match node:
        case Link():
            yield Feature.RELATIVE_LINK if resolve_link(node.href, source_url) is None else Feature.LINK
        case CodeBlock() if node.language:
            yield Feature.CODE_LANGUAGE
        case Table() if any(align is not Align.NONE for align in node.aligns):
            yield Feature.TABLE_ALIGN
        case OrderedList() if node.start != 1:
            yield Feature.LIST_START
        case _:
            pass
