"""What stands between the braces of a GIFT question, kind by kind.

One function says it for the file and for the loss report, so that both always agree. Facts: Moodle 4.5. One
question beyond a limit stops or kills the whole import, so what cannot be said is refused here.
"""

from __future__ import annotations

from packc.ast.keys import HUNDRED
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
from packc.ast.richtext import Blocks, Inlines
from packc.backends.base import Loss
from packc.backends.gift import escape
from packc.backends.gift.html import GiftRenderer
from packc.backends.shared.moodle import answers as moodle_answers
from packc.backends.shared.moodle.grades import percent
from packc.backends.shared.moodle.losses import ANSWER, formatting_losses, twin_losses
from packc.named import NamedTuple
from packc.render.neutral import neutral
from packc.render.plain import PLAIN


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


def answers(question: Question, renderer: GiftRenderer) -> Said:
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


def verdict(question: Question, renderer: GiftRenderer) -> Said:
    """Return what `answers` does, but perhaps without the lines: quick for banks of choices."""
    if not isinstance(question, ChoiceQuestion):
        return answers(question, renderer)
    refusal = moodle_answers.choices_refusal(question, renderer)
    losses: list[Loss] = []
    if not refusal:
        for choice in question.choices:
            if choice.weight is not None:  # else there is nothing to lose
                moodle_answers.choice_grade(question, choice, losses)
    return Said(losses=tuple(losses), refusal=refusal)


def _choices(question: ChoiceQuestion, renderer: GiftRenderer) -> Said:
    found = verdict(question, renderer)
    if found.refusal:
        return found
    lines = []
    for choice in question.choices:
        text = renderer.written(renderer.compact(choice.blocks))
        lines.append(f"{_mark(question, choice)}{text}{_said(choice.feedback, renderer)}")
    return found._replace(lines=tuple(lines))


def _mark(question: ChoiceQuestion, choice: Choice) -> str:
    """Return what stands before a choice; a `=` makes the question one of single choice."""
    if not question.multiple:
        if choice.correct:
            return "="
        if choice.weight is None:
            return "~"
    return f"~{percent(moodle_answers.choice_grade(question, choice, []))}"


def _true_false(question: TrueFalseQuestion, renderer: GiftRenderer) -> Said:
    """`{TRUE#when wrong#when right}`: Moodle reads exactly these words, with nothing around them."""
    word = "TRUE" if question.answer else "FALSE"
    right = _said(question.feedback.right, renderer)
    wrong = _said(question.feedback.wrong, renderer) or ("#" if right else "")
    return Said((f"{word}{wrong}{right}",), carries_verdicts=True, glued=True)


def _short(question: ShortAnswerQuestion, renderer: GiftRenderer) -> Said:
    losses: list[Loss] = []
    lines = []
    whole = False
    right = _said(question.feedback.right, renderer)
    for answer in question.key.accepted:
        text = PLAIN.inlines(answer.children).strip()
        if fault := _typed_fault(text):
            losses.append(ANSWER.at(answer.span, f"the answer {text!r}", fault))
            continue
        grade = moodle_answers.grade(answer, losses)
        full = grade == HUNDRED
        whole = whole or full
        # `*` is Moodle's wild card; a backslash makes it a character.
        typed = escape.text(text.replace("*", "\\*"))
        lines.append(f"={percent(grade)}[plain]{typed}{right if full else ''}")
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
    return _placeholder_fault(text)


def _placeholder_fault(text: str) -> str:
    return "Moodle replaces what looks like its own placeholder" if escape.has_placeholder(text) else ""


def _numeric(question: NumericQuestion, renderer: GiftRenderer) -> Said:
    losses: list[Loss] = []
    bands, refusal = moodle_answers.bands(question.key, losses)
    if refusal:
        return Said(refusal=refusal)
    lines = ["#"]
    right = _said(question.feedback.right, renderer)
    graded = [(band, moodle_answers.grade(band.number, losses)) for band in bands]
    best = max(grade for _, grade in graded)
    for band, grade in graded:
        said = right if grade == best else ""
        lines.append(f"={percent(grade)}{band.centre}:{band.off}{said}")
    wrong = _said(question.feedback.wrong, renderer)
    if wrong:
        lines.append(f"~{wrong}")
    return Said(tuple(lines), tuple(losses), carries_verdicts=True)


def _matching(question: MatchingQuestion | CategorisingQuestion, renderer: GiftRenderer) -> Said:
    rights = moodle_answers.rights(question)
    refusal = moodle_answers.pairs_refusal(question, renderer)
    refusal = refusal or next(
        (fault for right in rights if (fault := _placeholder_fault(moodle_answers.partner(right)))), ""
    )
    if refusal:
        return Said(refusal=refusal)
    lefts = (renderer.written(renderer.inlines(pair.left)) for pair in question.pairs)
    lines = [f"={left} -> {_partner(pair.right)}" for left, pair in zip(lefts, question.pairs, strict=True)]
    lines += [f"= -> {_partner(distractor)}" for distractor in question.distractors]
    return Said(tuple(lines), tuple(formatting_losses(rights)))


def _partner(right: Inlines) -> str:
    return escape.text(moodle_answers.partner(right))


def _ordering(question: OrderingQuestion, renderer: GiftRenderer) -> Said:
    """GIFT's own ordering takes no special characters, so each item is matched with its place."""
    items = [renderer.compact(item.blocks) for item in question.items]
    if refusal := moodle_answers.items_refusal(question, items):
        return Said(refusal=refusal)
    places = range(1, len(items) + 1)
    lines = tuple(f"={renderer.written(items[index])} -> {places[index]}" for index in neutral(items))
    return Said(lines, tuple(twin_losses(question, items)))


def _said(feedback: Blocks, renderer: GiftRenderer) -> str:
    html = renderer.compact(feedback).strip()
    return f"#{renderer.written(html)}" if html else ""
