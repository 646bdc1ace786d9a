"""What learners keep and get from one release to the next, as Anki's own backend tells.

A learner has studied the first release, tagged, flagged, suspended and moved cards; then the teacher changes
something, releases, and the learner imports the new deck.
"""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from packc.backends.anki import notetypes
from tests.support.judges import anki_python
from tests.support.packs import png
from tests.support.teacher import Teacher

pytestmark = pytest.mark.judge

SCRIPT = Path(__file__).with_name("anki_study.py")
DEEP = os.environ.get("TEST_DEEP") == "1"
MANY, FEW = 1000, 1000 if DEEP else 30

# The learner's tags bear the time of the clock, so that what comes later has to be later than that.
FIRST = int(time.time()) - 7 * 86_400
SECOND = FIRST + 7 * 86_400 + 3_600

HEAD = "---\nid: pack\ntags: [loss]\n---\n\n# Losses\n\n"
PICTURE = (
    "## Q2. The curve\n\n**Question:** What is wrong?\n\n![A curve](curve.png)\n\n**Solution:** It rises.\n\n"
)
CLOZE = "## Q3. Steps\n\n**Cloze:** The {{learning rate}} scales the {{gradient}}.\n\n"


def question(number: int) -> str:
    return (
        f"## Q{number}. Run {number}\n\n**Question:** What says run {number}?\n\n"
        f"**Solution:** Loss number {number} falls.\n\n"
    )


def bank(count: int) -> str:
    return HEAD + PICTURE + CLOZE + "".join(map(question, [1, *range(4, count + 1)]))


