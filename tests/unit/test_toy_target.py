"""A target is one folder: dropping it in is all it takes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import packc.backends
from packc import api
from packc.backends import registry
from packc.backends.base import File
from tests.support.packs import context, pack

INIT = """\
from packc.backends.base import Backend, Info

INFOS = (Info(name="toy", title="The ids, one a line", suffix=".toy"),)


def load(name: str) -> Backend:
    from packc.backends.toy.backend import Toy

    return Toy()
"""

BACKEND = """\
from collections.abc import Iterable

from packc.ast.pack import Pack, questions
from packc.backends.base import KEPT, Artifact, Capabilities, EmitContext, Feature, File, Info, Loss
from packc.backends.toy import INFOS


class Toy:
    info: Info = INFOS[0]

    def capabilities(self) -> Capabilities:
        return dict.fromkeys(Feature, KEPT)

    def losses(self, pack: Pack, context: EmitContext) -> Iterable[Loss]:
        return ()

    def emit(self, pack: Pack, context: EmitContext) -> Iterable[Artifact]:
        ids = "".join(f"{question.id}\\n" for question in questions(pack))
        yield File(f"{pack.id}.toy", ids.encode())
"""


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    folder = tmp_path / "backends" / "toy"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text(INIT, encoding="utf-8")
    (folder / "backend.py").write_text(BACKEND, encoding="utf-8")
    monkeypatch.setattr(packc.backends, "__path__", [*packc.backends.__path__, str(folder.parent)])
    yield
    for name in [name for name in sys.modules if name.startswith("packc.backends.toy")]:
        del sys.modules[name]
    vars(packc.backends).pop("toy", None)


@pytest.mark.usefixtures("toy")
def test_the_registry_finds_a_folder_and_builds_with_it() -> None:
    assert registry.infos()["toy"].suffix == ".toy"
    assert list(registry.load("toy").emit(pack(), context())) == [File("sample-pack.toy", b"Q1\nQ2\nQ3\n")]


@pytest.mark.usefixtures("toy")
def test_listing_targets_imports_no_target_code() -> None:
    registry.infos()
    assert "packc.backends.toy.backend" not in sys.modules


def test_an_unknown_target_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        registry.load("toy")


@pytest.mark.usefixtures("toy")
def test_a_build_with_it_writes_its_artefact(tmp_path: Path) -> None:
    source = (
        "---\nid: tiny\nnamespace: a1b2c3d4e5\n---\n\n## T1. One\n\n**Question:** Why?\n\n**Solution:** So.\n"
    )
    (tmp_path / "tiny.md").write_text(source, encoding="utf-8")
    report = api.build(["tiny.md"], targets=["toy"], cwd=tmp_path)
    assert [found.code for found in report.diagnostics] == []
    assert (tmp_path / "dist/toy/tiny.toy").read_text(encoding="utf-8") == "T1\n"
