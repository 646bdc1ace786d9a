"""The schemas of front matter and project file: what is written passes, what packc refuses does not."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from packc.backends.registry import infos
from packc.diagnostics import Severity, Sink
from packc.limits import LIMITS
from packc.project import keys as project_keys
from packc.project.settings import read_settings
from packc.reader import frontmatter
from packc.reader.pack import read_pack
from packc.schemas import schema
from packc.source import SourceFile
from packc.yamltext import load
from tests.support.judges import ROOT
from tests.support.schemas import faults

pytestmark = pytest.mark.judge


def front_matter_of(path: Path) -> Any:
    found = re.match(r"---\n(.*?)\n---\n", path.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None, path
    return yaml.safe_load(found[1])


def test_own_front_matters_are_as_the_schema_says() -> None:
    documents = [front_matter_of(path) for path in sorted((ROOT / "content").rglob("*.md"))]
    assert len(documents) > 1
    assert faults(schema("front-matter"), documents) == [[]] * len(documents)


def test_our_project_file_is_as_the_schema_says() -> None:
    document = yaml.safe_load((ROOT / "packc.yaml").read_text(encoding="utf-8"))
    assert document
    assert faults(schema("config"), [document]) == [[]]


def test_every_key_has_a_description() -> None:
    for name, keys in (("front-matter", frontmatter.KEYS), ("config", project_keys.KEYS)):
        properties = schema(name)["properties"]
        targets = set(infos()) if name == "config" else set()
        assert properties.keys() == keys.keys() | targets
        assert all(properties[key.name]["description"] == key.about for key in keys.values())


FRONT: dict[str, Any] = {
    "id": "curves",
    "title": 2026,
    "dir": "rtl",
    "tags": ["a", 7],
    "authors": "somebody",
    "required": ["why", "mnemonic"],
    "fields": {"mnemonic": {"labels": ["Mnemonic"], "side": "front", "required": True}, "level": "Niveau"},
    "targets": "anki",
    "aliases": ["old"],
    "title_on_front": True,
    "hide": ["navigation"],
}
WRONG_FRONT: list[dict[str, Any]] = [
    {"id": "2nd"},
    {"id": "an id"},
    {"id": "a" * 65},
    {"id": ["a"]},
    {"title": {"en": "x"}},
    {"dir": "right"},
    {"tags": [["a"]]},
    {"tags": {"a": "b"}},
    {"fields": {"Mnemonic": "x"}},
    {"fields": {"solution": "x"}},
    {"fields": {"mnemonic": {"side": "inside"}}},
    {"fields": {"mnemonic": {"colour": "red"}}},
    {"targets": ["anki", "gfit"]},
    {"aliases": ["an id"]},
    {"title_on_front": "perhaps"},
]
CONFIG: dict[str, Any] = {
    "namespace": "example",
    "content": "packs/all",
    "targets": "anki, gift",
    "required": "solution, why",
    "labels": {"solution": ["Lösung", "Antwort"], "why": "Warum"},
    "fields": {"level": None},
    "rules": {"PK405": "off", "PK201": "error"},
    "limits": {"image_bytes": 1000, "nesting": 8},
}
WRONG_CONFIG: list[dict[str, Any]] = [
    {"namespce": "x"},
    {"content": "../elsewhere"},
    {"content": "/etc"},
    {"content": "a/../../b"},
    {"targets": ["gfit"]},
    {"targets": "anki, gfit"},
    {"labels": {"solutoin": "x"}},
    {"labels": "x"},
    {"fields": ["x"]},
    {"rules": {"PK999": "off"}},
    {"rules": {"PK405": "silent"}},
    {"rules": {"PK201": "off"}},
    {"limits": {"image_bytes": 0}},
    {"limits": {"image_bytes": "many"}},
    {"limits": {"nesting": LIMITS.nesting + 1}},
    {"limits": {"colours": 3}},
]


def packc_refuses_front_matter(data: dict[str, Any]) -> bool:
    written = yaml.safe_dump({"id": "x", **data}, allow_unicode=True)
    text = f"---\n{written}---\n\n## Q1. One\n\n**Solution:** x\n"
    sink = Sink()
    read_pack(SourceFile.from_text(text, name="x.md"), sink, fallback_id="x")
    return any(found.severity in (Severity.ERROR, Severity.WARNING) for found in sink)


def packc_refuses_config(data: dict[str, Any]) -> bool:
    source = SourceFile.from_text(yaml.safe_dump(data, allow_unicode=True), name="packc.yaml")
    sink = Sink()
    mapping = load(source, 0, len(source.text), sink)
    assert mapping is not None
    read_settings(mapping.values, sink)
    return sink.has_errors or any(key not in project_keys.KEYS for key in mapping.keys)


def test_front_matter_as_it_may_be() -> None:
    assert not packc_refuses_front_matter(FRONT)
    assert faults(schema("front-matter"), [FRONT]) == [[]]


def test_what_packc_refuses_in_front_matter_the_schema_refuses() -> None:
    found = faults(schema("front-matter"), [{**FRONT, **wrong} for wrong in WRONG_FRONT])
    assert [wrong for wrong, said in zip(WRONG_FRONT, found, strict=True) if not said] == []
    refused = [wrong for wrong in WRONG_FRONT if packc_refuses_front_matter(wrong) or "targets" in wrong]
    assert refused == WRONG_FRONT  # targets are looked at where they are chosen


def test_a_project_file_as_it_may_be() -> None:
    assert not packc_refuses_config(CONFIG)
    assert faults(schema("config"), [CONFIG]) == [[]]


def test_what_packc_refuses_in_a_project_file_the_schema_refuses() -> None:
    found = faults(schema("config"), [{**CONFIG, **wrong} for wrong in WRONG_CONFIG])
    assert [wrong for wrong, said in zip(WRONG_CONFIG, found, strict=True) if not said] == []
    assert [wrong for wrong in WRONG_CONFIG if not packc_refuses_config(wrong)] == []
