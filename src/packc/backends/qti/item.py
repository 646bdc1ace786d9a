"""A question as an `assessmentItem`."""

from __future__ import annotations

from typing import assert_never

from packc.ast.question import ChoiceQuestion, Note, OpenQuestion, Question, Role
from packc.ast.richtext import Text
from packc.backends.qti.scoring import (
    FEEDBACK,
    GENERAL,
    GENERAL_FEEDBACK,
    RESPONSE,
    choice_identifiers,
    declaration,
    outcomes,
    processing,
)
from packc.backends.qti.tree import XML_LANG, Element, qti, rich
from packc.backends.qti.xhtml import QtiRenderer

EXPECTED_LINES = 6  # of an answer in one's own words: how tall the field is, not a limit


def assessment_item(question: Question, identifier: str, lang: str, render: QtiRenderer) -> Element:
    """Return the item of `question`. Its title is the question's id: learners see it before they answer.

    `lang` is a language tag or empty; `render` collects the images that the item uses.
    """
    explanation = _explanation(question, render)
    item = qti(
        "assessmentItem",
        declaration(question),
        *outcomes(question, bool(explanation)),
        _body(question, explanation, render),
        *processing(question, bool(explanation)),
        *_modal_feedback(question, explanation, render),
        identifier=identifier,
        title=question.id,
        adaptive="false",
        timeDependent="false",
    )
    if lang:
        item.set(XML_LANG, lang)
    return item


def _body(question: Question, explanation: str, render: QtiRenderer) -> Element:
    """The prompt stands in one `div`: of what stands in the body itself, Canvas reads only `p` and `div`."""
    parts = [rich("div", render.blocks(question.prompt))]
    target = question.note(Role.COLD_TARGET)
    if target is not None:
        parts.append(rich("div", _note(target, render)))
    match question:
        case OpenQuestion():
            lines = str(EXPECTED_LINES)
            parts.append(qti("extendedTextInteraction", responseIdentifier=RESPONSE, expectedLines=lines))
            if explanation:
                parts.append(rich("rubricBlock", explanation, view="scorer", use="scoring"))
        case ChoiceQuestion():
            parts.append(_choice_interaction(question, render))
        case _:
            assert_never(question)
    return qti("itemBody", *parts)


def _choice_interaction(question: ChoiceQuestion, render: QtiRenderer) -> Element:
    choices = [
        rich("simpleChoice", render.choice(choice.blocks), identifier=name)
        for name, choice in zip(choice_identifiers(question.choices), question.choices, strict=True)
    ]
    return qti(
        "choiceInteraction",
        *choices,
        responseIdentifier=RESPONSE,
        shuffle="true",
        maxChoices="0" if question.multiple else "1",
        minChoices="0",
    )


def _explanation(question: Question, render: QtiRenderer) -> str:
    """Return what graders see, and learners after answering: title, solution and notes."""
    title = render.bold(question.title) if question.title else ""
    notes = [note for note in question.notes if note.role is not Role.COLD_TARGET]
    return title + render.blocks(question.solution) + "".join(_note(note, render) for note in notes)


def _note(note: Note, render: QtiRenderer) -> str:
    return render.bold((Text(note.label),)) + render.blocks(note.body)


def _modal_feedback(question: Question, general: str, render: QtiRenderer) -> list[Element]:
    found = []
    if isinstance(question, ChoiceQuestion):
        for name, choice in zip(choice_identifiers(question.choices), question.choices, strict=True):
            if choice.feedback:
                found.append(_feedback(FEEDBACK, name, render.blocks(choice.feedback)))
    if general:
        found.append(_feedback(GENERAL, GENERAL_FEEDBACK, general))
    return found


def _feedback(outcome: str, name: str, xhtml: str) -> Element:
    return rich("modalFeedback", xhtml, outcomeIdentifier=outcome, identifier=name, showHide="show")
