"""A deck as a learner's Anki would read it: what `packc diff` compares, and what a lost ledger is made of."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from hashlib import sha256
from html import unescape
from typing import Any

from packc.named import NamedTuple

_SEPARATOR = "\x1f"
_SQLITE = b"SQLite format 3\0"
_MOST_BYTES = 1 << 30  # of a collection, unpacked
_NEWER = ("collection.anki21b", "collection.anki21")  # zstd, and a second copy of the same
_BLANK = re.compile(r"\{\{c(\d+)::(.*?)(?:::.*?)?\}\}", re.DOTALL)


class NotADeck(Exception):
    """The bytes are no deck that can be read. The message says why."""


class DeckNote(NamedTuple):
    """A note. `deck` is that of its first card; `mod` is in UTC seconds."""

    guid: str
    note_type: int
    mod: int
    fields: tuple[str, ...]
    tags: frozenset[str]
    deck: str

    @property
    def id(self) -> str:
        """The first field as plain text: in packc's note types, the question's id."""
        return _plain(self.fields[0])

    @property
    def blanks(self) -> tuple[tuple[int, str], ...]:
        """The numbers of its blanks in the order of the text, with their answers as plain text."""
        found = [blank for field in self.fields for blank in _BLANK.findall(field)]
        return tuple((int(number), _plain(answer)) for number, answer in found)


class DeckNoteType(NamedTuple):
    """A note type: its name, its fields with their ids, and a hash of everything that makes its look."""

    id: int
    name: str
    mod: int
    fields: tuple[str, ...]
    field_ids: tuple[int | str, ...]  # its name for a field without an id
    look: str


class Deck(NamedTuple):
    """A package: its notes by GUID, its note types by id."""

    notes: Mapping[str, DeckNote]
    note_types: Mapping[int, DeckNoteType]


def read_deck(data: bytes) -> Deck:
    """Return what stands in an `.apkg` of Anki's legacy form. Raises NotADeck."""
    try:
        with closing(sqlite3.connect(":memory:")) as database:
            database.deserialize(_collection(data))
            database.execute("PRAGMA query_only = ON")
            database.execute("PRAGMA trusted_schema = OFF")
            return _read(database)
    except (sqlite3.Error, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise NotADeck(f"its collection cannot be read ({error})") from error


def _collection(data: bytes) -> bytes:
    import io
    import lzma
    import zipfile
    import zlib

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
            if "collection.anki2" not in names or _NEWER[0] in names:
                raise NotADeck("it holds no collection in Anki's legacy form")
            member = package.getinfo(_NEWER[1] if _NEWER[1] in names else "collection.anki2")
            if member.file_size > _MOST_BYTES:
                raise NotADeck(f"its collection has more than {_MOST_BYTES >> 30} GiB")
            data = package.read(member)
    except NotADeck:
        raise
    except (
        *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError),
        *(NotImplementedError, RuntimeError, ValueError, OverflowError),
    ) as error:
        raise NotADeck("it is no zip archive, or a damaged one") from error
    if not data.startswith(_SQLITE):
        raise NotADeck("its collection is no database")
    return data


def _read(database: sqlite3.Connection) -> Deck:
    models, decks = database.execute("SELECT models, decks FROM col").fetchone()
    names = {int(number): str(deck["name"]) for number, deck in json.loads(decks).items()}
    rows = database.execute(
        "SELECT guid, mid, notes.mod, flds, tags, did FROM notes LEFT JOIN cards ON nid = notes.id"
        " GROUP BY notes.id HAVING ord IS min(ord) ORDER BY notes.id"
    )
    notes = {
        guid: DeckNote(
            guid,
            model,
            mod,
            tuple(fields.split(_SEPARATOR)),
            frozenset(tags.split()),
            names.get(deck, ""),
        )
        for guid, model, mod, fields, tags, deck in rows
    }
    return Deck(notes, {int(number): _note_type(model) for number, model in json.loads(models).items()})


def _note_type(model: Mapping[str, Any]) -> DeckNoteType:
    templates = [(template["name"], template["qfmt"], template["afmt"]) for template in model["tmpls"]]
    look = json.dumps([templates, model["css"]])
    return DeckNoteType(
        id=int(model["id"]),
        name=str(model["name"]),
        mod=int(model["mod"]),
        fields=tuple(str(field["name"]) for field in model["flds"]),
        field_ids=tuple(field.get("id") or str(field["name"]) for field in model["flds"]),
        look=sha256(look.encode("utf-8")).hexdigest()[:16],
    )


def _plain(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())
