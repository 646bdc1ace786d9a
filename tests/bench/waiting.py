"""What people wait for rather than what the processor spends: two processes instead of one, and a watch.

Times on the wall are worth something on a quiet machine alone: these are printed and compared with nothing.
"""

from __future__ import annotations

import itertools
import os
import statistics
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from packc import api
from packc.build.means import Means
from packc.build.request import Request
from tests.bench.figures import ALL, EPOCH, TARGETS, packc, project

ROUNDS = 9


def show(folder: Path) -> None:
    """Measure and print both."""
    os.environ["SOURCE_DATE_EPOCH"] = EPOCH
    one, two = (_cold(folder, workers) for workers in (1, 2))
    _line("1,000 packs, two processes", two, "one", one, "0.60")
    whole, alone = _watching(folder)
    _line("an edit among 200 packs, all loaded", whole, "that pack alone", alone, "1.5")


def _line(what: str, found: float, than: str, floor: float, must: str) -> None:
    print(f"{what}: {found:.3f} s; {than}: {floor:.3f} s; ratio {found / floor:.2f}, must {must}", flush=True)


def _cold(folder: Path, workers: int) -> float:
    # No folder is emptied before: for some seconds ext4 is slow to make files where it has just removed some.
    content, out = project(folder / "project1000", 1000), folder / f"dist{workers}"
    command = [*packc(), "build", "-q", "--no-cache", f"-j{workers}", "-o", str(out), str(content), "-t", ALL]
    begun = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return time.perf_counter() - begun


def _watching(folder: Path) -> tuple[float, float]:
    """Return how long a build in a project of 200 packs takes after an edit, and one of that pack alone."""
    content = project(folder / "project200", 200)
    edited, turn = content / "p00000.md", itertools.count()
    text = edited.read_text(encoding="utf-8")

    def build(paths: list[Path | str], out: str, cache: str | None) -> float:
        edited.write_text(f"{text}\n\nEdit {next(turn)}\n", encoding="utf-8")
        request = Request(paths, TARGETS, cwd=content.parent)
        begun = time.perf_counter()
        api.build_request(request, folder / out, Means(folder / cache if cache else None, 1))
        return time.perf_counter() - begun

    def median(measure: Callable[[], float]) -> float:
        return statistics.median([measure() for _ in range(ROUNDS + 1)][1:])

    build([], "watched", "watch")
    whole = median(lambda: build([], "watched", "watch"))
    return whole, median(lambda: build([edited], "alone", None))
