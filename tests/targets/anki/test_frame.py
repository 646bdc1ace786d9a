"""What packc keeps of genanki is what genanki says."""

from __future__ import annotations

import itertools
import json
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import genanki
import pytest

from packc.backends.anki import frame as room
from packc.backends.anki.decks import DeckPlan
from packc.backends.anki.frame import deck_of, frame, model_of
from packc.backends.anki.notetypes import NOTE_TYPES, QA, NoteType


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Let answers be kept, and return where."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "kept"))
    _forget()
    yield tmp_path / "kept"
    _forget()


def _forget() -> None:
    """Forget what this process knows already, as another one would."""
    room.frame.cache_clear()
    room._model.cache_clear()


def _said(kind: NoteType) -> Any:
    model = genanki.Model(
        kind.id,
        kind.name,
        fields=[{"name": name, "id": kind.field_id(name)} for name in kind.fields],
        templates=[{"name": "Card", "id": kind.template_id, "qfmt": kind.front, "afmt": kind.back}],
        css=kind.css,
        model_type=genanki.Model.CLOZE if kind.cloze else genanki.Model.FRONT_BACK,
    )
    return model.to_json(1234, None)


@pytest.mark.parametrize("turn", ["asked", "recalled"])
def test_note_types_are_genankis(kept: Path, turn: str) -> None:
    if turn == "recalled":
        for kind in NOTE_TYPES:
            model_of(kind, 99)
        assert len(list(kept.rglob("*.json"))) == len(NOTE_TYPES)
        _forget()
    assert [model_of(kind, 1234) for kind in NOTE_TYPES] == [_said(kind) for kind in NOTE_TYPES]


@pytest.mark.usefixtures("kept")
def test_tables_and_decks_are_genankis() -> None:
    plan = DeckPlan("A::B", "<p>About</p>")
    frame()
    _forget()
    with closing(sqlite3.connect(":memory:")) as ours, closing(sqlite3.connect(":memory:")) as theirs:
        package = genanki.Package(genanki.Deck(plan.id, plan.name, plan.description))
        package.write_to_db(theirs.cursor(), 7, itertools.count())
        ours.executescript(frame().tables)
        ours.executescript(frame().row)
        (decks,) = theirs.execute("SELECT decks FROM col").fetchone()
        assert json.loads(decks)[str(plan.id)] == deck_of(plan)
        for database in (ours, theirs):
            database.execute("UPDATE col SET decks = '', models = ''")
        assert list(ours.iterdump()) == list(theirs.iterdump())


@pytest.mark.usefixtures("kept")
def test_another_genanki_and_another_note_type_are_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[NoteType] = []

    def ask(kind: NoteType) -> dict[str, Any]:
        asked.append(kind)
        return {"name": kind.name}

    monkeypatch.setattr(room, "_ask_model", ask)
    other = NoteType(QA.key, "packc Other", QA.answer_fields, QA.template)
    for kind in (QA, QA, other, QA):
        _forget()
        assert model_of(kind, 5) == {"name": kind.name, "mod": 5}
    monkeypatch.setattr(room, "_genanki", lambda: "another")
    _forget()
    model_of(QA, 5)
    assert asked == [QA, other, QA, QA]
