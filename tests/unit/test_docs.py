"""Every example of the documentation is a pack, and compiles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from packc import api
from packc.ast.kinds import Kind
from packc.ast.pack import questions, sections
from packc.ast.question import kind_of
from packc.backends.registry import infos
from packc.check import check_answers, check_structure
from packc.diagnostics import Severity, Sink
from packc.limits import LIMITS, Limits
from packc.places import CACHE_VARIABLE
from packc.project.keys import KEYS as PROJECT_KEYS
from packc.project.keys import VARIABLES
from packc.reader.frontmatter import KEYS, REQUIRABLE
from packc.reader.grammar import ENGLISH
from packc.reader.grammar_settings import FIELD_SETTINGS
from packc.reader.pack import read_pack
from packc.source import SourceFile
from tests.support.packs import png

ROOT = Path(__file__).resolve().parents[2]
FENCE = re.compile(r"^(?P<fence>`{3,})markdown\n(?P<text>.*?)^(?P=fence)$", re.MULTILINE | re.DOTALL)


YAML = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)  # a project file, for what follows


def examples() -> Iterator[object]:
    documents = (path for path in sorted((ROOT / "docs").rglob("*.md")) if path.parent.name != "rules")
    for document in (ROOT / "README.md", *documents):  # the rules' examples: test_rule_pages.py
        text = document.read_text(encoding="utf-8")
        for match in FENCE.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            project = YAML.findall(text, 0, match.start())
            yield pytest.param(
                match["text"],
                project[-1] if project else "",
                id=f"{document.relative_to(ROOT).as_posix()}:{line}",
            )


@pytest.mark.parametrize(("text", "project"), list(examples()))
def test_an_example_compiles_to_every_target(text: str, project: str, tmp_path: Path) -> None:
    (tmp_path / "packc.yaml").write_text(project, encoding="utf-8")
    (tmp_path / "figure.png").write_bytes(png())
    (tmp_path / "example.md").write_text(text, encoding="utf-8")
    report = api.build(["example.md"], targets=["all"], out=tmp_path / "out", cwd=tmp_path)
    wrong = [
        f"{found.code}: {found.rule.message()}"
        for found in report.diagnostics
        if found.severity in {Severity.ERROR, Severity.WARNING} and found.code != "PK501"
    ]
    assert wrong == []
    assert sum(report.kinds.values()) == len(re.findall(r"^(?:##+ [A-Z]+\d|.*\{#)", text, re.MULTILINE))
    assert {artefact.target for artefact in report.artefacts} >= {"anki", "gift", "qti", "html"}


def test_there_are_examples() -> None:
    assert len(list(examples())) >= 6


def test_every_key_of_the_project_file_is_described_and_shown() -> None:
    text = (ROOT / "docs/project.md").read_text(encoding="utf-8")
    assert _described(text, "key") == list(PROJECT_KEYS)
    assert _described(text, "limit") == list(Limits._fields)
    assert _described(text, "setting") == list(FIELD_SETTINGS)
    (example,) = YAML.findall(text)
    keys = re.findall(r"^(\w+):", example, re.MULTILINE)
    assert [key for key in keys if key not in infos()] == list(PROJECT_KEYS)
    options = [f"{name}.{option.name}" for name, info in infos().items() for option in info.options]
    assert _described(text, "option") == options
    assert set(re.findall(r"`(PACKC_\w+)`", text)) == {*VARIABLES, CACHE_VARIABLE}
    for name, number in re.findall(r"^\| `(\w+)` \| (\d+) \|", text, re.MULTILINE):
        assert getattr(LIMITS, name) == int(number)


def _described(text: str, heading: str) -> list[str]:
    """Return the names in the first column of the table whose first column is called `heading`."""
    table = text.split(f"| {heading} |", 1)[1].split("\n\n", 1)[0]
    return [key for row in table.splitlines()[2:] for key in re.findall(r"`([\w.-]+)`", row.split("|")[1])]


def test_every_front_matter_key_is_described() -> None:
    text = (ROOT / "docs/format.md").read_text(encoding="utf-8")
    assert sorted(_described(text, "front matter")) == sorted(KEYS)
    (row,) = re.findall(r"^\| `required` \|(.*)$", text, re.MULTILINE)
    assert set(re.findall(r"`(\w+)`", row)) == set(REQUIRABLE)


def test_the_label_table_lists_every_label_that_is_read() -> None:
    text = (ROOT / "docs/format.md").read_text(encoding="utf-8")
    table = text.split("| field | labels |", 1)[1].split("\n\n", 1)[0]
    shown = {
        label.strip().casefold() for line in table.splitlines()[2:] for label in line.split("|")[2].split(",")
    }
    assert shown <= set(ENGLISH)
    assert shown == set(ENGLISH)


def test_the_first_example_has_every_kind_and_nothing_is_said_about_it() -> None:
    text = (ROOT / "docs/format.md").read_text(encoding="utf-8")
    first = FENCE.search(text)
    assert first
    source = SourceFile.from_text(first["text"], name="example.md")
    sink = Sink()
    pack = read_pack(source, sink, fallback_id=None)
    check_structure(pack, (), sink)
    check_answers(pack, sink)
    assert [f"{source.place(found.span.start)} {found.code}" for found in sink if found.span] == []
    assert {kind_of(question) for question in questions(pack)} == set(Kind)
    assert any(section.stimulus for section in sections(pack))
