"""A build after an edit does what a cold one does, and looks at other packs no closer than it must."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
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
from packc.build.means import Means
from packc.build.plan import make_plan
from packc.build.request import Ahead, Request
from packc.diagnostics.show.json import document
from packc.release import release

PACK = "---\nid: {id}\n---\n\n# Pack {id}\n\n## Q1. One\n\n**Question:** Why {id}?\n\n**Solution:** So.\n"
LOSSY = PACK.replace("---\n\n#", "license: CC0-1.0\nauthors: [Ada]\n---\n\n#", 1)
IGNORING = LOSSY.replace("# Pack", "<!-- packc: ignore PK601 -->\n\n# Pack")
ALIAS = PACK.replace("---\n\n#", "aliases: [elder]\n---\n\n#", 1)


@pytest.fixture
def project(quick_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    folder = quick_folder / "project"
    (folder / "content").mkdir(parents=True)
    (folder / "packc.yaml").write_text("namespace: n\n")
    for name, text in {"one": PACK, "two": LOSSY, "three": IGNORING, "four": PACK, "five": ALIAS}.items():
        (folder / f"content/{name}.md").write_text(text.format(id=name))
    return folder


def request(project: Path, **more: Any) -> Request:
    return Request([], cwd=project, **more)


def means(project: Path) -> Means:
    return Means(cache=project.parent / "cache")


def build(project: Path, **more: Any) -> Report:
    """Build as the command does: with what a glance has read."""
    ahead, asked = Ahead(), request(project, **more)
    return glance(asked, None, means(project), ahead) or api.build_request(asked, None, means(project), ahead)


def told(report: Report) -> object:
    said = document(report.diagnostics, report.sources)
    return said, report.artefacts, report.kinds, report.broken, report.packs, report.unreleased


def written(project: Path) -> dict[str, bytes]:
    out = project / "dist"
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def edit(project: Path, name: str = "one", old: str = "Why", new: str = "How") -> None:
    file = project / f"content/{name}.md"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def swapped(path: str) -> Callable[[Path], object]:
    """Write other bytes of the same length, at the same time by the file's own word."""

    def swap(project: Path) -> None:
        file = project / path
        status = file.stat()
        file.write_bytes(file.read_bytes().swapcase())
        os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))

    return swap


BESIDES: dict[str, Callable[[Path], object]] = {
    "nothing": lambda _: None,
    "an artefact is gone": lambda project: (project / "dist/gift/two.txt").unlink(),
    "an artefact has other bytes": swapped("dist/gift/two.txt"),
    "the manifest is gone": lambda project: (project / "dist/manifest.json").unlink(),
    "all artefacts are gone": lambda project: shutil.rmtree(project / "dist"),
    "an id that is there": lambda project: edit(project, "one", "id: one", "id: four"),
    "an id in other case": lambda project: edit(project, "one", "id: one", "id: Four"),
    "an id that was another's": lambda project: edit(project, "one", "id: one", "id: elder"),
    "an alias that lives": lambda project: edit(project, "five", "elder", "four"),
    "a new pack": lambda project: (project / "content/aa.md").write_text(PACK.format(id="aa")),
    "a pack that went": lambda project: (project / "content/four.md").unlink(),
    "an error": lambda project: edit(project, "one", "**Question:**", "**Quest:**"),
    "fewer targets": lambda project: edit(project, "one", "id: one", "id: one\ntargets: [gift]"),
    "a setting": lambda project: (project / "packc.yaml").write_text("namespace: n\nrequired: [why]\n"),
    "a level": lambda project: (project / "packc.yaml").write_text("namespace: n\nrules: {PK601: error}\n"),
    "a ledger": lambda project: release([], cwd=project, new_ledger=True),
}


def same_as_cold(project: Path, **more: Any) -> Report:
    """Build, and compare with a build without a cache in a copy of all that is there."""
    copy = project.parent / "copy"
    shutil.copytree(project, copy, symlinks=True)
    warm = build(project, **more)
    cold = api.build_request(request(copy, **more))
    assert told(warm) == told(cold)
    assert written(project) == written(copy)
    shutil.rmtree(copy)
    return warm


@pytest.mark.parametrize("name", BESIDES)
def test_an_edit_and_what_else_happened_come_to_what_a_cold_build_comes_to(project: Path, name: str) -> None:
    build(project)
    edit(project)
    BESIDES[name](project)
    warm = same_as_cold(project)
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
    same_as_cold(project)


def test_a_clash_that_is_over_leaves_nothing_behind(project: Path) -> None:
    build(project)
    edit(project, "one", "id: one", "id: four")
    assert set(same_as_cold(project).broken) == {"content/one.md", "content/four.md"}
    edit(project, "one", "id: four", "id: one")
    assert same_as_cold(project).broken == ()


def test_released_packs_are_told_of_as_by_a_cold_build(project: Path) -> None:
    release([], cwd=project, new_ledger=True)
    build(project)
    edit(project)
    warm = same_as_cold(project)
    assert (warm.fresh, warm.unreleased) == (4, 1)
    same_as_cold(project, locked=True)


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
    assert {path.rpartition("/")[2] for path, read in ahead.packs.items() if read.data} == {"one.md"}
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
