"""Whatever comes in from outside, however damaged, gives a designed exit status, no traceback, no torn file.

One promise for every boundary: the source, its front matter, the project's file, words, templates and
ledger, the cache, decks, and all that is imported. What one of these found once is an ordinary test of its
own where that boundary's tests are.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings

from packc.cli import main
from packc.cli.exits import Exit
from packc.identity.ledger import block_text
from tests.support.damage import Blows, Damage, blows, damaged, damaged_zip
from tests.support.packs import png
from tests.support.teachers_bank import gift_bank
from tests.support.teachers_xml import xml_bank

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "tests/packs/academy/reading-curves.txt"
FORMAT = ROOT / "docs/format.md"
DEEP = 4_000

FRONT = """---
id: pack
title: A pack
namespace: ours
lang: en
authors: [Ada, Bo]
tags: [a, b]
collection: A/B
targets: [anki, gift, html, qti]
aliases: [old]
license: CC0-1.0
fields: {level: easy}
description: >
  Some text
---
"""
BODY = """
# A pack

## Q1. One

**Question:** Why is $x^2$ `x` *not* ![A dot](dot.png)?

- [x] This
  > Right.
- [ ] That {50%}

**Solution:** Because.

| a | b |
|---|---|
| 1 | 2 |

## Q2. Two

**Cloze:** A {{right}} blank and {{3.5 ± 0.1}}.

**Solution:** Right.

## Q3. Three

**Question:** Match.

**Match:**

| x | y |
|---|---|
| a | b |
| c | d |

**Solution:** So.
"""
PROJECT = """namespace: ours
targets: [gift, html]
labels:
  solution: [Antwort]
fields:
  level: {labels: [Level], side: back}
words: words
templates: own
rules: {PK405: off, PK501: error}
limits:
  nesting: 9
  file_bytes: 100000
html: {paper: a4}
"""
WORDS = 'question = "Query"\nsolution = "Answer"\n'


class Boundary(NamedTuple):
    """A file of the project, what it holds before it is damaged, and the words of a command that reads it."""

    file: str
    sample: bytes
    command: tuple[str, ...]
    damage: Damage = damaged
    examples: int = 40


def resummed(data: bytes, done: Blows) -> bytes:
    """Return a ledger that was changed by somebody who can count: each block's sum is right again."""
    head, *rest = damaged(data, done).decode("utf-8", "replace").split("\n\n")
    blocks = [re.sub(r"\nsum [0-9a-f]*$", "", each) for each in rest[:-1]]
    return "\n\n".join((head, *(block_text(each.split("\n")) for each in blocks), "end of ledger\n")).encode()


def redigested(data: bytes, done: Blows) -> bytes:
    """Return a file of the cache that was changed, with the right digest."""
    head, _, text = data.partition(b"\n")
    text = damaged(text, done)
    if head.startswith(b"packc cache"):
        return data
    return sha256(text).hexdigest().encode() + b"\n" + text


def read(*words: str) -> tuple[str, ...]:
    return words


BUILD = read("build", "-q", "--no-cache", "-t", "anki,gift,qti,html")
IMPORT = read("import", "-q", "--force", "-o", "in")


def boundaries() -> dict[str, Boundary]:
    pack = (FRONT + BODY).encode()
    return {
        "source": Boundary("content/pack.md", FRONT.encode() + BODY.encode(), BUILD),
        "every kind": Boundary(
            "content/pack.md", b"---\nid: pack\n---\n" + FORMAT.read_bytes(), ("check", "-q")
        ),
        "front matter": Boundary("content/pack.md", FRONT.encode(), BUILD),
        "fmt": Boundary("content/pack.md", pack, ("fmt", "-q")),
        "fix": Boundary("content/pack.md", pack, ("check", "-q", "--fix", "--unsafe")),
        "project": Boundary("packc.yaml", PROJECT.encode(), BUILD),
        "words": Boundary("words/en.toml", WORDS.encode(), BUILD),
        "image": Boundary("content/dot.png", png(3, 3), BUILD),
        "style": Boundary("own/html/student.css", b"p { color: red }\n", BUILD),
        "academy": Boundary("x.txt", PAGE.read_bytes(), (*IMPORT, "--from", "academy", "x.txt")),
        "markdown": Boundary("x.md", pack, (*IMPORT, "--from", "markdown", "x.md")),
        "gift": Boundary("x.gift", gift_bank()[:3000].encode(), (*IMPORT, "--from", "gift", "x.gift")),
        "moodle": Boundary("x.xml", xml_bank()[:6000].encode(), (*IMPORT, "--from", "moodle", "x.xml")),
        "guessed": Boundary("x", gift_bank()[:1500].encode(), (*IMPORT, "x")),
    }


