"""What is written as SARIF stands before the standard's own schema, which Microsoft's Jest matchers carry."""

from __future__ import annotations

import copy
import json
import subprocess
from typing import Any

import pytest

from packc.cli import main
from packc.diagnostics import Diagnostic, Edit, Fix, Label, Rule, all_rules
from packc.diagnostics.show import sarif
from packc.source import SourceMap
from tests.support.judges import ROOT, node, node_modules
from tests.unit.show.rules import source, span_of
from tests.unit.show.test_formats import everything

pytestmark = pytest.mark.judge


def faults(*logs: dict[str, Any]) -> list[list[str]]:
    """Return what the schema says against each log."""
    node_modules()
    done = subprocess.run(
        [node(), ROOT / "tests/node/sarif_validate.mjs"],
        input=json.dumps(logs),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    answer: list[list[str]] = json.loads(done.stdout)
    assert len(answer) == len(logs)
    return answer


def test_every_shape_and_every_rule_is_valid() -> None:
    sources, file = source("😀\n\nx\n", "a b.md")
    place = span_of(file, "x")
    rules = [_sample(rule) for rule in all_rules().values()]
    fix = Fix("write `{x}`", (Edit(place, "{x}"), Edit(file.span(0, 0), "a")))
    every = [Diagnostic(rule, place, (Label(file.span(0, 0), "l"),), target="qti", fix=fix) for rule in rules]
    logs = (
        sarif.document(*everything(), "0.1.0"),
        sarif.document(every, sources, "0.1.0"),
        sarif.document([], SourceMap(), "0.1.0"),
    )
    assert faults(*logs) == [[], [], []]


def test_all_that_is_said_of_the_broken_corpus_is_valid(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT / "tests/packs/broken")
    assert main(["check", ".", "--output-format", "sarif"]) == 1
    log = json.loads(capsys.readouterr().out)
    assert len(log["runs"][0]["results"]) > 150
    assert faults(log) == [[]]


def test_the_judge_sees_what_is_wrong() -> None:
    log = sarif.document(*everything(), "0.1.0")
    broken = [copy.deepcopy(log) for _ in range(3)]
    broken[0]["runs"][0]["results"][0]["level"] = "loss"
    broken[1]["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    del broken[2]["runs"][0]["tool"]
    assert all(faults(*broken))


def _sample(rule: type[Rule]) -> Rule:
    return rule(*(3 if rule.__annotations__[name] in (int, "int") else "word" for name in rule.fields()))
