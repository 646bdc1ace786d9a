"""A glance says what the long way says, or nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from packc import api
from packc.build.glance import glance
from packc.build.lastbuild import file_of, read_last_build
from packc.build.means import Means
from packc.build.report import Report
from packc.build.request import Request
from packc.build.whole import read_sealed
from packc.diagnostics.show.json import document
from packc.release import release
from tests.support.packs import png

PACK = "---\nid: {id}\n---\n\n# Pack {id}\n\n## Q1. One\n\n**Question:** Why {id}?\n\n**Solution:** So.\n"
LOSSY = PACK.replace("---\n\n#", "license: CC0-1.0\nauthors: [Ada]\n---\n\n#", 1)


@pytest.fixture
def project(quick_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with losses, an error and a warning, but without images."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    folder = quick_folder / "project"
    (folder / "content/below").mkdir(parents=True)
    (folder / "packc.yaml").write_text("content: content\n")
    (folder / "content/one.md").write_text(PACK.format(id="one"))
    (folder / "content/below/two.md").write_text(LOSSY.format(id="two"))
    (folder / "content/bad.md").write_text("---\nid: bad\n---\n\n## Q1. One\n\n**Question:** Why?\n")
    return folder


def request(project: Path, **more: object) -> Request:
    return Request([], cwd=project, **more)  # type: ignore[arg-type]


def build(project: Path, **more: object) -> Report:
    return api.build_request(request(project, **more), None, means(project))


def look(project: Path, **more: object) -> Report | None:
    return glance(request(project, **more), None, means(project))


def means(project: Path) -> Means:
    return Means(cache=project.parent / "cache")


def told(report: Report) -> object:
    said = document(report.diagnostics, report.sources)
    return said, report.artefacts, report.kinds, report.broken, report.packs, report.unreleased, report.out


def test_a_glance_says_what_the_long_way_says(project: Path) -> None:
    assert look(project) is None
    right = build(project)
    assert len(right.diagnostics) > 2
    assert len(right.artefacts) > 8
    seen = look(project)
    assert seen is not None
    assert told(seen) == told(right) == told(build(project))
    assert seen.fresh == 3
    paths: list[Path | str] = [project / "content/below", "content/one.md"]
    right = api.build_request(Request(paths, cwd=project), None, means(project))
    seen = glance(Request(paths, cwd=project), None, means(project))
    assert seen is not None
    assert told(seen) == told(right)


def write(path: str, text: str) -> Callable[[Path], object]:
    return lambda project: (project / path).write_text(text)


def remove(path: str) -> Callable[[Path], object]:
    return lambda project: (project / path).unlink()


CHANGES: dict[str, Callable[[Path], object]] = {
    "a text": write("content/one.md", PACK.format(id="one").replace("Why", "How")),
    "a new pack": write("content/three.md", PACK.format(id="three")),
    "a pack that went": remove("content/bad.md"),
    "the project": write("packc.yaml", "content: content\nrequired: [why]\n"),
    "a nearer project": lambda project: shutil.move(project / "packc.yaml", project / "content/packc.yaml"),
    "no project": remove("packc.yaml"),
    "an artefact": write("dist/gift/one.txt", "another"),
    "a missing artefact": remove("dist/gift/one.txt"),
    "no manifest": remove("dist/manifest.json"),
    "a manifest": write("dist/manifest.json", "{}"),
    "what a killed build left": lambda project: (project / "dist/.packc-staging-1").mkdir(),
    "a ledger": write("packc.lock", "none"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_any_change_is_seen(project: Path, name: str) -> None:
    build(project)
    assert look(project) is not None
    CHANGES[name](project)
    assert look(project) is None


def test_another_request_and_another_environment_are_seen(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(project)
    for more in (
        {"targets": ["gift"]},
        {"options": ["html.paper=letter"]},
        {"locked": True},
        {"stdin": b"x"},
    ):
        assert look(project, **more) is None
    monkeypatch.setenv("PACKC_REQUIRED", "why")
    assert look(project) is None
    monkeypatch.delenv("PACKC_REQUIRED")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000001")
    assert look(project) is None
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    assert look(project) is not None
    monkeypatch.setattr("packc.build.glance.code_digest", lambda: "another")
    assert look(project) is None


def test_what_the_long_way_finds_unchanged_is_seen_at_a_glance_from_then_on(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = build(project)
    file = file_of(project.parent / "cache", request(project), None)
    before = read_last_build(file)
    monkeypatch.setenv("HOME", str(project.parent))
    assert look(project) is None
    assert build(project).fresh == 3
    seen = look(project)
    assert seen is not None
    assert told(seen) == told(right)
    after = read_last_build(file)
    assert after.packs() == before.packs() != {}
    assert after.sight != before.sight


def test_dates_count_where_files_date_a_draft(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    build(project)
    assert look(project) is not None
    os.utime(project / "content/one.md", (1_700_000_000, 1_700_000_000))
    assert look(project) is None
    os.utime(project / "content/one.md", (time.time() + 9999,) * 2)
    build(project)
    assert look(project) is None


def test_images_words_and_templates_need_the_long_way(project: Path) -> None:
    (project / "content/dot.png").write_bytes(png(3, 3))
    (project / "content/one.md").write_text(PACK.format(id="one").replace("Why", "![A dot](dot.png) Why"))
    build(project)
    assert look(project) is None
    (project / "content/one.md").write_text(PACK.format(id="one"))
    (project / "packc.yaml").write_text("content: content\ntemplates: own\n")
    build(project)
    assert look(project) is None


def test_released_packs_are_seen_at_a_glance_too(project: Path) -> None:
    (project / "content/bad.md").unlink()
    (project / "packc.yaml").write_text("namespace: n\n")
    build(project)
    release([], cwd=project, new_ledger=True)
    assert look(project) is None
    right, seen = build(project), look(project)
    assert seen is not None
    assert (seen.unreleased, told(seen)) == (0, told(right))
    lock = project / "packc.lock"
    lock.write_bytes(lock.read_bytes().replace(b"end of ledger", b"end"))
    assert look(project) is None


def test_a_damaged_file_of_the_cache_is_not_believed(project: Path) -> None:
    build(project)
    (file,) = (project.parent / "cache/builds").iterdir()
    data = file.read_bytes()
    other = read_sealed(file).replace('"packc ', '"other ', 1).encode()
    for damaged in (
        b"%s\n%s" % (sha256(other).hexdigest().encode(), other),
        b"",
        data[:100],
        data[:-20] + bytes([data[-20] ^ 1]) + data[-19:],
        data.replace(b'"packc ', b'"other ', 1),
    ):
        assert damaged != data
        file.write_bytes(damaged)
        assert look(project) is None


def test_a_glance_loads_neither_reader_nor_targets(project: Path) -> None:
    (project / "content/bad.md").unlink()
    code = (
        "import sys\nfrom packc.cli import main\nassert main(['build', '-q']) == 0\n"
        "print(' '.join(sys.modules))"
    )
    environ = {**os.environ, "PACKC_CACHE": str(project.parent / "cache")}
    command = [sys.executable, "-c", code]
    first, second = (
        subprocess.run(command, cwd=project, env=environ, check=True, capture_output=True, text=True).stdout
        for _ in range(2)
    )
    heavy = {
        "packc.api",
        "packc.project",
        "packc.reader",
        "packc.ast.question",
        "packc.backends",
        "markdown_it",
    }
    assert heavy <= set(first.split())
    assert heavy & set(second.split()) == set()
