"""An item as XML: `assessmentItem`."""

from __future__ import annotations

from functools import partial
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
        item, make = self.item, self.make
        return make(
            "assessmentItem",
            *(self._declaration(response) for response in item.responses),
            *self._outcomes(),
            make("itemBody", *(self._part(part) for part in item.body), **self._direction()),
            *self._processing(),
            *(self._feedback(feedback) for feedback in item.feedback),
            xmlns=make.profile.namespace,
            identifier=item.identifier,
            title=item.title,
            adaptive="false",
            timeDependent="false",
            **in_language(item.lang),
        )

    def _declaration(self, response: Response) -> Element:
        make, parts = self.make.often, []
        if response.correct:
            values = (make("value", text=value) for value in response.correct)
            parts.append(make("correctResponse", *values))
        if isinstance(response.scoring, Mapped):
            parts.append(self._mapping(response.scoring))
        return make(
            "responseDeclaration",
            *parts,
            identifier=response.identifier,
            cardinality=response.cardinality,
            baseType=response.base_type,
        )

    def _mapping(self, scoring: Mapped) -> Element:
        entries = []
        for entry in scoring.entries:
            # Whether case counts is said on every entry, because readers disagree on the default.
            case = {} if entry.case is None else {"caseSensitive": _boolean(entry.case)}
            value = number_text(entry.value)
            entries.append(self.make("mapEntry", mapKey=entry.key, mappedValue=value, **case))
        low, high = number_text(scoring.low), number_text(scoring.high)
        return self.make("mapping", *entries, lowerBound=low, upperBound=high, defaultValue="0")

    def _outcomes(self) -> list[Element]:
        item = self.item
        points = number_text(item.points)
        people = not item.scored and any(response.base_type == "string" for response in item.responses)
        scorer = {"externalScored": "human"} if people and self.make.profile.scored_by_people else {}
        declared = [
            self._outcome(SCORE, "single", "float", "0", normalMaximum=points, **scorer),
            self._outcome(MAXSCORE, "single", "float", points),
        ]
        if self.make.profile.importer is Importer.INSPERA:
            return [*declared, self._outcome(Verdict.OUTCOME, "single", "identifier", Verdict.UNANSWERED)]
        if item.shows(Shown.CHOICE):
            # With a default, because one player breaks on a NULL of cardinality multiple.
            declared.append(self._outcome(Shown.CHOICE, "multiple", "identifier", "none"))
        single = [Shown.hint(hint.shows[-1]) for hint in item.hints]
        single += [name for name in (Shown.VERDICT, Shown.GENERAL) if item.shows(name)]
        return declared + [self._outcome(name, "single", "identifier", "none") for name in single]

    def _processing(self) -> list[Element]:
        """Return the response processing, or nothing where an answer sets no outcome."""
        scoring = Processing(self.make.often, self.item)
        match self.make.profile.importer:
            case Importer.BLACKBOARD:
                address = template(self.item)
                return [self.make("responseProcessing", template=address)] if address else []
            case Importer.INSPERA:
                rules = [*scoring.scores(), *verdict_rules(scoring)]
            case _:
                rules = scoring.rules()
        return [self.make("responseProcessing", *rules)] if rules else []

    def _outcome(self, name: str, cardinality: str, base_type: str, default: str, **more: str) -> Element:
        make = self.make.often
        return make(
            "outcomeDeclaration",
            make("defaultValue", make("value", text=default)),
            identifier=name,
            cardinality=cardinality,
            baseType=base_type,
            **more,
        )

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


def _shown_by(outcome: str, value: str) -> dict[str, str]:
    return {"outcomeIdentifier": outcome, "identifier": value, "showHide": "show"}


def _asks(response: str) -> dict[str, str]:
    return {"responseIdentifier": response}


def _boolean(value: bool) -> str:
    return "true" if value else "false"
