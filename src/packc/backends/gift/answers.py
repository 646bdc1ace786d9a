"""What stands between the braces of a GIFT question, kind by kind.

One function says it for the file and for the loss report, so that both always agree. Facts: Moodle 4.5. One
question beyond a limit stops or kills the whole import, so what cannot be said is refused here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from packc.ast.keys import HUNDRED, Accepted, Number
from packc.ast.question import (
    CategorisingQuestion,
    Choice,
    ChoiceQuestion,
    ClozeQuestion,
    MatchingQuestion,
    NumericQuestion,
    OpenQuestion,
    OrderingQuestion,
    Question,
    ShortAnswerQuestion,
    TrueFalseQuestion,
)
from packc.ast.richtext import Blocks, Inlines, SoftBreak, Text
from packc.backends import moodle_grades as grades
from packc.backends.base import Level, Loss
from packc.backends.gift import escape
from packc.backends.moodle_html import MoodleRenderer
from packc.render.neutral import neutral
from packc.render.plain import PLAIN

MAX_RIGHT = 10  # 1/n is in Moodle's fixed list of grades for n = 1 to 10
MAX_MATCH = 255  # characters of the text that a stem is matched with


class Said(NamedTuple):
    """The answers of one question: one line each, what is lost, or why it cannot be said at all.

    `carries_verdicts`: the lines hold the feedback on right and on wrong answers. `glued`: no white space
    may stand around them.
    """

    lines: tuple[str, ...] = ()
    losses: tuple[Loss, ...] = ()
    refusal: str = ""
    carries_verdicts: bool = False
    glued: bool = False


def answers(question: Question, renderer: MoodleRenderer) -> Said:
    """Return how GIFT says the answers of `question`."""
    match question:
        case OpenQuestion():
            return Said()
        case ChoiceQuestion():
            return _choices(question, renderer)
        case TrueFalseQuestion():
            return _true_false(question, renderer)
        case ShortAnswerQuestion():
            return _short(question, renderer)
        case NumericQuestion():
            return _numeric(question, renderer)
        case MatchingQuestion():
            return _matching(question, renderer)
        case CategorisingQuestion():
            return _matching(question, renderer)
        case OrderingQuestion():
            return _ordering(question, renderer)
        case ClozeQuestion():
            return Said(refusal="GIFT has no way to say a cloze")


def verdict(question: Question, renderer: MoodleRenderer) -> Said:
    """Return what `answers` does, but perhaps without the lines: quick for banks of choices."""
    if not isinstance(question, ChoiceQuestion):
        return answers(question, renderer)
    refusal = _choices_refusal(question, renderer)
    losses: list[Loss] = []
    if not refusal:
        for choice in question.choices:
            _mark(question, choice, losses)
    return Said(losses=tuple(losses), refusal=refusal)


def _choices(question: ChoiceQuestion, renderer: MoodleRenderer) -> Said:
    found = verdict(question, renderer)
    if found.refusal:
        return found
    lines = []
    for choice in question.choices:
        text = escape.text(renderer.compact(choice.blocks))
        lines.append(f"{_mark(question, choice, [])}[html]{text}{_said(choice.feedback, renderer)}")
    return found._replace(lines=tuple(lines))


def _choices_refusal(question: ChoiceQuestion, renderer: MoodleRenderer) -> str:
    right = sum(choice.correct for choice in question.choices)
    if len(question.choices) < 2:
        return "Moodle's import dies at a question with less than two choices"
    if right == 0:
        return "none of its choices is right"
    if right > MAX_RIGHT and any(choice.correct and choice.weight is None for choice in question.choices):
        return f"GIFT can share the mark among {MAX_RIGHT} right choices at most, and this has {right}"
    if not all(renderer.shows(choice.blocks) for choice in question.choices):
        return "Moodle drops an empty choice"
    return ""


def _mark(question: ChoiceQuestion, choice: Choice, losses: list[Loss]) -> str:
    """Return what stands before a choice.

    In a multiple-choice question without weights the right choices share 100 % and the wrong ones share
    -100 %: who ticks everything gets nothing, and guessing gains nothing on average. Past ten wrong choices
    each costs 10 %, the least that Moodle's list has and still at least their share.
    """
    if not question.multiple and choice.correct:
        if choice.weight not in (None, HUNDRED):
            how = "the right answer of a single choice always earns all the points"
            losses.append(Loss("the weight of the right choice", Level.DROPPED, how, choice.span))
        return "="
    if choice.weight is not None:
        return "~" + _grade(choice, losses)
    if not question.multiple:
        return "~"
    right = sum(one.correct for one in question.choices)
    wrong = len(question.choices) - right
    if choice.correct:
        return f"~%{_share(right)}%"
    return f"~%-{_share(min(max(wrong, 1), MAX_RIGHT))}%"


def _share(parts: int) -> str:
    """Return 100/parts as Moodle's list of grades has it: five decimals, for 1 to 10 parts."""
    return f"{100 / parts:.5f}".rstrip("0").rstrip(".")


def _grade(answer: Choice | Accepted | Number, losses: list[Loss]) -> str:
    weight = HUNDRED if answer.weight is None else answer.weight
    grade, same = grades.nearest_grade(weight)
    if not same:
        how = f"the nearest one of Moodle's list is {grades.plain(grade)} %"
        losses.append(Loss(f"the weight {grades.plain(weight)} %", Level.DEGRADED, how, answer.span))
    return grades.percent(grade)


