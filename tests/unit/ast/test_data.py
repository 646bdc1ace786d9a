"""The tree as JSON types: lossless both ways, for every class, and strict about what it reads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from packc.ast.data import TAG, Unreadable, classes, from_data, members, to_data
from packc.ast.node import Node
from packc.ast.pack import Pack, PackMeta
from packc.diagnostics import Sink
from packc.reader.pack import read_pack
from packc.source import SourceFile
from tests.support.every_kind import every_kind

ROOT = Path(__file__).resolve().parents[3]


def own_packs() -> Iterator[Pack]:
    for path in sorted((ROOT / "content").rglob("*.md")):
        source = SourceFile.from_bytes(path.read_bytes(), name=path.name, number=3)
        yield read_pack(source, Sink(), fallback_id="pack")


def test_every_kind_comes_back() -> None:
    pack = every_kind()
    assert from_data(json.loads(json.dumps(to_data(pack)))) == pack


def test_the_pack_of_every_kind_has_every_class() -> None:
    found: set[str] = set()

    def visit(data: Any) -> None:
        if isinstance(data, dict):
            found.add(data.get(TAG, ""))
            data = list(data.values())
        if isinstance(data, list):
            for each in data:
                visit(each)

    visit(to_data(every_kind()))
    assert found >= classes().keys()


def test_own_packs_come_back_with_every_place() -> None:
    for pack in own_packs():
        data = to_data(pack, spans=True)
        again = from_data(json.loads(json.dumps(data)))
        assert again == pack
        assert to_data(again, spans=True) == data
        assert again.span == pack.span
        assert again.meta.places == pack.meta.places != {}


def test_places_are_left_out_unless_asked_for() -> None:
    for pack in own_packs():
        text = json.dumps(to_data(pack))
        assert '"span"' not in text
        assert '"places"' not in text


def test_what_equality_ignores_is_no_less_kept() -> None:
    pack = Pack(id="p", title="P", meta=PackMeta(), labels={"solution": "Lösung"})
    assert from_data(to_data(pack)).labels == {"solution": "Lösung"}


def test_no_field_is_called_like_the_tag() -> None:
    names = {member.name for cls in classes().values() for member in members(cls)}
    assert TAG not in names
    assert all(issubclass(cls, Node) for cls in classes().values())


PACK = {"type": "Pack", "id": "p", "title": "P", "meta": {"type": "PackMeta"}}
QUESTION = {"type": "NumericQuestion", "id": "Q1", "key": {"type": "NumberKey", "numbers": []}}


def _with(**parts: Any) -> dict[str, Any]:
    return {**PACK, "parts": [{**QUESTION, **parts}]}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([], "$: this is no Pack"),
        ({**PACK, "type": "Para"}, "$: this is no Pack"),
        ({"type": "Pack", "id": "p", "meta": {"type": "PackMeta"}}, "$: a Pack needs a field `title`"),
        ({**PACK, "colour": "red"}, "$: a Pack has no field `colour`"),
        ({**PACK, "title": 3}, "$.title: this is no str"),
        ({**PACK, "span": [0, 1]}, "$.span: this is no span"),
        ({**PACK, "span": [0, 1, True]}, "$.span: this is no span"),
        ({**PACK, "labels": []}, "$.labels: this is no object"),
        ({**PACK, "parts": {}}, "$.parts: this is no list"),
        ({**PACK, "parts": [{"type": "Essay"}]}, "$.parts[0]: this is none of OpenQuestion"),
        (_with(stated=1), "$.parts[0].stated: this is no bool"),
        (_with(points=2), "$.parts[0].points: this is no number as a text"),
        (_with(points="NaN"), "$.parts[0].points: this is no number as a text"),
        (_with(points="two"), "$.parts[0].points: this is no number as a text"),
        (_with(notes=[{"type": "Note", "role": "because", "label": "x", "body": []}]), "no Role"),
        (_with(type="MatchingQuestion", pairs=[], heads=[[]]), "this list has 1 entries, not 2"),
    ],
)
def test_what_is_no_tree_is_refused_with_its_place(data: Any, message: str) -> None:
    if isinstance(data, dict) and data.get("parts") and data["parts"][0]["type"] == "MatchingQuestion":
        del data["parts"][0]["key"]
    with pytest.raises(Unreadable) as caught:
        from_data(data)
    assert message in str(caught.value)
