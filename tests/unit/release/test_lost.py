"""A lost ledger, made anew of the last decks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from packc import ProjectFault
from tests.support.packs import png
from tests.support.teacher import (
    LATER,
    TWO,
    Teacher,
    entries,
)


@pytest.fixture
def worked_on(released: Teacher) -> Iterator[Teacher]:
    """A project after several releases, with an image, blanks in another order, an alias, a second pack."""
    (released.folder / "content/curve.png").write_bytes(png())
    released.edit("The {{learning rate}}", "In {{training}} the {{learning rate}}")
    released.edit("Why is it flat?", "Why is it flat? ![A curve](curve.png)")
    (released.folder / "content/other.md").write_text("---\nid: other\n---\n\n# O\n\n" + TWO)
    released.release(LATER)
    released.edit("## Q2. Two\n", "## Q22. Two\n\n**Alias:** Q2\n")
    released.release(LATER + 99)
    yield released


def test_a_lost_ledger_is_made_anew_of_the_last_decks(worked_on: Teacher) -> None:
    before = worked_on.ledger.read_bytes()
    worked_on.ledger.unlink()
    decks = sorted((worked_on.folder / "dist/anki").glob("*.apkg"))
    assert len(decks) == 2
    made = worked_on.release(LATER + 999, decks=decks)
    assert made.written
    assert worked_on.ledger.read_bytes() == before


def test_what_changed_since_the_last_deck_is_released_with_the_lost_ledger(worked_on: Teacher) -> None:
    before = entries(worked_on)
    worked_on.ledger.unlink()
    worked_on.edit("The rate.", "The step.")
    worked_on.edit("{{gradient}}", "{{slope}}")
    decks = sorted((worked_on.folder / "dist/anki").glob("*.apkg"))
    made = worked_on.release(LATER + 999, decks=decks)
    assert sorted(question.entry.id for question in made.changes.changed) == ["Q1", "Q3"]
    after = entries(worked_on)
    assert after["Q1"].published == after["Q3"].published == LATER + 999
    assert after["Q2"] == before["Q2"]
    assert [(b.number, b.answer) for b in after["Q3"].blanks] == [
        (1, "learning rate"),
        (2, "slope"),
        (3, "training"),
    ]


def test_a_ledger_that_is_there_is_not_made_anew(released: Teacher) -> None:
    with pytest.raises(ProjectFault) as caught:
        released.release(decks=[released.deck])
    assert caught.value.diagnostic.code == "PK519"


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\5\6" + b"\0" * 18])
def test_a_ledger_is_made_of_decks_only(released: Teacher, data: bytes) -> None:
    released.ledger.unlink()
    released.deck.write_bytes(data)
    with pytest.raises(ProjectFault) as caught:
        released.release(decks=[released.deck])
    assert caught.value.diagnostic.code == "PK518"
    assert not released.ledger.exists()
