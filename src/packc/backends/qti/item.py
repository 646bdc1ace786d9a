"""An item as XML: `assessmentItem`."""

from __future__ import annotations

from functools import partial
from typing import assert_never

from packc.backends.qti.model import (
    Choose,
    Entered,
    Feedback,
    Flow,
    Graders,
    HintButton,
    HintText,
    HintWords,
    Inline,
    Item,
    Mapped,
    Match,
    Option,
    Order,
    Part,
    Picked,
    Response,
    Shown,
    Write,
)
from packc.backends.qti.processing import MAXSCORE, SCORE, processing
from packc.backends.qti.tree import XML_LANG, Element, qti, rich
from packc.backends.qti.typed import number_text


def assessment_item(item: Item) -> Element:
    """Return the document of `item`."""
    root = qti(
        "assessmentItem",
        *(_declaration(response) for response in item.responses),
        *_outcomes(item),
        qti("itemBody", *(_part(part, item) for part in item.body)),
        *processing(item),
        *(_feedback(feedback) for feedback in item.feedback),
        identifier=item.identifier,
        title=item.title,
        adaptive="false",
        timeDependent="false",
    )
    if item.lang:
        root.set(XML_LANG, item.lang)
    return root


def _declaration(response: Response) -> Element:
    parts = []
    if response.correct:
        parts.append(qti("correctResponse", *(qti("value", text=value) for value in response.correct)))
    if isinstance(response.scoring, Mapped):
        parts.append(_mapping(response.scoring))
    return qti(
        "responseDeclaration",
        *parts,
        identifier=response.identifier,
        cardinality=response.cardinality,
        baseType=response.base_type,
    )


def _mapping(scoring: Mapped) -> Element:
    entries = []
    for entry in scoring.entries:
        node = qti("mapEntry", mapKey=entry.key, mappedValue=number_text(entry.value))
        if entry.case is not None:  # said on every entry, because readers disagree on the default
            node.set("caseSensitive", _boolean(entry.case))
        entries.append(node)
    low, high = number_text(scoring.low), number_text(scoring.high)
    return qti("mapping", *entries, lowerBound=low, upperBound=high, defaultValue="0")


def _outcomes(item: Item) -> list[Element]:
    points = number_text(item.points)
    declared = [
        _outcome(SCORE, "single", "float", "0", normalMaximum=points),
        _outcome(MAXSCORE, "single", "float", points),
    ]
    if item.shows(Shown.CHOICE):
        # With a default, because one player breaks on a NULL of cardinality multiple.
        declared.append(_outcome(Shown.CHOICE, "multiple", "identifier", "none"))
    single = [Shown.hint(hint.shows[-1]) for hint in item.hints]
    single += [name for name in (Shown.VERDICT, Shown.GENERAL) if item.shows(name)]
    return declared + [_outcome(name, "single", "identifier", "none") for name in single]


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


def _part(part: Part, item: Item) -> Element:
    match part:
        case Flow():
            style = {"class": part.css_class} if part.css_class else {}
            return rich("div", part.xhtml, lambda name: _inline(item.inline[name]), **style)
        case Choose():
            return _choose(part)
        case Order():
            options = (_option("simpleChoice", option) for option in part.options)
            return qti("orderInteraction", *options, **_asks(part.response), shuffle=_boolean(part.shuffle))
        case Match():
            return _match(part)
        case Write():
            lines = str(part.lines)
            return qti("extendedTextInteraction", **_asks(part.response), expectedLines=lines)
        case HintText():
            return rich(
                "feedbackBlock", part.xhtml, **_shown_by(Shown.hint(part.identifier), part.identifier)
            )
        case Graders():
            return rich("rubricBlock", part.xhtml, view="scorer", use="scoring")
        case _:
            assert_never(part)


def _choose(part: Choose) -> Element:
    return qti(
        "choiceInteraction",
        *(_option("simpleChoice", option) for option in part.options),
        **_asks(part.response),
        shuffle=_boolean(part.shuffle),
        maxChoices="0" if part.several else "1",
        minChoices="0",
    )


def _match(part: Match) -> Element:
    """A left text has one partner at most. A right one may have all, so that none is found by exclusion."""
    heads = [rich("prompt", part.heads)] if part.heads else []
    everything = str(max(len(part.left), 1))
    associable = partial(_option, "simpleAssociableChoice")
    left = qti("simpleMatchSet", *(associable(option, matchMax="1") for option in part.left))
    right = qti("simpleMatchSet", *(associable(option, matchMax=everything) for option in part.right))
    return qti(
        "matchInteraction",
        *heads,
        left,
        right,
        **_asks(part.response),
        shuffle=_boolean(part.shuffle),
        maxAssociations=everything,
        minAssociations="0",
    )


def _option(tag: str, option: Option, **more: str) -> Element:
    if option.fixed:
        more["fixed"] = "true"
    return rich(tag, option.xhtml, identifier=option.identifier, **more)


def _inline(inline: Inline) -> Element:
    match inline:
        case Entered():
            return qti("textEntryInteraction", **_asks(inline.response))
        case Picked():
            choices = (qti("inlineChoice", text=text, identifier=name) for name, text in inline.options)
            shuffle = _boolean(inline.shuffle)
            return qti("inlineChoiceInteraction", *choices, **_asks(inline.response), shuffle=shuffle)
        case HintButton():
            return qti(
                "endAttemptInteraction", **_asks(inline.response), title=inline.title, countAttempt="false"
            )
        case HintWords():
            shown_by = _shown_by(Shown.hint(inline.identifier), inline.identifier)
            return rich("feedbackInline", inline.xhtml, **shown_by)
        case _:
            assert_never(inline)


def _feedback(feedback: Feedback) -> Element:
    return rich("modalFeedback", feedback.xhtml, **_shown_by(feedback.outcome, feedback.value))


def _shown_by(outcome: str, value: str) -> dict[str, str]:
    return {"outcomeIdentifier": outcome, "identifier": value, "showHide": "show"}


def _asks(response: str) -> dict[str, str]:
    return {"responseIdentifier": response}


def _boolean(value: bool) -> str:
    return "true" if value else "false"
