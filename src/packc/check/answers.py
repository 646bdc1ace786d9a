"""Keys: what makes a question answerable, and the whole of its points within reach."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cache
from typing import TypeVar, assert_never

from packc.ast.keys import HUNDRED, Accepted, BlankKey, DropdownKey, Number, NumberKey, TextKey
from packc.ast.pack import Pack, questions
from packc.ast.question import (
    CategorisingQuestion,
    Choice,
    ChoiceQuestion,
    ClozeQuestion,
    MatchingQuestion,
    NumericQuestion,
    OpenQuestion,
    OrderingQuestion,
    Pin,
    Question,
    ShortAnswerQuestion,
    TrueFalseQuestion,
)
from packc.ast.richtext import Blank, Image, Inlines, Math
from packc.ast.walk import walk
from packc.check.causes import Causes
from packc.check.pairs import check_order, check_pairs, first_of_equal
from packc.diagnostics import Fix, Label, Sink
from packc.diagnostics.rules.answers import NoCorrectChoice, OneChoice, SameChoice
from packc.diagnostics.rules.choices import UnpinnedAll, WeightContradicts
from packc.diagnostics.rules.keys import CannotBeTyped, NoAcceptedAnswer, NothingEarnsAll, SameAnswer
from packc.diagnostics.rules.kinds import RubricSum
from packc.diagnostics.rules.order import NoBlank, NoRightEntry
from packc.render.plain import PLAIN
from packc.source import Span
from packc.words import ENGLISH, Words

A = TypeVar("A", Accepted, Number)

_SHARE_SLACK = Decimal(1)  # thirds do not add up to 100 % in decimals
_LETTER = r"\(?[A-Hأبجدهوزح]\)?"
_ANY_LETTER = "ABأب"  # stands for any letter of a choice
_LONGEST_ABOUT_OTHERS = 60  # characters of a choice that speaks of others


def check_answers(pack: Pack, sink: Sink, words: Words = ENGLISH) -> None:
    """Report questions of a kind that is graded which cannot be answered, or not for all of their points.

    `words`: those of the pack's language.
    """
    causes = Causes(pack, sink)
    for question in questions(pack):
        if not causes:
            _check_key(question, sink, words)
            continue
        own = Sink()
        _check_key(question, own, words)
        for found in own:
            if not causes.explain(found.code, question):
                sink.report(found.rule, found.span, labels=found.labels, fix=found.fix)


def _check_key(question: Question, sink: Sink, words: Words) -> None:
    match question:
        case ChoiceQuestion():
            _check_choices(question, sink, words)
        case ShortAnswerQuestion() | NumericQuestion():
            check_typed(question.key, question.places.get("answer", question.span), sink)
        case ClozeQuestion():
            _check_blanks(question, sink)
        case MatchingQuestion() | CategorisingQuestion():
            check_pairs(question, sink)
        case OrderingQuestion():
            check_order(question, sink)
        case OpenQuestion():
            _check_rubric(question, sink)
        case TrueFalseQuestion():
            pass
        case _:
            assert_never(question)


def _check_choices(question: ChoiceQuestion, sink: Sink, words: Words) -> None:
    if len(question.choices) == 1:
        sink.report(OneChoice(question.id), question.choices[0].span)
    if not any(choice.correct for choice in question.choices):
        span = question.choices[0].span if question.choices else question.span
        sink.report(NoCorrectChoice(question.id, len(question.choices)), span)
    texts = [PLAIN.blocks(choice.blocks) for choice in question.choices]
    if len(set(texts)) < len(texts):  # equal choices have equal texts
        for choice, first in first_of_equal(question.choices, _choice_text):
            labels = (Label(first.span, "the first one is here"),) if first.span else ()
            sink.report(SameChoice(), choice.span, labels=labels)
    _check_weights(question, sink)
    if question.shuffle is not False:
        for choice, said in zip(question.choices, texts, strict=True):
            if choice.pin is Pin.NONE and _is_about_others(said, words.about_others):
                text = choice.blocks[-1].span
                has_brace = choice.weight is not None
                fix = None
                if text is not None and not has_brace:
                    end = text._replace(start=text.end)
                    fix = Fix.replacing(end, " {.last}", "pin it with `{.last}`", safe=False)
                sink.report(UnpinnedAll(), choice.span, fix=fix)


def _choice_text(choice: Choice) -> object:
    return choice.blocks if PLAIN.blocks(choice.blocks).strip() else None


def _is_about_others(said: str, phrases: str) -> bool:
    # Compiling the pattern takes longer than reading five questions, and most choices rule it out.
    begins, known = said.lstrip()[:2].upper(), _beginnings(phrases)
    may_be = not begins.isascii() or begins[:1] == "(" or not begins[1:].isalnum()
    if known and begins not in known and not may_be:
        return False
    text = " ".join(said.split()).removesuffix(".")
    return 0 < len(text) < _LONGEST_ABOUT_OTHERS and _about_others(phrases).match(text) is not None


@cache
def _beginnings(phrases: str) -> frozenset[str]:
    """Return the first two letters of the phrases, in upper case; none if some are not of ASCII."""
    found = frozenset(phrase.strip()[:2].upper() for phrase in phrases.split("|"))
    return found if all(map(str.isascii, found)) else frozenset()


@cache
def _about_others(phrases: str) -> re.Pattern[str]:
    """Return the pattern of the texts that begin with one of `phrases`, which bars part.

    A phrase with letters is nearly all of the text: `A and B are right`, but not `A and B share a border`.
    """
    patterns = []
    for phrase in phrases.split("|"):
        words = phrase.split()
        letters = [_LETTER if len(word) == 1 and word in _ANY_LETTER else re.escape(word) for word in words]
        rest = r"(?: \w+){0,2}$" if _LETTER in letters else r"\b"
        patterns.append(" ".join(letters) + rest)
    return re.compile("|".join(patterns), re.IGNORECASE)


def _check_weights(question: ChoiceQuestion, sink: Sink) -> None:
    for choice in question.choices:
        weight = choice.weight
        if weight is not None and (weight <= 0 if choice.correct else weight >= HUNDRED):
            sink.report(WeightContradicts(str(weight)), choice.span)
            return
    right = [choice for choice in question.choices if choice.correct]
    weights = [choice.weight for choice in right if choice.weight is not None]
    if not weights:
        return
    if question.multiple:
        # A right choice without a weight earns what is usual: an equal share.
        total = sum(weights) + (len(right) - len(weights)) * HUNDRED / len(right)
    else:
        total = max(weights)
    if abs(total - HUNDRED) > _SHARE_SLACK:
        sink.report(NothingEarnsAll(_shown(total)), right[0].span)


def check_typed(key: BlankKey, span: Span | None, sink: Sink) -> None:
    """Report a key, of a question or a blank at `span`, that nothing fits or that is unclear."""
    match key:
        case TextKey():
            if not key.accepted:
                sink.report(NoAcceptedAnswer(), span)
            for accepted in key.accepted:
                _check_typable(accepted.children, accepted.span or span, sink)
            _check_equal_answers(key.accepted, _accepted_text(case=key.case), span, sink)
            _check_best(key.accepted, span, sink)
        case NumberKey():
            _check_equal_answers(key.numbers, _bounds, span, sink)
            _check_best(key.numbers, span, sink)
        case DropdownKey():
            right = sum(option.correct for option in key.options)
            if right != 1 or len(key.options) < 2:
                sink.report(NoRightEntry(len(key.options), right), span)
        case _:
            assert_never(key)


def _check_typable(children: Inlines, span: Span | None, sink: Sink) -> None:
    for node in walk(children):
        if isinstance(node, Math | Image):
            sink.report(CannotBeTyped("a formula" if isinstance(node, Math) else "an image"), span)
            return


def _accepted_text(*, case: bool) -> Callable[[Accepted], object]:
    def text(accepted: Accepted) -> object:
        said = " ".join(PLAIN.inlines(accepted.children).split())
        return said if case else said.casefold()

    return text


def _bounds(number: Number) -> object:
    return number.bounds


def _check_equal_answers(
    answers: Sequence[A], meaning: Callable[[A], object], span: Span | None, sink: Sink
) -> None:
    for answer, first in first_of_equal(answers, meaning):
        labels = (Label(first.span, "the first one is here"),) if first.span else ()
        sink.report(SameAnswer(), answer.span or span, labels=labels)


def _check_best(answers: Sequence[Accepted | Number], span: Span | None, sink: Sink) -> None:
    weights = [HUNDRED if answer.weight is None else answer.weight for answer in answers]
    if weights and max(weights) != HUNDRED:
        sink.report(NothingEarnsAll(_shown(max(weights))), answers[0].span or span)


def _check_blanks(question: ClozeQuestion, sink: Sink) -> None:
    blanks = [node for node in walk(question.text) if isinstance(node, Blank)]
    if not blanks:
        sink.report(NoBlank(), question.text[0].span if question.text else question.span)
    for blank in blanks:
        check_typed(blank.key, blank.span, sink)


def _check_rubric(question: OpenQuestion, sink: Sink) -> None:
    points = [criterion.points for criterion in question.rubric if criterion.points is not None]
    if question.points is None or not points or len(points) < len(question.rubric):
        return
    if sum(points) != question.points:
        place = question.places.get("rubric", question.span)
        sink.report(RubricSum(_shown(sum(points, Decimal(0))), _shown(question.points)), place)


def _shown(number: Decimal) -> str:
    """Return a number without zeros at its end, and with two decimals at most."""
    text = f"{number:.2f}"
    return text.rstrip("0").rstrip(".")
