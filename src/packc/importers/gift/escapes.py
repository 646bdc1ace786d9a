"""GIFT's seven escapes. While a text is taken apart, each stands as one character that no text can hold."""

from __future__ import annotations

import re

from packc.source import without_refused

_ESCAPES = {f"\\{live}": chr(number) for number, live in enumerate("\\:#={}~n", 1)}
_PLAIN = {mark: "\n" if escape == "\\n" else escape[1] for escape, mark in _ESCAPES.items()}
_ESCAPE = re.compile(r"\\[\\:#={}~n]")
_MARK = re.compile("[\x01-\x08]")


def hidden(text: str) -> str:
    """Return a text in which every escape is a mark, so that what is left of the live characters is live."""
    return _ESCAPE.sub(lambda found: _ESCAPES[found[0]], without_refused(text))


def shown(text: str) -> str:
    """Return a hidden text as what it says. Any other backslash is a backslash."""
    return _MARK.sub(lambda found: _PLAIN[found[0]], text)


def written(text: str) -> str:
    """Return a hidden text as it was written: an ordering's items know no escapes."""
    back = {mark: escape for escape, mark in _ESCAPES.items()}
    return _MARK.sub(lambda found: back[found[0]], text)
