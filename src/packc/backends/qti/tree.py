"""XML documents as trees: building elements, filling them with rich text, writing them out.

Each child of a structural element stands on a line of its own (one player drops answers of interactions
that have no white space between their parts); rich text keeps exactly the white space it came with.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeAlias

from lxml import etree

from packc.backends.qti import mathml2
from packc.source import without_refused

Element: TypeAlias = etree._Element

QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_SLOT = f"{{{QTI}}}slot"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


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


qti = partial(element, QTI)


def rich(tag: str, xhtml: str, fill: Callable[[str], Element] | None = None, /, **attributes: str) -> Element:
    """Return a QTI element that holds rich text, given as well-formed XHTML without a namespace.

    `fill` makes what stands in the place of a `<slot id="…"/>`, given that id.
    """
    node = qti(tag, **attributes)
    holder = etree.fromstring(f'<div xmlns="{QTI}">{without_refused(xhtml)}</div>', _PARSER)
    mathml2.lower(holder)
    if fill is not None:
        for slot in list(holder.iter(_SLOT)):
            _replace(slot, fill(slot.get("id", "")))
    node.text = holder.text
    node.extend(list(holder))
    return node


def _replace(old: Element, new: Element) -> None:
    parent = old.getparent()
    if parent is not None:
        new.tail = old.tail
        parent.replace(old, new)


def document(root: Element) -> bytes:
    """Return the document as UTF-8 with an XML declaration and a final line break."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"
