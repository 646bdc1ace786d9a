"""Under which label a note is shown."""

from __future__ import annotations

import pytest

from packc.ast.question import Note, Role, Side
from packc.backends.gift.document import gift_text
from packc.reader.grammar import ENGLISH as GRAMMAR
from packc.reader.grammar import FieldKey
from packc.render.labels import ENGLISH_LABELS, note_label
from packc.words import ENGLISH
from packc.words.languages import words_for
from tests.support.packs import pack

GERMAN = words_for("de")


@pytest.mark.parametrize(
    ("role", "label", "english", "german"),
    [
        (Role.WHY, "Why it matters", "Why it matters", "Warum das wichtig ist"),
        (Role.WHY, "why  IT matters", "why  IT matters", "Warum das wichtig ist"),
        (Role.WHY, "Wozu", "Wozu", "Wozu"),
        (Role.WHY, "", "Why it matters", "Warum das wichtig ist"),
        (Role.SOURCE, "Source family", "Source family", "Quelle"),
        (Role.OWN, "Source", "Source", "Source"),
    ],
)
def test_english_labels_follow_the_language_of_the_pack(
    role: Role, label: str, english: str, german: str
) -> None:
    note = Note(role=role, label=label, body=(), key="own", side=Side.BACK)
    assert GERMAN is not None
    assert note_label(note, ENGLISH) == english
    assert note_label(note, GERMAN) == german


def test_a_field_of_the_project_without_a_label_is_shown_by_its_key() -> None:
    assert note_label(Note(role=Role.OWN, label="", body=(), key="pitfall"), ENGLISH) == "pitfall"


def test_the_english_labels_are_those_of_the_grammar() -> None:
    for role, labels in ENGLISH_LABELS.items():
        assert set(labels) == {label for label, key in GRAMMAR.items() if key is FieldKey(role.value)}


def test_a_target_uses_it() -> None:
    assert GERMAN is not None
    assert "Warum das wichtig ist" in gift_text(pack(), GERMAN)
    assert "Why it matters" in gift_text(pack(), ENGLISH)
