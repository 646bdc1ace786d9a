"""Releases: what is dated and how, what stops one, and that nothing is lost when one is stopped."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from packc import ProjectFault, api
from packc.build.fault import PublishFault
from packc.build.rewrite import rewrite
from packc.diagnostics import Sink
from packc.identity import content
from packc.identity.ledger import Entry, Ledger
from packc.identity.reading import read_ledger
from packc.release import Release
from packc.source import SourceFile
from tests.support.packs import png
from tests.support.teacher import LATER, START, Teacher, dated

PACK = """---
id: pack
---

# Losses

## Q1. One

**Question:** Why does it jump?

**Solution:** The rate.

## Q2. Two

**Question:** Why is it flat?

**Solution:** The rate, too.

## Q3. Three

**Cloze:** The {{learning rate}} scales the {{gradient}}.
"""
TWO = "## Q2. Two\n\n**Question:** Why is it flat?\n\n**Solution:** The rate, too.\n\n"


@pytest.fixture
def teacher(tmp_path: Path) -> Teacher:
    made = Teacher(tmp_path / "project")
    made.pack.write_text(PACK)
    return made


@pytest.fixture
def released(teacher: Teacher) -> Teacher:
    assert teacher.release().written
    return teacher


def read(teacher: Teacher) -> Ledger:
    sink = Sink()
    ledger = read_ledger(SourceFile.from_bytes(teacher.ledger.read_bytes(), name="packc.lock"), sink)
    assert list(sink) == []
    return ledger


def entries(teacher: Teacher) -> dict[str, Entry]:
    return {entry.id: entry for entry in read(teacher).entries.values()}


def codes(made: Release | api.Report) -> list[str]:
    report = made.report if isinstance(made, Release) else made
    return [found.code for found in report.diagnostics]


def build(teacher: Teacher, moment: int | None = LATER, **options: Any) -> api.Report:
    with dated(moment):
        return api.build([], cwd=teacher.folder, **options)


def query(deck: Path, sql: str) -> list[Any]:
    with zipfile.ZipFile(deck) as package, closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(package.read("collection.anki2"))
        return database.execute(sql).fetchall()


def times(deck: Path) -> dict[str, int]:
    return {fields.split("\x1f")[0]: mod for fields, mod in query(deck, "SELECT flds, mod FROM notes")}


def description(deck: Path) -> str:
    ((decks,),) = query(deck, "SELECT decks FROM col")
    return " ".join(deck["desc"] for deck in json.loads(decks).values())


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


def test_a_dry_run_writes_nothing(teacher: Teacher) -> None:
    made = teacher.release(new_ledger=True, dry_run=True)
    assert len(made.changes.new) == 3
    assert sorted(path.name for path in teacher.folder.iterdir()) == ["content", "packc.yaml"]


def test_a_missing_ledger_is_not_begun_unasked(released: Teacher) -> None:
    released.ledger.unlink()
    with pytest.raises(ProjectFault) as caught:
        released.release(dry_run=False)
    assert caught.value.diagnostic.code == "PK508"
    with pytest.raises(ProjectFault) as caught:
        build(released, locked=True)
    assert caught.value.diagnostic.code == "PK508"


def test_a_ledger_that_is_begun_anew_says_so(released: Teacher) -> None:
    assert codes(released.release(LATER, new_ledger=True)) == ["PK517"]
    assert {entry.published for entry in entries(released).values()} == {LATER}


def test_a_broken_ledger_can_be_begun_anew(released: Teacher) -> None:
    released.ledger.write_text("<<<<<<< ours\n")
    assert released.release(LATER, new_ledger=True).written


@pytest.mark.parametrize("run", [build, lambda teacher: teacher.release(dry_run=False)])
def test_a_broken_ledger_stops_what_depends_on_it(run: Any, released: Teacher) -> None:
    released.ledger.write_text(released.ledger.read_text().replace("2026", "2027"))
    before = released.deck.read_bytes()
    with pytest.raises(ProjectFault) as caught:
        run(released)
    assert {found.code for found in caught.value.diagnostics} == {"PK507"}
    assert all(found.span for found in caught.value.diagnostics)
    assert released.deck.read_bytes() == before
    assert len(api.load([], cwd=released.folder).packs) == 1  # who only reads packs can do without


def test_a_pack_with_errors_stops_a_release(released: Teacher) -> None:
    before = (released.ledger.read_bytes(), released.deck.read_bytes())
    released.edit("**Solution:** The rate.\n", "")
    made = released.release(LATER)
    assert not made.written
    assert made.report.exit_code == 1
    assert made.changes.gone == ()
    assert (released.ledger.read_bytes(), released.deck.read_bytes()) == before


def test_no_namespace_no_release(teacher: Teacher) -> None:
    (teacher.folder / "packc.yaml").write_text("targets: [anki]\n")
    made = teacher.release()
    assert "PK515" in codes(made)
    assert not made.written
    assert not teacher.ledger.exists()


def test_a_removed_question_is_retired_and_its_id_is_gone_for_ever(released: Teacher) -> None:
    released.edit(TWO, "")
    made = released.release(LATER)
    assert [entry.id for entry in made.changes.gone] == ["Q2"]
    assert entries(released)["Q2"].retired == LATER
    assert entries(released)["Q2"].published == START
    released.edit("## Q3.", TWO + "## Q3.")
    for used in (build(released), released.release(LATER + 9)):
        assert codes(used) == ["PK510"]
    released.edit("## Q2.", "## q2.")  # the same id
    assert codes(build(released)) == ["PK510"]
    released.edit("## q2.", "## Q4.")
    assert released.release(LATER + 9).written
    assert set(entries(released)) == {"Q1", "Q2", "Q3", "Q4"}


def test_a_retired_question_stays_retired_at_its_date(released: Teacher) -> None:
    released.edit(TWO, "")
    released.release(LATER)
    released.edit("The rate.", "The step.")
    made = released.release(LATER + 99)
    assert made.changes.gone == ()
    assert entries(released)["Q2"].retired == LATER


def test_a_question_under_another_id_waits_for_an_alias(released: Teacher) -> None:
    released.edit("## Q2.", "## Q9.")
    made = released.release(LATER)
    assert codes(made) == ["PK511"]
    assert not made.settled
    assert not made.written
    (found,) = made.report.diagnostics
    assert found.fix is not None
    assert not found.fix.safe
    released.edit("## Q9. Two\n", "## Q9. Two\n\n**Alias:** Q2\n")
    made = released.release(LATER)
    assert [question.entry.shown for question in made.changes.changed] == ["Q9"]
    assert entries(released)["Q2"].shown == "Q9"
    assert times(released.deck) == {"Q1": START, "Q9": LATER, "Q3": START}


def test_who_means_it_can_say_so(released: Teacher) -> None:
    released.edit("## Q2. Two\n", "## Q9. Two\n\n<!-- packc: ignore PK511 -->\n")
    made = released.release(LATER)
    assert made.written
    assert entries(released)["Q2"].retired == LATER


def test_a_pack_under_another_id_waits_for_an_alias(released: Teacher) -> None:
    released.edit("id: pack\n", "id: other\n")
    made = released.release(LATER)
    assert codes(made) == ["PK512"]
    assert not made.written
    released.edit("id: other\n", "id: other\naliases: [pack]\n")
    made = released.release(LATER)
    assert made.written
    assert made.changes.changed == ()


def test_a_moved_question_is_no_rename(released: Teacher) -> None:
    """It goes to another pack that is there: for learners it is another question, and no alias could help."""
    released.edit(TWO, "")
    (released.folder / "content/other.md").write_text("---\nid: other\n---\n\n# O\n\n" + TWO)
    made = released.release(LATER)
    assert codes(made) == []
    assert [entry.id for entry in made.changes.gone] == ["Q2"]
    assert [question.entry.pack for question in made.changes.new] == ["other"]


def test_a_part_of_the_project_is_released_alone(released: Teacher) -> None:
    other = released.folder / "content/other.md"
    other.write_text("---\nid: other\n---\n\n# O\n\n" + TWO)
    released.edit("The rate, too.", "The rate as well.")
    with dated(LATER):
        from packc.release import release

        made = release([other], cwd=released.folder)
    assert made.written
    assert [question.entry.pack for question in made.changes.new] == ["other"]
    assert (made.changes.changed, made.changes.gone) == ((), ())
    assert entries(released)["Q1"].retired is None
    assert build(released).unreleased == 1


def test_decks_that_are_renamed_are_announced(released: Teacher) -> None:
    released.edit("# Losses", "# Gains")
    made = released.release(LATER)
    assert codes(made) == ["PK516"]
    assert made.written
    assert codes(released.release(LATER + 9)) == []


def test_new_blanks_get_new_numbers(released: Teacher) -> None:
    released.edit("The {{learning rate}}", "In {{training}} the {{learning rate}}")
    released.release(LATER)
    (text,) = (fields for (fields,) in query(released.deck, "SELECT flds FROM notes") if "{{c1" in fields)
    assert "{{c3::training}} the {{c1::learning rate}} scales the {{c2::gradient}}" in text
    released.edit("In {{training}} the {{learning rate}}", "The {{learning rate}}")
    released.release(LATER + 9)
    released.edit("The {{learning rate}}", "With {{momentum}} the {{learning rate}}")
    released.release(LATER + 99)
    assert [(b.number, b.answer, b.gone) for b in entries(released)["Q3"].blanks] == [
        (1, "learning rate", False),
        (2, "gradient", False),
        (3, "training", True),
        (4, "momentum", False),
    ]


def test_numbers_are_asked_for_where_nobody_can_tell(released: Teacher) -> None:
    released.edit("{{learning rate}} scales the {{gradient}}", "{{step}} scales the {{slope}}")
    report = build(released)
    assert codes(report) == ["PK513", "PK513"]
    text = report.diagnostics[0].rule.help()
    assert "1 (`learning rate`), 2 (`gradient`)" in text
    released.edit("{{step}} scales the {{slope}}", "{{c1::step}} scales the {{c2::slope}}")
    assert released.release(LATER).written


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


def test_artefacts_come_first_and_the_ledger_last(released: Teacher, monkeypatch: pytest.MonkeyPatch) -> None:
    """A release that is cut off between the two is made up for by the next one."""
    released.edit("The rate, too.", "The rate as well.")
    ledger, deck = released.ledger.read_bytes(), released.deck.read_bytes()

    def killed(*_: object) -> None:
        assert released.deck.read_bytes() != deck
        raise KeyboardInterrupt

    monkeypatch.setattr("packc.release.rewrite", killed)
    with pytest.raises(KeyboardInterrupt):
        released.release(LATER)
    assert released.ledger.read_bytes() == ledger
    monkeypatch.setattr("packc.release.rewrite", rewrite)
    released.release(LATER + 9)
    assert times(released.deck)["Q2"] == LATER + 9


def test_a_release_that_cannot_write_its_decks_keeps_the_ledger(released: Teacher) -> None:
    released.edit("The rate, too.", "The rate as well.")
    ledger = released.ledger.read_bytes()
    released.deck.unlink()
    released.deck.mkdir()
    with pytest.raises(PublishFault):
        released.release(LATER)
    assert released.ledger.read_bytes() == ledger


def test_two_releases_at_once_do_not_overwrite_each_other(
    released: Teacher, monkeypatch: pytest.MonkeyPatch
) -> None:
    released.edit("The rate, too.", "The rate as well.")
    build_request = api.build_request

    def meanwhile(*arguments: Any) -> api.Report:
        report = build_request(*arguments)
        released.ledger.write_text("somebody else's")
        return report

    monkeypatch.setattr(api, "build_request", meanwhile)
    with pytest.raises(PublishFault, match="was changed"):
        released.release(LATER)
    assert released.ledger.read_text() == "somebody else's"


def test_packs_that_change_meanwhile_are_not_released(
    released: Teacher, monkeypatch: pytest.MonkeyPatch
) -> None:
    released.edit("The rate, too.", "The rate as well.")
    ledger, deck = released.ledger.read_bytes(), released.deck.read_bytes()
    build_request = api.build_request

    def meanwhile(*arguments: Any) -> api.Report:
        released.edit("The rate as well.", "The rate again.")
        return build_request(*arguments)

    monkeypatch.setattr(api, "build_request", meanwhile)
    with pytest.raises(PublishFault, match="changed while"):
        released.release(LATER)
    assert (released.ledger.read_bytes(), released.deck.read_bytes()) == (ledger, deck)


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


def test_ids_that_differ_only_in_case_stop_a_release(teacher: Teacher) -> None:
    teacher.edit("## Q2.", "## q1.")
    made = teacher.release()
    assert made.report.exit_code == 1
    assert not teacher.ledger.exists()
