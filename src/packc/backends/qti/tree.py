"""XML documents as trees: building elements, filling them with rich text, writing them out.

Each child of a structural element stands on a line of its own (one player drops answers of interactions
that have no white space between their parts); rich text keeps exactly the white space it came with.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from lxml import etree

from packc.backends.qti import mathml2
from packc.backends.qti.profile import Profile
from packc.source import without_refused

Element: TypeAlias = etree._Element

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
_WITH_CONTENT_BODY = frozenset(["modalFeedback", "feedbackBlock", "rubricBlock"])  # in QTI 3


def element(namespace: str, tag: str, /, *children: Element, text: str = "", **attributes: str) -> Element:
    """Return a structural element: either with `children`, each on its own line, or with `text`."""
    node = etree.Element(f"{{{namespace}}}{tag}", nsmap={None: namespace})  # type: ignore[dict-item]  # lxml-stubs forget None
    for name, value in attributes.items():
        node.set(name, without_refused(value))
    if text:
        node.text = without_refused(text)
    if children:
        node.text = "\n"
        node.extend(children)
        for child in children:
            child.tail = "\n"
    return node


class Maker:
    """Makes the elements of one version; they are asked for by their names in QTI 2.1."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self._slot = f"{{{profile.namespace}}}slot"

    def __call__(self, tag: str, /, *children: Element, text: str = "", **attributes: str) -> Element:
        """Return a structural element, as `element` does."""
        profile = self.profile
        if profile.prefixed:
            attributes = {profile.attribute(name): value for name, value in attributes.items()}
        return element(profile.namespace, profile.tag(tag), *children, text=text, **attributes)

    def rich(
        self, tag: str, xhtml: str, fill: Callable[[str], Element] | None = None, /, **attributes: str
    ) -> Element:
        """Return an element that holds rich text, given as well-formed XHTML without a namespace.

        `fill` makes what stands in the place of a `<slot id="…"/>`, given that id.
        """
        return self._filled(self(tag, **attributes), tag, xhtml, fill)

    def div(self, xhtml: str, fill: Callable[[str], Element] | None = None, /, **attributes: str) -> Element:
        """Return a `div` that holds rich text."""
        return self._filled(element(self.profile.namespace, "div", **attributes), "div", xhtml, fill)

    def _filled(self, node: Element, tag: str, xhtml: str, fill: Callable[[str], Element] | None) -> Element:
        namespace = self.profile.namespace
        holder = etree.fromstring(f'<div xmlns="{namespace}">{without_refused(xhtml)}</div>', _PARSER)
        mathml2.lower(holder)
        if fill is not None:
            for slot in list(holder.iter(self._slot)):
                _replace(slot, fill(slot.get("id", "")))
        inner = node
        if self.profile.prefixed and tag in _WITH_CONTENT_BODY:
            inner = self("contentBody")
            node.append(inner)
        inner.text = holder.text
        inner.extend(list(holder))
        return node


def _replace(old: Element, new: Element) -> None:
    parent = old.getparent()
    if parent is not None:
        new.tail = old.tail
        parent.replace(old, new)


def document(root: Element) -> bytes:
    """Return the document as UTF-8 with an XML declaration and a final line break."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"
