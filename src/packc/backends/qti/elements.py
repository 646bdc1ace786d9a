"""XML as text: elements, rich text in them, documents.

Each child of a structural element stands on a line of its own (one player drops answers of interactions
that have no white space between their parts); rich text keeps exactly the white space it came with.
All elements of a document are of the namespace that its root names with `xmlns`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TypeAlias

from packc.backends.qti.profile import Profile
from packc.render import escape
from packc.source import without_refused

Element: TypeAlias = str
"""One element, as well-formed XML."""

_WITH_CONTENT_BODY = frozenset(["modalFeedback", "feedbackBlock", "rubricBlock"])  # in QTI 3
_SLOT = re.compile(r'<slot id="([^"]*)"/>')
_MAYBE_NOTHING = re.compile(r"<[a-z][^<>]*></")  # quicker to look for
_NOTHING_INSIDE = re.compile(r"<([a-z0-9]+)( [^<>]*)?></\1>")
_TAG = re.compile(r"<[^>]*>")
# What `mathml2` changes, and what a writer of XML would write otherwise.
_ONLY_IN_CORE = re.compile(
    r"\{\{|<m(?:td|text|padded)|displaystyle=|scriptlevel=|<annotation [^>]*/>|&(?!amp;|lt;|gt;)"
)


def element(tag: str, /, *children: Element, text: str = "", **attributes: str) -> Element:
    """Return a structural element: either with `children`, each on its own line, or with `text`."""
    if children:
        lines = "\n".join(children)
        return around(tag, f"\n{lines}\n", **attributes)
    return around(tag, escape.text(text).replace("\r", "&#13;"), **attributes)


def around(tag: str, xml: str, /, **attributes: str) -> Element:
    """Return an element that holds `xml` and nothing else."""
    opening = _opening(tag, **attributes)
    return f"{opening}>{xml}</{tag}>" if xml else f"{opening}/>"


@lru_cache(maxsize=1024)  # the items of a pack have nearly all of their tags alike
def _opening(tag: str, /, **attributes: str) -> str:
    return f"<{tag}" + "".join(f' {name}="{_attribute(value)}"' for name, value in attributes.items())


def _attribute(value: str) -> str:
    return escape.attribute(value).replace("\r", "&#13;")


def in_language(lang: str) -> dict[str, str]:
    """Return the attribute by which an element says its language, if there is one to be said."""
    return {"xml:lang": lang} if lang else {}


class Maker:
    """Makes the elements of one version; they are asked for by their names in QTI 2.1."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile

    def __call__(self, tag: str, /, *children: Element, text: str = "", **attributes: str) -> Element:
        """Return a structural element, as `element` does."""
        if self.profile.prefixed:
            tag, attributes = self.profile.tag(tag), self._spelled(attributes)
        return element(tag, *children, text=text, **attributes)

    def rich(
        self, tag: str, xhtml: str, fill: Callable[[str], Element] | None = None, /, **attributes: str
    ) -> Element:
        """Return an element that holds rich text, given as well-formed XHTML without a namespace.

        `fill` makes what stands in the place of a `<slot id="…"/>`, given that id.
        """
        inside = _filled(xhtml, fill)
        if self.profile.prefixed:
            if tag in _WITH_CONTENT_BODY:
                inside = around(self.profile.tag("contentBody"), inside)
            tag, attributes = self.profile.tag(tag), self._spelled(attributes)
        return around(tag, inside, **attributes)

    def div(self, xhtml: str, fill: Callable[[str], Element] | None = None, /, **attributes: str) -> Element:
        """Return a `div` that holds rich text."""
        return around("div", _filled(xhtml, fill), **attributes)

    def _spelled(self, attributes: dict[str, str]) -> dict[str, str]:
        return {self.profile.attribute(name): value for name, value in attributes.items()}


@lru_cache(maxsize=8)
def maker(profile: Profile) -> Maker:
    """Return the one for this version, the same for all packs of a run."""
    return Maker(profile)


def _filled(xhtml: str, fill: Callable[[str], Element] | None) -> str:
    """Return the text with its slots filled, in the form that any writer of XML would give it.

    That is: a carriage return as XML reads it, an element without content one tag. Formulas become MathML 2.
    """
    if "\r" in xhtml:
        xhtml = _TAG.sub(lambda tag: tag[0].replace("\r", " "), xhtml)
        xhtml = xhtml.replace("\r\n", "\n").replace("\r", "\n")
    if "></" in xhtml and _MAYBE_NOTHING.search(xhtml):
        xhtml = _NOTHING_INSIDE.sub(r"<\1\2/>", xhtml)
    if "<math " in xhtml:
        xhtml = "".join(_with_mathml2(xhtml))
    return xhtml if fill is None or "<slot " not in xhtml else _SLOT.sub(lambda slot: fill(slot[1]), xhtml)


def _with_mathml2(xhtml: str) -> Iterator[str]:
    *pieces, rest = xhtml.split("</math>")
    for piece in pieces:
        text, opening, formula = piece.partition("<math ")
        yield text
        yield _in_mathml2(f"{opening}{formula}</math>")
    yield rest


@lru_cache(maxsize=4096)
def _in_mathml2(math: str) -> str:
    if _ONLY_IN_CORE.search(math) is None:
        return math
    from packc.backends.qti.mathml2 import lowered  # loads lxml, and most formulas are fine as they are

    return lowered(math)


def document(root: Element) -> bytes:
    """Return the document as UTF-8 with an XML declaration and a final line break.

    U+FFFD stands for what XML cannot carry.
    """
    return f"<?xml version='1.0' encoding='UTF-8'?>\n{without_refused(root)}\n".encode()
