"""Several builds at once, of one folder: nothing is lost, whoever comes first."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from hashlib import sha256
from pathlib import Path

from packc.build import lock

ROOT = Path(__file__).resolve().parents[3]
ROUNDS = 50 if os.environ.get("TEST_DEEP") == "1" else 1
BUILDS = 8

# Each build has a pack of its own, and one that all share.
CHILD = """
import sys
from pathlib import Path
from tests.unit.build.test_together import build
sys.stdin.readline()
build(Path(sys.argv[1]), sys.argv[2])
"""


def build(out: Path, name: str) -> None:
    from packc import api
    from packc.build.means import Means

    paths, means = [f"{name}.md", "shared.md"], Means(out.parent / "cache")
    for _ in range(3):
        api.build(paths, targets=["gift"], cwd=out.parent, out=out, means=means)


def test_eight_builds_at_once_lose_nothing(quick_folder: Path) -> None:
    names = [f"p{number}" for number in range(BUILDS)]
    for name in (*names, "shared"):
        text = (
            f"---\nid: {name}\nnamespace: n\n---\n\n## Q1. One\n\n**Question:** Why?\n\n**Solution:** So.\n"
        )
        (quick_folder / f"{name}.md").write_text(text)
    for turn in range(ROUNDS):
        out = quick_folder / f"dist{turn}"
        children = [
            subprocess.Popen(
                [sys.executable, "-c", CHILD, str(out), name], stdin=subprocess.PIPE, cwd=ROOT, text=True
            )
            for name in names
        ]
        for child in children:
            assert child.stdin is not None
            child.stdin.write("go\n")
            child.stdin.flush()
        for child in children:
            child.communicate()
        assert [child.returncode for child in children] == [0] * BUILDS
        listed = json.loads((out / "manifest.json").read_bytes())["artefacts"]
        assert sorted(entry["file"] for entry in listed) == sorted(
            f"gift/{name}.txt" for name in (*names, "shared")
        )
        for entry in listed:
            assert sha256((out / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]
        assert sorted(path.name for path in out.iterdir()) == [".packc-lock", "gift", "manifest.json"]


def test_a_lock_whose_file_its_holder_removed_locks_nothing(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    found: list[int | None] = []
    first = lock.acquire(path, patience=0)
    assert first is not None
    second = threading.Thread(target=lambda: found.append(lock.acquire(path, patience=20)))
    second.start()
    time.sleep(0.2)  # until it waits for the file that is about to go
    path.unlink()
    os.close(first)
    second.join()
    (held,) = found
    assert held is not None
    assert os.path.samestat(os.fstat(held), path.stat())
    os.close(held)
