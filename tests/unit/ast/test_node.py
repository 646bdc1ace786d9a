"""The place of a node is kept as a number, which nobody notices."""

from __future__ import annotations

import pickle
from copy import copy
from dataclasses import fields, replace

import pytest

from packc.ast.richtext import Para, Text
from packc.source import Span

MOST = 2**30 - 1  # characters: more than any limit lets through


@pytest.mark.parametrize("file", [0, 1, 20_000])
@pytest.mark.parametrize(("start", "end"), [(0, 0), (0, 1), (12_345_678, 12_345_690), (MOST - 1, MOST)])
def test_a_place_comes_back(file: int, start: int, end: int) -> None:
    span = Span(file, start, end)
    text = Text("a", span=span)
    assert text.span == span
    assert replace(text, text="b").span == span
    assert copy(text).span == span
    assert pickle.loads(pickle.dumps(text)).span == span


def test_no_place_is_none() -> None:
    assert Text("a").span is None
    assert Text("a", span=Span(0, 0, 0)).span is not None


def test_it_is_a_field_like_any_other() -> None:
    assert [field.name for field in fields(Para)] == ["span", "children"]
    assert "span=" not in repr(Text("a", span=Span(0, 0, 1)))
    assert Text("a", span=Span(0, 0, 1)) == Text("a")
