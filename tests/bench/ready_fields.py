"""The floor of the Anki target and packc beside it: ready fields become packages, nothing else is done.

usage: ready_fields.py packc|genanki NOTES PACKAGES
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import genanki

from packc.backends.anki.notetypes import QA

CHARACTERS = 600  # in a note
MOMENT = 1_790_000_000


def main(words: list[str]) -> None:
    who, notes, packages = words[0], int(words[1]), int(words[2])
    with tempfile.TemporaryDirectory() as folder:
        for number in range(packages):
            write = _ours if who == "packc" else _theirs
            write(Path(folder, f"{number}.apkg"), notes)


def fields(number: int) -> tuple[str, ...]:
    """Return the fields of a note: its id, seven of text, and empty ones."""
    text = f"w{number} " * (CHARACTERS // 7 // len(f"w{number} "))
    return (f"Q{number}", *[text] * 7, *[""] * (len(QA.fields) - 8))


def _ours(path: Path, notes: int) -> None:
    from packc.backends.anki.collection import Collection, NoteRow, collection_bytes
    from packc.backends.anki.decks import DeckPlan
    from packc.backends.base import Archive, File
    from packc.build.archive import pieces_of

    numbers = {f"Q{number}": number for number in range(notes)}

    def row(identifier: str) -> NoteRow:
        number = numbers[identifier]
        return NoteRow(f"g{number}", QA, fields(number), ("tag",), MOMENT, number + 1)

    deck = DeckPlan("Deck", "", list(numbers))
    data = collection_bytes(Collection((deck,), (QA,), row, MOMENT))
    members = (File("collection.anki2", data), File("media", b"{}"))
    path.write_bytes(b"".join(pieces_of(Archive(path.name, members))))


def _theirs(path: Path, notes: int) -> None:
    templates = [{"name": "Card", "qfmt": QA.front, "afmt": QA.back}]
    model = genanki.Model(1, "QA", [{"name": name} for name in QA.fields], templates, css=QA.css)
    deck = genanki.Deck(2, "Deck")
    for note in _notes(model, notes):
        deck.add_note(note)
    genanki.Package(deck).write_to_file(path)


def _notes(model: genanki.Model, notes: int) -> Iterator[genanki.Note]:
    for number in range(notes):
        yield genanki.Note(model, list(fields(number)), tags=["tag"], guid=f"g{number}")


if __name__ == "__main__":
    main(sys.argv[1:])
