"""What `packc diff` says that an import will do."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from packc import ProjectFault
from packc.backends.anki import notetypes
from packc.backends.anki.notetypes import NoteType
from packc.backends.anki.reading import Deck, NotADeck, read_deck
from packc.compare import Comparison, Fate, Moved, compare, compare_decks
from tests.support.teacher import LATER, START, TWO, Teacher, dated


def deck(released: Teacher) -> Deck:
    return read_deck(released.deck.read_bytes())


def shown(found: Comparison) -> dict[str, Any]:
    """Return the groups that hold something, by the ids of their questions."""
    groups = ("new", "updated", "untouched", "retired", "stale", "blocked")
    ids = {name: [item.id.rpartition("/")[2] for item in getattr(found, name)] for name in groups}
    return {name: each for name, each in ids.items() if each}


def after(released: Teacher) -> tuple[Comparison, Comparison]:
    """Return what the ledger and the packs say, and after a release what the two decks say."""
    before = deck(released)
    with dated(LATER):
        by_ledger = compare(None, None, cwd=released.folder).comparison
    released.release(LATER)
    return by_ledger, compare_decks(before, deck(released))


def test_nothing_changed(released: Teacher) -> None:
    for found in after(released):
        assert shown(found) == {"untouched": ["Q1", "Q2", "Q3"]}
        assert (found.decks, found.note_types) == ((), ())


def test_edited_added_and_removed(released: Teacher) -> None:
    released.edit("The rate.", "The step.")
    released.edit(TWO, TWO.replace("Q2", "Q9").replace("flat", "steep"))
    for found in after(released):
        assert shown(found) == {"new": ["Q9"], "updated": ["Q1"], "untouched": ["Q3"], "retired": ["Q2"]}


def test_a_renamed_deck(released: Teacher) -> None:
    released.edit("# Losses", "# Gains")
    by_ledger, by_decks = after(released)
    assert by_ledger.decks == (Moved("Losses", "Gains"),)
    assert by_decks.decks == (Moved("Losses", "Gains", 3),)
    assert shown(by_decks) == {"stale": ["Q1", "Q2", "Q3"]}  # the pack's title is on its cards


def test_new_templates(released: Teacher, monkeypatch: pytest.MonkeyPatch) -> None:
    style = notetypes.card_css() + "/* new */"
    monkeypatch.setattr(notetypes, "card_css", lambda: style)
    by_ledger, by_decks = after(released)
    assert by_ledger.note_types == (("anki", Fate.UPDATED),)
    assert set(by_decks.note_types) == {("packc Q&A", Fate.UPDATED), ("packc Cloze", Fate.UPDATED)}
    assert shown(by_decks) == {"untouched": ["Q1", "Q2", "Q3"]}


def test_templates_without_a_later_date_do_not_arrive(released: Teacher) -> None:
    before = deck(released)
    kinds = {number: kind._replace(look="other") for number, kind in before.note_types.items()}
    found = compare_decks(before, before._replace(note_types=kinds))
    assert {fate for _, fate in found.note_types} == {Fate.KEPT}


def test_another_list_of_fields_blocks_its_notes(released: Teacher, monkeypatch: pytest.MonkeyPatch) -> None:
    before = deck(released)
    fields = NoteType.fields.fget  # type: ignore[attr-defined]
    monkeypatch.setattr(NoteType, "fields", property(lambda self: (*fields(self), "Extra4")))
    released.edit("# Losses", "# Losses\n\n## Q7. Choose\n\n- [x] a\n- [ ] b\n")
    released.release(LATER)
    found = compare_decks(before, deck(released))
    assert shown(found) == {"blocked": ["Q1", "Q2", "Q3"], "new": ["Q7"]}
    assert {fate for _, fate in found.note_types} == {Fate.SPLIT}


def test_another_kind_of_question_is_blocked(released: Teacher) -> None:
    released.edit("**Solution:** The rate.\n", "**Answer:** rate\n")
    _, by_decks = after(released)
    assert shown(by_decks)["blocked"] == ["Q1"]


def test_a_deck_and_packs(released: Teacher) -> None:
    old = released.folder / "old.apkg"
    old.write_bytes(released.deck.read_bytes())
    released.edit("The rate.", "The step.")
    with dated(LATER):
        found = compare(old, released.pack, cwd=released.folder).comparison
    assert shown(found) == {"updated": ["Q1"], "untouched": ["Q2", "Q3"]}


def test_a_deck_made_without_the_ledger_tells_that_its_changes_do_not_arrive(released: Teacher) -> None:
    before = deck(released)
    released.edit("The rate.", "The step.")
    released.ledger.unlink()
    released.release(START)
    assert shown(compare_decks(before, deck(released))) == {"stale": ["Q1"], "untouched": ["Q2", "Q3"]}


def test_what_is_missing_has_a_code(released: Teacher) -> None:
    for old, code in ((Path("no.lock"), "PK508"), (Path("no.apkg"), "PK518"), (Path("packc.yaml"), "PK518")):
        with pytest.raises(ProjectFault) as caught:
            compare(old, None, cwd=released.folder)
        assert caught.value.diagnostic.code == code
    released.ledger.unlink()
    with pytest.raises(ProjectFault) as caught:
        compare(None, None, cwd=released.folder)
    assert caught.value.diagnostic.code == "PK508"


def package(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("_", "."), data)
    return buffer.getvalue()


def collection(*statements: str) -> bytes:
    with closing(sqlite3.connect(":memory:")) as database:
        for statement in statements:
            database.execute(statement)
        database.commit()
        return database.serialize()


TABLES = (
    "CREATE TABLE col (models, decks)",
    "CREATE TABLE notes (id, guid, mid, mod, flds, tags)",
    "CREATE TABLE cards (nid, did, ord)",
)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04 and no more",
        package(collection_anki21b=b"", collection_anki2=collection(*TABLES)),
        package(other=b""),
        package(collection_anki2=b""),
        package(collection_anki2=b"SQLite format 3\0" + b"x" * 5000),
        package(collection_anki2=collection(*TABLES)),
        package(collection_anki2=collection(*TABLES, "INSERT INTO col VALUES ('{}', 'no JSON')")),
        package(collection_anki2=collection(*TABLES, "INSERT INTO col VALUES ('[]', '{}')")),
        package(collection_anki2=collection(*TABLES, "INSERT INTO col VALUES ('{\"x\": {}}', '{}')")),
        package(
            collection_anki2=collection(
                *TABLES,
                "INSERT INTO col VALUES ('{}', '{}')",
                "INSERT INTO notes VALUES (1, 'g', 'm', 'late', NULL, 7)",
            )
        ),
    ],
)
def test_what_is_no_deck_is_refused(data: bytes) -> None:
    with pytest.raises(NotADeck):
        read_deck(data)


def test_a_deck_that_is_cut_off_anywhere_is_refused(released: Teacher) -> None:
    data = released.deck.read_bytes()
    for length in range(0, len(data), 97):
        with pytest.raises(NotADeck):
            read_deck(data[:length])
    with pytest.raises(NotADeck):
        read_deck(data[data.index(b"PK\1\2") :])  # its list of members leads to places before the file
