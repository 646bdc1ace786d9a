"""Where Typst is not installed: one error that says how to mend it, and every other target as ever."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from packc.backends.registry import infos

PACK = "---\nid: p\n---\n\n## Q1. One\n\n**Question:** Why?\n\n**Solution:** So.\n"
PROJECT = "namespace: n\ntargets: [html, pdf]\n"
_WITHOUT = "import sys; sys.modules['typst'] = None; from packc.cli import main; sys.exit(main(sys.argv[1:]))"
_OTHERS = set(infos()) - {"pdf"}
_HINT = "  = help: install it with packc: pip install 'packc[pdf]'   (packc explain {code})\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project that was built with Typst once."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    # What is installed is part of what the cache goes by; here the package is hidden, not removed.
    monkeypatch.setenv("PACKC_CACHE", str(tmp_path / "cache"))
    (tmp_path / "content").mkdir()
    (tmp_path / "content/p.md").write_text(PACK)
    (tmp_path / "packc.yaml").write_text(PROJECT)
    command = [sys.executable, "-m", "packc", "build", "-t", "all", "--no-cache"]
    subprocess.run(command, check=True, capture_output=True)
    return tmp_path


def test_what_needs_it_fails_with_a_hint_and_all_else_is_as_ever(project: Path) -> None:
    before = _files(project / "dist")
    assert _folders(before) == set(infos())

    for words in (["build", "-t", "pdf"], ["build", "-t", "html,pdf"], ["build"], ["check", "-t", "pdf"]):
        made = _without_typst(*words)
        assert (made.returncode, made.stdout) == (2, ""), words
        message = "error[PK830]: target `pdf` needs the package `typst`, which is not installed\n"
        assert made.stderr == f"{message}{_HINT.format(code='PK830')}\n1 error\n", words
        assert _files(project / "dist") == before, words

    made = _without_typst("build", "-t", "all", "--no-cache")
    assert made.returncode == 0
    note = "note[PK831]: target `pdf` is left out: the package `typst` is not installed\n"
    assert note + _HINT.format(code="PK831") in made.stderr
    assert {Path(line).parts[1] for line in made.stdout.splitlines()} == _OTHERS
    assert _files(project / "dist") == before, "the same bytes, and what an earlier build made stays"


def test_all_that_sets_no_pdf_does_without(project: Path) -> None:
    made = _without_typst("build", "-t", "all", "-o", "new")
    assert made.returncode == 0
    assert _folders(_files(project / "new")) == _OTHERS
    for words in (["targets"], ["templates", "list"], ["stats"], ["check", "-t", "all"]):
        made = _without_typst(*words)
        assert (made.returncode, "error" in made.stderr) == (0, False), made.stderr


def _without_typst(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", _WITHOUT, *words], capture_output=True, text=True, check=False
    )


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def _folders(files: Iterable[str]) -> set[str]:
    return {name.split("/")[0] for name in files if "/" in name}
