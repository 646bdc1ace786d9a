"""The schemas stand before somebody else's validator, with real documents and with mutated ones."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from packc import api
from packc.ast.data import classes, to_data
from packc.cli import main
from packc.diagnostics import Diagnostic, Label, all_rules
from packc.diagnostics.show import json as as_json
from packc.schemas import NAMES, schema
from packc.source import SourceMap
from tests.support.every_kind import every_kind
from tests.support.schemas import faults
from tests.unit.show.test_formats import everything

ROOT = Path(__file__).resolve().parents[3]

pytestmark = pytest.mark.judge


def mutations(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Yield documents that differ from `data` in one place: every object once with a foreign key."""
    if isinstance(data, dict):
        yield path, {**data, "foreign": 1}
        for key, value in data.items():
            for place, changed in mutations(value, (*path, key)):
                yield place, {**data, key: changed}
    elif isinstance(data, list):
        for index, value in enumerate(data):
            for place, changed in mutations(value, (*path, index)):
                yield place, [*data[:index], changed, *data[index + 1 :]]
    else:
        yield path, {"not": "this"}


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
    data = to_data(every_kind())
    for key in ("description", "tags", "intro"):
        assert data.get(key) or data["meta"].get(key), "the pack has enough in it to break"
    changed = [(place, each) for place, each in mutations(data) if _is_structural(place)]
    found = faults(schema("ast"), [each for _, each in changed])
    assert [place for (place, _), faulty in zip(changed, found, strict=True) if not faulty] == []


def _is_structural(place: tuple[str | int, ...]) -> bool:
    return "labels" not in place  # any text is a label, and any key of a field


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