@pytest.fixture(scope="module")
def project() -> Iterator[Path]:
    """A built and released project, in which one file at a time is damaged."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path, data in (
            ("packc.yaml", PROJECT.encode()),
            ("words/en.toml", WORDS.encode()),
            ("own/html/student.css", b"p { color: red }\n"),
            ("content/dot.png", png(3, 3)),
            ("content/pack.md", (FRONT + BODY).encode()),
        ):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
        for words in (BUILD, read("release", "--new-ledger", "-q"), BUILD):
            status, said = run(folder, words)
            assert status == 0, said
        yield folder


def run(folder: Path, words: tuple[str, ...]) -> tuple[int, str]:
    """Run a command in `folder`; return its status and all that it said."""
    said = io.StringIO()
    before = Path.cwd()
    os.chdir(folder)
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            status = main([*words])
    finally:
        os.chdir(before)
    return status, said.getvalue()


def written(folder: Path) -> dict[str, bytes]:
    files = {path.relative_to(folder).as_posix(): path for path in (folder / "dist").rglob("*")}
    return {name: path.read_bytes() for name, path in files.items() if path.is_file() and "lock" not in name}


def promised(folder: Path, boundary: Boundary, data: bytes) -> None:
    """See that the command keeps the promise with `data` in its file, and put all back."""
    path = folder / boundary.file
    held = path.read_bytes() if path.exists() else None
    before = written(folder)
    path.write_bytes(data)
    try:
        status, said = run(folder, boundary.command)
        assert status in (Exit.OK, Exit.CONTENT, Exit.USAGE), said
        if status != Exit.OK:
            assert said.strip()
            assert written(folder) == before
    finally:
        shutil.rmtree(folder / "in", ignore_errors=True)
        _restore(folder, before)
        if held is None:
            path.unlink()
        else:
            path.write_bytes(held)


def _restore(folder: Path, files: dict[str, bytes]) -> None:
    for name in written(folder).keys() - files.keys():
        (folder / name).unlink()
    for name, data in files.items():
        if not (folder / name).exists() or (folder / name).read_bytes() != data:
            (folder / name).write_bytes(data)


Test = Callable[[Path], None]


def _test(name: str, examples: int, body: Callable[[Path, Blows], None]) -> Test:
    @settings(
        derandomize=True,
        max_examples=examples,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(done=blows)
    def test(project: Path, done: Blows) -> None:
        body(project, done)

    test.__name__ = f"test_{name.replace(' ', '_')}_may_be_anything"
    test.deep_examples = DEEP  # type: ignore[attr-defined]
    return test


def _of(boundary: Boundary) -> Callable[[Path, Blows], None]:
    return lambda project, done: promised(project, boundary, boundary.damage(boundary.sample, done))


for _name, _boundary in boundaries().items():
    _made = _test(_name, _boundary.examples, _of(_boundary))
    globals()[_made.__name__] = _made


def _ledger(damage: Damage) -> Callable[[Path, Blows], None]:
    def body(project: Path, done: Blows) -> None:
        file = project / "packc.lock"
        held = file.read_bytes()
        for command in (BUILD, ("diff", "-q")):
            promised(project, Boundary("packc.lock", held, command), damage(held, done))

    return body


test_ledger_may_be_anything = _test("ledger", 30, _ledger(damaged))
test_ledger_with_right_sums_may_be_anything = _test("ledger with right sums", 40, _ledger(resummed))


def _package(project: Path, done: Blows) -> None:
    held = (project / "dist/qti/pack.zip").read_bytes()
    for damage in (damaged, damaged_zip):
        boundary = Boundary("x.zip", held, (*IMPORT, "--from", "qti", "x.zip"))
        promised(project, boundary, damage(held, done))


def _deck(project: Path, done: Blows) -> None:
    held = (project / "dist/anki/pack.apkg").read_bytes()
    for damage in (damaged, damaged_zip):
        # A deck is what packc compares with: what it says then is a judgement, not a fault.
        promised(project, Boundary("x.apkg", held, ("diff", "-q", "x.apkg")), damage(held, done))


test_package_may_be_anything = _test("package", 30, _package)
test_deck_may_be_anything = _test("deck", 15, _deck)


def _cache(project: Path, done: Blows) -> None:
    """Hit every file of the cache, with the right digests where they have one: the build stays the same."""
    before = os.environ["PACKC_CACHE"]
    os.environ["PACKC_CACHE"] = str(project / "cache")
    command = ("build", "-q", "-t", "gift")
    try:
        right, files = run(project, command), written(project)
        for file in sorted((project / "cache").rglob("*")):
            if file.is_file() and file.stat().st_size:
                file.write_bytes(redigested(file.read_bytes(), done))
        status, said = run(project, command)
        assert status == right[0], said
        assert written(project).keys() == files.keys()
    finally:
        os.environ["PACKC_CACHE"] = before
        shutil.rmtree(project / "cache", ignore_errors=True)


test_cache_with_right_digests_may_be_anything = _test("cache with right digests", 25, _cache)


def _template(project: Path, done: Blows) -> None:
    sample = (ROOT / "templates/html/student.html.j2").read_bytes()
    boundary = Boundary("own/html/student.html.j2", sample, ("build", "-q", "--no-cache", "-t", "html"))
    promised(project, boundary, damaged(sample, done))


test_template_may_be_anything = _test("template", 4, _template)
test_template_may_be_anything.deep_examples = 300  # type: ignore[attr-defined]  # each is a process
