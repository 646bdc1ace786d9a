"""The place of a node is kept as a number, which nobody notices."""

from __future__ import annotations

import pickle
import sys
from copy import copy
from dataclasses import fields, replace

import pytest

from packc.ast.richtext import Para, Text
from packc.source import Span

MOST = 2**30 - 1  # the largest digit of a number of Python's
LONG = 2**18  # a text
PLACES = [(0, 0), (0, 1), (12_345_678, 12_345_690), (MOST - 1, MOST), (MOST, 2 * MOST), (9, 8)]


@pytest.mark.parametrize("file", [0, 1, 4_095, 4_096, 20_000])
@pytest.mark.parametrize(("start", "end"), [*PLACES, (7, 6 + LONG), (7, 7 + LONG)])
def test_a_place_comes_back(file: int, start: int, end: int) -> None:
    span = Span(file, start, end)
    text = Text("a", span=span)
    assert text.span == span
    assert replace(text, text="b").span == span
    assert copy(text).span == span
    assert pickle.loads(pickle.dumps(text)).span == span


def test_a_place_takes_no_more_than_two_digits() -> None:
    at = Text("a", span=Span(4_095, MOST - LONG, MOST - 1)).__getattribute__("_at")
    assert sys.getsizeof(at) <= sys.getsizeof(MOST * MOST)


def test_no_place_is_none() -> None:
    assert Text("a").span is None
    assert Text("a", span=Span(0, 0, 0)).span is not None


def test_it_is_a_field_like_any_other() -> None:
    assert [field.name for field in fields(Para)] == ["span", "children"]
    assert "span=" not in repr(Text("a", span=Span(0, 0, 1)))
    assert Text("a", span=Span(0, 0, 1)) == Text("a")
