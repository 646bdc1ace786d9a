"""A build after an edit does what a cold one does, and looks at other packs no closer than it must."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from packc import api
from packc.api import Report
from packc.build.cache import Cache, Header
from packc.build.codec import decoded, encoded
from packc.build.compiler import Compiler
from packc.build.fault import PublishFault
from packc.build.fresh import quiet
from packc.build.glance import glance
from packc.build.job import Outcome
from packc.build.plan import make_plan
from packc.build.request import Ahead
from packc.release import release
from tests.unit.build.edits import BESIDES, edit, five_packs, means, request, same_as_cold, told, written


@pytest.fixture
def project(quick_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    return five_packs(quick_folder)


def build(project: Path, **more: Any) -> Report:
    """Build as the command does: with what a glance has read."""
    ahead, asked = Ahead(), request(project, **more)
    return glance(asked, None, means(project), ahead) or api.build_request(asked, None, means(project), ahead)


@pytest.mark.parametrize("name", BESIDES)
def test_an_edit_and_what_else_happened_come_to_what_a_cold_build_comes_to(project: Path, name: str) -> None:
    build(project)
    edit(project)
    BESIDES[name](project)
    warm = same_as_cold(project, build)
    assert told(build(project)) == told(warm)


def test_what_is_in_the_way_of_an_artefact_is_said_again(project: Path) -> None:
    build(project)
    edit(project)
    (project / "dist/gift/two.txt").unlink()
    (project / "dist/gift/two.txt").mkdir()
    for _ in range(2):
        with pytest.raises(PublishFault, match=r"two\.txt"):
            build(project)
    (project / "dist/gift/two.txt").rmdir()
    same_as_cold(project, build)


def test_a_clash_that_is_over_leaves_nothing_behind(project: Path) -> None:
    build(project)
    edit(project, "one", "id: one", "id: four")
    assert set(same_as_cold(project, build).broken) == {"content/one.md", "content/four.md"}
    edit(project, "one", "id: four", "id: one")
    assert same_as_cold(project, build).broken == ()


def test_released_packs_are_told_of_as_by_a_cold_build(project: Path) -> None:
    release([], cwd=project, new_ledger=True)
    build(project)
    edit(project)
    warm = same_as_cold(project, build)
    assert (warm.fresh, warm.unreleased) == (4, 1)
    same_as_cold(project, build, locked=True)


def test_of_other_packs_no_entry_is_opened(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(project)
    edit(project)
    opened: list[str] = []
    real = Cache.read

    def read(cache: Cache, key: str) -> Header | None:
        opened.append(key)
        return real(cache, key)

    monkeypatch.setattr(Cache, "read", read)
    assert build(project).fresh == 4
    assert len(opened) == 1


def test_a_pack_that_changes_after_it_was_looked_at_is_read_again(project: Path) -> None:
    build(project)
    edit(project)
    ahead = Ahead()
    assert glance(request(project), None, means(project), ahead) is None
    assert {path.rpartition("/")[2] for path in ahead.packs} >= {"one.md", "two.md"}
    edit(project, "two")  # which is to be made again, since what was made of it is lost
    shutil.rmtree(project / "dist")
    for folder in (project.parent / "cache").iterdir():
        if folder.is_dir() and folder.name != "builds":
            shutil.rmtree(folder)
    warm, files = api.build_request(request(project), None, means(project), ahead), written(project)
    shutil.rmtree(project / "dist")
    assert (told(warm), files) == (told(api.build_request(request(project))), written(project))


def test_what_is_quiet_is_told_as_by_the_codec(project: Path) -> None:
    (project / "packc.yaml").write_text("content: content\n")  # without a namespace
    plan = make_plan(request(project))
    found = [Compiler(plan.settings).run(job, emitting=False) for job in plan.jobs]
    told = [(each, quiet(encoded(each), number)) for number, each in enumerate(found)]
    assert [each for _, each in told].count(None) == 3
    for number, (outcome, seen) in enumerate(told):
        assert seen in (None, decoded(Outcome, encoded(outcome), number), outcome)
    others: list[Any] = [None, [], [1], [[]] * 9, [1, [2]], encoded(found[0])[:-1]]
    assert [quiet(data, 0) for data in others] == [None] * len(others)
