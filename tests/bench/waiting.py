"""What people wait for rather than what the processor spends: two processes instead of one, and a watch.

Times on the wall are worth something on a quiet machine alone: these are printed and compared with nothing.
"""

from __future__ import annotations

import contextlib
import gc
import io
import itertools
import os
import statistics
import subprocess
import time
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from packc import api
from packc.build import manifest
from packc.build.request import Request
from packc.cli import main, watching
from tests.bench.figures import ALL, EPOCH, TARGETS, packc, project

ROUNDS = 9
UNSETTLED = 2  # the first edits: all files have just been made, and what is new is read once more


def show(folder: Path) -> None:
    """Measure and print both."""
    os.environ["SOURCE_DATE_EPOCH"] = EPOCH
    one, two = (_cold(folder, workers) for workers in (1, 2))
    _line("1,000 packs, two processes", two, "one", one, "0.60")
    whole, alone = _watching(folder)
    _line("artefacts after an edit among 200 packs", whole.there, "that pack alone", alone.there, "1.5")
    _line("the whole build, all other artefacts looked at", whole.over, "that pack alone", alone.over)


def _line(what: str, found: float, than: str, floor: float, must: str = "-") -> None:
    print(f"{what}: {found:.3f} s; {than}: {floor:.3f} s; ratio {found / floor:.2f}, must {must}", flush=True)


def _cold(folder: Path, workers: int) -> float:
    # No folder is emptied before: for some seconds ext4 is slow to make files where it has just removed some.
    content, out = project(folder / "project1000", 1000), folder / f"dist{workers}"
    command = [*packc(), "build", "-q", "--no-cache", f"-j{workers}", "-o", str(out), str(content), "-t", ALL]
    begun = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return time.perf_counter() - begun


class _Wait(NamedTuple):
    """Seconds since an edit: until its last artefact was in place, and until the build was over."""

    there: float
    over: float


def _watching(folder: Path) -> tuple[_Wait, _Wait]:
    """Return how long `packc build --watch` takes after an edit among 200 packs, and that pack alone takes.

    The command is the real one, but for the watcher: it is told of an edit as soon as there is one. The two
    take turns, so that a busy moment of the machine hits both.
    """
    content = project(folder / "project200", 200)
    edited, turn = content / "p00000.md", itertools.count()
    text = edited.read_text(encoding="utf-8")
    request = Request([edited], TARGETS, cwd=content.parent)
    waits: list[_Wait] = []

    def edit() -> float:
        edited.write_text(f"{text}\n\nEdit {next(turn)}\n", encoding="utf-8")
        return time.perf_counter()

    def changes(*_roots: object) -> Iterator[Collection[str]]:
        yield ()  # the watch begins
        for _turn in range(ROUNDS + UNSETTLED):
            begun = edit()
            yield (str(edited),)
            waits.append(_Wait(placed[-1] - begun, time.perf_counter() - begun))
            begun = edit()
            api.build_request(request, folder / "alone")
            waits.append(_Wait(placed[-1] - begun, time.perf_counter() - begun))

    command = ["build", "--watch", "-q", "-j1", "-t", ALL, "-o", str(folder / "watched")]
    gc.disable()  # as the command does
    with (
        _placing() as placed,
        mock.patch.object(watching, "changed_paths", changes),
        mock.patch.dict(os.environ, {"PACKC_CACHE": str(folder / "watch")}),
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.chdir(content.parent),
    ):
        main(command)
    gc.enable()
    whole, alone = waits[2 * UNSETTLED :: 2], waits[2 * UNSETTLED + 1 :: 2]
    return _median(whole), _median(alone)


def _median(waits: list[_Wait]) -> _Wait:
    return _Wait(*map(statistics.median, zip(*waits, strict=True)))


@contextlib.contextmanager
def _placing() -> Iterator[list[float]]:
    """Give a list that gets the time whenever an artefact has been put in its place."""
    placed: list[float] = []
    real = Path.replace

    def replace(source: Path, target: Path) -> Path:
        result = real(source, target)
        if target.name != manifest.NAME:
            placed.append(time.perf_counter())
        return result

    with mock.patch.object(Path, "replace", replace):
        yield placed
