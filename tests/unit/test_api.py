"""The library call is the command line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import packc
from packc import ProjectFault

PACK = "---\nid: lone\nnamespace: n\n---\n\n## Q1. One\n\n**Question:** Why?\n\n**Solution:** So.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    (tmp_path / "lone.md").write_text(PACK)
    return tmp_path


def test_compile_gives_what_build_writes(folder: Path) -> None:
    compiled = packc.compile(folder / "lone.md")
    subprocess.run(
        [sys.executable, "-m", "packc", "build", "lone.md"], cwd=folder, check=True, capture_output=True
    )
    files_of_dist = [path for path in (folder / "dist").glob("*/*") if path.is_file()]
    written = {(path.parent.name, path.name): path.read_bytes() for path in files_of_dist}
    made = {(target, file.path): file.data for target, files in compiled.files.items() for file in files}
    assert made == written
    assert set(compiled.files) == {"anki", "gift", "qti", "html"}
    assert compiled.diagnostics == ()


def test_a_text_compiles_as_its_file_does(folder: Path) -> None:
    assert packc.compile(PACK).files == packc.compile(folder / "lone.md").files


def test_compile_writes_nothing(folder: Path) -> None:
    packc.compile(folder / "lone.md")
    assert [path.name for path in folder.iterdir()] == ["lone.md"]


def test_a_broken_pack_compiles_to_nothing() -> None:
    compiled = packc.compile(PACK.replace("**Solution:** So.", ""))
    assert compiled.files == {}
    assert [found.code for found in compiled.diagnostics] == ["PK103"]


def test_what_is_not_there_is_a_fault(folder: Path) -> None:
    with pytest.raises(ProjectFault):
        packc.compile(folder / "none.md")
    with pytest.raises(ProjectFault):
        packc.compile(PACK, targets=["vellum"])


def test_an_image_of_a_text_without_a_folder_is_refused() -> None:
    compiled = packc.compile(PACK.replace("Why?", "![a](a.png)"))
    assert [found.code for found in compiled.diagnostics] == ["PK402"]


def test_the_newest_input_dates_a_draft(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    os.utime(folder / "lone.md", (1_700_000_000, 1_700_000_000))
    early = packc.compile(folder / "lone.md").files["anki"]
    os.utime(folder / "lone.md", (1_700_000_001, 1_700_000_001))
    later = packc.compile(folder / "lone.md").files["anki"]
    assert early != later
