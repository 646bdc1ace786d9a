"""The key that learners are scored by is the author's, read back out of the XML."""

from __future__ import annotations

from itertools import chain, combinations
from xml.etree.ElementTree import Element

import pytest

from packc.ast.question import Choice, ChoiceQuestion
from tests.support.packs import open_question, pack, para
from tests.targets.qti.player import Player
from tests.targets.qti.reading import item, many, one, words


def question(rights: str) -> ChoiceQuestion:
    """A question whose choices are right where `rights` has an x; every other one has feedback."""
    choices = tuple(
        Choice(
            blocks=(para(f"choice {index}"),),
            correct=mark == "x",
            feedback=(para(f"about {index}"),) if index % 2 == 0 else (),
        )
        for index, mark in enumerate(rights)
    )
    return ChoiceQuestion(id="Q1", prompt=(para("?"),), solution=(para("because"),), choices=choices)


def by_text(written: Element) -> dict[str, str]:
    """Return each choice's identifier by its text."""
    return {words(node): node.attrib["identifier"] for node in many(written, ".//simpleChoice")}


@pytest.mark.parametrize("rights", ["x-", "-x", "--x-", "x---------", "---------------------------x"])
def test_single_choice(rights: str) -> None:
    written = item(pack(question(rights)))
    names = by_text(written)
    assert list(names) == [f"choice {index}" for index in range(len(rights))]
    scores = [Player(written, [names[f"choice {index}"]]).score for index in range(len(rights))]
    assert scores == [1.0 if mark == "x" else 0.0 for mark in rights]
    assert Player(written, []).score == 0
    assert one(written, ".//choiceInteraction").get("maxChoices") == "1"
    assert one(written, "responseDeclaration").get("cardinality") == "single"


@pytest.mark.parametrize("rights", ["xx-", "x-x", "xxx", "x--x--x", "xx------", "xxxxxxx-"])
def test_multiple_choice(rights: str) -> None:
    written = item(pack(question(rights)))
    names = by_text(written)
    right = {index for index, mark in enumerate(rights) if mark == "x"}
    for chosen in subsets(len(rights)):
        score = Player(written, [names[f"choice {index}"] for index in chosen]).score
        assert 0 <= score <= 1
        assert (abs(score - 1) < 1e-9) == (set(chosen) == right), chosen
        if chosen and set(chosen) < right:
            assert score == pytest.approx(len(chosen) / len(right), abs=1e-3)
        if len(chosen) == len(rights) and len(right) < len(rights):
            assert score == pytest.approx(0, abs=1e-9)
    assert one(written, ".//choiceInteraction").get("maxChoices") == "0"


@pytest.mark.parametrize("count", [3, 6, 7, 11, 30])
def test_shares_add_up_exactly(count: int) -> None:
    written = item(pack(question("x" * count + "-" * count)))
    entries = [float(node.attrib["mappedValue"]) for node in many(written, ".//mapEntry")]
    assert round(sum(entries[:count]), 9) == 1
    assert round(sum(entries[count:]), 9) == -1


def subsets(count: int) -> list[tuple[int, ...]]:
    return list(chain.from_iterable(combinations(range(count), size) for size in range(count + 1)))


@pytest.mark.parametrize("rights", ["x--", "xx-"])
def test_a_learner_sees_the_feedback_of_what_was_chosen(rights: str) -> None:
    written = item(pack(question(rights)))
    names = by_text(written)
    assert Player(written, [names["choice 0"]]).feedback == ["about 0", "because"]
    assert Player(written, [names["choice 1"]]).feedback == ["because"]
    assert Player(written, []).feedback == ["because"]
    if rights == "xx-":
        assert Player(written, names.values()).feedback == ["about 0", "about 2", "because"]


def test_an_open_question_is_scored_by_people() -> None:
    written = item(pack(open_question()))
    player = Player(written, ["an answer"])
    assert player.score == 0
    assert len(player.feedback) == 1
    assert one(written, "responseDeclaration").get("baseType") == "string"
    assert not many(written, ".//correctResponse")
    assert one(written, ".//extendedTextInteraction") is not None
