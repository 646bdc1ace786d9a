"""What each kind of question becomes in Moodle XML.

One function says it for the file and for the loss report, so that both always agree.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import count
from typing import assert_never

from packc.ast.keys import HUNDRED
from packc.ast.question import (
    CategorisingQuestion,
    ChoiceQuestion,
    ClozeQuestion,
    Criterion,
    MatchingQuestion,
    NumericQuestion,
    OpenQuestion,
    OrderingQuestion,
    Pin,
    Question,
    ShortAnswerQuestion,
    Side,
    TrueFalseQuestion,
)
from packc.ast.richtext import Blocks
from packc.backends.base import Loss
from packc.backends.moodle.cloze import cloze
from packc.backends.moodle.losses import HINTS
from packc.backends.moodle.lowered import Answer, Lowered, Verdicts
from packc.backends.moodle.richtext import XmlRenderer
from packc.backends.shared.moodle import answers as moodle_answers
from packc.backends.shared.moodle.grades import plain
from packc.backends.shared.moodle.losses import (
    ANSWER,
    SHOWN_ORDER,
    formatting_losses,
    grader_losses,
    twin_losses,
    verdict_losses,
)
from packc.backends.shared.moodle.texts import Texts
from packc.render.plain import PLAIN

ZERO = Decimal(0)
DEFAULT_LINES = 15  # what Moodle's own form proposes


def lower(question: Question, texts: Texts, renderer: XmlRenderer) -> Lowered:
    """Return what `question` becomes, with its losses."""
    found = _lower(question, texts, renderer)
    asks = renderer.shows(question.prompt) or isinstance(question, ClozeQuestion)
    if not (found.refusal or asks):
        return found._replace(refusal="it asks nothing")
    if isinstance(question, OpenQuestion):
        return found
    return found._replace(losses=(*found.losses, *grader_losses(question)))


def _lower(question: Question, texts: Texts, renderer: XmlRenderer) -> Lowered:
    match question:
        case OpenQuestion():
            return _open(question, texts, renderer)
        case ChoiceQuestion():
            return _choices(question, renderer)
        case TrueFalseQuestion():
            return _true_false(question, renderer)
        case ShortAnswerQuestion():
            return _short(question, renderer)
        case NumericQuestion():
            return _numeric(question, renderer)
        case ClozeQuestion():
            return cloze(question, renderer)
        case MatchingQuestion() | CategorisingQuestion():
            return _matching(question, renderer)
        case OrderingQuestion():
            return _ordering(question, renderer)
        case _:
            assert_never(question)


def _open(question: OpenQuestion, texts: Texts, renderer: XmlRenderer) -> Lowered:
    settings = [
        ("responseformat", "editor"),
        ("responserequired", "1"),
        ("responsefieldlines", str(question.lines or DEFAULT_LINES)),
    ]
    limits = (("minwordlimit", question.least_words), ("maxwordlimit", question.most_words))
    settings += [(name, str(limit)) for name, limit in limits if limit is not None]
    settings += [("attachments", "0"), ("attachmentsrequired", "0"), ("maxbytes", "0"), ("filetypeslist", "")]
    losses = [*verdict_losses(question)]
    losses += [HINTS.at(hint[0].span) for hint in question.hints if hint]
    graders = _rubric(question.rubric, texts, renderer) + texts.notes(question, Side.GRADERS)
    return Lowered("essay", losses=tuple(losses), settings=tuple(settings), graders=graders)


def _rubric(rubric: tuple[Criterion, ...], texts: Texts, renderer: XmlRenderer) -> str:
    items = ""
    for criterion in rubric:
        points = f"({plain(criterion.points)}) " if criterion.points is not None else ""
        items += f"<li>{points}{renderer.compact(criterion.blocks)}</li>"
    return f"{renderer.titled(texts.words.rubric, ())}<ul>{items}</ul>" if items else ""


def _choices(question: ChoiceQuestion, renderer: XmlRenderer) -> Lowered:
    """Moodle shuffles all choices or none, so a pinned one keeps its question in the author's order."""
    if refusal := moodle_answers.choices_refusal(question, renderer):
        return Lowered("multichoice", refusal)
    losses: list[Loss] = []
    choices = question.choices
    shuffle = question.shuffle is not False
    if shuffle and any(choice.pin is not Pin.NONE for choice in choices):
        choices = tuple(sorted(choices, key=lambda choice: _PINNED.get(choice.pin, 0)))
        shuffle = False
    answers = tuple(
        Answer(
            moodle_answers.choice_grade(question, choice, losses),
            renderer.compact(choice.blocks),
            renderer.compact(choice.feedback),
            rich=True,
        )
        for choice in choices
    )
    settings = (
        ("single", _flag(not question.multiple)),
        ("shuffleanswers", _flag(shuffle)),
        ("answernumbering", "abc"),
        ("showstandardinstruction", "1"),
    )
    return Lowered(
        "multichoice", "", tuple(losses), verdicts=Verdicts.COMBINED, settings=settings, answers=answers
    )


