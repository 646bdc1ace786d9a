"""Words that stand only where a learner must not see them before answering."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from packc.ast.keys import Accepted, Number, NumberKey, TextKey
from packc.ast.pack import Pack, Part, Section
from packc.ast.question import (
    ChoiceQuestion,
    ClozeQuestion,
    Criterion,
    Feedback,
    Note,
    NumericQuestion,
    OpenQuestion,
    Question,
    Role,
    ShortAnswerQuestion,
)
from packc.ast.richtext import Blank, Block, Blocks, Inline, Inlines, Para, Text

CANARY = "SPILTCANARY"
NUMBER = Decimal(918273645)
_LINE: Inlines = (Text(CANARY),)
_TEXT: Blocks = (Para(_LINE),)
_ACCEPTED = (Accepted(children=_LINE),)


def with_canaries(pack: Pack) -> Pack:
    """Return `pack` with a canary in everything that is hidden from learners, whatever stood there."""
    return replace(pack, parts=tuple(map(_part, pack.parts)))


def _part(part: Part) -> Part:
    if isinstance(part, Section):
        return replace(part, parts=tuple(map(_part, part.parts)))
    return _question(part)


def _question(question: Question) -> Question:
    hidden = (Note(role=Role.WHY, label=CANARY, body=_TEXT), Note(role=Role.SOURCE, label=CANARY, body=_TEXT))
    changed: Question = replace(
        question,
        title=_LINE,
        solution=_TEXT,
        notes=hidden,
        hints=(_TEXT,),
        feedback=Feedback(general=_TEXT, right=_TEXT, wrong=_TEXT),
        tags=(CANARY,),
        difficulty=CANARY,
        aliases=(CANARY,),
    )
    match changed:
        case OpenQuestion():
            return replace(changed, rubric=(Criterion(blocks=_TEXT, points=Decimal(1)),))
        case ChoiceQuestion():
            return replace(changed, choices=tuple(replace(c, feedback=_TEXT) for c in changed.choices))
        case ShortAnswerQuestion():
            return replace(changed, key=replace(changed.key, accepted=_ACCEPTED))
        case NumericQuestion():
            return replace(changed, key=replace(changed.key, numbers=(Number(value=NUMBER),)))
        case ClozeQuestion():
            return replace(changed, text=tuple(map(_block, changed.text)))
        case _:
            return changed


def _block(block: Block) -> Block:
    return Para(tuple(map(_inline, block.children))) if isinstance(block, Para) else block


def _inline(node: Inline) -> Inline:
    if not isinstance(node, Blank):
        return node
    match node.key:
        case TextKey():
            return replace(node, key=replace(node.key, accepted=_ACCEPTED), hint=CANARY)
        case NumberKey():
            return replace(node, key=replace(node.key, numbers=(Number(value=NUMBER),)), hint=CANARY)
        case _:
            return replace(node, hint=CANARY)
