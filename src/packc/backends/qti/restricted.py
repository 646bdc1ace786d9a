"""Packages for importers that read less than the standard: what they are not given, and in which shape.

Blackboard skips every item whose scoring is not one of the standard's templates, and reads true/false,
choices, a single blank and essays only. Inspera scores by an outcome `FEEDBACK` with words of its own.
Both facts are from their documentation; docs/targets/qti.md says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from packc.ast.keys import TextKey
from packc.ast.pack import Pack, Part, Section
from packc.ast.question import (
    ChoiceQuestion,
    ClozeQuestion,
    OpenQuestion,
    Question,
    ShortAnswerQuestion,
    TrueFalseQuestion,
)
from packc.ast.richtext import Blank
from packc.ast.walk import walk
from packc.backends.base import Capability, Feature, degraded, dropped
from packc.backends.qti.profile import Importer

_LEFT_OUT = dropped("Blackboard skips such questions, so they are left out")
_NO_FEEDBACK = dropped("Blackboard takes no item that shows a text after the answer")
_AFTER = degraded("they stand in the feedback after the answer: nobody can ask for one")

CAPABILITIES: Mapping[Importer, Mapping[Feature, Capability]] = {
    Importer.ANY: {},
    Importer.BLACKBOARD: {
        **dict.fromkeys(
            (
                Feature.NUMERIC,
                Feature.MATCHING,
                Feature.CATEGORISING,
                Feature.ORDERING,
                Feature.DROPDOWN,
                Feature.UNIT,
                Feature.TOLERANCE,
                Feature.HEADS,
                Feature.DISTRACTOR,
            ),
            _LEFT_OUT,
        ),
        **dict.fromkeys(
            (
                Feature.TITLE,
                Feature.SOLUTION,
                Feature.CHOICE_FEEDBACK,
                Feature.WHY,
                Feature.SOURCE,
                Feature.MISCONCEPTION,
                Feature.HINT,
                Feature.BLANK_HINT,
                Feature.FEEDBACK,
                Feature.RIGHT_FEEDBACK,
                Feature.WRONG_FEEDBACK,
            ),
            _NO_FEEDBACK,
        ),
        Feature.OWN_FIELD: dropped("Blackboard is given those before the answer, and no others"),
        Feature.CLOZE: degraded("only one with a single blank to type into; others are left out"),
        Feature.WEIGHT: degraded("Blackboard counts all the right choices or none"),
        Feature.RUBRIC: dropped("Blackboard is given no text for graders"),
        **dict.fromkeys(
            (Feature.QUESTION_TAGS, Feature.DIFFICULTY, Feature.MINUTES, Feature.TAGS, Feature.AUTHORS),
            degraded("they are in the package, and Blackboard reads past them"),
        ),
    },
    Importer.INSPERA: {
        Feature.CHOICE_FEEDBACK: dropped("Inspera has one feedback for the answer as a whole"),
        Feature.HINT: _AFTER,
        Feature.BLANK_HINT: _AFTER,
    },
}


def carries(question: Question, importer: Importer) -> bool:
    """Tell whether an importer takes such a question."""
    if importer is not Importer.BLACKBOARD:
        return True
    match question:
        case TrueFalseQuestion() | ChoiceQuestion() | OpenQuestion() | ShortAnswerQuestion():
            return True
        case ClozeQuestion():
            blanks = [node for node in walk(question.text) if isinstance(node, Blank)]
            return len(blanks) == 1 and isinstance(blanks[0].key, TextKey)
        case _:
            return False


def carried(pack: Pack, importer: Importer) -> Pack:
    """Return `pack` without the questions that an importer does not take."""
    return (
        pack if importer is not Importer.BLACKBOARD else replace(pack, parts=_carried(pack.parts, importer))
    )


def _carried(parts: tuple[Part, ...], importer: Importer) -> tuple[Part, ...]:
    return tuple(
        replace(part, parts=_carried(part.parts, importer)) if isinstance(part, Section) else part
        for part in parts
        if isinstance(part, Section) or carries(part, importer)
    )
