"""Elements of XML and HTML, with their places. Nothing else of a parser leaves this room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(slots=True)
class Element:
    """One element. `name` is local, without a prefix; `line` is counted from 0 in the text that was parsed.

    `children` holds elements and texts in their order; no two texts stand side by side.
    """

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Child] = field(default_factory=list)
    line: int = 0
    namespace: str = ""

    def get(self, name: str, default: str = "") -> str:
        return self.attributes.get(name, default)

    def elements(self, *names: str) -> Iterator[Element]:
        """Yield the child elements, of these names if any are given."""
        for child in self.children:
            if isinstance(child, Element) and (not names or child.name in names):
                yield child

    def child(self, name: str) -> Element | None:
        """Return the first child element of this name."""
        return next(self.elements(name), None)

    def walk(self) -> Iterator[Element]:
        """Yield this element and all below it, parents first, in document order."""
        waiting = [self]
        while waiting:
            found = waiting.pop()
            yield found
            waiting += [child for child in reversed(found.children) if isinstance(child, Element)]

    def below(self, *names: str) -> Iterator[Element]:
        """Yield the elements of these names anywhere below this one, in document order."""
        return (found for found in self.walk() if found is not self and found.name in names)

    def first(self, *names: str) -> Element | None:
        """Return the first element of these names below this one."""
        return next(self.below(*names), None)

    def text(self) -> str:
        """Return all text of this element and below it."""
        parts: list[str] = []
        waiting: list[Child] = [self]
        while waiting:
            found = waiting.pop()
            if isinstance(found, str):
                parts.append(found)
            else:
                waiting += reversed(found.children)
        return "".join(parts)

    def said(self, name: str, default: str = "") -> str:
        """Return the text of the first child of this name, without white space around it."""
        found = self.child(name)
        return default if found is None else found.text().strip()


Child: TypeAlias = Element | str
