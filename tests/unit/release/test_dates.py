"""When things count as given out."""

from __future__ import annotations

import os
import time
from types import MappingProxyType

import pytest

from packc.identity import content
from tests.support.packs import png
from tests.support.teacher import (
    LATER,
    START,
    TWO,
    Teacher,
    build,
    codes,
    description,
    entries,
    times,
)


def test_the_first_release_dates_everything(teacher: Teacher) -> None:
    made = teacher.release()
    assert [question.entry.id for question in made.changes.new] == ["Q1", "Q2", "Q3"]
    assert {entry.published for entry in entries(teacher).values()} == {START}
    assert times(teacher.deck) == dict.fromkeys(("Q1", "Q2", "Q3"), START)
    assert made.report.unreleased == 0
    assert "Draft" not in description(teacher.deck)
    assert [(b.number, b.answer) for b in entries(teacher)["Q3"].blanks] == [
        (1, "learning rate"),
        (2, "gradient"),
    ]


def test_a_second_release_has_nothing_to_do(released: Teacher) -> None:
    before = (released.ledger.read_bytes(), released.deck.read_bytes())
    made = released.release(LATER)
    assert (made.changes.new, made.changes.changed, made.changes.gone) == ((), (), ())
    assert (released.ledger.read_bytes(), released.deck.read_bytes()) == before


def test_what_changed_alone_gets_a_new_date(released: Teacher) -> None:
    released.edit("The rate, too.", "The rate as well.")
    made = released.release(LATER)
    assert [question.entry.id for question in made.changes.changed] == ["Q2"]
    assert times(released.deck) == {"Q1": START, "Q2": LATER, "Q3": START}
    assert {key: entry.published for key, entry in entries(released).items()} == times(released.deck)


def test_a_release_is_later_than_the_one_before_whatever_the_clock_says(released: Teacher) -> None:
    released.edit("The rate, too.", "The rate as well.")
    made = released.release(START - 3600)
    assert made.moment == START + 1
    assert times(released.deck)["Q2"] == START + 1


def test_a_clock_a_day_behind_is_an_error(released: Teacher) -> None:
    released.edit("The rate, too.", "The rate as well.")
    before = (released.ledger.read_bytes(), released.deck.read_bytes())
    made = released.release(START - 86_402)
    assert codes(made) == ["PK514"]
    assert not made.written
    assert (released.ledger.read_bytes(), released.deck.read_bytes()) == before


def test_a_build_never_touches_the_ledger_and_is_a_draft(released: Teacher) -> None:
    before = released.ledger.read_bytes()
    released.edit("The rate, too.", "The rate as well.")
    report = build(released)
    assert report.unreleased == 1
    assert released.ledger.read_bytes() == before
    assert times(released.deck) == {"Q1": START, "Q2": LATER, "Q3": START}
    assert "Draft" in description(released.deck)


def test_a_draft_is_always_later_than_what_was_released(released: Teacher) -> None:
    released.edit("The rate, too.", "The rate as well.")
    build(released, START - 900_000)
    assert times(released.deck)["Q2"] == START + 1


def test_without_a_ledger_everything_is_a_draft(teacher: Teacher) -> None:
    assert build(teacher).unreleased == 3
    assert not teacher.ledger.exists()
    assert "Draft" in description(teacher.deck)


def test_locked_is_about_what_learners_would_get(released: Teacher) -> None:
    assert codes(build(released, locked=True)) == []
    before = released.deck.read_bytes()
    released.edit("The rate, too.", "The rate as well.")
    assert codes(build(released, locked=True)) == ["PK509"]
    released.edit(TWO.replace("The rate, too.", "The rate as well."), "")
    assert codes(build(released, locked=True)) == ["PK509"]
    assert released.deck.read_bytes() == before


def test_a_restamp_dates_everything_and_says_how_much(released: Teacher) -> None:
    released.edit("The rate, too.", "The rate as well.")
    made = released.release(LATER, restamp=["anki"])
    assert made.restamped == 2
    assert set(times(released.deck).values()) == {LATER}


def test_a_newer_renderer_moves_nothing_until_it_is_asked_to(
    released: Teacher, monkeypatch: pytest.MonkeyPatch
) -> None:
    from packc.backends.anki import notetypes

    monkeypatch.setattr(notetypes, "RENDERER", notetypes.RENDERER + 1)
    made = released.release(LATER)
    assert codes(made) == ["PK522"]
    assert set(times(released.deck).values()) == {START}
    assert codes(released.release(LATER, restamp=["anki"])) == []
    assert set(times(released.deck).values()) == {LATER}
    assert codes(released.release(LATER + 9)) == []


def second_hash(found: content.Content) -> str:
    return content.HASHES[1](found)[::-1]


def test_a_new_version_of_the_hash_keeps_the_dates(
    released: Teacher, monkeypatch: pytest.MonkeyPatch
) -> None:
    released.edit("The rate, too.", "The rate as well.")
    versions = {1: content.HASHES[1], 2: second_hash}
    monkeypatch.setattr(content, "HASHES", MappingProxyType(versions))
    monkeypatch.setattr(content, "NEWEST", 2)
    monkeypatch.setattr("packc.identity.standing.NEWEST", 2)
    monkeypatch.setattr("packc.identity.reading.HASHES", versions)
    assert build(released).unreleased == 1
    made = released.release(LATER)
    assert made.rehashed == 2
    found = entries(released)
    assert {key: entry.hash[:2] for key, entry in found.items()} == {"Q1": "2:", "Q2": "1:", "Q3": "2:"}
    assert {entry.published for entry in found.values()} == {START}
    made = released.release(LATER)
    assert made.rehashed == 0
    assert {key: entry.published for key, entry in entries(released).items()} == {
        "Q1": START,
        "Q2": LATER,
        "Q3": START,
    }
    assert entries(released)["Q2"].hash.startswith("2:")


def test_a_draft_is_as_old_as_its_newest_file_and_never_from_the_future(teacher: Teacher) -> None:
    picture = teacher.folder / "content/curve.png"
    picture.write_bytes(png())
    teacher.edit("Why is it flat?", "Why is it flat? ![A curve](curve.png)")
    for pack, image in ((START, LATER), (LATER, START)):
        os.utime(teacher.pack, (pack, pack))
        os.utime(picture, (image, image))
        build(teacher, None)
        assert set(times(teacher.deck).values()) == {LATER}
    ahead = time.time() + 1_000_000
    for file in (teacher.pack, picture):
        os.utime(file, (ahead, ahead))
        build(teacher, None)
        assert max(times(teacher.deck).values()) <= time.time()
        os.utime(file, (START, START))
