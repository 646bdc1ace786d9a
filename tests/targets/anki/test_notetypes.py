"""Note types: what is frozen stays frozen, and templates that change are dated anew."""

from __future__ import annotations

import re

import pytest

from packc.backends.anki.notetypes import (
    ARRANGE,
    CHOICE,
    NOTE_TYPES,
    QA,
    TEMPLATES_HASH,
    TEMPLATES_RELEASED,
    NoteType,
    templates_hash,
)
from packc.render.templating import template_text
from packc.words.languages import words_for

# Frozen on the day of the first release: Anki never updates notes whose type has other fields.
GOLDEN = {
    "packc Q&A": (2315711396585185, 1348393101233395, 3606298478453917, 3957980221602587),
    "packc Choice": (1233039314445722, 1318074875136696, 1937616935805816, 3200549344014902),
    "packc Cloze": (945815931302657, 585482872894818, 3203503207764847, 1262129308786913),
    "packc Type-in": (1985995796941311, 3804069900333313, 4097099761438795, 3538106060105264),
    "packc Match & Order": (3427244956172088, 290179963771351, 13801319666556, 285597251002312),
}
FIELDS = {
    "packc Q&A": "How Rubric",
    "packc Choice": "Choices Correct Answers",
    "packc Cloze": "Text Answers",
    "packc Type-in": "How Unit Answer Answers",
    "packc Match & Order": "Items Answers",
}
UNSHOWN = {"Extra1", "Extra2", "Extra3", "Correct"}
ASKED = "ID Stimulus Question OwnFront ColdTarget Hints"
EXPLAINED = "Solution Feedback Misconception Why Source OwnBack Title Pack Extra1 Extra2 Extra3"
NAMED = re.compile(r"{{[#/^]?(?:\w+:)?(\w+)}}")


def test_changed_templates_have_a_new_date() -> None:
    assert templates_hash() == TEMPLATES_HASH, (
        "the note types changed, and learners would keep the old ones: set TEMPLATES_RELEASED to the present "
        f"time (later than {TEMPLATES_RELEASED}) and TEMPLATES_HASH to {templates_hash()!r}"
    )


@pytest.mark.parametrize("kind", NOTE_TYPES, ids=lambda kind: kind.name)
def test_pinned_ids(kind: NoteType) -> None:
    assert (kind.id, kind.template_id, kind.field_id("ID"), kind.field_id("Extra3")) == GOLDEN[kind.name]


def test_ids_are_exact_in_javascript_and_differ() -> None:
    ids = [n for kind in NOTE_TYPES for n in (kind.id, kind.template_id, *map(kind.field_id, kind.fields))]
    assert len(ids) == len(set(ids))
    assert all(0 < n < 2**53 for n in ids)


@pytest.mark.parametrize("kind", NOTE_TYPES, ids=lambda kind: kind.name)
def test_the_list_of_fields_is_frozen(kind: NoteType) -> None:
    assert " ".join(kind.fields) == f"{ASKED} {FIELDS[kind.name]} {EXPLAINED}"


@pytest.mark.parametrize("kind", NOTE_TYPES, ids=lambda kind: kind.name)
def test_every_field_that_a_template_names_exists_and_every_other_is_known(kind: NoteType) -> None:
    shown = set(NAMED.findall(kind.front + kind.back)) - {"FrontSide"}
    assert shown <= set(kind.fields)
    assert set(kind.fields) - shown <= UNSHOWN
    assert "{{>" not in kind.front + kind.back


@pytest.mark.parametrize("kind", NOTE_TYPES, ids=lambda kind: kind.name)
def test_the_front_never_names_what_gives_the_answer_away(kind: NoteType) -> None:
    secrets = {*EXPLAINED.split(), "Answers", "Correct", "Rubric"} - {"Pack"}
    assert not set(NAMED.findall(kind.front)) & secrets
    assert [line for line in kind.front.splitlines() if "{{Answer}}" in line] == []


@pytest.mark.parametrize("kind", NOTE_TYPES, ids=lambda kind: kind.name)
def test_the_back_repeats_the_front(kind: NoteType) -> None:
    back = kind.back
    assert "{{FrontSide}}" in back or set(NAMED.findall(kind.front)) <= set(NAMED.findall(back))
    assert 'id="answer"' in back


@pytest.mark.parametrize("kind", NOTE_TYPES, ids=lambda kind: kind.name)
def test_templates_need_no_network(kind: NoteType) -> None:
    assert not re.search(
        r"https?:|<script src|@import|url\(|fetch|XMLHttp", kind.front + kind.back + kind.css
    )


@pytest.mark.parametrize("kind", NOTE_TYPES, ids=lambda kind: kind.name)
def test_only_what_is_mixed_or_tapped_has_a_script(kind: NoteType) -> None:
    assert ("<script>" in kind.front) == (kind in (CHOICE, ARRANGE))


def test_the_script_holds_nothing_that_anki_takes_for_a_field() -> None:
    script = template_text("anki/card.js")
    assert script in CHOICE.front
    assert "{{" not in script
    assert "}}" not in script
    assert "</" not in script


def test_arabic_choices_have_the_letters_of_packcs_arabic_words() -> None:
    words = words_for("ar")
    assert words is not None
    css = template_text("anki/card.css")
    assert re.findall(r"@counter-style pk-abjad \{[^}]*symbols: ([^;]+);", css) == [" ".join(words.letters)]


def test_night_repeats_colour_and_background() -> None:
    (night,) = re.findall(r"^\.card\.nightMode \{(.*?)\}", QA.css, re.DOTALL | re.MULTILINE)
    assert " color: var(--pk-text)" in night
    assert " background: var(--pk-page)" in night
