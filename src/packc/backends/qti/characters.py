"""Characters that XML 1.0 cannot carry. The reader refuses them; a library caller may not."""

from __future__ import annotations

from packc.source import is_refused_character


def clean(text: str) -> str:
    """Return `text` with U+FFFD for every character that XML 1.0 cannot carry."""
    if refused_character(text) is None:
        return text
    return "".join("\ufffd" if is_refused_character(ord(character)) else character for character in text)


def refused_character(text: str) -> str | None:
    """Return the first character of `text` that XML 1.0 cannot carry, if there is one."""
    if text.isprintable():  # nearly always, and far quicker than looking at each
        return None
    return next((character for character in text if is_refused_character(ord(character))), None)
