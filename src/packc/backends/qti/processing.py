"""An item's response processing: how answers are scored, and which feedback they call up."""

from __future__ import annotations

from decimal import Decimal

from packc.backends.qti.model import Band, Exact, Item, Mapped, Near, Response, Shown
from packc.backends.qti.tree import Element, qti
from packc.backends.qti.typed import number_text

SCORE, MAXSCORE = "SCORE", "MAXSCORE"
_NEARLY_ALL = Decimal("0.999999")  # of the points: parts added up as doubles may miss them by a hair


def processing(item: Item) -> list[Element]:
    """Return the response processing, or nothing where an answer sets no outcome."""
    several = len(item.scored) > 1
    rules = [_score(response, item, several) for response in item.scored]
    rules += _hints(item)
    rules += _unless_hinted(item, _shown(item))
    return [qti("responseProcessing", *rules)] if rules else []


def _score(response: Response, item: Item, several: bool) -> Element:
    """Return the rule for one response; of `several`, each adds to the score."""
    name = response.identifier
    match response.scoring:
        case Exact():
            right = qti("match", _variable(name), qti("correct", identifier=name))
            whole = not several and response.scoring.points == item.points
            points = _variable(MAXSCORE) if whole else _float(response.scoring.points)
            return _condition(qti("responseIf", right, _set_score(points, several)))
        case Mapped():
            return _if_answered(name, _set_score(qti("mapResponse", identifier=name), several))
        case Near(bands=bands):
            return _bands(name, bands, several)
        case None:
            raise ValueError(f"nothing scores {name}")


def _bands(name: str, bands: tuple[Band, ...], several: bool) -> Element:
    branches = []
    for number, band in enumerate(bands):
        value = qti("correct", identifier=name) if number == 0 else _float_text(band.value)
        near = qti("and", _answered(name), _equal(_variable(name), value, band))
        tag = "responseElseIf" if number else "responseIf"
        branches.append(qti(tag, near, _set_score(_float(band.points), several)))
    return _condition(*branches)


def _equal(one: Element, other: Element, band: Band) -> Element:
    if band.exact:
        return qti("equal", one, other, toleranceMode="exact")
    return qti("equal", one, other, toleranceMode="absolute", tolerance=f"{band.below} {band.above}")


def _set_score(points: Element, several: bool) -> Element:
    value = qti("sum", _variable(SCORE), points) if several else points
    return qti("setOutcomeValue", value, identifier=SCORE)


def _hints(item: Item) -> list[Element]:
    """Each hint on its own: two players keep a request in mind through all later attempts."""
    rules = []
    for hint in item.hints:
        show = (_set_identifier(Shown.hint(shown), shown) for shown in hint.shows)
        rules.append(_condition(qti("responseIf", _variable(hint.response), *show)))
    return rules


def _unless_hinted(item: Item, rules: list[Element]) -> list[Element]:
    """Return `rules` for an answer. Whoever asks for a hint is still thinking, and sees no feedback.

    Only what is right already is told so; in the players that keep the request in mind, too.
    """
    if not item.hints or not rules:
        return rules
    thinking = qti("or", *(_variable(hint.response) for hint in item.hints))
    if item.scored:
        thinking = qti("and", thinking, qti("lt", _variable(SCORE), _nearly_all(item)))
    return [_condition(qti("responseIf", thinking), qti("responseElse", *rules))]


def _shown(item: Item) -> list[Element]:
    rules = []
    if item.shows(Shown.CHOICE):
        (response,) = item.scored
        chosen = _variable(response.identifier)
        if response.cardinality == "single":
            chosen = qti("multiple", chosen)
        show = qti("setOutcomeValue", chosen, identifier=Shown.CHOICE)
        rules.append(_if_answered(response.identifier, show))
    if item.shows(Shown.VERDICT):
        whole = qti("gte", _variable(SCORE), _nearly_all(item))
        right = qti("responseIf", whole, _set_identifier(Shown.VERDICT, Shown.RIGHT_VALUE))
        wrong = qti("responseElse", _set_identifier(Shown.VERDICT, Shown.WRONG_VALUE))
        rules.append(_condition(right, wrong))
    if item.shows(Shown.GENERAL):
        rules.append(_set_identifier(Shown.GENERAL, Shown.GENERAL_VALUE))
    return rules


def _nearly_all(item: Item) -> Element:
    return _float(item.points * _NEARLY_ALL)


def _set_identifier(outcome: str, value: str) -> Element:
    return qti("setOutcomeValue", _identifier(value), identifier=outcome)


def _if_answered(name: str, rule: Element) -> Element:
    return _condition(qti("responseIf", _answered(name), rule))


def _condition(*branches: Element) -> Element:
    return qti("responseCondition", *branches)


def _answered(name: str) -> Element:
    return qti("not", qti("isNull", _variable(name)))


def _variable(name: str) -> Element:
    return qti("variable", identifier=name)


def _identifier(value: str) -> Element:
    return qti("baseValue", text=value, baseType="identifier")


def _float(value: Decimal) -> Element:
    return _float_text(number_text(value))


def _float_text(value: str) -> Element:
    return qti("baseValue", text=value, baseType="float")
