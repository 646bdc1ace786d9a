"""A teacher's project on the disk, released again and again at times of the test's choice.

Besides it stand the questions that tests ask of what a release made: the ledger, the deck.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from packc import api
from packc.diagnostics import Sink
from packc.identity.ledger import Entry, Ledger
from packc.identity.reading import read_ledger
from packc.release import Release, release
from packc.source import SourceFile

START = 1_790_000_000  # the first release, in UTC seconds
LATER = START + 86_400


PACK = """---
id: pack
---

# Losses

## Q1. One

**Question:** Why does it jump?

**Solution:** The rate.

## Q2. Two

**Question:** Why is it flat?

**Solution:** The rate, too.

## Q3. Three

**Cloze:** The {{learning rate}} scales the {{gradient}}.
"""
TWO = "## Q2. Two\n\n**Question:** Why is it flat?\n\n**Solution:** The rate, too.\n\n"


class Teacher:
    """A project with one target. `pack` is the file of its only pack, unless the test writes others."""

    def __init__(self, folder: Path, *, namespace: str = "teacher", targets: str = "anki") -> None:
        self.folder = folder
        (folder / "content").mkdir(parents=True)
        (folder / "packc.yaml").write_text(f"namespace: {namespace}\ntargets: [{targets}]\n")

    @property
    def pack(self) -> Path:
        return self.folder / "content/pack.md"

    @property
    def ledger(self) -> Path:
        return self.folder / "packc.lock"

    @property
    def deck(self) -> Path:
        return self.folder / "dist/anki/pack.apkg"

    def edit(self, old: str, new: str) -> None:
        """Put `new` in the place of `old`, which stands once in the pack."""
        text = self.pack.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands there {text.count(old)} times"
        self.pack.write_text(text.replace(old, new), encoding="utf-8")

    def release(self, moment: int = START, **options: object) -> Release:
        """Release at `moment`; the first release begins the ledger."""
        if not self.ledger.exists() and not options:
            options["new_ledger"] = True
        with dated(moment):
            return release([], cwd=self.folder, **options)  # type: ignore[arg-type]

    def clone(self, folder: Path) -> Teacher:
        """Return a copy of the project, without what was built of it."""
        shutil.copytree(self.folder, folder, ignore=shutil.ignore_patterns("dist"))
        other = object.__new__(Teacher)
        other.folder = folder
        return other


@contextmanager
def dated(moment: int | None) -> Iterator[None]:
    """Let builds count as made at `moment`; None: by the clock."""
    before = os.environ.pop("SOURCE_DATE_EPOCH", None)
    if moment is not None:
        os.environ["SOURCE_DATE_EPOCH"] = str(moment)
    try:
        yield
    finally:
        os.environ.pop("SOURCE_DATE_EPOCH", None)
        if before is not None:
            os.environ["SOURCE_DATE_EPOCH"] = before


def read(teacher: Teacher) -> Ledger:
    sink = Sink()
    ledger = read_ledger(SourceFile.from_bytes(teacher.ledger.read_bytes(), name="packc.lock"), sink)
    assert list(sink) == []
    return ledger


def entries(teacher: Teacher) -> dict[str, Entry]:
    return {entry.id: entry for entry in read(teacher).entries.values()}


def codes(made: Release | api.Report) -> list[str]:
    report = made.report if isinstance(made, Release) else made
    return [found.code for found in report.diagnostics]


def build(teacher: Teacher, moment: int | None = LATER, **options: Any) -> api.Report:
    with dated(moment):
        return api.build([], cwd=teacher.folder, **options)


def query(deck: Path, sql: str) -> list[Any]:
    with zipfile.ZipFile(deck) as package, closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(package.read("collection.anki2"))
        return database.execute(sql).fetchall()


def times(deck: Path) -> dict[str, int]:
    return {fields.split("\x1f")[0]: mod for fields, mod in query(deck, "SELECT flds, mod FROM notes")}


def description(deck: Path) -> str:
    ((decks,),) = query(deck, "SELECT decks FROM col")
    return " ".join(deck["desc"] for deck in json.loads(decks).values())