def _true_false(question: TrueFalseQuestion, renderer: MoodleRenderer) -> Said:
    """`{TRUE#when wrong#when right}`: Moodle reads exactly these words, with nothing around them."""
    word = "TRUE" if question.answer else "FALSE"
    right = _said(question.feedback.right, renderer)
    wrong = _said(question.feedback.wrong, renderer) or ("#" if right else "")
    return Said((f"{word}{wrong}{right}",), carries_verdicts=True, glued=True)


def _short(question: ShortAnswerQuestion, renderer: MoodleRenderer) -> Said:
    losses: list[Loss] = []
    lines = []
    whole = False
    right = _said(question.feedback.right, renderer)
    for answer in question.key.accepted:
        text = PLAIN.inlines(answer.children).strip()
        if fault := _typed_fault(text):
            losses.append(Loss(f"the answer {text!r}", Level.DROPPED, fault, answer.span))
            continue
        grade = _grade(answer, losses)
        full = grade == "%100%"
        whole = whole or full
        # `*` is Moodle's wild card; a backslash makes it a character.
        lines.append(f"={grade}[plain]{escape.text(text.replace('*', chr(92) + '*'))}{right if full else ''}")
    if not whole:
        return Said((), tuple(losses), "no answer is left that earns all the points, and Moodle stops there")
    wrong = _said(question.feedback.wrong, renderer)
    if wrong:
        lines.append(f"=%0%[plain]*{wrong}")  # whatever no other answer matches
    return Said(tuple(lines), tuple(losses), carries_verdicts=True)


def _typed_fault(text: str) -> str:
    if not text:
        return "it is empty"
    if "->" in text:
        return "an arrow makes a matching question of it, and GIFT has no way to write one otherwise"
    return "Moodle replaces what looks like its own placeholder" if escape.has_placeholder(text) else ""


def _numeric(question: NumericQuestion, renderer: MoodleRenderer) -> Said:
    losses: list[Loss] = []
    lines = ["#"]
    right = _said(question.feedback.right, renderer)
    for number in question.key.numbers:
        value, off = grades.centre_and_half_width(number)
        fault = grades.number_fault(number)
        if "compute" in fault:
            return Said(refusal=fault)
        if fault:
            losses.append(Loss(f"the number {grades.plain(value)}", Level.DEGRADED, fault, number.span))
        grade = _grade(number, losses)
        said = right if grade == "%100%" else ""
        lines.append(f"={grade}{grades.plain(value)}:{grades.plain(off)}{said}")
    if not question.key.numbers:
        return Said(refusal="it has no answer")
    wrong = _said(question.feedback.wrong, renderer)
    if wrong:
        lines.append(f"~{wrong}")
    return Said(tuple(lines), tuple(losses), carries_verdicts=True)


def _matching(question: MatchingQuestion | CategorisingQuestion, renderer: MoodleRenderer) -> Said:
    if len(question.pairs) < 2:
        return Said(refusal="Moodle's import dies at a matching question with less than two pairs")
    rights = [*(pair.right for pair in question.pairs), *question.distractors]
    refusal = next((fault for right in rights if (fault := _partner_fault(right))), "")
    if not refusal and not all(renderer.inlines(pair.left).strip() for pair in question.pairs):
        refusal = "a text to be matched is empty"
    if refusal:
        return Said(refusal=refusal)
    lines = [_pair(renderer.inlines(pair.left), pair.right) for pair in question.pairs]
    lines += [f"= -> {_partner(distractor)}" for distractor in question.distractors]
    return Said(tuple(lines), tuple(_formatting_losses(rights)))


def _pair(html: str, right: Inlines) -> str:
    return f"=[html]{escape.text(html)} -> {_partner(right)}"


def _partner(right: Inlines) -> str:
    return escape.text(PLAIN.inlines(right).strip())


def _partner_fault(right: Inlines) -> str:
    text = PLAIN.inlines(right).strip()
    if not text:
        return "a text has nothing to be matched with, and Moodle then loses every later question"
    if len(text) > MAX_MATCH:
        return f"the text that a partner is chosen from ends at {MAX_MATCH} characters"
    return "Moodle replaces what looks like its own placeholder" if escape.has_placeholder(text) else ""


def _formatting_losses(rights: Sequence[Inlines]) -> Iterator[Loss]:
    for right in dict.fromkeys(rights):
        formatted = next((node for node in right if not isinstance(node, Text | SoftBreak)), None)
        if formatted is not None:
            how = "Moodle shows the right-hand texts as plain text"
            yield Loss("formatting in a matching question", Level.DEGRADED, how, formatted.span)


def _ordering(question: OrderingQuestion, renderer: MoodleRenderer) -> Said:
    """GIFT's own ordering takes no special characters, so each item is matched with its place."""
    if len(question.items) < 2:
        return Said(refusal="Moodle loses every later question at an order of less than two items")
    items = [renderer.compact(item.blocks) for item in question.items]
    if not all(item.strip() for item in items):
        return Said(refusal="an item to be put in order is empty")
    places = range(1, len(items) + 1)
    lines = tuple(f"=[html]{escape.text(items[index])} -> {places[index]}" for index in neutral(items))
    return Said(lines)


def _said(feedback: Blocks, renderer: MoodleRenderer) -> str:
    html = renderer.compact(feedback).strip()
    return f"#[html]{escape.text(html)}" if html else ""
