"""A label that was taken for text, and the answer that is missing because of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from packc import api
from packc.diagnostics import Severity

HEAD = "---\nid: p\nnamespace: n\n---\n\n## Q1. One\n\n**Question:** Why?\n\n"
UNREAD = {
    "PK107": "**Solutoin:** So.\n",
    "PK110": "Solution: So.\n",
    "PK121": "- so\n\n  **Solution:** So.\n",
}


def said(folder: Path, body: str, rules: str = "") -> list[tuple[str, Severity]]:
    (folder / "packc.yaml").write_text(f"namespace: n\n{rules}", encoding="utf-8")
    (folder / "p.md").write_text(HEAD + body, encoding="utf-8")
    report = api.check(["p.md"], targets=(), cwd=folder)
    return [(found.code, found.severity) for found in report.diagnostics]


@pytest.mark.parametrize(("code", "body"), UNREAD.items())
def test_without_another_answer_it_is_an_error_and_the_only_one(tmp_path: Path, code: str, body: str) -> None:
    assert said(tmp_path, body) == [(code, Severity.ERROR)]


@pytest.mark.parametrize(("code", "body"), UNREAD.items())
def test_beside_an_answer_it_is_a_warning(tmp_path: Path, code: str, body: str) -> None:
    assert said(tmp_path, f"{body}\n**Answer:** so\n") == [(code, Severity.WARNING)]


def test_a_label_of_no_answer_explains_nothing(tmp_path: Path) -> None:
    found = said(tmp_path, "**Why it maters:** So.\n")
    assert sorted(found) == [("PK103", Severity.ERROR), ("PK107", Severity.WARNING)]


def test_a_warning_that_is_switched_off_explains_nothing(tmp_path: Path) -> None:
    assert said(tmp_path, UNREAD["PK107"], "rules: {PK107: off}\n") == [("PK103", Severity.ERROR)]


def test_it_explains_nothing_in_another_question(tmp_path: Path) -> None:
    other = "**Solutoin:** So.\n\n**Answer:** so\n\n## Q2. Two\n\n**Question:** And?\n"
    found = said(tmp_path, other)
    assert sorted(found) == [("PK103", Severity.ERROR), ("PK107", Severity.WARNING)]
