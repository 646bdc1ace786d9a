"""How answers are scored, and which feedback they call up: declarations and response processing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import assert_never

from packc.ast.question import Choice, ChoiceQuestion, OpenQuestion, Question
from packc.backends.qti.tree import Element, qti

POINTS = Decimal(1)
RESPONSE = "RESPONSE"
FEEDBACK = "FEEDBACK"
GENERAL = "GENERAL"
GENERAL_FEEDBACK = "general_fb"  # Canvas takes a feedback named general_… as the neutral comment

_SCORE, _MAXSCORE = "SCORE", "MAXSCORE"
_STEP = Decimal("0.00001")


def choice_identifiers(choices: Sequence[Choice]) -> list[str]:
    """Return each choice's identifier. None of them holds a word by which Canvas sorts feedback."""
    return [f"choice_{number}" for number in range(1, len(choices) + 1)]


def choice_credits(choices: Sequence[Choice]) -> list[Decimal]:
    """Return what ticking each choice of a multiple choice adds to the score.

    The right ones share the points, the wrong ones take as much away: everything right gives exactly
    the points, everything ticked gives nothing. Rounding is made up for by the last of each.
    """
    right = sum(choice.correct for choice in choices)
    shares = {True: _shares(POINTS, right), False: _shares(-POINTS, len(choices) - right)}
    return [next(shares[choice.correct]) for choice in choices]


def _shares(total: Decimal, count: int) -> Iterator[Decimal]:
    share = (total / count).quantize(_STEP) if count else Decimal(0)
    for _ in range(count - 1):
        yield share
    yield total - share * (count - 1)


def declaration(question: Question) -> Element:
    """Return the declaration of the response, with the key of a question that has one."""
    match question:
        case OpenQuestion():
            return qti("responseDeclaration", identifier=RESPONSE, cardinality="single", baseType="string")
        case ChoiceQuestion():
            return _choice_declaration(question)
        case _:
            assert_never(question)


def _choice_declaration(question: ChoiceQuestion) -> Element:
    names = choice_identifiers(question.choices)
    right = [name for name, choice in zip(names, question.choices, strict=True) if choice.correct]
    parts = [qti("correctResponse", *(qti("value", text=name) for name in right))]
    if question.multiple:
        entries = [
            qti("mapEntry", mapKey=name, mappedValue=_number(credit))
            for name, credit in zip(names, choice_credits(question.choices), strict=True)
        ]
        parts.append(qti("mapping", *entries, lowerBound="0", upperBound=_number(POINTS), defaultValue="0"))
    cardinality = "multiple" if question.multiple else "single"
    return qti(
        "responseDeclaration", *parts, identifier=RESPONSE, cardinality=cardinality, baseType="identifier"
    )


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}"


def outcomes(question: Question, general: bool) -> list[Element]:
    """Return the declarations of the outcomes; `general`: the item has a feedback for every answer."""
    points = _number(POINTS)
    declared = [
        _outcome(_SCORE, "single", "float", "0", normalMaximum=points),
        _outcome(_MAXSCORE, "single", "float", points),
    ]
    if _has_choice_feedback(question):
        # With a default, because one player breaks on a NULL of cardinality multiple.
        declared.append(_outcome(FEEDBACK, "multiple", "identifier", "none"))
    if general:
        declared.append(_outcome(GENERAL, "single", "identifier", "none"))
    return declared


def _outcome(name: str, cardinality: str, base_type: str, default: str, **more: str) -> Element:
    value = qti("defaultValue", qti("value", text=default))
    return qti(
        "outcomeDeclaration",
        value,
        identifier=name,
        cardinality=cardinality,
        baseType=base_type,
        **more,
    )


def processing(question: Question, general: bool) -> list[Element]:
    """Return the response processing, or nothing where an answer sets no outcome."""
    rules = []
    if isinstance(question, ChoiceQuestion):
        rules.append(_multiple_score() if question.multiple else _single_score())
    if _has_choice_feedback(question):
        chosen = qti("variable", identifier=RESPONSE)
        if isinstance(question, ChoiceQuestion) and not question.multiple:
            chosen = qti("multiple", chosen)
        rules.append(_if_answered(qti("setOutcomeValue", chosen, identifier=FEEDBACK)))
    if general:
        value = qti("baseValue", text=GENERAL_FEEDBACK, baseType="identifier")
        rules.append(qti("setOutcomeValue", value, identifier=GENERAL))
    return [qti("responseProcessing", *rules)] if rules else []


def _single_score() -> Element:
    right = qti("match", qti("variable", identifier=RESPONSE), qti("correct", identifier=RESPONSE))
    score = qti("setOutcomeValue", qti("variable", identifier=_MAXSCORE), identifier=_SCORE)
    return qti("responseCondition", qti("responseIf", right, score))


def _multiple_score() -> Element:
    return _if_answered(qti("setOutcomeValue", qti("mapResponse", identifier=RESPONSE), identifier=_SCORE))


def _if_answered(rule: Element) -> Element:
    answered = qti("not", qti("isNull", qti("variable", identifier=RESPONSE)))
    return qti("responseCondition", qti("responseIf", answered, rule))


def _has_choice_feedback(question: Question) -> bool:
    return isinstance(question, ChoiceQuestion) and any(choice.feedback for choice in question.choices)
