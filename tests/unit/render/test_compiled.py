"""Compiled templates are kept, and believed only if they are whole and belong to the template."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from packc.render import builtin, compiled
from packc.render.running import Environment


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let bytecode be written, as it is on every user's machine, and return where."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "kept"))
    return tmp_path / "kept"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of built-in templates."""
    monkeypatch.setattr(compiled, "templates_folder", lambda: tmp_path)
    monkeypatch.setattr(compiled, "builtin_text", lambda name: (tmp_path / name).read_text())
    return tmp_path


@pytest.fixture
def compilations(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note every template that Jinja compiles."""
    found: list[str] = []
    as_usual = compiled._python

    def noting(name: str, text: str) -> str:
        found.append(name)
        return as_usual(name, text)

    monkeypatch.setattr(compiled, "_python", noting)
    return found


def _filled() -> str:
    """Fill the template `a.j2` as a process does that has nothing in memory yet."""
    return Environment(compiled.code_of).get_template("a.j2").render({"x": 7})


def test_a_template_is_compiled_once(folder: Path, compilations: list[str]) -> None:
    (folder / "a.j2").write_text("x is {{ x }}")
    assert [_filled(), _filled()] == ["x is 7", "x is 7"]
    assert compilations == ["a.j2"]


def test_another_text_other_manners_and_another_jinja_are_compiled_anew(
    folder: Path, compilations: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.j2").write_text("x is {{ x }}")
    _filled()
    (folder / "a.j2").write_text("y is {{ x }}")
    assert _filled() == "y is 7"
    monkeypatch.setattr(compiled, "MANNERS", {**compiled.MANNERS, "trim_blocks": False})
    _filled()
    monkeypatch.setattr(compiled, "_jinja", lambda: "another")
    _filled()
    assert compilations == ["a.j2"] * 4


@pytest.mark.parametrize("damage", [lambda data: data[:70], lambda data: data.replace(b"x is", b"y is")])
def test_a_damaged_file_is_as_good_as_none(
    folder: Path, kept: Path, compilations: list[str], damage: Callable[[bytes], bytes]
) -> None:
    (folder / "a.j2").write_text("x is {{ x }}")
    _filled()
    (file,) = kept.rglob("*.jinja")
    file.write_bytes(damage(file.read_bytes()))
    assert _filled() == "x is 7"
    assert compilations == ["a.j2"] * 2


def test_where_nothing_can_be_written_all_is_well(folder: Path, kept: Path) -> None:
    kept.write_text("a file, so that no folder can be made here")
    (folder / "a.j2").write_text("x is {{ x }}")
    assert _filled() == "x is 7"


def test_whoever_wants_no_bytecode_gets_none(
    folder: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    (folder / "a.j2").write_text("x is {{ x }}")
    _filled()
    assert not kept.exists()


def test_what_is_kept_is_no_template(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builtin, "templates_folder", lambda: folder)
    (folder / "html/__pycache__").mkdir(parents=True)
    (folder / "html/__pycache__/a.cpython-311.jinja").write_bytes(b"\xff")
    (folder / "html/a.j2").write_text("x")
    assert builtin.template_names.__wrapped__() == ("html/a.j2",)
