"""Our own packs are released: what stands in `content/` is what learners were given."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from packc import api
from packc.diagnostics import Severity
from tests.support.judges import ROOT
from tests.support.teacher import dated


def clone(folder: Path, *, age: int) -> Path:
    """Return a fresh clone of the project, its files `age` seconds old."""
    shutil.copytree(ROOT / "content", folder / "content")
    for name in ("packc.yaml", "packc.lock"):
        shutil.copy(ROOT / name, folder)
    for path in folder.rglob("*"):
        moment = path.stat().st_mtime - age
        os.utime(path, (moment, moment))
    return folder


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_content_is_released_in_the_commit_that_changes_it(tmp_path: Path) -> None:
    folder = clone(tmp_path / "clone", age=0)
    report = api.build([], cwd=folder, locked=True)
    unreleased = [found for found in report.diagnostics if found.severity is Severity.ERROR]
    shown = "\n".join(found.rule.message() for found in unreleased)
    assert not unreleased, f"{shown}\nrun `.venv/bin/packc release` and commit packc.lock with the change"
    assert report.unreleased == 0


@pytest.mark.parametrize("epoch", [None, 1_900_000_000])
def test_clones_of_any_age_build_the_same_bytes_and_change_no_source(
    tmp_path: Path, epoch: int | None
) -> None:
    built = []
    for name, age in (("new", 0), ("old", 10_000_000)):
        folder = clone(tmp_path / name, age=age)
        before = files(folder)
        with dated(epoch if name == "old" else None):
            api.build([], cwd=folder)
        after = files(folder)
        assert {path: after[path] for path in before} == before
        built.append({path: data for path, data in after.items() if path not in before})
    assert len(built[0]) > 8
    assert built[0] == built[1]
