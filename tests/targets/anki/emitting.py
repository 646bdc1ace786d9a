"""What the tests of this target share: emitting, zipping, opening the collection, asking Anki."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from packc.ast.pack import Pack
from packc.backends.base import Archive, EmitContext
from packc.backends.registry import load
from tests.support.judges import anki_python
from tests.support.packs import context as sample_context

IMPORT_SCRIPT = Path(__file__).with_name("anki_import.py")


def emit(pack: Pack, context: EmitContext | None = None) -> Archive:
    (archive,) = load("anki").emit(pack, context or sample_context())
    assert isinstance(archive, Archive)
    return archive


def member(archive: Archive, name: str) -> bytes:
    return next(file.data for file in archive.members if file.path == name)


@contextmanager
def opened(archive: Archive) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(member(archive, "collection.anki2"))
        yield database


def column(archive: Archive, query: str) -> list[Any]:
    with opened(archive) as database:
        return [row[0] for row in database.execute(query)]


def fields_of(archive: Archive, position: int = 0) -> list[str]:
    values: str = column(archive, "SELECT flds FROM notes ORDER BY id")[position]
    return values.split("\x1f")


def anki_imports(folder: Path, *archives: Archive) -> dict[str, Any]:
    """Return what Anki's own backend says after importing the archives in this order."""
    python = anki_python()
    paths = [write_package(folder / f"{number}.apkg", archive) for number, archive in enumerate(archives)]
    done = subprocess.run(
        [python, IMPORT_SCRIPT, *paths], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def write_package(path: Path, archive: Archive) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for file in archive.members:
            package.writestr(file.path, file.data)
    return path


def visible_text(html: str) -> str:
    """Return the text that a browser would show or read out: no markup, styles or scripts."""
    reader = _VisibleText()
    reader.feed(html.replace("&#127;", "\x7f"))  # Python's reader drops what browsers keep
    reader.close()
    return "".join(reader.pieces)


class _VisibleText(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in ("script", "style")
        self.pieces += [value for name, value in attrs if tag == "img" and name == "alt" and value]

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.pieces.append(data)
