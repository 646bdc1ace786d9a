"""What QTI cannot carry of one question's values."""

from __future__ import annotations

from collections.abc import Iterator

from packc.ast.keys import DropdownKey, NumberKey, TextKey
from packc.ast.question import (
    CategorisingQuestion,
    ClozeQuestion,
    MatchingQuestion,
    NumericQuestion,
    OpenQuestion,
    OrderingQuestion,
    Question,
    ShortAnswerQuestion,
)
from packc.ast.richtext import Blank, Inlines, SoftBreak, Text
from packc.ast.walk import walk
from packc.backends.base import Level, Loss, ValueLoss
from packc.source import Span

VERDICTS = ValueLoss(
    "feedback on right and wrong answers to open questions and essays",
    Level.DEGRADED,
    "people score the answer, so only they see it",
)
NUMBER = ValueLoss(
    "numbers of more than 15 digits, or beyond what a double can be",
    Level.DEGRADED,
    "players compute with 15 digits, and only so far from 1",
)
ANSWER = ValueLoss(
    "accepted answers without any text", Level.DROPPED, "a learner could not type them, so they are left out"
)
ENTRY = ValueLoss(
    "markup in a drop-down blank",
    Level.DEGRADED,
    "the entries of a list are plain text, with formulas as TeX",
)
SHOWN_ORDER = ValueLoss(
    "the order as written",
    Level.DEGRADED,
    "what is to be put in order or matched always stands in an order that says nothing",
)
TWIN = ValueLoss(
    "an item that occurs twice",
    Level.DEGRADED,
    "players tell equal items apart, and take them in one order only",
)
ANSWER_LOSSES = (ANSWER, NUMBER)
VALUE_LOSSES = (VERDICTS, *ANSWER_LOSSES, ENTRY, SHOWN_ORDER, TWIN)


def question_losses(question: Question) -> Iterator[Loss]:
    """Yield the losses that only the values of `question` tell."""
    match question:
        case OpenQuestion():
            yield from _verdict_losses(question)
        case ShortAnswerQuestion() | NumericQuestion() | ClozeQuestion():
            yield from answer_losses(question)
        case MatchingQuestion() | CategorisingQuestion():
            yield from _order_losses(
                question, "the right-hand texts always stand in an order that says nothing"
            )
        case OrderingQuestion():
            yield from _order_losses(question, "the right order would be the one that is shown")
            yield from _twin_losses(question)
        case _:
            pass


def answer_losses(question: Question) -> Iterator[Loss]:
    """Yield what of the answers that are typed or picked from a list is lost."""
    if isinstance(question, ShortAnswerQuestion | NumericQuestion):
        yield from _key_losses(question.key, question.places.get("answer", question.span))
    elif isinstance(question, ClozeQuestion):
        for node in walk(question.text):
            if isinstance(node, Blank):
                yield from _blank_losses(node)


def _verdict_losses(question: OpenQuestion) -> Iterator[Loss]:
    for what, blocks in (("right", question.feedback.right), ("wrong", question.feedback.wrong)):
        if blocks:
            yield VERDICTS.at(blocks[0].span, f"feedback on {what} answers")


def _key_losses(key: TextKey | NumberKey, span: Span | None) -> Iterator[Loss]:
    from packc.backends.qti.typed import beyond_doubles, typed  # most packs have no such question

    if isinstance(key, NumberKey):
        for number in key.numbers:
            if beyond_doubles(number):
                yield NUMBER.at(number.span or span, "a number")
        return
    for answer in key.accepted:
        if not typed(answer):
            how = "it has no text that a learner could type"
            yield ANSWER.at(answer.span or span, "an accepted answer", how)


def _blank_losses(blank: Blank) -> Iterator[Loss]:
    if not isinstance(blank.key, DropdownKey):
        yield from _key_losses(blank.key, blank.span)
        return
    for option in blank.key.options:
        if not _plain(option.children):
            yield ENTRY.at(option.span or blank.span)


def _plain(inlines: Inlines) -> bool:
    return all(isinstance(node, Text | SoftBreak) for node in inlines)


def _order_losses(question: Question, why: str) -> Iterator[Loss]:
    if question.shuffle is False:
        place = question.places.get("shuffle", question.span)
        yield SHOWN_ORDER.at(place, how=why)


def _twin_losses(question: OrderingQuestion) -> Iterator[Loss]:
    seen = set()
    for item in question.items:
        if item.blocks in seen:
            yield TWIN.at(item.span or question.span)
        seen.add(item.blocks)
