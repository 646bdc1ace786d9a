"""Feedback of an item: to choices, to right and wrong answers, and in any case; hints on demand."""

from __future__ import annotations

import re
from collections.abc import Callable

from packc.ast.richtext import Blocks
from packc.importers.qti.declared import Declared
from packc.intake.remarks import Remarks
from packc.intake.tree import Element
from packc.named import NamedTuple
from packc.source import Span

_WRONG = re.compile(r"wrong|incorrect|_IC$", re.IGNORECASE)
_RIGHT = re.compile(r"correct|right|_C$", re.IGNORECASE)
_GENERAL = re.compile(r"solution|general|_all|modal", re.IGNORECASE)

Read = Callable[[Element], Blocks]


class Said(NamedTuple):
    """What an item says after answering; `choices` by the identifier of the choice."""

    general: Blocks
    right: Blocks
    wrong: Blocks
    choices: dict[str, Blocks]


def feedback_of(
    item: Element,
    declared: Declared,
    choices: frozenset[str],
    read: Read,
    remarks: Remarks,
    place: Callable[[Element], Span],
) -> Said:
    """Return the feedback of an item; `choices` are the identifiers of its choices."""
    general: Blocks = ()
    right: Blocks = ()
    wrong: Blocks = ()
    by_choice: dict[str, Blocks] = {}
    for each in item.elements("modalFeedback"):
        said = read(each)
        name = each.get("identifier")
        if not said:
            continue
        kind = "choice" if name in choices else _kind(name, each.get("outcomeIdentifier"), declared)
        if kind == "choice":
            by_choice[name] = by_choice.get(name, ()) + said
        elif kind == "general":
            general += said
        elif kind == "right":
            right += said
        elif kind == "wrong":
            wrong += said
        else:
            remarks.lost(f"the feedback `{name}`", "when it is shown is no case that a pack has", place(each))
    return Said(general, right, wrong, by_choice)


def _kind(name: str, outcome: str, declared: Declared) -> str:
    branches = list(declared.sets(outcome, name))
    if None in branches:
        return "general"
    for pattern, kind in ((_WRONG, "wrong"), (_RIGHT, "right"), (_GENERAL, "general")):
        if pattern.search(name):
            return kind
    for branch in branches:
        if branch is not None and branch.name == "responseElse":
            return "wrong"
        if branch is not None and any(True for _ in branch.below("correct")):
            return "right"
    return ""


def hint_outcomes(item: Element, declared: Declared) -> frozenset[str]:
    """Return the identifiers of what is shown when a learner asks for it."""
    asked = {each.get("responseIdentifier") for each in item.below("endAttemptInteraction")}
    if declared.processing is None:
        return frozenset()
    shown: set[str] = set()
    for branch in declared.processing.below("responseIf", "responseElseIf"):
        conditions = {each.get("identifier") for each in branch.elements("variable")}
        if conditions & asked:
            for each in branch.below("setOutcomeValue"):
                shown |= {value.text().strip() for value in each.below("baseValue")}
    return frozenset(shown)
