"""The schemas stand before somebody else's validator, with real documents and with mutated ones."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from packc import api
from packc.ast.data import TAG, classes, to_data
from packc.cli import main
from packc.diagnostics import Diagnostic, Edit, Fix, Label, all_rules
from packc.diagnostics.rules.answers import NoCorrectChoice
from packc.diagnostics.rules.loss import Dropped
from packc.diagnostics.rules.project import NoProject
from packc.diagnostics.show import json as as_json
from packc.schemas import NAMES, schema
from packc.schemas.dialect import ref
from packc.source import SourceMap
from tests.support.every_kind import every_kind
from tests.support.schemas import faults

ROOT = Path(__file__).resolve().parents[3]

pytestmark = pytest.mark.judge


def everything() -> tuple[list[Diagnostic], SourceMap]:
    """Return diagnostics of every shape: with a place and without, with a label, with a target."""
    sources = SourceMap()
    source = sources.add_text("One.\n\nTwo.\n", "a.md")
    label = Label(source.span(0, 3), "see")
    fix = Fix("add an x", (Edit(source.span(6, 6), "x"),), safe=False)
    return [
        Diagnostic(NoCorrectChoice("Q1", 3), source.span(6, 9), (label,), fix=fix),
        Diagnostic(Dropped("tables", "left out"), None, file="c.md", target="gift"),
        Diagnostic(NoProject()),
    ], sources


@pytest.fixture
def in_the_broken_corpus(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT / "tests/packs/broken")


def nodes(data: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects of `data` that are nodes of a tree."""
    if isinstance(data, dict):
        if TAG in data:
            yield data
        data = list(data.values())
    if isinstance(data, list):
        for each in data:
            yield from nodes(each)


@pytest.mark.parametrize("name", NAMES)
def test_each_says_what_it_is(name: str) -> None:
    found = schema(name)
    assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert found["title"]
    assert found["description"]
    assert faults(found, [[]]) != [[]]


def test_trees_are_as_the_schema_says() -> None:
    paths = sorted((ROOT / "content").rglob("*.md"))
    packs = [every_kind(), *(each.pack for each in api.load(paths, cwd=ROOT).packs)]
    documents = [to_data(pack, spans=spans) for pack in packs for spans in (False, True)]
    assert len(documents) > 4
    assert faults(schema("ast"), documents) == [[]] * len(documents)


def test_no_change_of_a_tree_passes() -> None:
    """Every field of every class is once given a wrong value, and every class a foreign field."""
    data = to_data(every_kind())
    examples = {node[TAG]: node for node in nodes(data)}
    assert examples.keys() == classes().keys()
    by_class = {key: value for key, value in schema("ast").items() if key != "$ref"}
    by_class |= {"type": "object", "properties": {name: ref(name) for name in examples}}
    changed = [
        {name: {**node, key: {"not": "this"}}}
        for name, node in examples.items()
        for key in (*node, "foreign")
    ]
    found = faults(by_class, [examples, *changed])
    assert found[0] == []
    assert [each for each, said in zip(changed, found[1:], strict=True) if not said] == []


def test_every_class_has_a_description() -> None:
    definitions = schema("ast")["$defs"]
    assert classes().keys() <= definitions.keys()
    assert all(definitions[name]["description"].endswith(".") for name in classes())


def test_diagnostics_are_as_the_schema_says() -> None:
    sources = SourceMap()
    source = sources.add_text("One.\n\nTwo.\n", "a.md")
    place = source.span(6, 9)
    every = [
        Diagnostic(rule(*("3" for _ in rule.fields())), place, (Label(source.span(0, 3), "x"),), target="qti")
        for rule in all_rules().values()
        if all(kind in (str, "str") for kind in rule.__annotations__.values())
    ]
    documents = [
        as_json.document(*everything()),
        as_json.document(every, sources),
        as_json.document([], sources),
    ]
    assert faults(schema("diagnostics"), documents) == [[]] * len(documents)


def test_what_check_prints_is_as_the_schema_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text("# A\n\n## Q1. One\n\n- [ ] x\n- [ ] y\n\n![](gone.png)\n")
    assert main(["check", "a.md", "--output-format", "json"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert len(document["diagnostics"]) > 2
    assert faults(schema("diagnostics"), [document]) == [[]]


@pytest.mark.usefixtures("in_the_broken_corpus")
def test_all_that_check_can_say_is_as_the_schema_says(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", ".", "--output-format", "json"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert len(document["diagnostics"]) > 150
    assert faults(schema("diagnostics"), [document]) == [[]]


@pytest.mark.usefixtures("in_the_broken_corpus")
def test_every_broken_tree_is_as_the_schema_says() -> None:
    packs = [each.pack for each in api.load(["."]).packs]
    assert len(packs) > 100
    documents = [to_data(pack, spans=True) for pack in packs]
    assert faults(schema("ast"), documents) == [[]] * len(documents)


def test_no_change_of_a_diagnostic_passes() -> None:
    document = as_json.document(*everything())
    wrong = [copy.deepcopy(document) for _ in range(6)]
    first = [each["diagnostics"][0] for each in wrong]
    first[0]["severity"] = "fatal"
    first[1]["code"] = "E501"
    first[2]["line"] = 0
    first[3]["message"] = ""
    del first[4]["help"]
    wrong[5]["version"] = as_json.VERSION + 1
    assert all(faults(schema("diagnostics"), wrong))
