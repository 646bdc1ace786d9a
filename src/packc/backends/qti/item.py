"""An item as XML: `assessmentItem`."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import assert_never

from packc.backends.qti.elements import Element, Maker, in_language
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
    Scheme,
    Shown,
    Write,
)
from packc.backends.qti.processing import MAXSCORE, SCORE, Processing
from packc.backends.qti.profile import Importer
from packc.backends.qti.shapes import Verdict, shaped, template, verdict_rules
from packc.backends.qti.typed import number_text
from packc.backends.qti.xhtml import directed
from packc.record import record


def assessment_item(item: Item, make: Maker) -> Element:
    """Return the document of `item`, in the shape that its importer insists on."""
    return _Writer(make, shaped(item, make.profile.importer)).document()


@record
class _Writer:
    make: Maker
    item: Item

    def document(self) -> Element:
        item, make, scheme = self.item, self.make, self.item.scheme
        return make(
            "assessmentItem",
            *map(self._declaration, item.responses),
            *_outcomes(make, scheme),
            make("itemBody", *(self._part(part) for part in item.body), **self._direction()),
            *_processing(make, scheme),
            *(self._feedback(feedback) for feedback in item.feedback),
            xmlns=make.profile.namespace,
            identifier=item.identifier,
            title=item.title,
            adaptive="false",
            timeDependent="false",
            **in_language(item.lang),
        )

    def _declaration(self, response: Response) -> Element:
        scoring = response.scoring
        mapping = self._mapping(scoring) if isinstance(scoring, Mapped) else ""
        return _declaration(self.make, *response[:4], mapping)

    def _mapping(self, scoring: Mapped) -> Element:
        entries = []
        for entry in scoring.entries:
            # Whether case counts is said on every entry, because readers disagree on the default.
            case = {} if entry.case is None else {"caseSensitive": _boolean(entry.case)}
            value = number_text(entry.value)
            entries.append(self.make("mapEntry", mapKey=entry.key, mappedValue=value, **case))
        low, high = number_text(scoring.low), number_text(scoring.high)
        return self.make("mapping", *entries, lowerBound=low, upperBound=high, defaultValue="0")

    def _part(self, part: Part) -> Element:
        make = self.make
        match part:
            case Flow():
                style = self._direction() | ({"class": part.css_class} if part.css_class else {})
                return make.div(part.xhtml, lambda name: self._inline(self.item.inline[name]), **style)
            case Choose():
                return self._choose(part)
            case Order():
                options = (self._option("simpleChoice", option) for option in part.options)
                shuffle = _boolean(part.shuffle)
                return make("orderInteraction", *options, **_asks(part.response), shuffle=shuffle)
            case Match():
                return self._match(part)
            case Write():
                lines = str(part.lines)
                return make("extendedTextInteraction", **_asks(part.response), expectedLines=lines)
            case HintText():
                shown_by = _shown_by(Shown.hint(part.identifier), part.identifier)
                return make.rich("feedbackBlock", self._directed(part.xhtml), **shown_by)
            case Graders():
                return make.rich("rubricBlock", self._directed(part.xhtml), view="scorer", use="scoring")
            case _:
                assert_never(part)

    def _choose(self, part: Choose) -> Element:
        return self.make(
            "choiceInteraction",
            *(self._option("simpleChoice", option) for option in part.options),
            **_asks(part.response),
            shuffle=_boolean(part.shuffle),
            maxChoices="0" if part.several else "1",
            minChoices="0",
        )

    def _match(self, part: Match) -> Element:
        """A left text has one partner at most. A right one may have all: so none is found by exclusion."""
        make = self.make
        heads = [make.rich("prompt", part.heads)] if part.heads else []
        everything = str(max(len(part.left), 1))
        associable = partial(self._option, "simpleAssociableChoice")
        left = make("simpleMatchSet", *(associable(option, matchMax="1") for option in part.left))
        right = make("simpleMatchSet", *(associable(option, matchMax=everything) for option in part.right))
        return make(
            "matchInteraction",
            *heads,
            left,
            right,
            **_asks(part.response),
            shuffle=_boolean(part.shuffle),
            maxAssociations=everything,
            minAssociations="0",
        )

    def _option(self, tag: str, option: Option, **more: str) -> Element:
        if option.fixed:
            more["fixed"] = "true"
        xhtml, direction = option.xhtml, self.item.direction
        if direction:  # stands in the one `div` that every option has
            xhtml = xhtml.replace("<div>", f'<div dir="{direction}">', 1)
        return self.make.rich(tag, xhtml, identifier=option.identifier, **more)

    def _inline(self, inline: Inline) -> Element:
        make = self.make
        match inline:
            case Entered():
                return make("textEntryInteraction", **_asks(inline.response))
            case Picked():
                choices = (make("inlineChoice", text=text, identifier=name) for name, text in inline.options)
                shuffle = _boolean(inline.shuffle)
                return make("inlineChoiceInteraction", *choices, **_asks(inline.response), shuffle=shuffle)
            case HintButton():
                asks = _asks(inline.response)
                return make("endAttemptInteraction", **asks, title=inline.title, countAttempt="false")
            case HintWords():
                shown_by = _shown_by(Shown.hint(inline.identifier), inline.identifier)
                return make.rich("feedbackInline", inline.xhtml, **shown_by)
            case _:
                assert_never(inline)

    def _feedback(self, feedback: Feedback) -> Element:
        shown_by = _shown_by(feedback.outcome, feedback.value)
        return self.make.rich("modalFeedback", self._directed(feedback.xhtml), **shown_by)

    def _direction(self) -> dict[str, str]:
        """Return the attribute for the direction of a text: one player forgets what the whole body says."""
        return {"dir": self.item.direction} if self.item.direction else {}

    def _directed(self, xhtml: str) -> str:
        return directed(xhtml, self.item.direction)


# What many items have alike is made once for them all.


@lru_cache(maxsize=256)
def _declaration(
    make: Maker, name: str, cardinality: str, base_type: str, correct: tuple[str, ...], mapping: Element
) -> Element:
    parts = [mapping] if mapping else []
    if correct:
        parts.insert(0, make("correctResponse", *(make("value", text=value) for value in correct)))
    declared = {"identifier": name, "cardinality": cardinality, "baseType": base_type}
    return make("responseDeclaration", *parts, **declared)


@lru_cache(maxsize=256)
def _outcomes(make: Maker, scheme: Scheme) -> tuple[Element, ...]:
    """Return the declarations of the outcomes."""
    points = number_text(scheme.points)
    people = not scheme.scored and any(response.base_type == "string" for response in scheme.responses)
    scorer = {"externalScored": "human"} if people and make.profile.scored_by_people else {}
    declared = [
        _outcome(make, SCORE, "single", "float", "0", normalMaximum=points, **scorer),
        _outcome(make, MAXSCORE, "single", "float", points),
    ]
    if make.profile.importer is Importer.INSPERA:
        return (*declared, _outcome(make, Verdict.OUTCOME, "single", "identifier", Verdict.UNANSWERED))
    if Shown.CHOICE in scheme.shown:
        # With a default, because one player breaks on a NULL of cardinality multiple.
        declared.append(_outcome(make, Shown.CHOICE, "multiple", "identifier", "none"))
    single = [Shown.hint(hint.shows[-1]) for hint in scheme.hints]
    single += [name for name in (Shown.VERDICT, Shown.GENERAL) if name in scheme.shown]
    return (*declared, *(_outcome(make, name, "single", "identifier", "none") for name in single))


def _outcome(make: Maker, name: str, cardinality: str, base_type: str, default: str, **more: str) -> Element:
    value = make("defaultValue", make("value", text=default))
    declared = {"identifier": name, "cardinality": cardinality, "baseType": base_type}
    return make("outcomeDeclaration", value, **declared, **more)


@lru_cache(maxsize=256)
def _processing(make: Maker, scheme: Scheme) -> tuple[Element, ...]:
    """Return the response processing, or nothing where an answer sets no outcome."""
    scoring = Processing(make, scheme)
    match make.profile.importer:
        case Importer.BLACKBOARD:
            address = template(scheme)
            return (make("responseProcessing", template=address),) if address else ()
        case Importer.INSPERA:
            rules = [*scoring.scores(), *verdict_rules(scoring)]
        case _:
            rules = scoring.rules()
    return (make("responseProcessing", *rules),) if rules else ()


def _shown_by(outcome: str, value: str) -> dict[str, str]:
    return {"outcomeIdentifier": outcome, "identifier": value, "showHide": "show"}


def _asks(response: str) -> dict[str, str]:
    return {"responseIdentifier": response}


def _boolean(value: bool) -> str:
    return "true" if value else "false"
