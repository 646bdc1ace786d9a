"""Templates that a project brings: used file by file, and told of when they cannot be."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner

from packc import ProjectFault, api
from packc.build.request import Request
from packc.cli.app import group
from packc.handout import answers, cards, document, key, spaces, student, teacher
from packc.render import sandbox
from packc.render.builtin import template_names

ROOT = Path(__file__).resolve().parents[3]
PACK = "---\nid: p\nnamespace: n\n---\n\n## Q1. One\n\nWhy {{ not }}?\n\n**Solution:** So.\n"
ENDLESS = "\n\n{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
FAULTS = [
    ("html/student.html.j2", "\n{% for part in %}", "mine/html/student.html.j2", 2),
    ("html/student.html.j2", "\n\n{{ nope }}", "mine/html/student.html.j2", 3),
    (
        "html/parts.html.j2",
        "{% macro told(part) %}\n{{ part.nope }}{% endmacro %}",
        "html/student.html.j2",
        2,
    ),
    ("html/key.html.j2", '{% include "../../../../../etc/passwd" %}', "mine/html/key.html.j2", 1),
    ("html/key.html.j2", '{{ "".__class__.__mro__ }}', "mine/html/key.html.j2", 1),
    ("html/key.html.j2", '\n{{ "x" * 9000000000 }}', "mine/html/key.html.j2", 2),
    ("pdf/handout.typ", "\n#nope()", "mine/pdf/handout.typ", 2),
    ("pdf/data.typ", '\n\n#import "@preview/examit:0.1.0": *', "mine/pdf/data.typ", 3),
    ("pdf/data.typ", '#let data = read("/etc/passwd")', "mine/pdf/data.typ", 1),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "p.md").write_text(PACK)
    return tmp_path


def build(folder: Path, name: str, text: str) -> dict[str, bytes]:
    """Build with one template of the project's; return the files that are there then."""
    file = folder / "mine" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    target = name.partition("/")[0]
    api.build_request(Request([folder / "p.md"], [target], folder, templates=Path("mine")), folder / "out")
    return {path.name: path.read_bytes() for path in (folder / "out" / target).iterdir()}


def test_a_template_stands_in_for_ours_alone(folder: Path) -> None:
    own = '{% extends "html/page.html.j2" %}{% block main %}OWN {{ parts[0].prompt }}{% endblock %}'
    files = build(folder, "html/student.html.j2", own)

    assert b"OWN <p>Why {{ not }}?</p>" in files["p.html"]
    assert b"Answer key" in files["p.key.html"]


def test_a_style_sheet_stands_in_for_ours(folder: Path) -> None:
    files = build(folder, "html/key.css", ".own { color: inherit; }")

    assert b".own {" in files["p.key.html"]
    assert b".own {" not in files["p.html"]


def test_a_typst_template_stands_in_for_ours(folder: Path) -> None:
    text = '#set document(title: "own", date: none)\n#let data = json(bytes(sys.inputs.data))\n#title()'
    files = build(folder, "pdf/handout.typ", text)

    assert files["p.pdf"].startswith(b"%PDF")
    assert len(files["p.pdf"]) < 10_000


def test_the_projects_folder_is_used_and_the_given_one_goes_before_it(folder: Path) -> None:
    (folder / "packc.yaml").write_text("namespace: n\ncontent: .\ntemplates: own\n")
    (folder / "own/html").mkdir(parents=True)
    for name in ("student.css", "key.css"):
        (folder / "own/html" / name).write_text(".from-project { color: inherit; }")
    files = build(folder, "html/student.css", ".from-given { color: inherit; }")

    assert b".from-given" in files["p.html"]
    assert b".from-project" not in files["p.html"]
    assert b".from-project" in files["p.key.html"]


@pytest.mark.parametrize(("name", "text", "file", "line"), FAULTS)
def test_a_fault_is_told_with_its_place_and_nothing_is_written(
    folder: Path, name: str, text: str, file: str, line: int
) -> None:
    with pytest.raises(ProjectFault) as caught:
        build(folder, name, text)

    (found,) = caught.value.diagnostics
    assert found.code == "PK840"
    if file.startswith("mine"):
        assert found.span is not None
        source = caught.value.sources[found.span.file]
        assert (source.name, source.place(found.span.start).line) == (file, line)
    assert not (folder / "out").exists()


def test_a_loop_without_end_is_ended(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "SECONDS", 1)
    with pytest.raises(ProjectFault) as caught:
        build(folder, "html/student.html.j2", ENDLESS)

    (found,) = caught.value.diagnostics
    assert found.rule.message().endswith("it does not end")
    assert found.span is not None
    assert caught.value.sources[found.span.file].place(found.span.start).line == 3


def test_a_file_that_leads_out_is_refused(folder: Path) -> None:
    (folder / "mine/html").mkdir(parents=True)
    (folder / "mine/html/key.css").symlink_to(folder / "p.md")
    with pytest.raises(ProjectFault, match="leads out"):
        api.build_request(Request(["p.md"], ["html"], folder, templates=Path("mine")))


def test_another_template_is_another_build(folder: Path) -> None:
    first = build(folder, "html/student.css", ".one { color: inherit; }")
    second = build(folder, "html/student.css", ".two { color: inherit; }")

    assert b".two {" in second["p.html"]
    assert first != second


def test_templates_are_listed_shown_and_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run = CliRunner().invoke
    listed = run(group, ["templates", "list"]).stdout.split()
    assert listed == list(template_names())
    assert not [name for name in listed if name.startswith("anki/")]
    assert run(group, ["templates", "copy", *listed]).exit_code == 0
    for name in listed:
        assert (tmp_path / "templates" / name).read_text() == run(group, ["templates", "show", name]).stdout
    assert run(group, ["templates", "copy", listed[0]]).exit_code == 2, "nothing is overwritten"
    assert run(group, ["templates", "show", "html/nope.css"]).exit_code == 2


def test_every_view_and_every_field_is_documented() -> None:
    text = (ROOT / "docs/templates.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*?) \| ", text, re.MULTILINE))
    modules: tuple[ModuleType, ...] = (document, student, spaces, key, answers, teacher, cards)
    views = {
        name: [field.name for field in fields(found)]
        for module in modules
        for name, found in vars(module).items()
        if isinstance(found, type) and found.__module__ == module.__name__ and hasattr(found, "__slots__")
        if hasattr(found, "__dataclass_fields__") and name != "Wording"
    }

    assert len(views) > 25
    assert {name: re.findall(r"`(\w+)`", rows.get(name, "")) for name in views} == views
