"""What arrives in a learner's collection, as Anki's own backend reports it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from packc.ast.pack import Pack, Section, questions
from packc.ast.question import ChoiceQuestion
from packc.ast.richtext import Code, CodeBlock, Image, Math, Text
from packc.ast.walk import texts_of
from packc.backends.anki.notetypes import CHOICE, QA
from packc.render.plain import PLAIN
from packc.render.templating import template_text
from tests.support import packs
from tests.targets.anki.emitting import anki_imports, emit, visible_text

pytestmark = pytest.mark.judge

HOSTILE = (
    "[sound:x.mp3] [[type:ID]] {{c1::x}} {{ID}} {{#Why}} <script>a(1)</script> [latex]x[/latex] \\(y\\) &amp;"
)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return anki_imports(tmp_path_factory.mktemp("sample"), emit(packs.pack()))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    prompt = (
        packs.para(
            HOSTILE,
            Code(HOSTILE),
            Math("a < b [sound:y.mp3]"),
            Image("figure.png", 'src="evil.png" src=evil.png ' + HOSTILE),
        ),
        CodeBlock(f"if x:\n\t  {HOSTILE}\n\n    y = 1"),
    )
    question = replace(packs.open_question("Q1"), title=(Text(HOSTILE),), prompt=prompt, solution=prompt)
    choice = replace(packs.choice_question("Q2"), prompt=prompt)
    pack = replace(
        packs.pack(question, Section(title=(Text('A::B "' + HOSTILE),), parts=(choice,))), title=HOSTILE
    )
    return anki_imports(tmp_path_factory.mktemp("hostile"), emit(pack))


def by_id(report: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {note["fields"]["ID"]: note for note in report["notes"]}


def cards(report: dict[str, Any]) -> list[dict[str, Any]]:
    return [card for note in report["notes"] for card in note["cards"]]


def visible_html(side: str) -> str:
    """Return a side without the script that every such card has."""
    own = (
        "<script>\n" + template_text("anki/card.js") + "</script>",
        "<script>window.packc && packc();</script>",
    )
    for script in own:
        side = side.replace(script, "")
    return side


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_each_question_is_one_new_note_with_one_card(sample: dict[str, Any]) -> None:
    assert sample["logs"] == [dict(EMPTY_LOG, new=3)]
    assert set(by_id(sample)) == {"Q1", "Q2", "Q3"}
    assert [len(note["cards"]) for note in sample["notes"]] == [1, 1, 1]
    assert sample["empty_cards"] == 0


EMPTY_LOG = dict.fromkeys(
    ("new", "updated", "duplicate", "conflicting", "first_field_match", "empty_first_field"), 0
)


def test_everything_the_author_wrote_is_on_the_answered_card(sample: dict[str, Any]) -> None:
    notes = by_id(sample)
    for question in questions(packs.pack()):
        (card,) = notes[question.id]["cards"]
        shown = squeezed(visible_text(card["answer"]))
        for text in texts_of(question):
            for line in PLAIN.blocks(text).replace("\t", "\n").splitlines():
                words = line.removeprefix("- ").split("$")[0]
                assert squeezed(words) in shown, (question.id, line)
        assert PLAIN.inlines(question.title).replace(" ", "") in shown


def test_the_front_asks_and_gives_nothing_away(sample: dict[str, Any]) -> None:
    notes = by_id(sample)
    for question in questions(packs.pack()):
        (card,) = notes[question.id]["cards"]
        front = card["question"]
        for secret in (
            "TITLECANARY",
            "SOLUTIONCANARY",
            "WHYCANARY",
            "SOURCECANARY",
            "WRONGCANARY",
            "FEEDBACKCANARY",
        ):
            assert secret not in front
        assert len(squeezed(visible_text(front))) > len(squeezed(f"{question.id}·A sample & pack"))
        if isinstance(question, ChoiceQuestion):
            asked = visible_html(front)
            assert asked.count("<li>") == len(question.choices)
            assert "pk-right" not in asked.replace("pk-cell-right", "")
    assert "Name the step size." in notes["Q1"]["cards"][0]["question"]


def test_decks_tags_times_and_order(sample: dict[str, Any]) -> None:
    notes = by_id(sample)
    root = "Academy::Deep Learning::A sample & pack"
    where = {
        identifier: (note["cards"][0]["deck"], note["cards"][0]["due"]) for identifier, note in notes.items()
    }
    assert where == {"Q1": (root, 1), "Q2": (root, 2), "Q3": (f"{root}::A section", 3)}
    assert {note["mod"] for note in notes.values()} == {packs.RELEASED}
    assert all(
        note["tags"] == ["deep-learning", "packc::sample-pack", "training-loops"] for note in notes.values()
    )
    assert "What to do after this pack" in sample["decks"][root]
    assert "Section text." in sample["decks"][f"{root}::A section"]


def test_note_types_arrive_with_their_pinned_ids(sample: dict[str, Any]) -> None:
    assert sample["notetypes"] == {
        kind.name: {
            "id": kind.id,
            "fields": [[name, kind.field_id(name)] for name in kind.fields],
            "templates": [["Card", kind.template_id]],
            "css": kind.css,
        }
        for kind in (QA, CHOICE)
    }


def test_images_arrive(sample: dict[str, Any]) -> None:
    figure = packs.png()
    digest = hashlib.sha256(figure).hexdigest()
    assert sample["media"] == {f"pk-{digest[:16]}.png": digest}
    assert sample["media_missing"] == []


def test_code_keeps_its_indentation(sample: dict[str, Any]) -> None:
    (card,) = by_id(sample)["Q2"]["cards"]
    assert 'def f(x):\n    return "a\\n" # 0\n\n0' in visible_text(card["question"])


def test_a_second_import_changes_nothing(sample: dict[str, Any], tmp_path: Path) -> None:
    twice = anki_imports(tmp_path, emit(packs.pack()), emit(packs.pack()))
    assert twice["logs"] == [dict(EMPTY_LOG, new=3), dict(EMPTY_LOG, duplicate=3)]
    for key in ("notes", "decks", "notetypes", "media"):
        assert twice[key] == sample[key]


def edited() -> Pack:
    changed = replace(packs.open_question("Q1"), solution=(packs.para("A BETTER solution."),))
    return packs.pack(changed, *packs.SAMPLE_PARTS[1:])


def test_a_later_edit_reaches_that_note_and_no_other(sample: dict[str, Any], tmp_path: Path) -> None:
    later = packs.context()._replace(published={**packs.context().published, "Q1": packs.RELEASED + 60})
    report = anki_imports(tmp_path, emit(packs.pack()), emit(edited(), later))
    assert report["logs"][1] == dict(EMPTY_LOG, updated=1, duplicate=2)
    notes, before = by_id(report), by_id(sample)
    assert "A BETTER solution." in notes["Q1"]["fields"]["Solution"]
    assert {identifier: notes[identifier] for identifier in ("Q2", "Q3")} == {
        identifier: before[identifier] for identifier in ("Q2", "Q3")
    }


def test_anki_keeps_the_old_text_when_the_time_did_not_move(tmp_path: Path) -> None:
    # Not wished for, but so it is: the reason why each note has a time of its own.
    report = anki_imports(tmp_path, emit(packs.pack()), emit(edited()))
    assert "SOLUTIONCANARY" in by_id(report)["Q1"]["fields"]["Solution"]


def test_hostile_text_arrives_as_text(hostile: dict[str, Any]) -> None:
    assert hostile["logs"] == [dict(EMPTY_LOG, new=2)]
    for card in cards(hostile):
        assert card["sounds"] == 0
        for side in map(visible_html, (card["question"], card["answer"])):
            assert "<script" not in side
            assert "[[type:" not in side
            assert "[anki:" not in side
            assert visible_text(side).count(HOSTILE) >= 3
    (open_card,) = by_id(hostile)["Q1"]["cards"]
    assert f"if x:\n\t  {HOSTILE}\n\n    y = 1" in visible_text(open_card["question"])


def test_fields_arrive_exactly_as_they_were_sent(hostile: dict[str, Any]) -> None:
    fields = by_id(hostile)["Q1"]["fields"]
    assert visible_text(fields["Title"]) == HOSTILE
    assert visible_text(fields["Pack"]) == HOSTILE


def test_an_alternative_text_that_says_src_does_not_hide_the_image(hostile: dict[str, Any]) -> None:
    assert len(hostile["media"]) == 1
    assert hostile["media_missing"] == []


def test_a_pack_whose_questions_all_stand_in_sections_keeps_its_description(tmp_path: Path) -> None:
    section = Section(title=(Text("Only"),), parts=(packs.open_question("Q1"),))
    report = anki_imports(tmp_path, emit(packs.pack(section)))
    assert "An introduction" in report["decks"]["Academy::Deep Learning::A sample & pack"]
