"""Packages for importers that read less than the standard: nothing in them that these skip or misread."""

from __future__ import annotations

from dataclasses import replace
from xml.etree.ElementTree import Element

import pytest

from packc.ast.pack import Pack, questions
from packc.ast.question import ClozeQuestion
from packc.backends.base import EmitContext, Feature, Level
from packc.backends.losses import features, losses_of
from packc.backends.options import Options
from packc.backends.registry import load
from tests.support import every_kind as every
from tests.support.packs import pack, para
from tests.targets.qti import learner
from tests.targets.qti.player import Player
from tests.targets.qti.reading import QTI, files, items, many, one, words
from tests.targets.qti.schemas import assert_valid
from tests.targets.qti.test_fields import canaries
from tests.targets.qti.test_package import check_package

PROFILES = ("blackboard", "inspera")


def written(profile: str, sample: Pack | None = None) -> dict[str, Element]:
    return items(files(sample or every.every_kind(), every.context(), profile=profile))


def context(profile: str) -> EmitContext:
    return every.context()._replace(options=Options({"profile": profile}))


@pytest.mark.parametrize("profile", PROFILES)
def test_valid(profile: str) -> None:
    assert_valid(files(every.every_kind(), every.context(), profile=profile))


def test_a_package_for_blackboard_hangs_together() -> None:
    check_package(files(every.every_kind(), every.context(), profile="blackboard"))


@pytest.mark.parametrize("profile", PROFILES)
def test_capabilities(profile: str) -> None:
    capabilities = load("qti").capabilities(Options({"profile": profile}))
    assert set(capabilities) == set(Feature)
    assert all(found.how for found in capabilities.values() if found.level is not Level.KEPT)
    assert load("qti").capabilities() != capabilities


BLACKBOARD = written("blackboard")


def test_blackboard_is_given_what_it_reads() -> None:
    assert sorted(BLACKBOARD) == ["K01", "K02", "K03", "K04", "K05", "K06", "K07", "K10", "K14", "K15", "K16"]
    templates = {
        name: processing.get("template", "").rpartition("/")[2]
        for name, item in BLACKBOARD.items()
        for processing in many(item, "responseProcessing")
    }
    assert templates == {
        "K03": "map_response",
        "K04": "map_response",
        "K05": "map_response",
        "K06": "map_response",  # it is worth 2.5 points, and the other template knows one point only
        "K07": "map_response",
        "K10": "map_response",
        "K16": "map_response",
    }
    single = every.true_false()
    found = written("blackboard", pack(replace(single, points=None)))["K06"]
    assert one(found, "responseProcessing").get("template", "").endswith("match_correct")
    assert Player(found, learner.choose(found, "False")).score == 1


def test_blackboard_is_given_nothing_that_makes_it_skip_an_item() -> None:
    refused = ("modalFeedback", "feedbackBlock", "feedbackInline", "endAttemptInteraction", "rubricBlock")
    for item in BLACKBOARD.values():
        assert not [node.tag for node in item.iter() if node.tag in {QTI + tag for tag in refused}]
        assert not many(item, "responseProcessing/*")
        assert {node.get("identifier") for node in many(item, "responseDeclaration")} == {"RESPONSE"}


def test_the_key_for_blackboard() -> None:
    def score(name: str, given: learner.Given) -> float:
        return Player(BLACKBOARD[name], given).score

    assert score("K03", learner.choose(BLACKBOARD["K03"], "Reduce η.")) == 2.5
    assert score("K06", learner.choose(BLACKBOARD["K06"], "False")) == 2.5
    assert score("K06", learner.choose(BLACKBOARD["K06"], "True")) == 0
    assert score("K07", learner.fill(BLACKBOARD["K07"], ["overfitting"])) == 2.5
    assert score("K10", learner.fill(BLACKBOARD["K10"], ["h2o"])) == 1
    assert all(Player(item, {}).score == 0 for item in BLACKBOARD.values())


def test_what_blackboard_is_not_given_is_reported() -> None:
    backend, sample = load("qti"), every.every_kind()
    lost = {
        loss.what
        for loss in losses_of(backend, sample, context("blackboard"), features(sample))
        if loss.level is Level.DROPPED
    }
    assert {"numeric questions", "matching questions", "ordering questions", "solutions", "hints"} <= lost
    assert "a question" in lost
    found = set(BLACKBOARD)
    left_out = {question.id for question in questions(sample)} - found
    assert left_out == {"K08", "K09", "K11", "K12", "K13"}


INSPERA = written("inspera")


def test_inspera_is_given_everything() -> None:
    assert set(INSPERA) == {question.id for question in questions(every.every_kind())}


def verdict(name: str, given: learner.Given) -> tuple[float, str]:
    player = Player(INSPERA[name], given)
    (found,) = player.outcomes["FEEDBACK"]
    return player.score, found.removeprefix("feedback_")


def test_inspera_s_words_for_how_an_answer_was() -> None:
    choice = INSPERA["K04"]
    assert verdict("K04", {}) == (0, "unanswered")
    assert verdict("K04", learner.choose(choice, "Dropout")) == (1.25, "partially_correct")
    assert verdict("K04", learner.choose(choice, "A larger step")) == (0, "wrong")
    right = learner.choose(choice, "Dropout", "Weight decay also called L2")
    assert verdict("K04", right) == (2.5, "correct")
    assert verdict("K01", {}) == (0, "unanswered")
    assert verdict("K01", {"RESPONSE": ["some text"]}) == (0, "answered")
    assert verdict("K09", learner.fill(INSPERA["K09"], ["", "too high", "", "", ""])) == (
        0.5,
        "partially_correct",
    )


def test_what_inspera_shows_after_an_answer() -> None:
    for name, right, wrong in (("K06", "False", "True"), ("K03", "Reduce η.", "It depends.")):
        item = INSPERA[name]
        after = {
            said: canaries(" ".join(Player(item, learner.choose(item, text)).feedback))
            for said, text in (("right", right), ("wrong", wrong))
        }
        assert {"WELLDONECANARY", "SOLUTIONCANARY", "HINTCANARY"} <= after["right"]
        assert "PITYCANARY" not in after["right"]
        assert {"PITYCANARY", "SOLUTIONCANARY", "HINTCANARY"} <= after["wrong"]
        assert "WELLDONECANARY" not in after["wrong"]
        outcomes = {node.get("identifier") for node in many(item, "outcomeDeclaration")}
        assert outcomes == {"SCORE", "MAXSCORE", "FEEDBACK"}
        assert not list(item.iter(f"{QTI}endAttemptInteraction"))


def test_hints_of_blanks_are_not_lost_for_inspera() -> None:
    cloze: ClozeQuestion = replace(
        every.bare_cloze(), text=(para(every.text_blank("a", hint="begins with a")),)
    )
    item = written("inspera", pack(cloze))["K10"]
    assert "begins with a" in " ".join(Player(item, learner.fill(item, ["a"])).feedback)
    assert "begins with a" not in words(one(item, "itemBody"))
