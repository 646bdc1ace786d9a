"""Builds are killed for real, at moments that a seed picks: every artefact stays whole, old or new."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

from packc.build.publish import Output, publish

ROOT = Path(__file__).resolve().parents[3]
ROUNDS = 1000 if os.environ.get("TEST_DEEP") == "1" else 25
MOST_ROUNDS = 6 * ROUNDS  # on a busy machine many kills miss the moment that counts
SIZE = 400_000  # of a file: large enough that a copy in place of a rename would be caught half-way
TARGETS = ("anki", "gift", "html", "qti")
PACKS = ("p", "q")

CHILD = """
import sys
from pathlib import Path
from tests.unit.build.test_kill import build
print("ready", flush=True)
for version in range(int(sys.argv[2]), 10**9):
    build(Path(sys.argv[1]), version)
"""


def content(path: str, version: int) -> bytes:
    line = f"{path} {version}\n".encode()
    return line * (SIZE // len(line))


def build(out: Path, version: int) -> None:
    paths = [(target, pack, f"{target}/{pack}.bin") for target in TARGETS for pack in PACKS]
    outputs = [Output(target, pack, 1, path, content(path, version)) for target, pack, path in paths]
    publish(out, outputs, known_packs=PACKS, complete=True)


def kill_one(out: Path, version: int, wait: float) -> None:
    command = [sys.executable, "-c", CHILD, str(out), str(version)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        time.sleep(wait)
        child.kill()


def version_of(data: bytes) -> int:
    return int(data.partition(b"\n")[0].split()[1])


def test_a_killed_build_tears_nothing_and_the_next_one_tidies_up(quick_folder: Path) -> None:
    moments = random.Random(1)
    started = time.monotonic()
    build(quick_folder, 0)
    one_build = time.monotonic() - started
    version, swept = 1, 0
    for number in range(MOST_ROUNDS):
        if number >= ROUNDS and swept > ROUNDS // 5:
            break
        kill_one(quick_folder, version, moments.uniform(0, 1.5 * one_build))
        files = {f"{target}/{pack}.bin" for target in TARGETS for pack in PACKS}
        found = {path: (quick_folder / path).read_bytes() for path in files}
        versions = {version_of(data) for data in found.values()}
        assert all(data == content(path, version_of(data)) for path, data in found.items()), "a torn file"
        swept += any(quick_folder.glob(".packc-staging-*"))

        version = max(versions) + 1
        build(quick_folder, version)
        version += 1
        assert sorted(path.name for path in quick_folder.iterdir()) == sorted(
            [".packc-lock", "manifest.json", *TARGETS]
        )
        assert {path.relative_to(quick_folder).as_posix() for path in quick_folder.glob("*/*")} == files
        for entry in json.loads((quick_folder / "manifest.json").read_bytes())["artefacts"]:
            assert sha256((quick_folder / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]
    assert swept > ROUNDS // 5, "the kills missed the builds: the test proves nothing"
