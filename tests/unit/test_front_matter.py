"""What the front matter's later keys do: aliases, targets, own fields, titles on the front."""

from __future__ import annotations

from pathlib import Path

import pytest

from packc import api
from packc.ast.question import Side
from packc.identity.guid import guid, question_guid


def write(folder: Path, name: str, front: str, body: str = "**Solution:** So.") -> None:
    text = f"---\nid: {name}\nnamespace: n\n{front}---\n\n## Q1. A\n\n{body}\n"
    (folder / f"{name}.md").write_text(text, encoding="utf-8")


def codes(folder: Path, *paths: str, targets: tuple[str, ...] = ("gift", "html")) -> list[str]:
    report = api.check(paths or ["."], targets=targets, cwd=folder)
    return [found.code for found in report.diagnostics]


def test_a_pack_is_built_for_its_own_targets_only(tmp_path: Path) -> None:
    write(tmp_path, "p", "targets: [gift, anki]\n")
    report = api.build(["p.md"], targets=["gift", "html"], cwd=tmp_path)
    assert [artefact.path for artefact in report.artefacts] == ["gift/p.txt"]
    assert codes(tmp_path, targets=("html",)) == ["PK028"]


def test_losses_are_those_of_the_packs_own_targets(tmp_path: Path) -> None:
    write(tmp_path, "p", "targets: [html]\n", "**Solution:** A [link](y.md).")
    assert "PK602" not in codes(tmp_path, targets=("gift",))


def test_an_artefact_of_a_target_that_the_pack_gave_up_goes(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "packc.yaml").write_text("namespace: n\ntargets: [gift, html]\n")
    write(tmp_path / "content", "p", "")
    api.build([], cwd=tmp_path)
    assert (tmp_path / "dist/gift/p.txt").exists()
    write(tmp_path / "content", "p", "targets: [html]\n")
    api.build([], targets=["html"], cwd=tmp_path)
    assert not (tmp_path / "dist/gift/p.txt").exists()
    assert (tmp_path / "dist/html/p.html").exists()


def test_an_unknown_target_has_its_place(tmp_path: Path) -> None:
    write(tmp_path, "p", "targets:\n  - gift\n  - ankii\n")
    report = api.check(["p.md"], targets=["gift"], cwd=tmp_path)
    (found,) = report.diagnostics
    assert found.code == "PK801"
    assert found.span is not None
    assert report.sources[found.span.file].place(found.span.start) == (6, 5)


def test_an_alias_that_is_another_packs_id_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, "new", "aliases: [Old, older]\n")
    write(tmp_path, "old", "")
    write(tmp_path, "third", "aliases: [older]\n")
    report = api.check(["."], targets=["gift"], cwd=tmp_path)
    assert [found.code for found in report.diagnostics] == ["PK143", "PK143"]
    assert sorted(report.broken) == ["new.md", "old.md", "third.md"]
    places = [
        report.sources[found.span.file].place(found.span.start) for found in report.diagnostics if found.span
    ]
    assert places == [(4, 11), (4, 11)]


def test_a_learners_progress_follows_the_oldest_id(tmp_path: Path) -> None:
    write(tmp_path, "new", "aliases: [oldest, older]\n", "**Solution:** So.\n\n**Alias:** Q7, Q8")
    run = api.check(["new.md"], targets=["gift"], cwd=tmp_path)
    (pack,) = (loaded.pack for loaded in run.loaded)
    (question,) = pack.parts
    assert question_guid(pack, question) == guid("n", "oldest", "Q7")  # type: ignore[arg-type]


def test_a_pack_has_fields_of_its_own(tmp_path: Path) -> None:
    front = "fields:\n  exam: {labels: [Exam, Klausur], side: front}\n  remark:\n"
    write(tmp_path, "p", front, "**Solution:** So.\n\n**Klausur:** 2024\n\n**Remark:** Short.")
    run = api.check(["p.md"], targets=["gift"], cwd=tmp_path)
    assert not [found for found in run.diagnostics if str(found.severity) != "loss"]
    notes = [(note.key, note.label, note.side) for note in run.loaded[0].pack.parts[0].notes]  # type: ignore[union-attr]
    assert notes == [("exam", "Klausur", Side.FRONT), ("remark", "Remark", Side.BACK)]


def test_a_field_that_the_project_requires_is_asked_for_by_its_label(tmp_path: Path) -> None:
    (tmp_path / "packc.yaml").write_text("fields: {level: {labels: Niveau, required: true}}\n")
    write(tmp_path, "p", "")
    (found,) = api.check(["p.md"], targets=["gift"], cwd=tmp_path).diagnostics
    assert found.code == "PK105"
    assert "Niveau" in found.rule.message() + found.rule.help()
    write(tmp_path, "p", "", "**Solution:** So.\n\n**Niveau:** leicht")
    assert "PK105" not in codes(tmp_path, "p.md")


def test_the_packs_definition_of_a_field_replaces_the_projects(tmp_path: Path) -> None:
    (tmp_path / "packc.yaml").write_text("fields: {level: {labels: Niveau, required: true}}\n")
    write(tmp_path, "p", "fields: {level: Stufe}\n", "**Solution:** So.\n\n**Stufe:** leicht")
    assert "PK105" not in codes(tmp_path, "p.md")
    write(tmp_path, "p", "fields: {level: Hint}\n")
    assert codes(tmp_path, "p.md")[0] == "PK023"


@pytest.mark.parametrize(("written", "wanted"), [("true", True), ("False", False), ("", False)])
def test_the_title_on_the_front_is_a_choice(tmp_path: Path, written: str, wanted: bool) -> None:
    write(tmp_path, "p", f"title_on_front: {written}\n")
    assert api.load(["p.md"], cwd=tmp_path).packs[0].pack.meta.title_on_front is wanted


@pytest.mark.parametrize("written", ["yes", '"true"', "[true]", "1"])
def test_only_true_and_false_are_a_choice(tmp_path: Path, written: str) -> None:
    write(tmp_path, "p", f"title_on_front: {written}\n")
    assert codes(tmp_path, "p.md") == ["PK015"]
