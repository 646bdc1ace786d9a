"""`packc release`, `packc diff` and `packc build --locked` as people and programs meet them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from packc.cli import main
from tests.support.teacher import LATER, PACK, START, TWO, Teacher, dated


@pytest.fixture
def teacher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Teacher:
    made = Teacher(tmp_path / "project")
    made.pack.write_text(PACK)
    monkeypatch.chdir(made.folder)
    return made


def packc(*words: str, moment: int | None = LATER) -> int:
    with dated(moment):
        return main(words)


@pytest.fixture
def released(teacher: Teacher, capsys: pytest.CaptureFixture[str]) -> Teacher:
    assert packc("release", "--new-ledger", moment=START) == 0
    capsys.readouterr()
    return teacher


def test_the_first_release(teacher: Teacher, capsys: pytest.CaptureFixture[str]) -> None:
    assert packc("release") == 2
    assert "packc release --new-ledger" in capsys.readouterr().err
    assert packc("release", "--new-ledger", moment=START) == 0
    shown = capsys.readouterr()
    assert shown.out.splitlines() == [str(Path("dist/anki/pack.apkg"))]
    assert "new     pack/Q1\n" in shown.err
    assert "3 new, 0 changed, 0 retired, 0 untouched\n" in shown.err
    assert "released at 2026-09-21T14:13:20Z: commit packc.lock with the packs\n" in shown.err
    assert "unreleased" not in shown.err
    assert teacher.ledger.exists()


@pytest.mark.usefixtures("released")
def test_a_release_without_anything_new_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert packc("release") == 0
    assert capsys.readouterr().err.endswith("nothing new\n")


def test_a_dry_run_is_data(released: Teacher, capsys: pytest.CaptureFixture[str]) -> None:
    released.edit(TWO, "")
    released.edit("The rate.", "The step.")
    assert packc("release", "--dry-run", "-q") == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    assert shown.out == ("changed pack/Q1\nretired pack/Q2\n0 new, 1 changed, 1 retired, 1 untouched\n")


def test_long_lists_are_cut(teacher: Teacher, capsys: pytest.CaptureFixture[str]) -> None:
    teacher.pack.write_text(
        PACK + "".join(TWO.replace("Q2", f"Q{n}") for n in range(4, 30)).replace("###", "##")
    )
    assert packc("release", "--new-ledger", "--dry-run") == 0
    assert "        and 9 more\n29 new," in capsys.readouterr().out


def test_what_has_to_be_settled_is_said_last(released: Teacher, capsys: pytest.CaptureFixture[str]) -> None:
    released.edit("## Q2.", "## Q9.")
    assert packc("release") == 1
    shown = capsys.readouterr().err
    assert "PK511" in shown
    assert shown.endswith("error: nothing was released\n  = help: settle the warnings about ids first\n")
    assert packc("check", "--fix", "--unsafe") == 0
    assert "**Alias:** Q2" in released.pack.read_text()
    assert packc("release") == 0


def test_errors_release_nothing(released: Teacher, capsys: pytest.CaptureFixture[str]) -> None:
    released.edit("**Solution:** The rate.\n", "")
    assert packc("release") == 1
    assert "nothing was released" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ["release", "-"],
        ["release", "--from", "x.apkg", "--new-ledger"],
        ["release", "--restamp", "html"],
        ["release", "--restamp", "nothing"],
        ["diff", "packc.lock", "x.apkg"],
        ["diff", "a.apkg", "b.apkg", "c.apkg"],
    ],
)
def test_what_makes_no_sense_is_refused(
    words: list[str], released: Teacher, capsys: pytest.CaptureFixture[str]
) -> None:
    before = released.ledger.read_bytes()
    assert packc(*words) == 2
    assert capsys.readouterr().err.startswith("error: ")
    assert released.ledger.read_bytes() == before


def test_the_summary_of_a_build_counts_what_is_unreleased(
    released: Teacher, capsys: pytest.CaptureFixture[str]
) -> None:
    assert packc("build") == 0
    assert "unreleased" not in capsys.readouterr().err
    released.edit("The rate.", "The step.")
    assert packc("build") == 0
    assert "; 1 unreleased\n" in capsys.readouterr().err
    assert packc("build", "--locked") == 1
    assert "PK509" in capsys.readouterr().err


def test_diff_for_people(released: Teacher, capsys: pytest.CaptureFixture[str]) -> None:
    released.edit(TWO, "")
    released.edit("The rate.", "The step.")
    released.edit("# Losses", "# Gains")
    assert packc("diff") == 0
    assert capsys.readouterr().out == (
        "updated   pack/Q1\nretired   pack/Q2\ndeck      Losses -> Gains\n"
        "0 new, 1 updated, 1 untouched, 1 retired\n"
    )


def test_diff_for_programs(released: Teacher, capsys: pytest.CaptureFixture[str]) -> None:
    old = released.folder / "old.apkg"
    old.write_bytes(released.deck.read_bytes())
    released.edit("The rate.", "The step.")
    released.edit("# Losses", "# Gains")
    assert packc("release", "-q") == 0
    capsys.readouterr()
    assert packc("diff", "old.apkg", "dist/anki/pack.apkg", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert [item["id"] for item in found["updated"]] == ["Q1"]
    assert [item["id"] for item in found["stale"]] == ["Q2", "Q3"]
    assert all(len(item["guid"]) == 16 for item in found["stale"])
    assert found["decks"] == [{"old": "Losses", "new": "Gains", "notes": 3}]
    assert found["version"] == 1
    assert packc("diff", "old.apkg", "dist/anki/pack.apkg") == 0
    assert "2 notes stale" in capsys.readouterr().out


def test_a_ledger_elsewhere(released: Teacher, capsys: pytest.CaptureFixture[str]) -> None:
    """Such as `git show main:packc.lock > main.lock`."""
    other = released.folder / "main.lock"
    other.write_bytes(released.ledger.read_bytes())
    released.edit("The rate.", "The step.")
    packc("release", "-q")
    capsys.readouterr()
    assert packc("diff", "main.lock", "content/pack.md") == 0
    assert "1 updated" in capsys.readouterr().out
    other.write_text(">>>>>>> theirs\n")
    assert packc("diff", "main.lock") == 2
    assert "main.lock:1:1" in capsys.readouterr().err


def test_a_merge_with_marks_says_what_to_do(released: Teacher, capsys: pytest.CaptureFixture[str]) -> None:
    released.ledger.write_text("<<<<<<< HEAD\n" + released.ledger.read_text())
    for words in (["build"], ["release"], ["check"], ["diff"]):
        assert packc(*words) == 2
        shown = capsys.readouterr().err
        assert "error[PK504]: a merge left its marks here\n --> packc.lock:1:1\n" in shown
        assert "take either side whole" in shown
    assert packc("fmt", "--check") == 0
