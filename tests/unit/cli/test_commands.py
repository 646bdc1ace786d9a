"""The commands' own texts, and the tables they print."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from packc.api import Report
from packc.ast.kinds import Kind
from packc.backends import registry
from packc.backends.base import KEPT, Capability, Feature, Info, degraded, dropped
from packc.build.publish import Published
from packc.cli import summary
from packc.cli.app import COMMANDS, group, run
from packc.cli.explain import command as explain
from packc.cli.targets import command as targets
from packc.diagnostics import Diagnostic, all_rules
from packc.source import SourceMap
from tests.support.rule_pages import documents
from tests.unit.show.rules import Lost


class ToyBackend:
    def __init__(self, name: str) -> None:
        self.info = Info(name, f"The {name} target", ".toy")

    def capabilities(self) -> Mapping[Feature, Capability]:
        lost = {
            Feature.IMAGE: degraded("only their alternative text " + "and so on " * 12),
            Feature.TABLE: degraded("only their text"),
            Feature.LIST: degraded("only their text"),
            Feature.MATH: dropped(""),
        }
        return dict.fromkeys(Feature, KEPT) | lost


@pytest.fixture
def toys(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    names = ["alpha", "beta", "a-rather-long-name", *(f"t{n}" for n in range(9))]
    found = {name: ToyBackend(name) for name in names}
    monkeypatch.setattr(registry, "infos", lambda: {name: toy.info for name, toy in found.items()})
    monkeypatch.setattr(registry, "load", found.__getitem__)
    return names


def test_the_list_of_commands_says_what_the_commands_say() -> None:
    context = group.make_context("packc", ["targets"], resilient_parsing=True)
    for name, text in COMMANDS.items():
        command = group.get_command(context, name)
        assert command is not None
        assert command.name == name
        assert (command.help or "").partition("\n")[0] == text


@pytest.mark.parametrize("words", [["--help"], *([name, "--help"] for name in COMMANDS)])
def test_help_fits_any_console(words: list[str]) -> None:
    done = CliRunner().invoke(group, words)
    assert done.output.isascii()
    assert max(map(len, done.output.splitlines())) <= 80


def test_targets_fit_eighty_columns_however_many_there_are(toys: list[str]) -> None:
    text = CliRunner().invoke(targets, []).output
    lines = text.splitlines()
    assert max(map(len, lines)) <= 80
    header = [word for line in lines if line.startswith("    ") for word in line.split()]
    assert set(toys) <= set(header)
    assert text.count("\nimages ") == text.count("\nopen questions ") > 1, "several tables"
    assert "alpha: The alpha target (.toy)\n  no    formulas\n  part  images: only their alternative" in text
    assert "  part  tables, lists: only their text\n" in text


def test_the_words_of_the_matrix(toys: list[str]) -> None:  # noqa: ARG001 (the fixture sets the scene)
    lines = CliRunner().invoke(targets, []).output.splitlines()
    rows = {
        line[: len("multiple-choice questions")].strip(): line.split()[-1]
        for line in lines[1 : lines.index("")]
    }
    assert (rows["open questions"], rows["images"], rows["formulas"]) == ("yes", "part", "no")


def test_targets_json_holds_the_whole_matrix(toys: list[str]) -> None:
    found = json.loads(CliRunner().invoke(targets, ["--json"]).output)
    assert [target["name"] for target in found["targets"]] == toys
    assert set(found["targets"][0]["features"]) == set(Feature)
    assert found["targets"][0]["features"]["tables"] == {"level": "degraded", "how": "only their text"}


def test_the_real_targets_can_be_listed() -> None:
    text = CliRunner().invoke(targets, []).output
    assert max(map(len, text.splitlines())) <= 80
    assert all(f"{name}: {info.title} ({info.suffix})" in text for name, info in registry.infos().items())


def report(**changes: object) -> Report:
    given: dict[str, object] = {
        "sources": SourceMap(),
        "diagnostics": (),
        "packs": 1,
        "kinds": {Kind.OPEN: 1},
        "unreleased": 0,
        "out": Path("dist"),
    }
    return Report(**(given | changes))  # type: ignore[arg-type]


def test_a_summary_of_little_and_of_much() -> None:
    assert list(summary.lines(report(), 0.123)) == ["1 pack, 1 question: 1 open", "took 0.12 s"]
    artefacts = tuple(
        Published(target, f"p{n}", 1000, f"{target}/p{n}", size, "")
        for target, size in (("anki", 1), ("gift", 3_456_789))
        for n in range(2)
    )
    losses = tuple(Diagnostic(Lost("x"), target=target) for target in ("qti", "gift", "qti"))
    much = report(
        packs=1200,
        kinds={Kind.OPEN: 1000, Kind.MULTIPLE: 1},
        unreleased=1001,
        artefacts=artefacts,
        diagnostics=losses,
        broken=("a.md", "b.md"),
    )
    assert list(summary.lines(much, 61)) == [
        "1,200 packs, 1,001 questions: 1,000 open, 1 multiple choice; 1,001 unreleased",
        "  anki  2 files  2,000 questions     2 B",
        "  gift  2 files  2,000 questions  6.9 MB",
        "losses: gift 1, qti 2",
        "not built because of errors: a.md, b.md",
        "took 61.00 s",
    ]


def test_explain_shows_the_page_of_a_code() -> None:
    for word in ("PK201", "pk201"):
        done = CliRunner().invoke(explain, [word])
        assert done.output == documents()["PK201.md"]
    assert "- [ ] The learning rate" in done.output
    assert "- [x] The learning rate" in done.output


def test_explain_without_a_code_lists_them_all() -> None:
    lines = CliRunner().invoke(explain, []).output.splitlines()
    assert [line.split()[0] for line in lines] == list(all_rules())
    assert "PK201  error    no-correct-choice" in lines
    assert max(map(len, lines)) <= 80


def test_explain_json() -> None:
    found = json.loads(CliRunner().invoke(explain, ["PK802", "--json"]).output)
    assert found["version"] == 1
    (record,) = found["rules"]
    assert (record["code"], record["name"], record["severity"]) == ("PK802", "no-project", "error")
    assert record["example"]["kind"] == "command"
    assert record["example"]["instead"] == "packc check intro.md\n"
    every = json.loads(CliRunner().invoke(explain, ["--json"]).output)["rules"]
    assert [each["code"] for each in every] == list(all_rules())
    assert all((each["example"] is None) == bool(each["no_example"]) for each in every)


@pytest.mark.parametrize(
    ("word", "hint"),
    [("pk6011", "did you mean `PK601`?"), ("x", "`packc explain` lists")],
)
def test_explain_names_the_nearest_code(word: str, hint: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", word]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"error: there is no code `{word}`; {hint}")


@pytest.mark.parametrize(
    ("output_format", "beginning"),
    [
        ("concise", "broken.md:8:1: error[PK201] question Q1 marks no choice as correct\n"),
        ("github", "::error file=broken.md,line=8,endLine=8,col=1,endColumn=8,title=packc PK201::question"),
        ("json", '{\n  "version": 1,\n  "diagnostics": [\n'),
        ("sarif", '{\n  "$schema": "https://docs.oasis-open.org/sarif/'),
    ],
)
def test_check_speaks_to_other_programs(
    output_format: str,
    beginning: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("broken.md").write_text("---\nid: b\nnamespace: n\n---\n\n## Q1. One?\n\n- [ ] a\n- [ ] b\n")
    assert run(["check", "broken.md", "--output-format", output_format]) == 1
    said = capsys.readouterr()
    assert said.out.startswith(beginning)
    assert said.err == ""
