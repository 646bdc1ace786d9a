"""Items in the shapes that some importers insist on."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from packc.backends.qti.elements import Element
from packc.backends.qti.model import (
    RESPONSE,
    Entered,
    Entry,
    Exact,
    Feedback,
    Graders,
    Item,
    Mapped,
    Response,
    Scheme,
    Shown,
)
from packc.backends.qti.processing import Processing
from packc.backends.qti.profile import Importer

TEMPLATES = "http://www.imsglobal.org/question/qti_v2p1/rptemplates/"
_ONE = Decimal(1)


class Verdict:
    """Inspera's outcome and its values."""

    OUTCOME = "FEEDBACK"
    UNANSWERED = "feedback_unanswered"
    WRONG = "feedback_wrong"
    PARTLY = "feedback_partially_correct"
    CORRECT = "feedback_correct"
    ANSWERED = "feedback_answered"  # of what people score


def shaped(item: Item, importer: Importer) -> Item:
    """Return `item` as an importer takes it."""
    match importer:
        case Importer.BLACKBOARD:
            return _for_blackboard(item)
        case Importer.INSPERA:
            return replace(item, feedback=_verdicts(item))
        case _:
            return item


def _for_blackboard(item: Item) -> Item:
    """Without feedback, and with the one response that the standard's templates score."""
    body = tuple(part for part in item.body if not isinstance(part, Graders))
    inline = {
        name: Entered(RESPONSE) if isinstance(one, Entered) else one for name, one in item.inline.items()
    }
    responses = tuple(_by_template(response) for response in item.responses)
    return replace(item, body=body, inline=inline, responses=responses, feedback=())


def _by_template(response: Response) -> Response:
    """A template gives one point for the right answer; any other number of points is a mapping's."""
    scoring = response.scoring
    if isinstance(scoring, Exact) and scoring.points != _ONE:
        entries = tuple(Entry(value, scoring.points) for value in response.correct)
        scoring = Mapped(entries, Decimal(0), scoring.points)
    return response._replace(identifier=RESPONSE, scoring=scoring)


def template(scheme: Scheme) -> str:
    """Return the address of the template that scores such items, or '' where people do."""
    if not scheme.scored:
        return ""
    exact = isinstance(scheme.scored[0].scoring, Exact)
    return TEMPLATES + ("match_correct" if exact else "map_response")


def _verdicts(item: Item) -> tuple[Feedback, ...]:
    """Return one feedback for each outcome, made of what is said in any case and of that verdict."""
    said = {one.value: one.xhtml for one in item.feedback if one.outcome != Shown.CHOICE}
    general = said.get(Shown.GENERAL_VALUE, "")
    right, wrong = said.get(Shown.RIGHT_VALUE, ""), said.get(Shown.WRONG_VALUE, "")
    if not item.scheme.scored:
        texts = {Verdict.UNANSWERED: general, Verdict.ANSWERED: general}
    else:
        texts = {
            Verdict.UNANSWERED: wrong + general,
            Verdict.WRONG: wrong + general,
            Verdict.PARTLY: wrong + general,
            Verdict.CORRECT: right + general,
        }
    return tuple(Feedback(Verdict.OUTCOME, value, xhtml) for value, xhtml in texts.items() if xhtml)


def verdict_rules(scoring: Processing) -> list[Element]:
    """Return the rules by which Inspera knows how an answer was."""
    make, scheme = scoring.make, scoring.scheme
    asked = scheme.scored or scheme.responses
    empty = [make("isNull", scoring.variable(response.identifier)) for response in asked]
    unanswered = make("responseIf", make("and", *empty), _set(scoring, Verdict.UNANSWERED))
    if not scheme.scored:
        return [scoring.condition(unanswered, make("responseElse", _set(scoring, Verdict.ANSWERED)))]
    whole = make("gte", scoring.score(), scoring.nearly_all())
    some = make("gt", scoring.score(), scoring.number(Decimal(0)))
    return [
        scoring.condition(
            unanswered,
            make("responseElseIf", whole, _set(scoring, Verdict.CORRECT)),
            make("responseElseIf", some, _set(scoring, Verdict.PARTLY)),
            make("responseElse", _set(scoring, Verdict.WRONG)),
        )
    ]


def _set(scoring: Processing, value: str) -> Element:
    return scoring.set_identifier(Verdict.OUTCOME, value)
