"""Every example of the documentation is a pack, and compiles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from packc import api
from packc.ast.pack import questions, sections
from packc.ast.question import Kind, kind_of
from packc.check import check_answers, check_structure
from packc.diagnostics import Severity, Sink
from packc.reader.frontmatter import KEYS
from packc.reader.grammar import ENGLISH
from packc.reader.pack import read_pack
from packc.source import SourceFile
from tests.support.packs import png

ROOT = Path(__file__).resolve().parents[2]
FENCE = re.compile(r"^(?P<fence>`{3,})markdown\n(?P<text>.*?)^(?P=fence)$", re.MULTILINE | re.DOTALL)


def examples() -> Iterator[object]:
    documents = (path for path in sorted((ROOT / "docs").rglob("*.md")) if path.parent.name != "rules")
    for document in (ROOT / "README.md", *documents):  # the rules' examples: test_rule_pages.py
        text = document.read_text(encoding="utf-8")
        for match in FENCE.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            yield pytest.param(match["text"], id=f"{document.relative_to(ROOT).as_posix()}:{line}")


@pytest.mark.parametrize("text", list(examples()))
def test_an_example_compiles_to_every_target(text: str, tmp_path: Path) -> None:
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


def test_every_front_matter_key_is_described() -> None:
    text = (ROOT / "docs/format.md").read_text(encoding="utf-8")
    table = text.split("| front matter |", 1)[1].split("\n\n", 1)[0]
    rows = [line.split("|")[1] for line in table.splitlines()[2:]]
    described = {key for row in rows for key in re.findall(r"`(\w+)`", row)}
    assert sorted(described) == sorted(KEYS)


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
