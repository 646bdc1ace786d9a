"""Ids and required fields."""

from __future__ import annotations

import unicodedata

from packc.ast.pack import Pack, questions, sections
from packc.ast.question import ClozeQuestion, OpenQuestion, Question, Role
from packc.ast.richtext import Block, Para, Text
from packc.ast.walk import walk
from packc.check.causes import Causes
from packc.diagnostics import Label, Sink
from packc.diagnostics.rules.frontmatter import BadId
from packc.diagnostics.rules.headings import TitleAsks
from packc.diagnostics.rules.kinds import AliasClash, StimulusUnused
from packc.diagnostics.rules.structure import (
    DuplicateQuestionId,
    NoPrompt,
    NoQuestions,
    NoSolution,
    RequiredFieldMissing,
)
from packc.reader.grammar import ENGLISH
from packc.reader.headings import ID, is_asking, proposed_id
from packc.render.plain import PLAIN, shows_something


def check_structure(pack: Pack, required: tuple[str, ...], sink: Sink) -> None:
    """Report ids that are unfit or used twice, questions that ask nothing, and required fields that lack.

    `required` is the project's list; the pack's own is added to it.
    """
    seen: dict[str, Question] = {}
    causes = Causes(pack, sink)
    wanted = tuple(dict.fromkeys((*required, *pack.meta.required)))
    for question in questions(pack):
        _check_id(question, seen, sink)
        asks = isinstance(question, ClozeQuestion) or shows_something(question.prompt)
        if not asks and not causes.explain(NoPrompt.code, question):
            sink.report(NoPrompt(question.id), question.span)
        if not pack.meta.title_on_front and _asks_in_its_title(question):
            sink.report(TitleAsks(question.id), question.span)
        needs_solution = isinstance(question, OpenQuestion) and not question.essay
        lacks_solution = needs_solution and not question.solution
        if lacks_solution and not (causes.explain(NoSolution.code, question) or causes.blame_label(question)):
            sink.report(NoSolution(question.id), question.places.get("solution", question.span))
        for key in wanted:
            if not (key == "solution" and needs_solution) and not has_field(question, key):
                label = pack.labels.get(key) or _label(key)
                sink.report(RequiredFieldMissing(question.id, key, label), question.span)
    _check_aliases(pack, seen, sink)
    _check_stimuli(pack, sink)
    if not seen and not sink.has_errors:  # else the questions may only be unreadable
        sink.report(NoQuestions(), pack.span)


def _asks_in_its_title(question: Question) -> bool:
    """Tell whether the title asks and the prompt only shows what is asked about: code, an image, a list."""
    if isinstance(question, ClozeQuestion) or any(map(_has_words, question.prompt)):
        return False
    return is_asking(PLAIN.inlines(question.title))


def _has_words(block: Block) -> bool:
    return isinstance(block, Para) and any(
        isinstance(node, Text) and node.text.strip() for node in walk(block.children)
    )


def has_field(question: Question, key: str) -> bool:
    """Tell whether `question` has what the field with this key holds, or is of a kind that cannot have it.

    What a kind cannot do without (a prompt, its key) counts as there: it is checked in any case.
    """
    if key in [role.value for role in Role]:
        return question.note(Role(key)) is not None
    if isinstance(question, OpenQuestion):
        own: dict[str, object] = {
            "rubric": question.rubric,
            "lines": question.lines,
            "words": question.least_words or question.most_words,
        }
    else:
        own = {"right_feedback": question.feedback.right, "wrong_feedback": question.feedback.wrong}
    values = own | {
        "solution": question.solution,
        "hint": question.hints,
        "feedback": question.feedback.general,
        "alias": question.aliases,
        "tags": question.tags,
        "difficulty": question.difficulty,
        "points": question.points is not None,
        "time": question.minutes,
        "type": question.stated,
    }
    if key in values:
        return bool(values[key])
    return key in ENGLISH.values() or any(note.key == key for note in question.notes)


def _label(key: str) -> str:
    """Return the label that begins the field with this key."""
    return next((label for label, field in ENGLISH.items() if field == key), key).capitalize()


def _check_aliases(pack: Pack, ids: dict[str, Question], sink: Sink) -> None:
    seen = dict(ids)
    for question in questions(pack):
        for alias in question.aliases:
            earlier = seen.setdefault(_folded(alias), question)
            if earlier is not question or _folded(alias) == _folded(question.id):
                place = question.places.get("alias", question.span)
                labels = (Label(earlier.span, "this question"),) if earlier.span else ()
                sink.report(AliasClash(alias, earlier.id), place, labels=labels)


def _check_stimuli(pack: Pack, sink: Sink) -> None:
    for section in sections(pack):
        if section.stimulus and not section.blocks:
            sink.report(StimulusUnused("text"), section.span)
        elif section.stimulus and next(questions(section), None) is None:
            sink.report(StimulusUnused("questions"), section.span)


def _check_id(question: Question, seen: dict[str, Question], sink: Sink) -> None:
    if not ID.fullmatch(question.id):
        sink.report(BadId(question.id, proposed_id(question.id)), question.span)
    earlier = seen.setdefault(_folded(question.id), question)
    if earlier is not question:
        labels = (Label(earlier.span, "used here first"),) if earlier.span else ()
        sink.report(DuplicateQuestionId(question.id), question.span, labels=labels)


def _folded(identifier: str) -> str:
    """Return an id as ids are compared."""
    return unicodedata.normalize("NFC", identifier).casefold()
