"""A build does not hold a large text: it knows its digest, and reads it again when its turn has come."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from packc import api
from packc.build.plan import Plan, make_plan
from packc.build.request import Ahead, Request
from packc.places import dated_content, dated_content_or_digest
from tests.unit.build.edits import edit, five_packs, told, written


@pytest.fixture
def project(quick_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    monkeypatch.setattr(Ahead, "largest", 50)
    return five_packs(quick_folder)


def test_only_a_check_holds_it(project: Path) -> None:
    asked = Request([], cwd=project)
    held, ahead = make_plan(asked), make_plan(asked, Ahead())
    assert all(job.data for job in held.jobs)
    assert not any(job.data for job in ahead.jobs)
    for one, other in zip(held.jobs, ahead.jobs, strict=True):
        assert one.text == other.text
        assert other.source == sha256(one.text).hexdigest()
        assert held.sources[one.number] == ahead.sources[other.number]


@pytest.mark.parametrize("paths", [[], ["content/one.md"]], ids=["all", "one"])
def test_one_that_changes_before_its_turn_is_built_as_it_is_now(
    project: Path, monkeypatch: pytest.MonkeyPatch, paths: list[str]
) -> None:
    plans: list[Plan] = []

    def planned(*given: Any) -> Plan:
        plans.append(make_plan(*given))
        edit(project, "one", "Q1.", "Q1. And")  # every time: the second one does not wait for peace
        return plans[-1]

    monkeypatch.setattr(api, "make_plan", planned)
    made = api.build(paths, cwd=project)
    assert [any(job.data for job in plan.jobs) for plan in plans] == [False, True]
    monkeypatch.undo()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    files = written(project)
    (one,) = (job for job in plans[1].jobs if job.name.endswith("one.md"))
    (project / "content/one.md").write_bytes(one.text)
    assert (told(made), files) == (told(api.build(paths, cwd=project)), written(project))


def test_what_is_wrong_in_it_is_shown(project: Path) -> None:
    edit(project, "one", "**Solution:**", "**Solutoin:**")
    report = api.build([], cwd=project)
    (found,) = (each for each in report.diagnostics if each.span and each.severity == "error")
    assert found.span is not None
    source = report.sources[found.span.file]
    assert source.name == "content/one.md"
    assert source.text == (project / "content/one.md").read_text()


@pytest.mark.parametrize("size", [0, 1, 50, 51, 70_000, 200_000])
def test_a_digest_is_that_of_what_a_file_holds(tmp_path: Path, size: int) -> None:
    file = tmp_path / "a"
    file.write_bytes(bytes(number % 251 for number in range(size)))
    data, changed = dated_content(str(file))
    told = data if size <= 50 else sha256(data).hexdigest()
    assert dated_content_or_digest(str(file), size, 50) == (told, changed)
    with pytest.raises(OSError, match="too large"):
        dated_content_or_digest(str(file), size - 1, 50)
