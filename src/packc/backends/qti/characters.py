"""Characters that XML 1.0 cannot carry. The reader refuses them; a library caller may not."""

from __future__ import annotations

import re

# The complement of what XML 1.0 calls Char.
_REFUSED = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """Return `text` with U+FFFD for every character that XML 1.0 cannot carry."""
    return _REFUSED.sub("\ufffd", text)


def refused_character(text: str) -> str | None:
    """Return the first character of `text` that XML 1.0 cannot carry, if there is one."""
    found = _REFUSED.search(text)
    return found.group() if found else None
