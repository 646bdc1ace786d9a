"""The broken corpus: every fault of every file in one run, and nothing that was there is lost."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from packc import ProjectFault, api
from packc.cli import main
from packc.diagnostics import Diagnostic
from packc.source import SourceMap
from tests.support.judges import ROOT

CORPUS = ROOT / "tests/packs/broken"
TABLE = CORPUS / "README.md"
ROW = re.compile(
    r"^\| (?P<file>\S.*?\.(?:md|yaml)) \| (?P<why>[^|]+) \| (?P<says>[^|\n]*?) ?\|$", re.MULTILINE
)
FEWEST = 100

GOOD = "---\nid: {id}\nnamespace: test\n---\n\n## Q1. One\n\n**Question:** Why?\n\n**Solution:** So.\n"
OLD = "field-twice"  # was good once, and was built then


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project that was built when two of its packs were good; then came the broken ones."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    (tmp_path / "packc.yaml").write_text("namespace: test\n")
    (tmp_path / "content").mkdir()
    for name in ("good", OLD):
        (tmp_path / f"content/{name}.md").write_text(GOOD.format(id=name))
    assert main(["build", "-q"]) == 0
    shutil.copytree(CORPUS, tmp_path / "content", dirs_exist_ok=True)
    return tmp_path


def written() -> dict[str, str]:
    """Return what the tables say, by file."""
    return {row["file"]: row["says"] for row in ROW.finditer(TABLE.read_text(encoding="utf-8"))}


def compare(said: dict[str, str], request: pytest.FixtureRequest) -> None:
    """Compare what was said of some files with the tables, or write it into them."""
    if request.config.getoption("--accept"):
        text = TABLE.read_text(encoding="utf-8")
        text = ROW.sub(
            lambda row: f"| {row['file']} | {row['why']} | {said.get(row['file'], row['says'])} |", text
        )
        TABLE.write_text(text, encoding="utf-8")
    else:
        assert said == {name: says for name, says in written().items() if name in said}


def _row(row: re.Match[str], said: dict[str, str]) -> str:
    return f"| {row['file']} | {row['why']} | {said.get(row['file'], row['says'])} |"


def test_every_file_has_its_row() -> None:
    files = [path.relative_to(CORPUS).as_posix() for path in CORPUS.rglob("*") if path.is_file()]
    assert sorted(files) == sorted([*written(), "README.md"])
    assert len(files) > FEWEST
    assert all(written().values())


def test_every_fault_of_every_pack_in_one_run(
    project: Path, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    capsys.readouterr()
    assert main(["check", "--output-format", "json"]) == 1
    shown = capsys.readouterr()
    assert shown.err == ""
    said = {path.name: "" for path in (project / "content").glob("*.md") if path.name in written()}
    for found in json.loads(shown.out)["diagnostics"]:
        if found["severity"] != "loss":
            for word, place in (("", found), *(("see ", label) for label in found["labels"])):
                name = Path(place["file"]).name
                text = f"{word}{found['code']} {place['line']}:{place['column']}"
                said[name] = f"{said[name]}, {text}".removeprefix(", ")
    compare(said, request)


def test_what_was_built_before_stays(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.read_bytes() for path in (project / "dist").rglob("*") if path.is_file()}
    assert len(before) > 2
    broken = {Path(name).stem for name in api.check([], cwd=project).broken}
    assert OLD in broken
    assert main(["build"]) == 1
    assert "Traceback" not in capsys.readouterr().err
    after = {path: path.read_bytes() for path in (project / "dist").rglob("*") if path.is_file()}
    kept = {path: data for path, data in before.items() if path.name != "manifest.json"}
    assert {path: after.get(path) for path in kept} == kept
    made = {path.name.split(".")[0] for path in after.keys() - before.keys()}
    assert made & broken == set()


def test_every_fault_of_every_project_file(
    project: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrong project file stops everything, so each is a run of its own."""
    shutil.rmtree(project / "content")
    (project / "content").mkdir()
    (project / "content/good.md").write_text(GOOD.format(id="good"))
    monkeypatch.chdir(project)
    said = {}
    for path in sorted((CORPUS / "projects").iterdir()):
        shutil.copy(path, project / "packc.yaml")
        said[f"projects/{path.name}"] = _said_of_project(project)
    compare(said, request)


def _said_of_project(project: Path) -> str:
    try:
        report = api.check([], cwd=project)
    except ProjectFault as fault:
        assert main(["check", "-q"]) == 2
        return _places(fault.diagnostics, fault.sources)
    return _places(report.diagnostics, report.sources)


def _places(found: tuple[Diagnostic, ...], sources: SourceMap) -> str:
    places = []
    for each in found:
        assert each.span is not None
        place = sources[each.span.file].place(each.span.start)
        places.append(f"{each.code} {place.line}:{place.column}")
    return ", ".join(places)
