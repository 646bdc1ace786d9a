"""The collection inside an `.apkg`: genanki's tables, with the times and numbers that Anki needs."""

from __future__ import annotations

import itertools
import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from pathlib import Path

from packc.backends.anki.decks import DeckPlan
from packc.backends.anki.frame import deck_of, frame, model_of
from packc.backends.anki.notetypes import TEMPLATES_RELEASED, NoteType
from packc.backends.base import ScratchFault
from packc.named import NamedTuple

_FIELD_SEPARATOR = "\x1f"

# SQLite stamps its change counters (bytes 24 and 92, which must agree) and its own version (byte 96) into a
# file's header; none of it is content. See "The Database Header" in SQLite's file format.
_HEADER = 100
_HEADER_STAMPS = ((24, 1), (92, 1), (96, 3_040_000))

_SETTINGS = ("page_size = 4096", "auto_vacuum = NONE", "secure_delete = ON")
_SCRATCH_SETTINGS = ("journal_mode = OFF", "synchronous = OFF")  # nobody needs the file after a crash

# Decks up to this many notes are built in memory. Larger ones would be in it three times over: as SQLite's
# pages, as its copy of them, and as Python's.
_IN_MEMORY = 2_000

# The columns of genanki's schema. What is 0 here is so for every note that nobody has studied.
_INSERT_NOTE = """INSERT INTO notes (id, guid, mid, mod, usn, tags, flds, sfld, csum, flags, data)
VALUES (?, ?, ?, ?, -1, ?, ?, ?, 0, 0, '')"""
_INSERT_CARD = """INSERT INTO cards (id, nid, did, ord, mod, usn, type, queue, due, ivl, factor, reps, lapses,
left, odue, odid, flags, data) VALUES (?, ?, ?, ?, ?, -1, 0, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0, '')"""


class NoteRow(NamedTuple):
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


class Collection(NamedTuple):
    """What goes into `collection.anki2`.

    `row` gives what Anki stores of the question with an id; it is asked for each once, so that the fields of
    ten thousand notes need not be held together. `base_time`, in UTC seconds, is where the numbers of notes
    and cards begin; Anki shows them as their creation time and moves them where a collection has them
    already. `restyled` is when the templates changed last, by default when packc's own did.
    """

    decks: Sequence[DeckPlan]
    note_types: Iterable[NoteType]
    row: Callable[[str], NoteRow]
    base_time: int
    restyled: int = 0

    @property
    def size(self) -> int:
        """How many notes it holds."""
        return sum(len(deck.question_ids) for deck in self.decks)


def collection_bytes(collection: Collection) -> bytes:
    """Return `collection.anki2` (schema 11) as bytes that depend on nothing but the argument.

    A large one is built in a file of its own in the system's folder for such, which is gone afterwards.
    Raises ScratchFault if there is no room for it.
    """
    if collection.size > _IN_MEMORY:
        return _built_on_disk(collection)
    with closing(sqlite3.connect(":memory:")) as database:
        _fill(database, collection)
        data = database.serialize()
    return b"".join((_without_stamps(data[:_HEADER]), memoryview(data)[_HEADER:]))


def _built_on_disk(collection: Collection) -> bytes:
    from tempfile import TemporaryDirectory  # few decks are so large

    try:
        with TemporaryDirectory(prefix="packc-") as folder:
            path = Path(folder, "collection.anki2")
            with closing(sqlite3.connect(path)) as database:
                for setting in _SCRATCH_SETTINGS:
                    database.execute(f"PRAGMA {setting}")
                _fill(database, collection)
            with path.open("r+b") as file:
                header = _without_stamps(file.read(_HEADER))
                file.seek(0)
                file.write(header)
            return path.read_bytes()
    except OSError as error:
        raise ScratchFault(os.strerror(error.errno) if error.errno else str(error)) from error
    except sqlite3.OperationalError as error:  # "database or disk is full"
        raise ScratchFault(str(error)) from error


def _fill(database: sqlite3.Connection, collection: Collection) -> None:
    for setting in _SETTINGS:
        database.execute(f"PRAGMA {setting}")
    cursor = database.cursor()
    numbers = itertools.count(collection.base_time * 1000)
    cursor.executescript(frame().tables)
    cursor.executescript(frame().row)
    (listed,) = cursor.execute("SELECT decks FROM col").fetchone()
    decks = {**json.loads(listed), **{str(plan.id): deck_of(plan) for plan in collection.decks}}
    restyled = collection.restyled or TEMPLATES_RELEASED
    models = {str(kind.id): model_of(kind, restyled) for kind in collection.note_types}
    cursor.execute(
        "UPDATE col SET decks = ?, models = ?", (json.dumps(decks), json.dumps(models, sort_keys=True))
    )
    for plan in collection.decks:
        deck = plan.id
        for identifier in plan.question_ids:
            _add_note(cursor, collection.row(identifier), deck, numbers)
    database.commit()


def _add_note(cursor: sqlite3.Cursor, row: NoteRow, deck: int, numbers: itertools.count[int]) -> None:
    # genanki gives all notes of a package one time, and writes none without looking for faults in its HTML.
    if any(_FIELD_SEPARATOR in value for value in row.fields):
        raise ValueError(f"note {row.guid}: a field holds U+001F, Anki's separator of fields")
    note, fields = next(numbers), _FIELD_SEPARATOR.join(row.fields)
    tags = f" {' '.join(row.tags)} "
    cursor.execute(_INSERT_NOTE, (note, row.guid, row.note_type.id, row.mod, tags, fields, row.fields[0]))
    for card in row.cards:
        cursor.execute(_INSERT_CARD, (next(numbers), note, deck, card, row.mod, row.position))


def _without_stamps(header: bytes) -> bytes:
    stamped = bytearray(header)
    for offset, value in _HEADER_STAMPS:
        stamped[offset : offset + 4] = value.to_bytes(4, "big")
    return bytes(stamped)
