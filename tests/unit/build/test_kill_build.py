"""Whole builds are killed, cache and all: what was there stays whole, and the next build is right."""

from __future__ import annotations

import itertools
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from shutil import rmtree

import pytest

from packc import api
from packc.backends.registry import infos
from packc.build.means import Means

ROOT = Path(__file__).resolve().parents[3]
ROUNDS = 1000 if os.environ.get("TEST_DEEP") == "1" else 6
TARGETS = tuple(name for name in infos() if name != "pdf")  # which takes a second for each build
WORDS = ("one", "two")
STAGING = ".packc-staging-"

PACK = """---
id: {name}
namespace: n
---

## Q1. First

**Question:** What does {word} mean in `code` and $x^2$?

**Solution:** It is {word}.

## Q2. Second

**Question:** Which?

- [x] {word}
- [ ] three
"""

CHILD = """
import sys
from pathlib import Path
from tests.unit.build.test_kill_build import builds
builds(Path(sys.argv[1]))
"""


def write(folder: Path, word: str) -> None:
    for name in ("p", "q"):
        fresh = folder / f"{name}.next"
        fresh.write_text(PACK.format(name=name, word=word))
        fresh.replace(folder / f"{name}.md")


def build(folder: Path) -> None:
    report = api.build(["p.md", "q.md"], targets=TARGETS, cwd=folder, means=Means(folder / "cache"))
    assert report.exit_code == 0


def builds(folder: Path) -> None:
    """Build one version and the other, by turns with a cache and with none yet, until the end comes."""
    for number in itertools.count():
        if number % 4 == 1:
            rmtree(folder / "cache")
        write(folder, WORDS[number % 2])
        build(folder)
        if number == 0:  # all is imported
            print("ready", flush=True)


def kill_one(folder: Path, wait: float) -> None:
    """Kill a build after so many seconds, or, if that is 0, as soon as it writes artefacts."""
    command = [sys.executable, "-c", CHILD, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        time.sleep(wait)
        while not wait and child.poll() is None and not any(folder.glob(f"dist/{STAGING}*")):
            pass
        assert child.poll() is None, "it ended by itself"
        child.kill()


def made(folder: Path) -> dict[str, bytes]:
    dist = folder / "dist"
    return {path.relative_to(dist).as_posix(): path.read_bytes() for path in dist.glob("[a-z]*/**/*.*")}


def test_a_killed_build_leaves_artefacts_whole_and_the_next_one_is_right(
    quick_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    versions = {}
    for word in WORDS:
        reference = quick_folder / word
        reference.mkdir()
        write(reference, word)
        started = time.monotonic()
        build(reference)
        one_build = time.monotonic() - started
        versions[word] = made(reference)
    assert set(versions["one"]) == set(versions["two"])
    assert len(versions["one"]) >= 2 * len(TARGETS)

    project = quick_folder / "project"
    project.mkdir()
    write(project, "one")
    build(project)
    moments, caught = random.Random(1), 0
    for number in range(ROUNDS):
        kill_one(project, moments.uniform(0, 4 * one_build) if number % 2 else 0)
        found = made(project)
        assert set(found) == set(versions["one"])
        for path, data in found.items():
            assert data in (versions["one"][path], versions["two"][path]), f"{path} is torn"
        caught += any(project.glob(f"dist/{STAGING}*"))
        for word in WORDS:
            write(project, word)
            build(project)
            assert made(project) == versions[word]
        assert not any(project.glob(f"dist/{STAGING}*"))
    assert caught >= ROUNDS // 4, "the kills missed the writing: the test proves nothing"