@dataclass
class Studied:
    """What the learner had, and what they have after the import. The questions are by id."""

    logs: list[dict[str, int]]
    before: dict[str, Any]
    after: dict[str, Any]
    styles: dict[str, str]

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many notes were updated, new and left alone by the last import."""
        log = self.logs[-1]
        assert log["conflicting"] == log["first_field_match"] == log["empty_first_field"] == 0
        return log["updated"], log["new"], log["duplicate"]

    @property
    def touched(self) -> set[str]:
        """The ids of the notes that the learner had and that are not as they were."""
        return {
            note["id"]
            for guid, note in self.before.items()
            if note
            != {**self.after[guid], "cards": {key: self.after[guid]["cards"][key] for key in note["cards"]}}
        }


def study(*decks: Path) -> Studied:
    command = [anki_python(), SCRIPT, *decks]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    return Studied(**json.loads(done.stdout))


def schedules(notes: dict[str, Any]) -> dict[str, Any]:
    return {guid: note["cards"] for guid, note in notes.items()}


def kept(studied: Studied) -> None:
    """No schedule, flag, suspension or deck is lost, on notes that were updated neither."""
    for guid, cards in schedules(studied.before).items():
        now = studied.after[guid]["cards"]
        assert {key: now[key] for key in cards} == cards
    assert all("mine" in note["tags"] for note in studied.before.values())
    assert any(
        card["deck"] == "My own" for cards in schedules(studied.before).values() for card in cards.values()
    )


def arrived(studied: Studied, fresh: Path) -> None:
    """The learner has every text as somebody has it who begins with the new deck."""
    wanted = study(fresh, fresh).after
    for guid, note in wanted.items():
        assert studied.after[guid]["fields"] == note["fields"]
        assert set(note["tags"]) <= {*studied.after[guid]["tags"], "mine"}


def released(folder: Path, count: int) -> Teacher:
    teacher = Teacher(folder)
    teacher.pack.write_text(bank(count), encoding="utf-8")
    (folder / "content/curve.png").write_bytes(png(40, 20))
    made = teacher.release(FIRST)
    assert made.written, made.report.diagnostics
    return teacher


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Teacher:
    return released(tmp_path_factory.mktemp("few") / "project", FEW)


def moved(teacher: Teacher) -> None:
    teacher.edit(question(5), "")
    teacher.edit(question(9), question(9) + question(5))


def file_renamed(teacher: Teacher) -> None:
    teacher.pack.rename(teacher.folder / "content/another-name.md")


def reformatted(teacher: Teacher) -> None:
    teacher.edit("What says run 5?", "What says\nrun 5?")
    teacher.edit("**Solution:** Loss number 5 falls.", "**Model answer:**\n\nLoss number 5 falls.")


def picture_changed(teacher: Teacher) -> None:
    (teacher.folder / "content/curve.png").write_bytes(png(41, 20))


CASES: dict[str, tuple[Callable[[Teacher], None], tuple[int, int, int], set[str]]] = {
    "removed": (lambda t: t.edit(question(5), ""), (0, 0, FEW - 1), set()),
    "added": (lambda t: t.edit(question(5), question(5) + question(FEW + 7)), (0, 1, FEW), set()),
    "moved": (moved, (0, 0, FEW), set()),
    "file renamed": (file_renamed, (0, 0, FEW), set()),
    "reformatted": (reformatted, (0, 0, FEW), set()),
    "renamed with an alias": (
        lambda t: t.edit("## Q5. Run 5\n", "## Q5005. Run 5\n\n**Alias:** Q5\n"),
        (1, 0, FEW - 1),
        {"Q5"},
    ),
    "pack renamed with an alias": (
        lambda t: t.edit("id: pack\n", "id: renamed\naliases: [pack]\n"),
        (0, 0, FEW),
        set(),
    ),
    "picture changed": (picture_changed, (1, 0, FEW - 1), {"Q2"}),
    "a tag for one": (
        lambda t: t.edit(
            "**Solution:** Loss number 5 falls.", "**Solution:** Loss number 5 falls.\n\n**Tags:** hard"
        ),
        (1, 0, FEW - 1),
        {"Q5"},
    ),
}


@pytest.mark.parametrize("case", list(CASES))
def test_a_change_touches_what_it_changes(case: str, few: Teacher, tmp_path: Path) -> None:
    change, counts, touched = CASES[case]
    teacher = few.clone(tmp_path / "project")
    change(teacher)
    made = teacher.release(SECOND)
    assert made.written, made.report.diagnostics
    (deck,) = (teacher.folder / "dist/anki").glob("*.apkg")
    studied = study(few.deck, deck)
    assert studied.counts == counts
    assert studied.touched == touched
    kept(studied)
    if case != "reformatted":  # where white space differs
        arrived(studied, deck)


def test_one_word_of_a_thousand_questions(tmp_path: Path) -> None:
    teacher = released(tmp_path / "project", MANY)
    old = tmp_path / "old.apkg"
    old.write_bytes(teacher.deck.read_bytes())
    teacher.edit("Loss number 500 falls.", "Loss number 500 rises.")
    teacher.release(SECOND)
    studied = study(old, teacher.deck)
    assert studied.counts == (1, 0, MANY - 1)
    assert studied.touched == {"Q500"}
    kept(studied)
    arrived(studied, teacher.deck)
    untouched = [note for note in studied.after.values() if note["id"] != "Q500"]
    assert all("mine" in note["tags"] for note in untouched)


def test_a_new_blank_is_one_card_more_and_the_others_keep_their_progress(
    few: Teacher, tmp_path: Path
) -> None:
    teacher = few.clone(tmp_path / "project")
    teacher.edit("The {{learning rate}} scales", "In {{deep learning}} the {{learning rate}} scales")
    teacher.release(SECOND)
    studied = study(few.deck, teacher.deck)
    assert studied.counts == (1, 0, FEW - 1)
    assert studied.touched == {"Q3"}
    kept(studied)
    arrived(studied, teacher.deck)
    (guid,) = (guid for guid, note in studied.before.items() if note["id"] == "Q3")
    assert set(studied.before[guid]["cards"]) == {"0", "1"}
    assert set(studied.after[guid]["cards"]) == {"0", "1", "2"}
    text = " ".join(studied.after[guid]["fields"])
    assert all(
        blank in text for blank in ("{{c3::deep learning}}", "{{c1::learning rate}}", "{{c2::gradient}}")
    )


def test_new_templates_reach_learners_and_touch_no_note(
    few: Teacher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    teacher = few.clone(tmp_path / "project")
    style = notetypes.card_css() + "\n.card { --test: 1 }\n"
    monkeypatch.setattr(notetypes, "card_css", lambda: style)
    made = teacher.release(SECOND)
    assert [found.code for found in made.report.diagnostics] == ["PK521"]
    studied = study(few.deck, teacher.deck)
    assert studied.counts == (0, 0, FEW)
    assert studied.touched == set()
    kept(studied)
    assert set(studied.styles.values()) == {style}


def test_packs_of_two_teachers_live_side_by_side(tmp_path: Path) -> None:
    decks = []
    for name in ("one", "other"):
        teacher = Teacher(tmp_path / name, namespace=name)
        teacher.pack.write_text(HEAD + question(1) + question(2))
        teacher.release(FIRST)
        decks.append(teacher.deck)
    studied = study(*decks)
    assert studied.counts == (0, 2, 0)
    assert len(studied.after) == 4
    assert studied.touched == set()


def test_a_draft_that_a_learner_has_is_replaced_by_the_release(few: Teacher, tmp_path: Path) -> None:
    from packc import api
    from tests.support.teacher import dated

    teacher = few.clone(tmp_path / "project")
    teacher.edit("Loss number 5 falls.", "Loss number 5 rises.")
    with dated(FIRST - 1000):  # never before what is released, whatever the clock says
        api.build([], cwd=teacher.folder)
    draft = tmp_path / "draft.apkg"
    draft.write_bytes(teacher.deck.read_bytes())
    studied = study(few.deck, draft)
    assert studied.logs[1]["updated"] == 0  # the learner tagged the note after the draft's time
    teacher.release(SECOND)
    studied = study(few.deck, draft, teacher.deck)
    assert studied.counts == (1, 0, FEW - 1)
    assert studied.touched == {"Q5"}
    kept(studied)


def test_the_wrong_side_of_a_merge_costs_at_most_one_update(few: Teacher, tmp_path: Path) -> None:
    """Two people release, each on a branch; the merge has the changes of both and the ledger of one."""
    one, other = few.clone(tmp_path / "one"), few.clone(tmp_path / "other")
    one.edit("Loss number 5 falls.", "Loss number 5 rises.")
    one.release(SECOND)
    other.edit("Loss number 9 falls.", "Loss number 9 rises.")
    other.release(SECOND + 60)
    other.edit("Loss number 5 falls.", "Loss number 5 rises.")  # merged; the ledger is the other's
    made = other.release(SECOND + 600)
    assert [question.entry.id for question in made.changes.changed] == ["Q5"]
    studied = study(few.deck, one.deck, other.deck)
    assert studied.counts == (2, 0, FEW - 2)  # Q9, which the learner lacks, and Q5 once more
    assert studied.touched == {"Q5", "Q9"}
    kept(studied)
