"""Two builds, two folders, two time zones, two hash seeds, one SOURCE_DATE_EPOCH: the same bytes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def _build(folder: Path, **environment: str) -> dict[str, bytes]:
    shutil.copytree(ROOT / "content", folder / "content")
    shutil.copy(ROOT / "packc.yaml", folder)
    for path in folder.rglob("*.md"):
        os.utime(path, (1_000_000_000, 1_000_000_000 + len(folder.name)))
    subprocess.run(
        [sys.executable, "-m", "packc", "build"],
        cwd=folder,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1790000000", **environment},
        check=True,
        capture_output=True,
    )
    dist = folder / "dist"
    files = (path for path in dist.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {str(path.relative_to(dist)): path.read_bytes() for path in files}


def test_the_same_bytes_everywhere(tmp_path: Path) -> None:
    first = _build(tmp_path / "a", TZ="Pacific/Kiritimati", PYTHONHASHSEED="1", LC_ALL="C")
    second = _build(tmp_path / "a longer name", TZ="America/St_Johns", PYTHONHASHSEED="2", LC_ALL="C.UTF-8")
    suffixes = {Path(name).suffix for name in first}
    assert suffixes == {".apkg", ".txt", ".zip", ".html", ".json"}
    assert first == second


def test_a_later_epoch_changes_only_what_has_times(tmp_path: Path) -> None:
    first = _build(tmp_path / "a")
    second = _build(tmp_path / "b", SOURCE_DATE_EPOCH="1790000001")
    changed = {Path(name).suffix for name in first if first[name] != second[name]}
    assert changed == {".apkg", ".json"}
