"""HTML from other hands, as trees of ours. Nothing is loaded, and nothing of it is ever run."""

from __future__ import annotations

import re

from packc.intake.lxmltree import grown
from packc.intake.tree import Element
from packc.named import NamedTuple
from packc.source import without_refused

# They would end the document before its end.
_FRAME = re.compile(r"</?(?:html|body|head|frameset|plaintext|!doctype)\b[^<>]*>", re.IGNORECASE)


class Fragment(NamedTuple):
    """A piece of HTML, held by `root`. `whole` is False where nesting left only its text."""

    root: Element
    whole: bool


def parse_html(text: str) -> Fragment:
    """Return the tree of a piece of HTML. Never raises."""
    if "<" not in text and "&" not in text:  # most texts of a bank are one word or sentence
        return Fragment(Element("body", children=[text] if text else []), True)
    from lxml import etree

    parser = etree.HTMLParser(
        encoding="utf-8",
        recover=True,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
    )
    clean = _FRAME.sub("", without_refused(text).replace("\f", " "))
    document = f"<html><body>{clean}</body></html>".encode("utf-8", "replace")
    root = etree.fromstring(document, parser)
    too_much = any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)
    if root is None or too_much:
        return Fragment(Element("body", children=[_tagless(clean)]), False)
    found = grown(root)
    body = found.root.child("body") or found.root
    return Fragment(body, not found.flattened)


def _tagless(html: str) -> str:
    """Return the text of HTML that no parser takes."""
    from html import unescape

    return unescape(re.sub(r"<[A-Za-z/!][^<>]*>", " ", html))
