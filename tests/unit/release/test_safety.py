"""What stops a release, and that nothing is lost then."""

from __future__ import annotations

from typing import Any

import pytest

from packc import ProjectFault, api
from packc.build.fault import PublishFault
from packc.build.rewrite import rewrite
from tests.support.teacher import (
    LATER,
    Teacher,
    build,
    codes,
    entries,
    times,
)


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
