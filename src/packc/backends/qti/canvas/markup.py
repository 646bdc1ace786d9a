"""The elements of QTI 1.2 that every question is made of."""

from __future__ import annotations

from functools import partial

from packc.backends.qti.tree import Element, element

QTI12 = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
HTML, PLAIN = "text/html", "text/plain"

make = partial(element, QTI12)


def material(text: str, texttype: str) -> Element:
    """Return a text. HTML stands in it escaped. No line break around it: one reader takes that for text."""
    node = make("material")
    node.append(make("mattext", text=text, texttype=texttype))
    return node


def field(label: str, entry: str) -> Element:
    return make("qtimetadatafield", make("fieldlabel", text=label), make("fieldentry", text=entry))


def equal(response: str, value: str, *, case: bool = False) -> Element:
    """Return the condition that a response is `value`."""
    more = {"case": "Yes"} if case else {}
    return make("varequal", text=value, respident=response, **more)


def condition(*parts: Element, go_on: bool = True, **effects: str) -> Element:
    """Return a rule: where all of `parts` hold, `score`, `add` or `show` what is given."""
    rest = []
    if "score" in effects:
        rest.append(make("setvar", text=effects["score"], action="Set", varname="SCORE"))
    if "add" in effects:
        rest.append(make("setvar", text=effects["add"], action="Add", varname="SCORE"))
    if "show" in effects:
        rest.append(make("displayfeedback", feedbacktype="Response", linkrefid=effects["show"]))
    held = make("conditionvar", *parts)
    return make("respcondition", held, *rest, **{"continue": "Yes" if go_on else "No"})


def other() -> Element:
    return make("other")
