"""The label under which a note is shown."""

from __future__ import annotations

from packc.ast.question import Note, Role
from packc.words import Words

# packc's own labels, folded: not an author's choice of words, so they follow the language of the pack.
ENGLISH_LABELS = {
    Role.WHY: ("why it matters",),
    Role.SOURCE: ("source family", "source", "reference", "references", "reference(s)"),
    Role.MISCONCEPTION: ("common wrong answer", "common mistake"),
    Role.COLD_TARGET: ("cold target",),
}


def note_label(note: Note, words: Words) -> str:
    """Return the author's label, or the word of the pack's language for one of packc's English ones."""
    if note.role is Role.OWN:
        return note.label or note.key
    is_english = " ".join(note.label.casefold().split()) in ENGLISH_LABELS[note.role]
    if note.label and not (is_english and words.lang != "en"):
        return note.label
    return str(getattr(words, note.role.value))
