"""Any text, wherever a pack of every kind may hold one, arrives on the cards as that text."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from itertools import cycle
from pathlib import Path
from typing import Any, TypeVar
from unicodedata import normalize
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from packc.ast.node import Node
from packc.ast.pack import Pack, asked
from packc.ast.question import Note, Question, Side
from packc.ast.richtext import Text
from packc.backends.anki.cardtexts import CardTexts
from packc.backends.anki.notes import note_fields
from packc.backends.anki.notetypes import note_type_of
from packc.backends.anki.richtext import inert
from tests.support import every_kind
from tests.targets.anki.emitting import anki_imports, emit, visible_text

N = TypeVar("N")

NOTATION = ("{{c1::", "}}", "{{", "::", "{{ID}}", "{{#Why}}", "[sound:x.mp3]", "[[type:ID]]", "[anki:tts]")
MARKUP = ("\\(", "]]>", "<b>", "&amp;", "<script>", '<pk-blank n="0"/>', "\\")
LETTERS = tuple("}{:[]<>&\"'aé\u0338\u0301م ")
pieces = st.sampled_from(NOTATION + MARKUP + LETTERS)
hostile = st.lists(pieces, max_size=6).map("".join)


def with_texts(value: N, text: Callable[[], str]) -> N:
    """Return `value` with another text in every `Text` node of it."""
    if isinstance(value, Text):
        return replace(value, text=text() or "w")
    if isinstance(value, Node):
        changed = {found.name: with_texts(getattr(value, found.name), text) for found in fields(value)}
        return replace(value, **changed)
    if isinstance(value, tuple):
        return tuple(with_texts(item, text) for item in value)  # type: ignore[return-value]
    return value


def shown_texts(value: object) -> Iterator[str]:
    """Yield every text of `value` that a learner may see in the end."""
    if isinstance(value, Text):
        yield value.text
    elif isinstance(value, Note) and value.side is Side.GRADERS:
        return
    elif isinstance(value, Node):
        for found in fields(value):
            yield from shown_texts(getattr(value, found.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from shown_texts(item)


def squeezed(text: str) -> str:
    return "".join(normalize("NFC", text).split())


def filled(texts: list[str]) -> Pack:
    """Return a pack of every kind with these texts in turn."""
    turns = cycle(texts)
    return with_texts(every_kind.every_kind(), lambda: next(turns))


def expected(question: Question) -> list[str]:
    return [text for text in map(squeezed, shown_texts(question)) if text]


@settings(derandomize=True, max_examples=25, deadline=None)
@given(st.lists(hostile, min_size=1, max_size=12))
def test_fields_are_well_formed_inert_and_complete(texts: list[str]) -> None:
    pack = filled(texts)
    for question, stimulus in asked(pack):
        values = note_fields(question, CardTexts(pack, every_kind.context()), stimulus)
        words = ""
        for name, value in zip(note_type_of(question).fields, values, strict=True):
            root = ElementTree.fromstring(f"<field>{value}</field>")
            assert inert(value) == value
            words += squeezed("".join(root.itertext())) if name != "Pack" else ""
        for text in expected(question):
            assert text in words, (question.id, text)


@pytest.mark.judge
@settings(derandomize=True, max_examples=2, deadline=None)
@given(st.lists(hostile, min_size=1, max_size=12))
def test_cards_show_every_text(texts: list[str]) -> None:
    pack = filled(texts)
    with tempfile.TemporaryDirectory() as folder:
        report = anki_imports(Path(folder), emit(pack, every_kind.context()))
    notes: dict[str, dict[str, Any]] = {note["fields"]["ID"]: note for note in report["notes"]}
    assert report["empty_cards"] == 0
    assert report["media_missing"] == []
    for question, _ in asked(pack):
        cards = notes[question.id]["cards"]
        assert sum(card["sounds"] for card in cards) == 0
        words = squeezed("".join(visible_text(card["question"] + card["answer"]) for card in cards))
        for text in expected(question):
            assert text in words, (question.id, text)
