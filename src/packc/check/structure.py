"""Ids and required fields."""

from __future__ import annotations

import unicodedata

from packc.ast.pack import Pack, questions
from packc.ast.question import OpenQuestion, Question, Role
from packc.diagnostics import Label, Sink
from packc.diagnostics.rules.frontmatter import BadId
from packc.diagnostics.rules.structure import (
    DuplicateQuestionId,
    NoPrompt,
    NoQuestions,
    NoSolution,
    RequiredFieldMissing,
)
from packc.reader.headings import ID, proposed_id

_LABELS = {
    "solution": "Solution",
    Role.WHY.value: "Why it matters",
    Role.SOURCE.value: "Source",
    Role.MISCONCEPTION.value: "Common wrong answer",
    Role.COLD_TARGET.value: "Cold target",
    "hint": "Hint",
    "tags": "Tags",
    "difficulty": "Difficulty",
    "points": "Points",
    "time": "Time",
}


def check_structure(pack: Pack, required: tuple[str, ...], sink: Sink) -> None:
    """Report ids that are unfit or used twice, questions that ask nothing, and required fields that lack.

    `required` is the project's list; the pack's own is added to it.
    """
    seen: dict[str, Question] = {}
    wanted = tuple(dict.fromkeys((*required, *pack.meta.required)))
    for question in questions(pack):
        _check_id(question, seen, sink)
        if not question.prompt:
            sink.report(NoPrompt(question.id), question.span)
        if isinstance(question, OpenQuestion) and not question.solution:
            sink.report(NoSolution(question.id), question.span)
        for key in wanted:
            if not _has(question, key) and not (key == "solution" and isinstance(question, OpenQuestion)):
                label = pack.labels.get(key) or _LABELS[key]
                sink.report(RequiredFieldMissing(question.id, key, label), question.span)
    if not seen and not sink.has_errors:  # else the questions may only be unreadable
        sink.report(NoQuestions(), pack.span)


def _check_id(question: Question, seen: dict[str, Question], sink: Sink) -> None:
    if not ID.fullmatch(question.id):
        sink.report(BadId(question.id, proposed_id(question.id)), question.span)
    folded = unicodedata.normalize("NFC", question.id).casefold()
    earlier = seen.setdefault(folded, question)
    if earlier is not question:
        labels = (Label(earlier.span, "used here first"),) if earlier.span else ()
        sink.report(DuplicateQuestionId(question.id), question.span, labels=labels)


def _has(question: Question, key: str) -> bool:
    match key:
        case "solution":
            return bool(question.solution)
        case "hint":
            return bool(question.hints)
        case "tags":
            return bool(question.tags)
        case "difficulty":
            return bool(question.difficulty)
        case "points":
            return question.points is not None
        case "time":
            return question.minutes is not None
        case _:
            return any(key in (note.key, note.role.value) for note in question.notes)
