"""Anki's tags."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import normalize

from packc.ast.pack import Pack
from packc.ast.question import Question


def note_tags(question: Question, pack: Pack) -> tuple[str, ...]:
    """Return a note's tags, each once: the pack's, the question's, its difficulty, `packc::<pack id>`.

    The last is that of the id under which learners met the pack first: another id moves none of its notes.
    """
    difficulty = (f"difficulty::{question.difficulty}",) if question.difficulty else ()
    written = (*pack.meta.tags, *question.tags, *difficulty, f"packc::{(*pack.meta.aliases, pack.id)[0]}")
    tags = [anki_tag(tag) for tag in written]
    return tuple(dict.fromkeys(tag for tag in tags if tag))


@lru_cache(maxsize=1024)
def anki_tag(tag: str) -> str:
    """Return `tag` as Anki keeps it: lower case, without spaces, quotes and empty levels."""
    name = re.sub(r"\s+", "-", normalize("NFC", tag).strip().lower()).replace('"', "")
    return "::".join(level for level in name.split("::") if level)
