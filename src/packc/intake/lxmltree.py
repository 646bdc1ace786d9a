"""lxml's trees to ours, without recursion, so that no depth can break it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packc.intake.tree import Element
from packc.named import NamedTuple

if TYPE_CHECKING:
    from lxml.etree import _Element

DEEPEST = 60  # what is nested deeper stands at this depth


class Grown(NamedTuple):
    """A tree of ours; `flattened`: it was deeper than DEEPEST."""

    root: Element
    flattened: bool


def grown(root: _Element) -> Grown:
    """Return `root` as a tree of ours, without comments and processing instructions."""
    top = _made(root)
    flattened = False
    path = [top]  # the elements that are open; a flattened one is there as its parent again
    for event, node in _events(root):
        if event == "start":
            if len(path) > DEEPEST:
                flattened = True
                path.append(path[-1])
            else:
                made = _made(node)
                path[-1].children.append(made)
                path.append(made)
            _add(path[-1], node.text)
        elif event == "end":
            path.pop()
            _add(path[-1], node.tail)
        else:
            _add(path[-1], node.tail)
    return Grown(top, flattened)


def _events(root: _Element) -> list[tuple[str, _Element]]:
    from lxml import etree

    found: list[tuple[str, _Element]] = []
    for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        found.append((event, node))
    return found[1:-1]


def _made(node: _Element) -> Element:
    namespace, name = _split(str(node.tag))
    attributes = {_split(str(key))[1]: str(value) for key, value in node.attrib.items()}
    line = int(node.sourceline or 1)  # type: ignore[call-overload,truthy-bool]  # lxml-stubs leaves it open
    return Element(name, attributes, line=line - 1, namespace=namespace)


def _split(tag: str) -> tuple[str, str]:
    if tag.startswith("{"):
        namespace, _, name = tag[1:].rpartition("}")
        return namespace, name
    return "", tag.rpartition(":")[2]


def _add(into: Element, text: str | None) -> None:
    if not text:
        return
    if into.children and isinstance(into.children[-1], str):
        into.children[-1] += text
    else:
        into.children.append(text)
