"""What a pack uses, compared with what a target can carry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias, assert_never

from packc.ast.keys import Accepted, BlankKey, DropdownKey, Number, NumberKey, TextKey
from packc.ast.kinds import Kind
from packc.ast.node import Node
from packc.ast.pack import Pack, questions, sections
from packc.ast.question import (
    CategorisingQuestion,
    ChoiceQuestion,
    ClozeQuestion,
    MatchingQuestion,
    NumericQuestion,
    OpenQuestion,
    OrderingQuestion,
    Pin,
    Question,
    Role,
    ShortAnswerQuestion,
    TrueFalseQuestion,
    kind_of,
)
from packc.ast.richtext import (
    Align,
    Blank,
    BulletList,
    Callout,
    Code,
    CodeBlock,
    DefinitionList,
    Divider,
    Emph,
    Footnote,
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
from packc.ast.walk import RichNode, nodes_by_kind, nodes_of
from packc.backends.base import Backend, EmitContext, Feature, Level, Loss
from packc.render.html import resolve_link
from packc.source import Span

Place: TypeAlias = Node | Span | None
Use: TypeAlias = tuple[Feature, Place]
Uses: TypeAlias = Mapping[Feature, Sequence[Place]]
"""Where each feature is used: a place, or the node that knows it. Of most uses nobody asks where they are."""

_ROLES = {
    Role.WHY: Feature.WHY,
    Role.SOURCE: Feature.SOURCE,
    Role.MISCONCEPTION: Feature.MISCONCEPTION,
    Role.COLD_TARGET: Feature.COLD_TARGET,
    Role.OWN: Feature.OWN_FIELD,
}
_KINDS = {
    Kind.OPEN: Feature.OPEN,
    Kind.ESSAY: Feature.ESSAY,
    Kind.SINGLE: Feature.SINGLE_CHOICE,
    Kind.MULTIPLE: Feature.MULTIPLE_CHOICE,
    Kind.TRUE_FALSE: Feature.TRUE_FALSE,
    Kind.SHORT: Feature.SHORT_ANSWER,
    Kind.NUMERIC: Feature.NUMERIC,
    Kind.CLOZE: Feature.CLOZE,
    Kind.MATCHING: Feature.MATCHING,
    Kind.CATEGORISING: Feature.CATEGORISING,
    Kind.ORDERING: Feature.ORDERING,
}
_FIELDS = {  # by the key under which a question keeps the field's place
    "tags": Feature.QUESTION_TAGS,
    "difficulty": Feature.DIFFICULTY,
    "points": Feature.POINTS,
    "time": Feature.MINUTES,
    "shuffle": Feature.SHUFFLE,
    "lines": Feature.LINES,
    "words": Feature.WORD_LIMIT,
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
    Footnote: Feature.FOOTNOTE,
    DefinitionList: Feature.DEFINITION_LIST,
    Callout: Feature.CALLOUT,
    Divider: Feature.DIVIDER,
}
_WITH_MORE: tuple[type[RichNode], ...] = (Link, CodeBlock, Table, OrderedList, Image)


def losses_of(backend: Backend, pack: Pack, context: EmitContext, used: Uses) -> Iterator[Loss]:
    """Yield every loss of `pack` in this target, each with its place. `used` is what `features` gives."""
    for feature, capability in backend.capabilities(context.options).items():
        if capability.level is not Level.KEPT:
            for place in used.get(feature, ()):
                span = place.span if isinstance(place, Node) else place
                yield Loss(feature.value, capability.level, capability.how, span)
    yield from backend.losses(pack, context)


def features(pack: Pack) -> Uses:
    """Return every feature that `pack` uses, with the places where it does."""
    found: dict[Feature, list[Place]] = {}
    for feature, place in _uses(pack):
        found.setdefault(feature, []).append(place)
    for kind, nodes in nodes_by_kind(pack).items():
        if kind in _SIMPLE:
            found.setdefault(_SIMPLE[kind], []).extend(nodes)
    return found


def _uses(pack: Pack) -> Iterator[Use]:
    for key, feature in _META.items():
        if key in pack.meta.places:
            yield feature, pack.meta.places[key]
    if pack.intro:
        yield Feature.INTRO, pack.intro[0]
    for section in sections(pack):
        yield Feature.SECTIONS, section
        if section.blocks:
            text = Feature.STIMULUS if section.stimulus else Feature.SECTION_TEXT
            yield text, section.blocks[0]
    for question in questions(pack):
        yield from _question_features(question)
    for kind in _WITH_MORE:
        for node in nodes_of(pack, kind):
            yield from ((feature, node) for feature in _node_features(node, pack.meta.source_url))
    for blank in nodes_of(pack, Blank):
        yield from _blank_features(blank)


def _question_features(question: Question) -> Iterator[Use]:
    yield _KINDS[kind_of(question)], question
    if question.title:
        yield Feature.TITLE, question
    if question.solution:
        yield Feature.SOLUTION, question.solution[0]
    for note in question.notes:
        yield _ROLES[note.role], note
    for hint in question.hints:
        yield Feature.HINT, _place(hint)
    feedback = question.feedback
    for feature, blocks in (
        (Feature.FEEDBACK, feedback.general),
        (Feature.RIGHT_FEEDBACK, feedback.right),
        (Feature.WRONG_FEEDBACK, feedback.wrong),
    ):
        if blocks:
            yield feature, _place(blocks)
    for key, feature in _FIELDS.items():
        if key in question.places:
            yield feature, question.places[key]
    yield from _kind_features(question)


def _kind_features(question: Question) -> Iterator[Use]:  # noqa: PLR0912 (one branch per kind)
    match question:
        case OpenQuestion():
            if question.rubric:
                yield Feature.RUBRIC, _place(question.rubric)
        case ChoiceQuestion():
            for choice in question.choices:
                if choice.feedback:
                    yield Feature.CHOICE_FEEDBACK, _place(choice.feedback)
                if choice.weight is not None:
                    yield Feature.WEIGHT, choice
                if choice.pin is not Pin.NONE:
                    yield Feature.PIN, choice
        case ShortAnswerQuestion() | NumericQuestion():
            yield from _key_features(question.key, question.places.get("answer", question))
        case MatchingQuestion() | CategorisingQuestion():
            if any(question.heads):
                yield Feature.HEADS, _place(next(head for head in question.heads if head))
            for distractor in question.distractors:
                yield Feature.DISTRACTOR, _place(distractor)
        case TrueFalseQuestion() | ClozeQuestion() | OrderingQuestion():
            pass
        case _:
            assert_never(question)


def _key_features(key: BlankKey, place: Place) -> Iterator[Use]:
    match key:
        case TextKey():
            if key.case:
                yield Feature.CASE, place
            yield from _weights(key.accepted, place)
        case NumberKey():
            if key.unit:
                yield Feature.UNIT, place
            for number in key.numbers:
                if number.upper is not None or number.tolerance:
                    yield Feature.TOLERANCE, number.span or place
            yield from _weights(key.numbers, place)
        case DropdownKey():
            yield Feature.DROPDOWN, place
        case _:
            assert_never(key)


def _weights(answers: Iterable[Accepted | Number], place: Place) -> Iterator[Use]:
    for answer in answers:
        if answer.weight is not None:
            yield Feature.WEIGHT, answer.span or place


def _place(nodes: Sequence[Node]) -> Place:
    return nodes[0] if nodes else None


def _blank_features(blank: Blank) -> Iterator[Use]:
    yield from _key_features(blank.key, blank)
    if blank.hint:
        yield Feature.BLANK_HINT, blank
    if blank.number is not None:
        yield Feature.BLANK_NUMBER, blank


def _node_features(node: RichNode, source_url: str) -> Iterator[Feature]:
    match node:
        case Link():
            yield Feature.RELATIVE_LINK if resolve_link(node.href, source_url) is None else Feature.LINK
        case CodeBlock() if node.language:
            yield Feature.CODE_LANGUAGE
        case Table() if any(align is not Align.NONE for align in node.aligns):
            yield Feature.TABLE_ALIGN
        case OrderedList() if node.start != 1:
            yield Feature.LIST_START
        case Image() if node.width or node.height:
            yield Feature.IMAGE_SIZE
        case _:
            pass