_PINNED = {Pin.FIRST: -1, Pin.LAST: 1}


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _true_false(question: TrueFalseQuestion, renderer: XmlRenderer) -> Lowered:
    answers = tuple(
        Answer(
            HUNDRED if question.answer is value else ZERO,
            _flag(value),
            _verdict(question, question.answer is value, renderer),
        )
        for value in (True, False)
    )
    return Lowered("truefalse", verdicts=Verdicts.ANSWERS, answers=answers)


def _verdict(question: Question, right: bool, renderer: XmlRenderer) -> str:
    said: Blocks = question.feedback.right if right else question.feedback.wrong
    return renderer.compact(said).strip()


def _short(question: ShortAnswerQuestion, renderer: XmlRenderer) -> Lowered:
    losses: list[Loss] = []
    answers = []
    for accepted in question.key.accepted:
        text = PLAIN.inlines(accepted.children).strip()
        if not text:
            losses.append(ANSWER.at(accepted.span, f"the answer {text!r}", "it is empty"))
            continue
        grade = moodle_answers.grade(accepted, losses)
        said = _verdict(question, True, renderer) if grade == HUNDRED else ""
        # `*` is Moodle's wild card; a backslash makes it a character.
        answers.append(Answer(grade, text.replace("*", "\\*"), said))
    if not any(answer.grade == HUNDRED for answer in answers):
        return Lowered("shortanswer", "no answer is left that earns all the points, and Moodle stops there")
    return Lowered(
        "shortanswer",
        "",
        tuple(losses),
        verdicts=Verdicts.ANSWERS,
        settings=(("usecase", "1" if question.key.case else "0"),),
        answers=(*answers, *_anything_else(question, renderer)),
    )


def _anything_else(question: Question, renderer: XmlRenderer) -> Iterator[Answer]:
    """Yield the answer that says what to tell whoever gave no other one."""
    if said := _verdict(question, False, renderer):
        yield Answer(ZERO, "*", said)


def _numeric(question: NumericQuestion, renderer: XmlRenderer) -> Lowered:
    losses: list[Loss] = []
    bands, refusal = moodle_answers.bands(question.key, losses)
    if refusal:
        return Lowered("numerical", refusal)
    graded = [(band, moodle_answers.grade(band.number, losses)) for band in bands]
    best = max((grade for _, grade in graded))
    right = _verdict(question, True, renderer)
    answers = [
        Answer(grade, band.centre, right if grade == best else "", tolerance=band.off)
        for band, grade in graded
    ]
    other = (answer._replace(tolerance="0") for answer in _anything_else(question, renderer))
    unit = question.key.unit
    settings = (
        ("unitgradingtype", "0"),  # typing the unit is allowed, and never asked for
        ("unitpenalty", "0.1"),
        ("showunits", "0" if unit else "3"),
        ("unitsleft", "0"),
    )
    return Lowered(
        "numerical",
        "",
        tuple(losses),
        verdicts=Verdicts.ANSWERS,
        settings=settings,
        answers=(*answers, *other),
        unit=unit,
    )


def _matching(question: MatchingQuestion | CategorisingQuestion, renderer: XmlRenderer) -> Lowered:
    if refusal := moodle_answers.pairs_refusal(question, renderer):
        return Lowered("matching", refusal)
    pairs = [(renderer.inlines(pair.left), moodle_answers.partner(pair.right)) for pair in question.pairs]
    pairs += [("", moodle_answers.partner(distractor)) for distractor in question.distractors]
    return Lowered(
        "matching",
        losses=tuple(formatting_losses(moodle_answers.rights(question), question.span)),
        verdicts=Verdicts.COMBINED,
        settings=(("shuffleanswers", _flag(question.shuffle is not False)),),
        pairs=tuple(pairs),
    )


def _ordering(question: OrderingQuestion, renderer: XmlRenderer) -> Lowered:
    """Moodle knows an item by its HTML, so an item that occurs twice is written a little differently."""
    items = [renderer.compact(item.blocks) for item in question.items]
    if refusal := moodle_answers.items_refusal(question, items):
        return Lowered("ordering", refusal)
    losses = [*twin_losses(question, items)]
    if question.shuffle is False:
        losses.append(SHOWN_ORDER.at(question.places.get("shuffle", question.span)))
    seen: set[str] = set()
    answers = []
    for place, item in zip(count(1), items, strict=False):
        html = item
        while html.strip() in seen:
            html = f"<span>{html}</span>"
        seen.add(html.strip())
        answers.append(Answer(Decimal(place), html, rich=True))
    settings = (
        ("layouttype", "VERTICAL"),
        ("selecttype", "ALL"),
        ("selectcount", str(len(items))),
        ("gradingtype", "ABSOLUTE_POSITION"),
        ("showgrading", "SHOW"),
        ("numberingstyle", "none"),
    )
    return Lowered(
        "ordering",
        "",
        tuple(losses),
        verdicts=Verdicts.COMBINED,
        settings=settings,
        answers=tuple(answers),
    )
