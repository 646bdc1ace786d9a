"""Our own packs as QTI: valid in every version, converted by somebody else, played by two players."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from qti_convert import downgrade_package_files, upgrade_package_files

from packc import api
from packc.ast.pack import Pack, questions
from packc.ast.question import ChoiceQuestion
from packc.diagnostics import Severity
from tests.support.judges import ROOT
from tests.targets.qti import canvas_reading
from tests.targets.qti.players import PLAYERS, player
from tests.targets.qti.reading import QTI, VERSIONS, items, many, one, parsed
from tests.targets.qti.schemas import assert_valid
from tests.targets.qti.test_package import check_package
from tests.targets.qti.validator import validated

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from playwright.sync_api import Browser

PACKS = sorted((ROOT / "content").rglob("*.md"))
IDS = [path.relative_to(ROOT / "content").parts[0] for path in PACKS]


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "content", folder / "content")
    shutil.copy(ROOT / "packc.yaml", folder)
    report = api.build([], cwd=folder, targets=[*VERSIONS, "canvas"])
    assert [one.rule.message() for one in report.diagnostics if one.severity is not Severity.LOSS] == []
    return folder / "dist"


@pytest.fixture(params=PACKS, ids=IDS)
def pack(request: pytest.FixtureRequest) -> Pack:
    (loaded,) = api.load([request.param], cwd=ROOT).packs
    return loaded.pack


def members_of(dist: Path, target: str, pack: Pack) -> dict[str, bytes]:
    with zipfile.ZipFile(dist / target / f"{pack.id}.zip") as package:
        return {name: package.read(name) for name in package.namelist()}


def encoded(found: Mapping[str, str | bytes]) -> dict[str, bytes]:
    return {path: data.encode() if isinstance(data, str) else data for path, data in found.items()}


@pytest.mark.parametrize("target", VERSIONS)
def test_valid_and_converted(target: str, pack: Pack, dist: Path) -> None:
    members = members_of(dist, target, pack)
    assert next(iter(members)) == "imsmanifest.xml"
    assert_valid(members, target)
    check_package(members)
    if target == "qti30":
        assert_valid(encoded(downgrade_package_files(members).files), "qti")
    else:
        assert_valid(encoded(upgrade_package_files(members).files), "qti30")


def test_a_validator_from_outside_finds_nothing_wrong(dist: Path) -> None:
    packages = sorted(dist.rglob("*.zip"))
    assert len(packages) == len(PACKS) * 4
    verdict = validated(packages)
    assert (verdict.code, verdict.errors) == (0, "")
    assert verdict.said.count("ok ") == len(packages)


@pytest.mark.parametrize("target", VERSIONS)
def test_the_key_of_choices(target: str, pack: Pack, dist: Path) -> None:
    found = items(members_of(dist, target, pack))
    assert set(found) == {question.id for question in questions(pack)}
    for question in questions(pack):
        if isinstance(question, ChoiceQuestion):
            item = found[question.id]
            right = {value.text for value in many(item, "responseDeclaration/correctResponse/value")}
            shown = {node.get("identifier") for node in item.iter(f"{QTI}simpleChoice")}
            assert right < shown
            assert len(right) == sum(choice.correct for choice in question.choices)


def test_the_quiz_for_canvas(pack: Pack, dist: Path) -> None:
    members = members_of(dist, "canvas", pack)
    canvas_reading.assert_sound(members)
    root = parsed(members[canvas_reading.quiz_path(members)])
    titles = [node.get("title") for node in root.iter() if node.tag.endswith("}item")]
    assert {question.id for question in questions(pack)} <= set(titles)


def right_answers(item: Element) -> Iterator[tuple[str, list[str]]]:
    """Yield what each response has to be, as the item declares it."""
    for declaration in many(item, "responseDeclaration"):
        values = [value.text or "" for value in many(declaration, "correctResponse/value")]
        if values:
            yield declaration.attrib["identifier"], values


@pytest.mark.parametrize("name", PLAYERS)
def test_players_give_the_right_answer_all_points(
    name: str, pack: Pack, dist: Path, browser: Browser
) -> None:
    members = members_of(dist, "qti30", pack)
    with player(browser, name, members) as playing:
        for path in sorted(path for path in members if path.startswith("items/") and path.endswith(".xml")):
            item = parsed(members[path])
            (most,) = [
                one(node, "defaultValue/value").text
                for node in many(item, "outcomeDeclaration")
                if node.get("identifier") == "MAXSCORE"
            ]
            right = dict(right_answers(item))
            attempt = playing.play(path, right)
            assert attempt.text.strip()
            assert attempt.score == pytest.approx(float(most or "") if right else 0, abs=0.002), path
