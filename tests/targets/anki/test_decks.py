"""Decks: names that Anki does not change, a deck per section with questions, the rest in descriptions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from packc.ast.pack import Pack, Section
from packc.ast.question import Question
from packc.ast.richtext import Image, Math, MathBlock, Text
from packc.backends.anki.decks import DeckPlan, deck_name, plan_decks
from tests.support import packs
from tests.targets.anki.emitting import visible_text

ROOT = "Academy::Deep Learning::A sample & pack"


def section(title: str, *parts: Question | Section) -> Section:
    return Section(title=(Text(title),), blocks=(packs.para(f"TEXT OF {title}."),), parts=parts)


def decks(pack: Pack) -> dict[str, DeckPlan]:
    return {deck.name: deck for deck in plan_decks(pack, draft=False)}


def test_a_deck_for_the_pack_and_for_each_section_that_holds_questions() -> None:
    inner = section("Inner", packs.open_question("Q3"))
    planned = decks(
        packs.pack(
            packs.open_question("Q1"), section("Outer", inner), section("Reading"), packs.open_question("Q2")
        )
    )
    assert {name: deck.question_ids for name, deck in planned.items()} == {
        ROOT: ["Q1", "Q2"],
        f"{ROOT}::Outer": [],
        f"{ROOT}::Outer::Inner": ["Q3"],
    }


def test_texts_around_the_questions_are_in_descriptions() -> None:
    planned = decks(
        packs.pack(
            section("Asked", packs.open_question("Q1"), section("Aside")),
            section("Closing", section("Deeper")),
        )
    )
    root, asked = visible_text(planned[ROOT].description), visible_text(planned[f"{ROOT}::Asked"].description)
    for expected in (
        "A description.",
        "An introduction with code.",
        "Closing",
        "TEXT OF Closing.",
        "TEXT OF Deeper.",
    ):
        assert expected in root
    for expected in ("Version: 1.2", "Authors: Ada Example", "Licence: CC BY 4.0", "Questions: 1"):
        assert expected in root
    assert '<a href="https://example.org/packs/sample/">' in planned[ROOT].description
    assert "TEXT OF Asked." in asked
    assert "TEXT OF Aside." in asked
    assert "TEXT OF Asked" not in root


def test_a_draft_says_so() -> None:
    assert "Draft" not in plan_decks(packs.pack(), draft=False)[0].description
    assert "Draft" in plan_decks(packs.pack(), draft=True)[0].description


def test_formulas_and_images_of_a_description_are_shown_as_text() -> None:
    intro = (packs.para(Math("a<b"), Image("plan.png", "the <plan>")), MathBlock("x^2"))
    (deck,) = plan_decks(replace(packs.pack(packs.open_question("Q1")), intro=intro), draft=False)
    assert "<img" not in deck.description
    assert "\\(" not in deck.description
    for expected in ("a<b", "the <plan>", "x^2"):
        assert expected in visible_text(deck.description)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("A::B", "A:B"),
        ('The "best"', "The 'best'"),
        ("  two \n lines\t", "two lines"),
        (":x::", "x"),
        ('::"', "'"),
        ("::", ""),
        ("U\u0308", "Ü"),
    ],
)
def test_names_are_such_as_anki_leaves_alone(written: str, name: str) -> None:
    assert deck_name(written) == name


def test_levels_without_a_name_are_left_out() -> None:
    pack = packs.pack(section("::", packs.open_question("Q1")))
    bare = replace(pack, title=" ", meta=replace(pack.meta, collection="::"))
    assert {name: deck.question_ids for name, deck in decks(bare).items()} == {"sample-pack": ["Q1"]}


def test_sections_that_differ_only_in_case_are_one_deck_as_in_anki() -> None:
    planned = decks(
        packs.pack(section("Loss", packs.open_question("Q1")), section("LOSS", packs.open_question("Q2")))
    )
    assert planned[f"{ROOT}::Loss"].question_ids == ["Q1", "Q2"]
    assert len(planned) == 2
