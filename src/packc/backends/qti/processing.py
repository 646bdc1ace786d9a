"""An item's response processing: how answers are scored, and which feedback they call up."""

from __future__ import annotations

from decimal import Decimal

from packc.backends.qti.elements import Element, Maker
from packc.backends.qti.model import Band, Exact, Mapped, Near, Response, Scheme, Shown
from packc.backends.qti.typed import number_text
from packc.record import record

SCORE, MAXSCORE = "SCORE", "MAXSCORE"
_NEARLY_ALL = Decimal("0.999999")  # of the points: parts added up as doubles may miss them by a hair


@record
class Processing:
    """The rules of one scheme, in the words of one version."""

    make: Maker
    scheme: Scheme

    def rules(self) -> list[Element]:
        """Return the rules: the score, the hints, the feedback."""
        return [*self.scores(), *self._hints(), *self._shown()]

    def scores(self) -> list[Element]:
        """Return one rule for each response; where there are several, each adds to the score."""
        several = len(self.scheme.scored) > 1
        return [self._score(response, several) for response in self.scheme.scored]

    def _score(self, response: Response, several: bool) -> Element:
        name = response.identifier
        match response.scoring:
            case Exact():
                right = self.make("match", self.variable(name), self.make("correct", identifier=name))
                whole = not several and response.scoring.points == self.scheme.points
                points = self.variable(MAXSCORE) if whole else self.number(response.scoring.points)
                return self.condition(self.make("responseIf", right, self._set_score(points, several)))
            case Mapped():
                mapped = self.make("mapResponse", identifier=name)
                return self._if_answered(name, self._set_score(mapped, several))
            case Near(bands=bands):
                return self._bands(name, bands, several)
            case None:
                raise ValueError(f"nothing scores {name}")

    def _bands(self, name: str, bands: tuple[Band, ...], several: bool) -> Element:
        branches = []
        for number, band in enumerate(bands):
            near = self.make("and", self._answered(name), *self._within(name, band, first=not number))
            tag = "responseElseIf" if number else "responseIf"
            branches.append(self.make(tag, near, self._set_score(self.number(band.points), several)))
        return self.condition(*branches)

    def _within(self, name: str, band: Band, *, first: bool) -> list[Element]:
        """Return the conditions of a band. Its ends are compared: not every player knows of tolerances.

        Of a range the upper end comes first, by which our reader tells it from a value with a tolerance.
        """
        if band.exact:
            value = self.make("correct", identifier=name) if first else self._float_text(band.value)
            return [self.make("equal", self.variable(name), value, toleranceMode="exact")]
        ends = [("gte", band.low), ("lte", band.high)]
        if band.is_range:
            ends.reverse()
        return [self.make(tag, self.variable(name), self._float_text(end)) for tag, end in ends]

    def _set_score(self, points: Element, several: bool) -> Element:
        value = self.make("sum", self.score(), points) if several else points
        return self.make("setOutcomeValue", value, identifier=SCORE)

    def _hints(self) -> list[Element]:
        """Each hint on its own: two players keep a request in mind through all later attempts."""
        rules = []
        for hint in self.scheme.hints:
            show = (self.set_identifier(Shown.hint(shown), shown) for shown in hint.shows)
            rules.append(self.condition(self.make("responseIf", self.variable(hint.response), *show)))
        return rules

    def _shown(self) -> list[Element]:
        """Return the rules for feedback.

        Whoever asks for a hint is still thinking. So after such a request nobody is told of what has not
        been answered, nor the solution before the answer is right; what was answered is judged. That the
        solution waits is so, too, in players that keep the request in mind.
        """
        scheme = self.scheme
        rules = []
        if Shown.CHOICE in scheme.shown:
            (response,) = scheme.scored
            chosen = self.variable(response.identifier)
            if response.cardinality == "single":
                chosen = self.make("multiple", chosen)
            show = self.make("setOutcomeValue", chosen, identifier=Shown.CHOICE)
            rules.append(self._if_answered(response.identifier, show))
        if Shown.VERDICT in scheme.shown:
            whole = self.make("gte", self.score(), self.nearly_all())
            right = self.make("responseIf", whole, self.set_identifier(Shown.VERDICT, Shown.RIGHT_VALUE))
            wrong = self.make("responseElse", self.set_identifier(Shown.VERDICT, Shown.WRONG_VALUE))
            rules += self._unless_hinted(self.condition(right, wrong), self._unanswered())
        if Shown.GENERAL in scheme.shown:
            below = [self.make("lt", self.score(), self.nearly_all())] if scheme.scored else []
            rules += self._unless_hinted(self.set_identifier(Shown.GENERAL, Shown.GENERAL_VALUE), below)
        return rules

    def _unless_hinted(self, rule: Element, also: list[Element]) -> list[Element]:
        """Return `rule` for whoever asks for no hint, and, if `also` has a condition, where that is false."""
        hints = [self.variable(hint.response) for hint in self.scheme.hints]
        if not hints:
            return [rule]
        held = self.make("and", self.make("or", *hints), *also)
        return [self.condition(self.make("responseIf", held), self.make("responseElse", rule))]

    def _unanswered(self) -> list[Element]:
        empty = (self.make("isNull", self.variable(one.identifier)) for one in self.scheme.scored)
        return [self.make("or", *empty)]

    def nearly_all(self) -> Element:
        return self.number(self.scheme.points * _NEARLY_ALL)

    def set_identifier(self, outcome: str, value: str) -> Element:
        named = self.make("baseValue", text=value, baseType="identifier")
        return self.make("setOutcomeValue", named, identifier=outcome)

    def _if_answered(self, name: str, rule: Element) -> Element:
        return self.condition(self.make("responseIf", self._answered(name), rule))

    def condition(self, *branches: Element) -> Element:
        return self.make("responseCondition", *branches)

    def _answered(self, name: str) -> Element:
        return self.make("not", self.make("isNull", self.variable(name)))

    def score(self) -> Element:
        return self.variable(SCORE)

    def variable(self, name: str) -> Element:
        return self.make("variable", identifier=name)

    def number(self, value: Decimal) -> Element:
        return self._float_text(number_text(value))

    def _float_text(self, value: str) -> Element:
        return self.make("baseValue", text=value, baseType="float")
