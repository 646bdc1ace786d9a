"""What a question is from release to release: ids, aliases, decks, blanks."""

from __future__ import annotations

import pytest

from packc import ProjectFault
from packc.release import release
from packc.scaffold.add import add_pack, add_question
from tests.support.teacher import (
    LATER,
    START,
    TWO,
    Teacher,
    build,
    codes,
    dated,
    entries,
    query,
    times,
)


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


def test_ids_that_differ_only_in_case_stop_a_release(teacher: Teacher) -> None:
    teacher.edit("## Q2.", "## q1.")
    made = teacher.release()
    assert made.report.exit_code == 1
    assert not teacher.ledger.exists()


def test_a_further_question_gets_an_id_that_no_learner_knows(released: Teacher) -> None:
    released.edit("## Q3. Three\n\n**Cloze:** The {{learning rate}} scales the {{gradient}}.\n", "")
    released.release(LATER)
    assert add_question("pack", cwd=released.folder).id == "Q4"
    assert codes(build(released)) == []


def test_a_removed_pack_lends_its_id_to_no_other(released: Teacher) -> None:
    released.pack.write_text("---\nid: other\n---\n\n# O\n\n## Q1. X\n\n**Solution:** Y.\n")
    released.pack.rename(released.folder / "content/other.md")
    assert released.release(LATER).written
    with pytest.raises(ProjectFault) as caught:
        add_pack("pack", cwd=released.folder)
    assert "packc.lock" in caught.value.diagnostic.rule.message()


def test_another_namespace_is_noticed(released: Teacher) -> None:
    (released.folder / "packc.yaml").write_text("namespace: other\ntargets: [anki]\n")
    made = released.release(LATER)
    assert codes(made) == ["PK523"]
    assert not made.written
    assert released.release(LATER, new_ledger=True).written
