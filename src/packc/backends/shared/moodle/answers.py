"""What Moodle's grades make of answers, and which questions its import would trip over (facts: Moodle 4.5).

One question beyond a limit stops or kills a whole import, so what cannot be imported is refused here.
"""

from __future__ import annotations

from decimal import Decimal

from packc.ast.keys import HUNDRED, Accepted, Number, NumberKey
from packc.ast.question import (
    CategorisingQuestion,
    Choice,
    ChoiceQuestion,
    MatchingQuestion,
    OrderingQuestion,
)
from packc.ast.richtext import Inlines
from packc.backends.base import Loss
from packc.backends.shared.moodle import grades
from packc.backends.shared.moodle.html import MoodleRenderer
from packc.backends.shared.moodle.losses import DIGITS, RIGHT_WEIGHT, WEIGHT
from packc.named import NamedTuple
from packc.render.plain import PLAIN

MAX_RIGHT = 10  # 1/n is in Moodle's fixed list of grades for n = 1 to 10
MAX_PARTNER = 255  # characters of the text that a stem is matched with
ZERO = Decimal(0)


def choices_refusal(question: ChoiceQuestion, renderer: MoodleRenderer) -> str:
    """Return why a question with these choices cannot be imported, or ""."""
    right = sum(choice.correct for choice in question.choices)
    if len(question.choices) < 2:
        return "Moodle's import dies at a question with less than two choices"
    if right == 0:
        return "none of its choices is right"
    if right > MAX_RIGHT and any(choice.correct and choice.weight is None for choice in question.choices):
        return f"Moodle can share the mark among {MAX_RIGHT} right choices at most, and this has {right}"
    if not all(renderer.shows(choice.blocks) for choice in question.choices):
        return "Moodle drops an empty choice"
    return ""


def choice_grade(question: ChoiceQuestion, choice: Choice, losses: list[Loss]) -> Decimal:
    """Return what a choice earns or costs, in percent, as Moodle's list has it.

    In a multiple-choice question without weights the right choices share 100 % and the wrong ones share
    -100 %: who ticks everything gets nothing, and guessing gains nothing on average. Past ten wrong choices
    each costs 10 %, the least that Moodle's list has and still at least their share.
    """
    if not question.multiple and choice.correct:
        if choice.weight not in (None, HUNDRED):
            losses.append(RIGHT_WEIGHT.at(choice.span))
        return HUNDRED
    if choice.weight is not None:
        return grade(choice, losses)
    if not question.multiple:
        return ZERO
    right = sum(one.correct for one in question.choices)
    wrong = len(question.choices) - right
    return _share(right) if choice.correct else -_share(min(max(wrong, 1), MAX_RIGHT))


def _share(parts: int) -> Decimal:
    return grades.nearest_grade(HUNDRED / parts)[0]


def grade(answer: Choice | Accepted | Number, losses: list[Loss]) -> Decimal:
    """Return what an answer earns, in percent; a weight that Moodle's list lacks is a loss."""
    weight = HUNDRED if answer.weight is None else answer.weight
    nearest, same = grades.nearest_grade(weight)
    if not same:
        how = f"the nearest one of Moodle's list is {grades.plain(nearest)} %"
        losses.append(WEIGHT.at(answer.span, f"the weight {grades.plain(weight)} %", how))
    return nearest


class Band(NamedTuple):
    """A number as Moodle takes it: the value in the middle, and how far off an answer may be."""

    number: Number
    centre: str
    off: str


def bands(key: NumberKey, losses: list[Loss]) -> tuple[tuple[Band, ...], str]:
    """Return the numbers of a key, or else why Moodle cannot compute with them."""
    if not key.numbers:
        return (), "it has no answer"
    found = []
    for number in key.numbers:
        fault = grades.number_fault(number)
        if "compute" in fault:
            return (), fault
        value, off = grades.centre_and_half_width(number)
        if fault:
            losses.append(DIGITS.at(number.span, f"the number {grades.plain(value)}", fault))
        found.append(Band(number, grades.plain(value), grades.plain(off)))
    return tuple(found), ""


def pairs_refusal(question: MatchingQuestion | CategorisingQuestion, renderer: MoodleRenderer) -> str:
    """Return why these pairs cannot be imported, or ""."""
    if len(question.pairs) < 2:
        return "Moodle's import dies at a matching question with less than two pairs"
    if not all(renderer.inlines(pair.left).strip() for pair in question.pairs):
        return "a text to be matched is empty"
    return next((fault for right in rights(question) if (fault := _partner_fault(right))), "")


def rights(question: MatchingQuestion | CategorisingQuestion) -> tuple[Inlines, ...]:
    """Return the right-hand texts, those of the pairs first."""
    return (*(pair.right for pair in question.pairs), *question.distractors)


def partner(right: Inlines) -> str:
    """Return a right-hand text as Moodle shows it: plain."""
    return PLAIN.inlines(right).strip()


def _partner_fault(right: Inlines) -> str:
    text = partner(right)
    if not text:
        return "a text has nothing to be matched with, and Moodle then loses every later question"
    if len(text) > MAX_PARTNER:
        return f"the text that a partner is chosen from ends at {MAX_PARTNER} characters"
    return ""


def items_refusal(question: OrderingQuestion, items: list[str]) -> str:
    """Return why `items`, as rendered, cannot be put in order in Moodle, or ""."""
    if len(question.items) < 2:
        return "Moodle loses every later question at an order of less than two items"
    return "" if all(item.strip() for item in items) else "an item to be put in order is empty"
