"""What a learner does in an item, given by the texts that are to be seen there, never by identifiers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element

from tests.targets.qti.reading import QTI, many, one, words

Given = dict[str, list[str]]


def choose(item: Element, *texts: str) -> Given:
    """Choose these choices, or put all of them in this order."""
    names = {words(node): node.attrib["identifier"] for node in item.iter(f"{QTI}simpleChoice")}
    return {"RESPONSE": [names[text] for text in texts]}


def match(item: Element, pairs: Mapping[str, str]) -> Given:
    """Match each left text with a right one."""
    left, right = (
        {words(node): node.attrib["identifier"] for node in side} for side in many(item, ".//simpleMatchSet")
    )
    return {"RESPONSE": [f"{left[one]} {right[other]}" for one, other in pairs.items()]}


def fill(item: Element, values: Sequence[str]) -> Given:
    """Fill the fields in the order in which they stand; an empty text leaves one alone."""
    fields = [
        node
        for node in one(item, "itemBody").iter()
        if node.tag in (f"{QTI}textEntryInteraction", f"{QTI}inlineChoiceInteraction")
    ]
    assert len(fields) == len(values)
    return {
        node.attrib["responseIdentifier"]: [_entered(node, value)]
        for node, value in zip(fields, values, strict=True)
        if value
    }


def _entered(field: Element, value: str) -> str:
    if field.tag == f"{QTI}textEntryInteraction":
        return value
    (name,) = [node.attrib["identifier"] for node in field if words(node) == value]
    return name


def ask(item: Element, number: int) -> Given:
    """Press a hint's button: the first is number 1."""
    buttons = list(one(item, "itemBody").iter(f"{QTI}endAttemptInteraction"))
    return {buttons[number - 1].attrib["responseIdentifier"]: ["true"]}
