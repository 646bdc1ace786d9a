"""Attributes in braces, as site generators write them behind a text: `{#id .class key="value"}`."""

from __future__ import annotations

import re

from packc.named import NamedTuple

# Patterns as text: `re` compiles them when a pack first needs them.
# None holds a backslash: what does is text, in which it escapes.
_ONE = r"""(?:[.#][^\s{}.#="'\\&]+)+|[A-Za-z][\w:-]*=(?:"[^"{}\n\\]*"|'[^'{}\n\\]*'|[^\s{}"'\\]+)"""
BRACES = rf"\{{:?[ \t]*(?:{_ONE})(?:[ \t]+(?:{_ONE}))*[ \t]*\}}"
_PINS = {".first", ".last", ".fixed"}  # of choices: no attributes
_PIXELS = r"0*[1-9][0-9]{0,4}(?=(?:px)?$)"
_PERCENT = r"(?=.*[1-9])[0-9]{1,3}(?:\.[0-9]{1,2})?%$"


class Attribute(NamedTuple):
    """One attribute; `start` and `end` are offsets into the braces. `key` is '' for ids and classes."""

    key: str
    value: str
    written: str
    start: int
    end: int


def braces_at(text: str, start: int, limit: int) -> int | None:
    """Return where the attribute braces end that begin at `start`, or None if there are none."""
    found = re.compile(BRACES).match(text, start, limit)
    if found is None or set(found[0].strip("{:} \t").split()) <= _PINS:
        return None
    return found.end()


def trailing_braces(text: str) -> int | None:
    """Return where, behind white space or on their own, the braces begin that end `text`."""
    if not text.endswith("}"):
        return None
    start = text.rfind("{")
    if start < 0 or (start > 0 and not text[start - 1].isspace()):
        return None
    return start if braces_at(text, start, len(text)) == len(text) else None


def attributes_in(braces: str) -> list[Attribute]:
    """Return the attributes between braces, in the order in which they are written."""
    return [
        Attribute(key, value.strip("\"'"), one[0], one.start(), one.end())
        for one in re.finditer(_ONE, braces)
        for key, _, value in (one[0].partition("=") if one[0][0] not in ".#" else ("", "", one[0]),)
    ]


def image_size(attribute: Attribute) -> str | None:
    """Return a width or height as the tree keeps it, '' if it cannot be read, None if it is neither."""
    if attribute.key not in ("width", "height"):
        return None
    found = re.match(_PIXELS, attribute.value) or re.match(_PERCENT, attribute.value)
    return found[0].lstrip("0") if found else ""
