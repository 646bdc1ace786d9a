"""Note types: what is frozen stays frozen, and templates that change are dated anew."""

from __future__ import annotations

import re

import pytest

from packc.backends.anki.notetypes import (
    CHOICE,
    NOTE_TYPES,
    QA,
    TEMPLATES_HASH,
    TEMPLATES_RELEASED,
    NoteType,
    templates_hash,
)

GOLDEN = {
    "packc Q&A": (2315711396585185, 1348393101233395, 3606298478453917, 3957980221602587),
    "packc Choice": (1233039314445722, 1318074875136696, 1937616935805816, 3200549344014902),
}


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
def test_every_field_that_a_template_names_exists_and_every_other_is_known(kind: NoteType) -> None:
    shown = set(re.findall(r"{{[#/^]?(\w+)}}", kind.front + kind.back)) - {"FrontSide"}
    assert shown <= set(kind.fields)
    assert set(kind.fields) - shown == {"Extra1", "Extra2", "Extra3"} | (
        {"Correct"} if kind is CHOICE else set()
    )


@pytest.mark.parametrize("kind", NOTE_TYPES, ids=lambda kind: kind.name)
def test_the_front_never_names_what_gives_the_answer_away(kind: NoteType) -> None:
    assert not set(re.findall(r"{{[#/^]?(\w+)}}", kind.front)) & {
        "Title", "Solution", "Why", "Source", "Misconception", "Answers", "Correct",
    }  # fmt: skip


@pytest.mark.parametrize("text", [QA.front, QA.back, CHOICE.front, CHOICE.back, QA.css])
def test_templates_need_no_network_and_no_script(text: str) -> None:
    assert not re.search(r"https?:|<script|@import|url\(", text)


def test_night_repeats_colour_and_background() -> None:
    (night,) = re.findall(r"^\.card\.nightMode \{(.*?)\}", QA.css, re.DOTALL | re.MULTILINE)
    assert " color: var(--pk-text)" in night
    assert " background: var(--pk-page)" in night
