"""Artefacts that wait to be published are few in memory, and the same if they were on the disk."""

from __future__ import annotations

import os
import tempfile
import tracemalloc
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NoReturn

import pytest

from packc import api
from packc.build import spool
from packc.build.means import Means
from packc.build.output import Lost, Output, Stored, output_bytes, stored_bytes
from packc.build.spool import Spool

TARGETS = ("anki", "gift", "qti", "html")


def _kept(found: Spool, *datas: bytes) -> list[bytes | Stored]:
    return [found.keep((data,)) for data in datas]


def test_what_is_much_is_not_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "_HELD", 10)
    datas = [b"a" * 6, b"b" * 5, b"c" * 4, b"d"]
    found = Spool()
    kept = _kept(found, *datas)
    assert [type(each) for each in kept] == [bytes, Stored, bytes, Stored]
    assert [output_bytes(Output("", "", 0, "", each)) for each in kept] == datas


def test_what_somebody_else_keeps_makes_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "_HELD", 10)
    found = Spool()
    first = _kept(found, b"a" * 11)[0]
    found.clear()
    again = _kept(found, b"b" * 10, b"c" * 11)
    assert isinstance(first, Stored)
    assert isinstance(again[0], bytes)
    assert isinstance(again[1], Stored)
    assert stored_bytes(again[1]) == b"c" * 11
    with pytest.raises(Lost):
        stored_bytes(first)


def test_without_room_everything_stays_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_: Any) -> NoReturn:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(spool, "_HELD", 0)
    monkeypatch.setattr(tempfile, "TemporaryFile", full)
    assert Spool().keep((b"a",)) == b"a"


def test_what_has_been_written_comes_back_where_the_room_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    write, left = os.write, [3]

    def nearly_full(file: int, data: memoryview) -> int:
        if not left[0]:
            raise OSError(28, "No space left on device")
        size = write(file, data[: left[0]])
        left[0] -= size
        return size

    monkeypatch.setattr(spool, "_HELD", 0)
    monkeypatch.setattr(spool, "_AT_ONCE", 1)
    monkeypatch.setattr(os, "write", nearly_full)
    found = Spool()
    assert found.keep((b"ab", b"cd", b"e", b"fg")) == b"abcdefg"
    assert found.keep((b"h",)) == b"h"


def test_pieces_are_not_held() -> None:
    tracemalloc.start()
    try:
        stored = Spool().keep(b"%d" % number * 1_000_000 for number in range(10, 30))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert isinstance(stored, Stored)
    assert stored.size == 40_000_000
    assert peak < 20_000_000


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("cached", [False, True])
def test_the_same_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, workers: int, cached: bool
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    (tmp_path / "content").mkdir()
    for number in range(4):
        text = f"---\nid: p{number}\nnamespace: n\n---\n\n## Q1. A\n\n**Question:** B\n\n**Solution:** C\n"
        (tmp_path / f"content/{number}.md").write_text(text)

    def built(out: str) -> tuple[dict[str, bytes], int]:
        made = tmp_path / out
        means = Means(tmp_path / f"{out}-cache" if cached else None, workers)
        report = api.build([], targets=TARGETS, cwd=tmp_path, out=made, means=means)
        assert len(report.artefacts) == 4 * 5
        return {
            path.relative_to(made).as_posix(): path.read_bytes() for path in made.rglob("*") if path.is_file()
        }, report.fresh

    plain = built("plain")
    offsets: list[int] = []
    keep = Spool.keep

    def noted(self: Spool, pieces: Iterable[bytes]) -> bytes | Stored:
        kept = keep(self, pieces)
        assert isinstance(kept, Stored)
        offsets.append(kept.offset)
        return kept

    monkeypatch.setattr(Spool, "keep", noted)
    monkeypatch.setattr(spool, "_HELD", 0)
    assert built("spooled") == plain
    # Other processes fill the cache themselves; without one, all that they send is kept here. What the cache
    # has makes room for the next pack.
    assert len(offsets) == (0 if cached and workers == 2 else 20)
    assert offsets.count(0) == (0 if cached and workers == 2 else 4 if cached else 1)


def test_an_open_file_is_not_closed_by_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "_HELD", 0)
    kept = Spool()
    stored = kept.keep((b"a", b"bc"))
    assert isinstance(stored, Stored)
    assert stored_bytes(stored) == stored_bytes(stored) == b"abc"
