"""Compiled templates are kept, and believed only if they are whole and belong to the template."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import jinja2
import pytest
from jinja2.ext import Extension

from packc.render.compiled import CompiledTemplates


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let bytecode be written, as it is on every user's machine, and return where."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "kept"))
    return tmp_path / "kept"


class _Noting(Extension):
    """Notes every template that Jinja compiles."""

    found: ClassVar[list[str]] = []

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        self.found.append(str(name))
        return source


@pytest.fixture
def compilations() -> list[str]:
    _Noting.found.clear()
    return _Noting.found


def _rendered(folder: Path, manners: str = "") -> str:
    """Render the template `a.j2` of `folder` as a process does that has nothing in memory yet."""
    loader, cache = jinja2.FileSystemLoader(folder), CompiledTemplates(manners)
    environment = jinja2.Environment(loader=loader, bytecode_cache=cache, extensions=[_Noting])
    return environment.get_template("a.j2").render(x=7)


def test_a_template_is_compiled_once(tmp_path: Path, compilations: list[str]) -> None:
    (tmp_path / "a.j2").write_text("x is {{ x }}")
    assert [_rendered(tmp_path), _rendered(tmp_path)] == ["x is 7", "x is 7"]
    assert compilations == ["a.j2"]


def test_another_text_and_other_manners_are_compiled_anew(tmp_path: Path, compilations: list[str]) -> None:
    (tmp_path / "a.j2").write_text("x is {{ x }}")
    _rendered(tmp_path)
    (tmp_path / "a.j2").write_text("y is {{ x }}")
    assert _rendered(tmp_path) == "y is 7"
    _rendered(tmp_path, "others")
    assert compilations == ["a.j2"] * 3


@pytest.mark.parametrize("damage", [lambda data: data[:70], lambda data: data.replace(b"x is", b"y is")])
def test_a_damaged_file_is_as_good_as_none(
    tmp_path: Path, kept: Path, compilations: list[str], damage: Callable[[bytes], bytes]
) -> None:
    (tmp_path / "a.j2").write_text("x is {{ x }}")
    _rendered(tmp_path)
    (file,) = kept.rglob("*.jinja")
    file.write_bytes(damage(file.read_bytes()))
    assert _rendered(tmp_path) == "x is 7"
    assert compilations == ["a.j2"] * 2


def test_where_nothing_can_be_written_all_is_well(tmp_path: Path, kept: Path) -> None:
    kept.write_text("a file, so that no folder can be made here")
    (tmp_path / "a.j2").write_text("x is {{ x }}")
    assert _rendered(tmp_path) == "x is 7"


def test_whoever_wants_no_bytecode_gets_none(
    tmp_path: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    (tmp_path / "a.j2").write_text("x is {{ x }}")
    _rendered(tmp_path)
    assert not kept.exists()
