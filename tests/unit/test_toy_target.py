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
from packc.diagnostics import Sink
from packc.project import ProjectFault, find_project
from packc.project.shown import settings
from packc.schemas.settings import config_schema
from packc.source import SourceMap
from tests.support.packs import context, pack

INIT = """\
from packc.backends.base import Backend, Info
from packc.backends.options import Option

CASE = Option("case", "as-is", "which letters ids are written with", choices=("as-is", "small"))
BETWEEN = Option("between", 0, "empty lines between them")
UPSIDE_DOWN = Option("upside-down", False, "the last one first")
ONLY = Option("only", (), "the ids to list", pattern=r"\\w+")
INFOS = (
    Info(
        name="toy",
        title="The ids, one a line",
        suffix=".toy",
        options=(CASE, BETWEEN, UPSIDE_DOWN, ONLY),
    ),
)


def load(name: str) -> Backend:
    from packc.backends.toy.backend import Toy

    return Toy()
"""

BACKEND = """\
from collections.abc import Iterable

from packc.ast.pack import Pack, questions
from packc.backends.base import KEPT, Artifact, Capabilities, EmitContext, Feature, File, Info, Loss
from packc.backends.options import DEFAULTS, Options
from packc.backends.toy import BETWEEN, CASE, INFOS, ONLY, UPSIDE_DOWN


class Toy:
    info: Info = INFOS[0]

    def capabilities(self, options: Options = DEFAULTS) -> Capabilities:
        return dict.fromkeys(Feature, KEPT)

    def losses(self, pack: Pack, context: EmitContext) -> Iterable[Loss]:
        return ()

    def emit(self, pack: Pack, context: EmitContext) -> Iterable[Artifact]:
        only = context.options.get(ONLY)
        ids = [question.id for question in questions(pack) if not only or question.id in only]
        ids = ids[::-1] if context.options.get(UPSIDE_DOWN) else ids
        text = "".join(id + "\\n" * (1 + context.options.get(BETWEEN)) for id in ids)
        text = text.lower() if context.options.get(CASE) == "small" else text
        yield File(f"{pack.id}.toy", text.encode())
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


TINY = "---\nid: tiny\nnamespace: a1b2c3d4e5\n---\n\n" + "\n".join(
    f"## T{number}. One\n\n**Question:** Why?\n\n**Solution:** So.\n" for number in (1, 2, 3)
)


def built(folder: Path, *options: str) -> str:
    """Return what a build of the pack in `folder` writes."""
    (folder / "tiny.md").write_text(TINY, encoding="utf-8")
    report = api.build(["tiny.md"], targets=["toy"], cwd=folder, options=options)
    assert [found.code for found in report.diagnostics] == []
    return (folder / "dist/toy/tiny.toy").read_text(encoding="utf-8")


@pytest.mark.usefixtures("toy")
def test_a_build_with_it_writes_its_artefact(tmp_path: Path) -> None:
    assert built(tmp_path) == "T1\nT2\nT3\n"


@pytest.mark.usefixtures("toy")
@pytest.mark.parametrize(
    ("written", "given", "expected"),
    [
        ("toy: {case: small}", [], "t1\nt2\nt3\n"),
        ("toy: {case: small}", ["toy.case=as-is"], "T1\nT2\nT3\n"),
        ("toy: {only: [T3, T1]}", ["toy.upside-down=true"], "T3\nT1\n"),
        ("toy:\n  between: 1\n  upside-down: true\n  only: T1, T3", [], "T3\n\nT1\n\n"),
        ("toy:", ["toy.only=T2,T2"], "T2\n"),
    ],
)
def test_it_is_told_its_options(tmp_path: Path, written: str, given: list[str], expected: str) -> None:
    (tmp_path / "packc.yaml").write_text(f"namespace: a\n{written}\n", encoding="utf-8")
    assert built(tmp_path, *given) == expected


@pytest.mark.usefixtures("toy")
@pytest.mark.parametrize(
    ("given", "code", "message"),
    [
        ("toy.case=big", "PK015", "one of `as-is`, `small`"),
        ("toy.between=-1", "PK015", "a whole number from 0 on"),
        ("toy.upside-down=perhaps", "PK015", "`true` or `false`"),
        ("toy.only=", "PK015", "the ids to list"),
        ("toy.only=T1,a b", "PK015", "the ids to list"),
        ("toy.csae=small", "PK809", "did you mean `case`?"),
        ("tyo.case=small", "PK801", "did you mean `toy`?"),
        ("case=small", "PK815", "write TARGET.KEY=VALUE"),
        ("toy.case", "PK815", "write TARGET.KEY=VALUE"),
    ],
)
def test_wrong_options_are_faults_with_a_place(tmp_path: Path, given: str, code: str, message: str) -> None:
    with pytest.raises(ProjectFault) as caught:
        built(tmp_path, given)
    found = caught.value.diagnostic
    assert found.code == code
    assert message in f"{found.rule.message()} {found.rule.help()}"
    assert found.span is not None
    assert caught.value.sources[found.span.file].name == "-O"


@pytest.mark.usefixtures("toy")
def test_config_and_schema_know_them(tmp_path: Path) -> None:
    (tmp_path / "packc.yaml").write_text("toy: {case: small}", encoding="utf-8")
    sources = SourceMap()
    project = find_project(tmp_path, sources, Sink(), ["toy.between=2"])
    shown = {each.key: (each.value, each.place) for each in settings(project, sources)}
    assert shown["toy.case"] == ("small", "packc.yaml:1")
    assert shown["toy.between"] == (2, "-O")
    assert shown["toy.only"] == ([], "")
    toy = config_schema()["properties"]["toy"]["properties"]
    assert toy["case"]["default"] == "as-is"
    assert toy["upside-down"]["type"] == "boolean"
