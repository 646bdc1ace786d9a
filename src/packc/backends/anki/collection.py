"""The collection inside an `.apkg`: genanki's tables, with the times and numbers that Anki needs."""

from __future__ import annotations

import itertools
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from typing import Any

import genanki

from packc.backends.anki.decks import DeckPlan
from packc.backends.anki.notetypes import TEMPLATES_RELEASED, NoteType

_FIELD_SEPARATOR = "\x1f"

# SQLite stamps its change counters (bytes 24 and 92, which must agree) and its own version (byte 96) into a
# file's header; none of it is content. See "The Database Header" in SQLite's file format.
_HEADER_STAMPS = ((24, 1), (92, 1), (96, 3_040_000))


@dataclass(frozen=True, slots=True)
class NoteRow:
    """What Anki stores of one question. `mod`: UTC seconds; `position`: from 1, the order of new cards.

    `cards` are their numbers, from 0: one card, or one of each number in a cloze text.
    """

    guid: str
    note_type: NoteType
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    mod: int
    position: int
    cards: tuple[int, ...] = (0,)


class _Model(genanki.Model):  # type: ignore[misc]  # genanki has no types
    """A note type that is the same in every package: dated by its templates, bound to no deck."""

    restyled: int

    def to_json(self, timestamp: float, deck_id: int) -> dict[str, Any]:  # noqa: ARG002
        model: dict[str, Any] = super().to_json(self.restyled, None)
        return model


class _Note(genanki.Note):  # type: ignore[misc]  # genanki has no types
    """A note with a time of its own (genanki knows one for all), and the cards that we give it."""

    def __init__(self, row: NoteRow, restyled: int) -> None:
        super().__init__(
            model=_model(row.note_type, restyled),
            fields=list(row.fields),
            tags=row.tags,
            guid=row.guid,
            due=row.position,
        )
        self.mod = row.mod
        self.cards = [genanki.Card(number) for number in row.cards]

    def write_to_db(
        self,
        cursor: sqlite3.Cursor,
        timestamp: float,  # noqa: ARG002
        deck_id: int,
        id_gen: Iterator[int],
    ) -> None:
        if any(_FIELD_SEPARATOR in value for value in self.fields):
            raise ValueError(f"note {self.guid}: a field holds U+001F, Anki's separator of fields")
        super().write_to_db(cursor, self.mod, deck_id, id_gen)


def collection_bytes(
    decks: Iterable[DeckPlan], notes: Mapping[str, NoteRow], *, base_time: int, restyled: int = 0
) -> bytes:
    """Return `collection.anki2` (schema 11) as bytes that depend on nothing but the arguments.

    `notes` are by question id. `base_time`, in UTC seconds, is where the numbers of notes and cards begin;
    Anki shows them as their creation time and moves them where a collection has them already. `restyled` is
    when the templates changed last, by default when packc's own did.
    """
    package = genanki.Package([_deck(plan, notes, restyled or TEMPLATES_RELEASED) for plan in decks])
    with closing(sqlite3.connect(":memory:")) as database:
        for setting in (
            "page_size = 4096",
            "auto_vacuum = NONE",
            "secure_delete = ON",
            "temp_store = MEMORY",
        ):
            database.execute(f"PRAGMA {setting}")
        package.write_to_db(database.cursor(), base_time, itertools.count(base_time * 1000))
        _write_each_model_once(database)
        database.commit()
        database.execute("VACUUM")
        return _without_stamps(database.serialize())


@cache
def _model(kind: NoteType, restyled: int) -> _Model:
    model = _Model(
        kind.id,
        kind.name,
        fields=[{"name": name, "id": kind.field_id(name)} for name in kind.fields],
        templates=[{"name": "Card", "id": kind.template_id, "qfmt": kind.front, "afmt": kind.back}],
        css=kind.css,
        model_type=genanki.Model.CLOZE if kind.cloze else genanki.Model.FRONT_BACK,
    )
    model.restyled = restyled
    return model


def _deck(plan: DeckPlan, notes: Mapping[str, NoteRow], restyled: int) -> genanki.Deck:
    deck = genanki.Deck(plan.id, plan.name, plan.description)
    for identifier in plan.question_ids:
        deck.add_note(_Note(notes[identifier], restyled))
    return deck


def _write_each_model_once(database: sqlite3.Connection) -> None:
    # genanki writes a note type once per deck, under the same key again and again in one JSON object.
    (models,) = database.execute("SELECT models FROM col").fetchone()
    database.execute("UPDATE col SET models = ?", (json.dumps(json.loads(models), sort_keys=True),))


def _without_stamps(data: bytes) -> bytes:
    header = bytearray(data[:100])
    for offset, value in _HEADER_STAMPS:
        header[offset : offset + 4] = value.to_bytes(4, "big")
    return bytes(header) + data[100:]
