"""How much memory a question takes, counted in bytes: no clock, and the same on every run."""

from __future__ import annotations

import gc
import sys
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from packc.diagnostics import Sink
from packc.reader import markdown, pack
from packc.reader.pack import read_pack
from packc.reader.question import QuestionReader
from packc.source import SourceFile
from tests.bench.bank import bank

COUNT = 1000
# What it takes today, and a sixth more.
TREE, PEAK = 8_060, 11_600


def test_a_question_of_a_large_pack() -> None:
    source = SourceFile.from_text(bank(COUNT), name="t")
    read_pack(SourceFile.from_text(bank(10), name="t"), Sink(), fallback_id="t")  # loads what reading needs
    gc.collect()
    tracemalloc.start()
    try:
        pack = read_pack(source, Sink(), fallback_id="t")
        gc.collect()
        tree, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(pack.parts) == COUNT
    assert tree / COUNT < TREE, "the tree of a question"
    assert peak / COUNT < PEAK, "the tree of a question, and what is held while a pack is read"


def test_questions_are_made_while_the_text_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else labels and headings of the whole text lie between the nodes, and leave holes nothing fits into."""
    done: list[str] = []
    _noting(monkeypatch, pack, "items_of", done)
    _noting(monkeypatch, QuestionReader, "read", done)
    monkeypatch.setattr(markdown, "_PIECE", 0)
    read_pack(SourceFile.from_text(bank(4), name="t"), Sink(), fallback_id="t")
    assert done == ["items_of", "items_of", "items_of", *["read", "items_of"] * 2, "read", "read"]


def _noting(monkeypatch: pytest.MonkeyPatch, owner: object, name: str, done: list[str]) -> None:
    """Let a call of `name` be noted in `done`."""
    called = getattr(owner, name)

    def noting(*values: Any) -> object:
        done.append(name)
        return called(*values)

    monkeypatch.setattr(owner, name, noting)


def test_the_source_goes_when_it_is_read() -> None:
    source = SourceFile.from_text("## Q1. A\n\n**Question:** B[^1]\n\n**Solution:** C\n\n[^1]: D\n", name="t")
    with _uncollected():
        held = sys.getrefcount(source)
        read_pack(source, Sink(), fallback_id="t")
        assert sys.getrefcount(source) == held, "the command has no collector: a circle would hold the text"


@contextmanager
def _uncollected() -> Iterator[None]:
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
