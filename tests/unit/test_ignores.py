"""Severities by configuration, and remarks that silence a rule where they stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from packc import api
from packc.api import Report

HEAD = "---\nid: p\nnamespace: n\n---\n\n"
QUESTION = "**Question:** An <em>odd</em> word.\n\n**Solution:** So.\n"


def check(folder: Path, body: str, project: str = "namespace: n\n", targets: tuple[str, ...] = ()) -> Report:
    (folder / "packc.yaml").write_text(project)
    (folder / "p.md").write_text(HEAD + body, encoding="utf-8")
    return api.check(["p.md"], targets=targets or ("gift",), cwd=folder)


def said(report: Report) -> list[tuple[str, str, int]]:
    return [
        (found.code, str(found.severity), report.sources[found.span.file].place(found.span.start).line)
        for found in report.diagnostics
        if found.span is not None
    ]


def test_a_remark_silences_the_rule_for_its_question_alone(tmp_path: Path) -> None:
    remark = "<!-- packc: ignore PK301 -->\n\n"
    body = f"## Q1. A\n\n{QUESTION}\n## Q2. B\n\n{QUESTION}\n{remark}## Q3. C\n\n{QUESTION}"
    assert said(check(tmp_path, body)) == [
        *[("PK301", "warning", 8)] * 2,
        *[("PK301", "warning", 22)] * 2,
    ]


@pytest.mark.parametrize(
    "remark",
    [
        "<!-- packc: ignore PK301 -->",
        "<!--packc:ignore PK301-->",
        "<!-- packc: ignore PK304, PK301 --> H~20000~O and ~two words~.",
        "A text <!-- packc: ignore PK301 --> with it inside.",
        "- an item\n  <!-- packc: ignore PK301 -->",
        "> a quote <!-- packc: ignore\n> PK301 -->",
        "```\na\n```\n<!-- packc: ignore PK301 -->",
    ],
)
def test_a_remark_may_stand_anywhere_in_the_question(tmp_path: Path, remark: str) -> None:
    assert said(check(tmp_path, f"## Q1. A\n\n{QUESTION}\n{remark}\n")) == []


@pytest.mark.parametrize("fence", ["`", "\n```\n"])
def test_in_code_it_is_code(tmp_path: Path, fence: str) -> None:
    report = check(tmp_path, f"## Q1. A\n\n{QUESTION}\n{fence}<!-- packc: ignore PK301 -->{fence}\n")
    assert [code for code, *_ in said(report)] == ["PK301"] * 2


def test_outside_questions_it_holds_for_the_text_of_its_section_or_the_introduction(tmp_path: Path) -> None:
    remark = "<!-- packc: ignore PK301 -->"
    body = f"Intro <em>.\n\n{remark}\n\n# S\n\n<i> {remark}\n\n## T\n\n<b>\n\n### Q1. A\n\n{QUESTION}"
    assert [line for *_, line in said(check(tmp_path, body))] == [16, 20, 20]


@pytest.mark.parametrize(
    ("remark", "code"),
    [
        ("<!-- packc: ignroe PK301 -->", "PK140"),
        ("<!-- packc: ignore -->", "PK140"),
        ("<!-- packc: -->", "PK140"),
        ("<!-- packc: ignore PK999 -->", "PK140"),
        ("<!-- packc: ignore pk301 -->", "PK140"),
        ("<!-- packc: ignore PK201 -->", "PK141"),
        ("<!-- packc: ignore PK405 -->", "PK142"),
    ],
)
def test_a_remark_that_does_nothing_is_reported_in_its_place(tmp_path: Path, remark: str, code: str) -> None:
    found = said(check(tmp_path, f"## Q1. A\n\n**Solution:** So.\n\n{remark}\n"))
    assert found == [(code, "warning", 10)]


def test_where_not_all_was_looked_at_no_remark_is_called_unused(tmp_path: Path) -> None:
    remarks = "<!-- packc: ignore PK405 -->\n\n<!-- packc: ignore PK602 -->\n"
    broken = check(tmp_path, f"## Q1. A\n\n- [ ] a\n- [ ] b\n\n{remarks}")
    assert [code for code, *_ in said(broken)] == ["PK201"]
    without = said(check(tmp_path, "## Q1. A\n\n**Solution:** So.\n\n<!-- packc: ignore PK602 -->\n"))
    assert without == []  # another target may lose something here


def test_losses_can_be_ignored(tmp_path: Path) -> None:
    body = "## Q1. A\n\n**Question:** A [relative link](x.md).\n\n**Solution:** So.\n"
    (loss,) = said(check(tmp_path, body))
    assert loss[:2] == ("PK602", "loss")
    assert said(check(tmp_path, f"{body}\n<!-- packc: ignore PK602 -->\n")) == []


def test_a_project_sets_how_bad_a_rule_is(tmp_path: Path) -> None:
    body = f"## Q1. A\n\n{QUESTION}"
    for level in ("note", "warning", "error"):
        report = check(tmp_path, body, f"namespace: n\nrules: {{PK301: {level}}}\n")
        assert said(report) == [("PK301", level, 8)] * 2
        assert report.exit_code == (level == "error")
        assert bool(report.broken) == (level == "error")
    assert said(check(tmp_path, body, "namespace: n\nrules: {PK301: off}\n")) == []


def test_a_remark_for_a_rule_that_is_off_is_not_called_unused(tmp_path: Path) -> None:
    body = f"## Q1. A\n\n{QUESTION}\n<!-- packc: ignore PK301 -->\n"
    assert said(check(tmp_path, body, "namespace: n\nrules: {PK301: off}\n")) == []


def test_a_remark_silences_what_the_project_made_an_error(tmp_path: Path) -> None:
    body = f"## Q1. A\n\n{QUESTION}\n<!-- packc: ignore PK301 -->\n"
    report = check(tmp_path, body, "namespace: n\nrules: {PK301: error}\n")
    assert (said(report), report.broken) == ([], ())


def test_a_loss_that_the_project_calls_an_error_stops_its_pack(tmp_path: Path) -> None:
    (tmp_path / "packc.yaml").write_text("namespace: n\nrules: {PK602: error}\n")
    lossy = "## Q1. A\n\n**Question:** A [relative link](x.md).\n\n**Solution:** So.\n"
    (tmp_path / "p.md").write_text(HEAD + lossy)
    (tmp_path / "q.md").write_text(HEAD.replace("id: p", "id: q") + "## Q1. A\n\n**Solution:** So.\n")
    report = api.build(["p.md", "q.md"], targets=["gift"], cwd=tmp_path)
    assert report.broken == ("p.md",)
    assert [artefact.path for artefact in report.artefacts] == ["gift/q.txt"]
    assert report.exit_code == 1


def test_a_run_wide_rule_can_be_ignored_in_the_introduction(tmp_path: Path) -> None:
    text = "---\nid: p\n---\n\n<!-- packc: ignore PK501 -->\n\n## Q1. A\n\n**Solution:** So.\n"
    (tmp_path / "p.md").write_text(text)
    assert said(api.check(["p.md"], targets=["gift"], cwd=tmp_path)) == []
