"""Anki's tags."""

from __future__ import annotations

import re
from unicodedata import normalize

from packc.ast.pack import Pack


def note_tags(pack: Pack) -> tuple[str, ...]:
    """Return the tags of every note of the pack: its own, then `packc::<pack id>`, each once."""
    tags = [anki_tag(tag) for tag in (*pack.meta.tags, f"packc::{pack.id}")]
    return tuple(dict.fromkeys(tag for tag in tags if tag))


def anki_tag(tag: str) -> str:
    """Return `tag` as Anki keeps it: lower case, without spaces, quotes and empty levels."""
    name = re.sub(r"\s+", "-", normalize("NFC", tag).strip().lower()).replace('"', "")
    return "::".join(level for level in name.split("::") if level)
