"""What an item declares: responses with their keys, points, and how answers are scored."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from packc.intake.credit import decimal
from packc.intake.tree import Element
from packc.named import NamedTuple


class Entry(NamedTuple):
    """One entry of a mapping."""

    value: Decimal
    case: bool


class Response(NamedTuple):
    """A response declaration."""

    identifier: str
    base_type: str
    cardinality: str
    correct: tuple[str, ...]
    mapping: dict[str, Entry]

    def rights(self) -> list[str]:
        """Return the values that are right: the correct response, or else what the mapping rewards."""
        return list(self.correct) or [key for key, entry in self.mapping.items() if entry.value > 0]


class Band(NamedTuple):
    """Numbers that are accepted, both ends included, and what they earn; None: everything.

    `is_range`: they were given by their ends, the upper one first, as packc writes ranges.
    """

    low: Decimal
    high: Decimal
    earns: Decimal | None
    is_range: bool = False


class Declared(NamedTuple):
    """The declarations of one item. `points` is None where nothing is said."""

    responses: dict[str, Response]
    points: Decimal | None
    processing: Element | None

    @classmethod
    def of(cls, item: Element) -> Declared:
        responses = {one.identifier: one for one in map(_response, item.elements("responseDeclaration"))}
        return cls(responses, _points(item), item.child("responseProcessing"))

    def response(self, element: Element) -> Response:
        """Return the declaration of what an interaction asks for; an empty one if there is none."""
        name = element.get("responseIdentifier")
        return self.responses.get(name) or Response(name, "", "", (), {})

    def bands(self, response: Response) -> list[Band]:
        """Return the numbers that are accepted, in the order in which they are tried."""
        found = [band for branch in self._branches() if (band := _band(branch, response)) is not None]
        if found:
            return found
        for key, entry in response.mapping.items():
            number = decimal(key)
            if number is not None and entry.value > 0:
                found.append(Band(number, number, entry.value))
        if not found:
            numbers = [number for value in response.correct if (number := decimal(value)) is not None]
            found = [Band(number, number, None) for number in numbers]
        return found

    def ignores_case(self, response: Response) -> bool:
        """Tell whether a text may be typed in any case: what the mapping or the comparison says."""
        if response.mapping:
            return not any(entry.case for entry in response.mapping.values())
        compared = self.processing.below("stringMatch", "substring") if self.processing else ()
        return any(each.get("caseSensitive") == "false" and _names(each, response) for each in compared)

    def sets(self, outcome: str, value: str) -> Iterator[Element | None]:
        """Yield the branches in which `outcome` becomes `value`; None: it does so in any case."""
        if self.processing is None:
            return
        waiting: list[tuple[Element, Element | None]] = [(self.processing, None)]
        while waiting:
            node, branch = waiting.pop()
            for child in node.elements():
                if child.name == "setOutcomeValue" and child.get("identifier") == outcome:
                    values = {each.text().strip() for each in child.below("baseValue")}
                    if value in values:
                        yield branch
                elif child.name in ("responseIf", "responseElseIf", "responseElse"):
                    waiting.append((child, child))
                elif child.name in ("responseCondition", "responseProcessingFragment"):
                    waiting.append((child, branch))

    def _branches(self) -> Iterator[Element]:
        if self.processing is not None:
            yield from self.processing.below("responseIf", "responseElseIf")


def _response(element: Element) -> Response:
    correct = element.child("correctResponse")
    mapping = element.child("mapping")
    entries: dict[str, Entry] = {}
    for entry in mapping.elements("mapEntry") if mapping else ():
        value = decimal(entry.get("mappedValue"))
        if value is not None:
            entries[entry.get("mapKey")] = Entry(value, entry.get("caseSensitive", "true") != "false")
    return Response(
        element.get("identifier"),
        element.get("baseType"),
        element.get("cardinality"),
        tuple(value.text().strip() for value in correct.elements("value")) if correct else (),
        entries,
    )


def _points(item: Element) -> Decimal | None:
    found: dict[str, Decimal | None] = {}
    for outcome in item.elements("outcomeDeclaration"):
        name = outcome.get("identifier").upper()
        default = outcome.first("value")
        if name == "MAXSCORE" and default is not None:
            found[name] = decimal(default.text())
        elif name == "SCORE":
            found[name] = decimal(outcome.get("normalMaximum"))
    points = found.get("MAXSCORE") or found.get("SCORE")
    return points if points is not None and points > 0 else None


def _names(node: Element, response: Response) -> bool:
    return any(each.get("identifier") == response.identifier for each in node.below("variable"))


def _band(branch: Element, response: Response) -> Band | None:
    """Return the numbers for which a branch rewards the response, None if it is about something else."""
    low = high = None
    is_range = False
    for test in branch.below("equal", "gte", "lte", "match", "gt", "lt"):
        if not any(each.get("identifier") == response.identifier for each in test.elements("variable")):
            continue
        value = _value(test, response)
        if value is None:
            continue
        if test.name in ("equal", "match"):
            below, above = _tolerances(test, value)
            low, high = value - below, value + above
        elif test.name in ("gte", "gt"):
            low = value
        else:
            is_range = low is None
            high = value
    if low is None or high is None or low > high:
        return None
    scored = next((each for each in branch.elements("setOutcomeValue")), None)
    earned = decimal(scored.first("baseValue").text()) if scored and scored.first("baseValue") else None  # type: ignore[union-attr]
    return Band(low, high, earned, is_range) if earned is None or earned > 0 else None


def _value(test: Element, response: Response) -> Decimal | None:
    base = test.child("baseValue")
    if base is not None:
        return decimal(base.text())
    if test.child("correct") is not None and response.correct:
        return decimal(response.correct[0])
    return None


def _tolerances(test: Element, value: Decimal) -> tuple[Decimal, Decimal]:
    written = [number for word in test.get("tolerance").split() if (number := decimal(word)) is not None]
    if not written:
        return Decimal(0), Decimal(0)
    below, above = written[0], written[-1]
    if test.get("toleranceMode") == "relative":
        return abs(value) * below / 100, abs(value) * above / 100
    return (below, above) if test.get("toleranceMode") != "exact" else (Decimal(0), Decimal(0))
