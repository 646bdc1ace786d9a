"""How QTI 1.2 scores: conditions, what each is worth, and the feedback it shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from packc.ast.keys import HUNDRED
from packc.intake.credit import decimal
from packc.intake.tree import Element
from packc.named import NamedTuple

_WRONG = re.compile(r"wrong|incorrect", re.IGNORECASE)
_RIGHT = re.compile(r"correct", re.IGNORECASE)
_GENERAL = re.compile(r"general|solution", re.IGNORECASE)
_TESTS = ("varequal", "vargte", "vargt", "varlte", "varlt")


class Test(NamedTuple):
    """A comparison with what was answered; `negated`: it stands in a `not`."""

    response: str
    kind: str
    value: str
    negated: bool
    case: bool


class Condition(NamedTuple):
    """One condition: its comparisons, what it adds or sets, and the feedback that it shows."""

    tests: tuple[Test, ...]
    earns: Decimal
    shows: tuple[str, ...]
    other: bool


class Scoring(NamedTuple):
    """All conditions of an item. `whole` is what a right answer earns."""

    conditions: tuple[Condition, ...]
    whole: Decimal

    @classmethod
    def of(cls, item: Element) -> Scoring:
        conditions = tuple(map(_condition, item.below("respcondition")))
        most = next((decimal(each.get("maxvalue")) for each in item.below("decvar")), None)
        best = max((each.earns for each in conditions), default=Decimal(0))
        return cls(conditions, most if most and most >= best > 0 else best or HUNDRED)

    @property
    def has_bounds(self) -> bool:
        return any(test.kind != "varequal" for each in self.conditions for test in each.tests)

    def rewarding(self, response: str) -> Iterator[tuple[Condition, list[Test]]]:
        """Yield the conditions that earn something, with their comparisons with this response."""
        for condition in self.conditions:
            tests = [test for test in condition.tests if test.response == response]
            if condition.earns > 0 and tests:
                yield condition, tests

    def texts(self, response: str) -> list[tuple[str, Decimal, bool]]:
        """Return each accepted answer, the share that it earns in percent, and whether case counts."""
        found: dict[str, tuple[str, Decimal, bool]] = {}
        for condition, tests in self.rewarding(response):
            for test in tests:
                if test.kind == "varequal" and not test.negated:
                    share = condition.earns * HUNDRED / self.whole
                    if share > found.get(test.value, ("", Decimal(0), False))[1]:
                        found[test.value] = (test.value, share, test.case)
        return list(found.values())

    def feedback_kind(self, ident: str) -> tuple[str, str]:
        """Return `general`, `right`, `wrong`, or `choice` and its label; '' where none of these is meant."""
        labels = {test.value for each in self.conditions for test in each.tests if test.kind == "varequal"}
        label = ident.removesuffix("_fb")
        if label != ident and label in labels:
            return "choice", label
        for pattern, kind in ((_WRONG, "wrong"), (_RIGHT, "right"), (_GENERAL, "general")):
            if pattern.search(ident):
                return kind, ""
        for condition in self.conditions:
            if ident not in condition.shows:
                continue
            positive = [test for test in condition.tests if not test.negated]
            if len(positive) == len(condition.tests) == 1 and positive[0].kind == "varequal":
                return "choice", positive[0].value
            if condition.earns > 0:
                return "right", ""
            if condition.other or condition.tests:
                return "wrong", ""
            return "general", ""
        return "", ""


def _condition(element: Element) -> Condition:
    holder = element.child("conditionvar")
    earns = Decimal(0)
    for each in element.elements("setvar"):
        value = decimal(each.text())
        if value is not None and each.get("action", "Set") in ("Set", "Add"):
            earns = max(earns, value) if value > 0 else min(earns, value)
    shows = tuple(each.get("linkrefid") for each in element.elements("displayfeedback"))
    tests = tuple(_tests(holder)) if holder is not None else ()
    other = holder is not None and holder.first("other") is not None
    return Condition(tests, earns, shows, other)


def _tests(holder: Element) -> Iterator[Test]:
    waiting = [(child, False) for child in reversed(list(holder.elements()))]
    while waiting:
        found, negated = waiting.pop()
        if found.name in _TESTS:
            case = found.get("case", "No").lower() == "yes"
            yield Test(found.get("respident"), found.name, found.text().strip(), negated, case)
        else:
            inner = negated != (found.name == "not")
            waiting += [(child, inner) for child in reversed(list(found.elements()))]
