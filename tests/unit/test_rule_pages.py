"""Every rule's page shows what fails and what does not, and both are tried."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from packc import api
from packc.api import Report
from packc.diagnostics import Rule, Severity, all_rules
from packc.diagnostics.page import Example, Kind, Page, page
from packc.project import ProjectFault
from tests.support.packs import png, png_claiming
from tests.support.rule_pages import FOLDER, documents

PAGES = [page(rule) for rule in all_rules().values()]
WITH_EXAMPLE = [pytest.param(each.code, each.example, id=each.code) for each in PAGES if each.example]

# What no page can show; each says why, and is tested elsewhere.
WITHOUT_EXAMPLE = [
    "PK005",
    "PK006",
    "PK119",
    "PK150",
    "PK151",
    "PK152",
    "PK310",
    "PK517",
    "PK521",
    "PK522",
    "PK711",
    "PK805",
    "PK830",
    "PK831",
    "PK832",
]

INTRO = "---\nid: intro\nnamespace: example\n---\n\n"
QUESTION = "## Q1. What do you change first?\n\n**Solution:** The learning rate.\n"

FILES = {
    "intro.md": (INTRO + QUESTION).encode(),
    "no-id.md": ("---\nnamespace: example\n---\n\n" + QUESTION).encode(),
    "latin1.md": (INTRO + QUESTION + "\nCafé.\n").encode("latin-1"),
    "nul.md": (INTRO + QUESTION + "\nA \0 here.\n").encode(),
    "bell.md": (INTRO + QUESTION + "\nA \a here.\n").encode(),
    "page.txt": "Steps¶\nQ1. First change¶\nQuestion: What?\nSolution: The learning rate.\n".encode(),
    "figure.png": png(),
    "poster.png": png_claiming(60_000),
    "curve.txt": b"no image",
    "active.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder that the examples speak of."""
    root = tmp_path / "here"
    root.mkdir()
    for name, data in FILES.items():
        (root / name).write_bytes(data)
    return root


@pytest.mark.parametrize(("code", "example"), WITH_EXAMPLE)
def test_what_fails_is_reported(code: str, example: Example, folder: Path) -> None:
    assert code in _reported(example.kind, example.fails, folder)


@pytest.mark.parametrize(("code", "example"), WITH_EXAMPLE)
def test_what_is_advised_instead_is_clean(code: str, example: Example, folder: Path) -> None:
    found = _reported(example.kind, example.instead, folder)
    assert code not in found
    assert {name for name, severity in found.items() if severity != Severity.LOSS} == set()


def test_only_what_cannot_be_shown_has_no_example() -> None:
    assert [each.code for each in PAGES if each.example is None] == WITHOUT_EXAMPLE
    assert all(each.reason for each in PAGES if each.example is None)


def _reported(kind: Kind, text: str, folder: Path) -> dict[str, str]:
    """Return the codes that an example makes packc report, with their severities."""
    if kind is Kind.COMMAND:
        return _said_by(text, folder)
    if kind is Kind.PROJECT:
        (folder / "packc.yaml").write_text(text)
    if kind is Kind.FRONT_MATTER:
        text = f"---\n{text}---\n\n{QUESTION}"
    if kind is Kind.PACK and not text.startswith("---\n"):
        text = INTRO + text
    (folder / "example.md").write_text(QUESTION if kind is Kind.PROJECT else text)
    try:
        report: Report | ProjectFault = api.check(["example.md"], targets=["all"], cwd=folder)
    except ProjectFault as fault:
        report = fault
    found = {each.code: str(each.severity) for each in report.diagnostics}
    if kind is Kind.PROJECT:
        found.pop("PK018", None)  # the example is the project file, not the pack
    return found


def _said_by(text: str, folder: Path) -> dict[str, str]:
    """Run a shell's commands in `folder` and return the codes that packc says there."""
    programs = folder.parent / "bin"
    programs.mkdir()
    (programs / "packc").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m packc "$@"\n')
    (programs / "packc").chmod(0o755)
    environ = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}"}
    done = subprocess.run(["sh", "-c", text], cwd=folder, env=environ, capture_output=True, check=False)
    said = done.stderr.decode()
    assert done.returncode in (0, 1, 2), said
    heads = (line.partition(":")[0] for line in said.splitlines() if "[PK" in line)
    return {code.partition("]")[0]: severity for severity, _, code in (head.partition("[") for head in heads)}


def test_the_pages_in_docs_are_fresh() -> None:
    there = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()}
    assert there == documents(), "`make rules` writes them anew"


@pytest.mark.parametrize(
    "docstring",
    [
        "Only a text.",
        "A text.\n\nFails:\n\n    x\n",
        "A text.\n\nFails (poem):\n\n    x\n\nInstead:\n\n    y\n",
        "A text.\n\nFails:\n\n    x\n\nInstead:\n\n    y\n\nMore text.\n",
        "A text.\n\nNo example: of course not",
    ],
)
def test_a_docstring_that_is_no_page_is_refused(docstring: str) -> None:
    with pytest.raises(ValueError, match=r"no page|poem"):
        page(type("Odd", (Rule,), {"__doc__": docstring, "code": "PK999"}))


def test_a_page_has_all_its_parts() -> None:
    docstring = """Text
    of two lines.

    And more.

    Fails (packc.yaml):

        a:
          b

    Instead:

        c
    """
    members = {"__doc__": docstring, "code": "PK999", "severity": Severity.NOTE, "since": "9"}
    example = Example(Kind.PROJECT, "a:\n  b\n", "c\n")
    text = "Text\nof two lines.\n\nAnd more."
    assert page(type("OddRule", (Rule,), members)) == Page(
        "PK999", "odd-rule", Severity.NOTE, "9", text, example, ""
    )
