"""Two players that share no code with packc show every item, and score it as the source says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

import pytest
from qti_convert import upgrade_package_files

from tests.support import every_kind as every
from tests.targets.qti import learner
from tests.targets.qti.players import PLAYERS, RealPlayer, player
from tests.targets.qti.reading import files, parsed

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from playwright.sync_api import Browser

PACK, CONTEXT = every.every_kind(), every.context()
Given: TypeAlias = Mapping[str, Sequence[str]]
PAIRS = {"Adam": "adaptive moments", "SGD": "plain ∇", "RMSProp": "running mean"}
SORTED = {"ridge": "regression", "k-means": "clustering", "lasso": "regression"}
STEPS = ("load the data", "train", "evaluate", "publish")
BLANKS = [r"a learning rate $\frac{1}{x^{2}}$", "too large", "two", "0.5", "km/h"]


def attempts(name: str, item: Element) -> Iterator[tuple[Given, float]]:
    """Yield answers as the source has them, with what each is worth there: right, partly right, wrong."""
    match name:
        case "K03":
            yield learner.choose(item, "Reduce η."), 2.5
            yield learner.choose(item, "It depends."), 0
            yield learner.choose(item, "Clean the data."), -0.625
        case "K04":
            yield learner.choose(item, "Dropout", "Weight decay also called L2"), 2.5
            yield learner.choose(item, "Dropout"), 1.25
            yield learner.choose(item, "A larger step"), 0
        case "K06":
            yield learner.choose(item, "False"), 2.5
            yield learner.choose(item, "True"), 0
        case "K07":
            yield learner.fill(item, ["overfitting"]), 2.5
            yield learner.fill(item, ["over-fitting"]), 1.25
            yield learner.fill(item, ["Overfitting"]), 0
        case "K08":
            yield learner.fill(item, ["0.12"]), 2.5
            yield learner.fill(item, ["-10"]), 1.25
            yield learner.fill(item, ["5"]), 0
        case "K09":
            yield learner.fill(item, BLANKS), 2.5
            yield learner.fill(item, ["", "too high", "", "0.7", "km/h"]), 1
            yield learner.fill(item, ["x", "x", "x", "7", "m/s"]), 0
        case "K11":
            yield learner.match(item, PAIRS), 2.5
            yield learner.match(item, PAIRS | {"SGD": "a tree"}), 2.5 * 2 / 3
            yield learner.match(item, dict.fromkeys(PAIRS, "a tree")), 0
        case "K12":
            yield learner.match(item, SORTED), 2.5
            yield learner.match(item, SORTED | {"lasso": "ranking"}), 2.5 * 2 / 3
            yield learner.match(item, dict.fromkeys(SORTED, "ranking")), 0
        case "K13":
            yield learner.choose(item, *STEPS), 2.5
            yield learner.choose(item, *reversed(STEPS)), 0
        case _:
            raise ValueError(name)


SCORED = ("K03", "K04", "K06", "K07", "K08", "K09", "K11", "K12", "K13")


def package(target: str) -> Mapping[str, bytes]:
    """Return the package as QTI 3: packc's own, or what somebody else's converter makes of 2.1."""
    if target == "qti30":
        return files(PACK, CONTEXT, target)
    found = upgrade_package_files(files(PACK, CONTEXT, target)).files
    return {path: data.encode() if isinstance(data, str) else data for path, data in found.items()}


@pytest.fixture(scope="module", params=[(name, target) for name in PLAYERS for target in ("qti30", "qti")])
def playing(request: pytest.FixtureRequest, browser: Browser) -> Iterator[RealPlayer]:
    name, target = request.param
    with player(browser, name, package(target)) as found:
        yield found


@pytest.mark.parametrize("name", SCORED)
def test_scores(name: str, playing: RealPlayer) -> None:
    path = f"items/{name}.xml"
    item = parsed(playing.members[path])
    for given, expected in attempts(name, item):
        assert playing.play(path, given).score == pytest.approx(expected, abs=0.002), given
    if name != "K13" or playing.name != "ampup":  # which hands in an untouched order as it lies
        assert playing.play(path).score == 0


def test_what_nobody_scores_is_shown(playing: RealPlayer) -> None:
    for name in ("K01", "K02", "K14", "K15"):
        attempt = playing.play(f"items/{name}.xml", {"RESPONSE": ["an answer"]})
        assert "FRONT" in attempt.text
        assert attempt.score == 0


def test_feedback(playing: RealPlayer) -> None:
    right = playing.play("items/K03.xml", {"RESPONSE": ["choice_2"]})
    assert right.shows("FEEDBACK", "choice_2")
    assert right.shows("VERDICT", "correct_fb")
    assert right.shows("GENERAL", "general_fb")
    assert playing.play("items/K03.xml", {"RESPONSE": ["choice_3"]}).shows("VERDICT", "general_incorrect_fb")


def test_after_a_hint_an_answer_is_judged_and_the_solution_waits(playing: RealPlayer) -> None:
    """Both players keep a request for a hint in mind through all later attempts."""
    asked = playing.play("items/K06.xml", hints=1)
    assert asked.shows("SHOW_hint_1", "hint_1")
    assert not asked.shows("GENERAL", "general_fb")
    wrong = playing.play("items/K06.xml", {"RESPONSE": ["true"]}, hints=1)
    assert wrong.shows("VERDICT", "general_incorrect_fb")
    assert not wrong.shows("GENERAL", "general_fb")
    right = playing.play("items/K06.xml", {"RESPONSE": ["false"]}, hints=1)
    assert right.shows("VERDICT", "correct_fb")
    assert right.shows("GENERAL", "general_fb")
