"""The elements of QTI 1.2 that every question is made of."""

from __future__ import annotations

from packc.backends.qti.elements import Element, around, element

QTI12 = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
HTML, PLAIN = "text/html", "text/plain"


def material(text: str, texttype: str) -> Element:
    """Return a text. HTML stands in it escaped. No line break around it: one reader takes that for text."""
    return around("material", element("mattext", text=text, texttype=texttype))


def field(label: str, entry: str) -> Element:
    return element("qtimetadatafield", element("fieldlabel", text=label), element("fieldentry", text=entry))


def equal(response: str, value: str, *, case: bool = False) -> Element:
    """Return the condition that a response is `value`."""
    more = {"case": "Yes"} if case else {}
    return element("varequal", text=value, respident=response, **more)


def condition(*parts: Element, go_on: bool = True, **effects: str) -> Element:
    """Return a rule: where all of `parts` hold, `score`, `add` or `show` what is given."""
    rest = []
    if "score" in effects:
        rest.append(element("setvar", text=effects["score"], action="Set", varname="SCORE"))
    if "add" in effects:
        rest.append(element("setvar", text=effects["add"], action="Add", varname="SCORE"))
    if "show" in effects:
        rest.append(element("displayfeedback", feedbacktype="Response", linkrefid=effects["show"]))
    held = element("conditionvar", *parts)
    return element("respcondition", held, *rest, **{"continue": "Yes" if go_on else "No"})


def other() -> Element:
    return element("other")
