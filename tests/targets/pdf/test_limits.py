"""What takes Typst too long, or too much, is an error of that pack alone: the others are built."""

from __future__ import annotations

from pathlib import Path

import pytest

from packc import ProjectFault, api
from packc.ast.question import OpenQuestion
from packc.ast.richtext import Image
from packc.backends.base import Level
from packc.backends.pdf import pictures, typesetting
from packc.backends.registry import load
from packc.build.means import Means
from packc.build.report import Report
from packc.build.request import Request
from packc.media import Media
from packc.render.templating import template_text
from tests.support import packs

PACK = "---\nid: {name}\nnamespace: n\n---\n\n# {title}\n\n## Q1. One\n\nWhy?\n\n**Solution:** So.\n"
HEAVY = "Heavy"
ENDLESS = "for a in range(999999) { for b in range(999999) { let c = a + b } }"
MEMORY = 'let a = "0123456789abcdef" * 200000000'
SECONDS, ADDRESSES = 2, 1 << 30
LATE, MUCH = "more than 2 seconds", "too much memory"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a pack `light` and a pack `heavy`, both built, and limits that are soon met."""
    for name in ("light", "heavy"):
        (tmp_path / f"{name}.md").write_text(PACK.format(name=name, title=name.title()))
    _build(tmp_path)
    for name in ("light", "heavy"):
        with (tmp_path / f"{name}.md").open("a") as file:
            file.write("\n## Q2. Two\n\nHow?\n\n**Solution:** Thus.\n")
    monkeypatch.setattr(typesetting, "SECONDS", SECONDS)
    monkeypatch.setattr(typesetting, "MEMORY", ADDRESSES)
    monkeypatch.setattr(typesetting, "BYTES_A_SECOND", 1 << 40)
    return tmp_path


def _build(folder: Path, workers: int = 0) -> Report:
    request = Request([folder / "light.md", folder / "heavy.md"], ["html", "pdf"], folder)
    return api.build_request(request, folder / "dist", Means(cache=folder / "cache", workers=workers))


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "dist").rglob("*.*") if path.is_file()}


def _set_trap(evil: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have packc's own template do what it must not, for the pack `heavy`."""

    def text(name: str, *overrides: object) -> str:
        own = template_text(name, *overrides)  # type: ignore[arg-type]  # as it is given
        return own.replace("#show: frame", f'#if data.page.heading == "{HEAVY}" {{ {evil} }}\n#show: frame')

    monkeypatch.setattr(typesetting, "template_text", text)


@pytest.mark.parametrize(
    ("evil", "why", "workers"), [(ENDLESS, LATE, 1), (MEMORY, MUCH, 1), (MEMORY, MUCH, 2)]
)
def test_the_pack_is_told_of_and_the_others_are_built(
    folder: Path, evil: str, why: str, workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _files(folder)
    _set_trap(evil, monkeypatch)
    report = _build(folder, workers)

    (found,) = report.diagnostics
    assert (found.code, found.target, report.exit_code, report.broken) == ("PK832", "pdf", 1, ("heavy.md",))
    assert found.span is not None
    assert report.sources[found.span.file].name == "heavy.md"
    assert why in found.rule.message()
    after = _files(folder)
    changed = {name for name in after if after[name] != before.get(name)}
    assert after.keys() == before.keys()
    assert changed - {"manifest.json"} == {"light.html", "light.key.html", "light.pdf", "light.key.pdf"}


def test_the_next_build_tries_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _set_trap(MEMORY, monkeypatch)
    before = _files(folder)
    assert _build(folder).broken == ("heavy.md",)
    assert _build(folder).broken == ("heavy.md",)
    monkeypatch.setattr(typesetting, "template_text", template_text)
    report = _build(folder)
    assert (report.diagnostics, report.fresh) == ((), 1)
    assert _files(folder)["heavy.pdf"] != before["heavy.pdf"]


@pytest.mark.parametrize("evil", [ENDLESS, MEMORY], ids=["without end", "without measure"])
def test_a_template_of_the_projects_is_what_is_told_of(folder: Path, evil: str) -> None:
    before = _files(folder)
    own = folder / "mine/pdf/data.typ"
    own.parent.mkdir(parents=True)
    own.write_text(f"#{{ {evil} }}")
    request = Request([folder / "light.md"], ["pdf"], folder, templates=Path("mine"))
    with pytest.raises(ProjectFault) as caught:
        api.build_request(request, folder / "dist")
    assert [found.code for found in caught.value.diagnostics] == ["PK840"]
    assert _files(folder) == before


def test_an_image_that_takes_too_long_is_a_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "SECONDS", 0.001)
    monkeypatch.setattr(typesetting, "BYTES_A_SECOND", 1 << 40)
    pictures.fault.cache_clear()
    groups = b"<g opacity='.5'>" * 100_000
    slow = Media(
        b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">' + groups, "image/svg+xml", 9, 9
    )
    pack = packs.pack(OpenQuestion(id="Q1", prompt=(packs.para(Image("a.svg", "slow")),)))
    losses = load("pdf").losses(pack, packs.context("Q1")._replace(media={"a.svg": slow}))
    assert [(loss.level, "more than" in loss.how) for loss in losses] == [(Level.DEGRADED, True)]
