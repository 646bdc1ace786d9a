"""How much processor time packc takes, in units of a bare interpreter, measured side by side in one run.

`make bench` runs it. It is no test: a busy machine must not turn the suite red. Exits with 1 over a bar.
"""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
PACK = "content/deep-learning-and-checkpoints.md"
ROUNDS = 11


class Figure(NamedTuple):
    """What is measured. `bar` is how many bare interpreters it may cost; a goal is only printed."""

    name: str
    command: list[str]
    bar: float
    is_goal: bool = False


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        figures = _figures(Path(folder) / "dist")
        medians = _measure(figures, Path(folder) / "bytecode")
    bare = medians[0]
    print(f"processor time, medians of {ROUNDS} runs; a bare interpreter takes {bare * 1000:.1f} ms")
    ratios = [median / bare for median in medians]
    for figure, median, ratio in zip(figures, medians, ratios, strict=True):
        verdict = ("over, a goal" if figure.is_goal else "over") if ratio > figure.bar else "ok"
        print(f"  {figure.name:<26} {median * 1000:>6.1f} ms  {ratio:>5.1f} of {figure.bar:>2.0f}  {verdict}")
    return int(any(r > f.bar and not f.is_goal for f, r in zip(figures, ratios, strict=True)))


def _figures(out: Path) -> list[Figure]:
    installed = shutil.which("packc", path=str(Path(sys.executable).parent))
    packc = [installed] if installed else [sys.executable, "-m", "packc"]
    build = [*packc, "build", PACK, "-t", "anki,gift,qti,html", "-o", str(out)]
    return [
        Figure("python -c pass", [sys.executable, "-c", "pass"], 1),
        Figure("packc --version", [*packc, "--version"], 5),
        Figure("packc --help", [*packc, "--help"], 6),
        Figure("packc check, one pack", [*packc, "check", PACK], 12),
        Figure("packc build, four targets", build, 18, is_goal=True),
    ]


def _measure(figures: list[Figure], bytecode: Path) -> list[float]:
    """Return the medians. The figures take turns, so that a busy moment of the machine hits all alike."""
    environ = {**os.environ, "PYTHONPYCACHEPREFIX": str(bytecode)}
    # A machine that never writes bytecode would measure the compiler; every user's second run has it.
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    times: list[list[float]] = [[] for _ in figures]
    for turn in range(ROUNDS + 1):
        for found, figure in zip(times, figures, strict=True):
            shutil.rmtree(bytecode.parent / "dist", ignore_errors=True)
            spent = _processor_time(figure.command, environ)
            if turn:  # the first turn fills the caches
                found.append(spent)
    return [statistics.median(found) for found in times]


def _processor_time(command: list[str], environ: dict[str, str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=environ, cwd=ROOT, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    sys.exit(main())
