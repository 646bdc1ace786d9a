"""How much processor time packc takes, as a ratio to a floor that is measured side by side in the same run.

What a person waits for is measured in bare interpreters, what grows with a bank in parses of that bank
(`parse_only`). `make bench` runs it. It is no test: a busy machine must not turn the suite red. Exits with 1
over a bar.
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

from tests.bench.bank import bank

ROOT = Path(__file__).resolve().parents[2]
PACK = "content/deep-learning-and-checkpoints.md"
ROUNDS = 11
BANK_ROUNDS = 5
BANK_QUESTIONS = 1000


class Figure(NamedTuple):
    """What is measured. `bar` is how many times the first figure it may cost; a goal is only printed."""

    name: str
    command: list[str]
    bar: float
    is_goal: bool = False


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bank_file = folder / "bank.md"
        bank_file.write_text(bank(BANK_QUESTIONS), encoding="utf-8")
        over = _show("a bare interpreter", _figures(folder / "dist"), folder, ROUNDS)
        over += _show(f"a parse of {BANK_QUESTIONS} questions", _bank_figures(bank_file), folder, BANK_ROUNDS)
    return int(over > 0)


def _show(floor: str, figures: list[Figure], folder: Path, rounds: int) -> int:
    """Measure and print a table; return how many figures are over their bar."""
    medians = _measure(figures, folder, rounds)
    print(f"processor time, medians of {rounds} runs; {floor} takes {medians[0] * 1000:.1f} ms")
    over = 0
    for figure, median in zip(figures, medians, strict=True):
        ratio = median / medians[0]
        is_over = ratio > figure.bar
        over += is_over and not figure.is_goal
        verdict = "ok" if not is_over else "over, a goal" if figure.is_goal else "over"
        print(f"  {figure.name:<28} {median * 1000:>7.1f} ms  {ratio:>6.2f} of {figure.bar:>4.1f}  {verdict}")
    return over


def _packc() -> list[str]:
    installed = shutil.which("packc", path=str(Path(sys.executable).parent))
    return [installed] if installed else [sys.executable, "-m", "packc"]


def _figures(out: Path) -> list[Figure]:
    packc = _packc()
    build = [*packc, "build", PACK, "-t", "anki,gift,qti,html", "-o", str(out)]
    return [
        Figure("python -c pass", [sys.executable, "-c", "pass"], 1),
        Figure("packc --version", [*packc, "--version"], 5),
        Figure("packc --help", [*packc, "--help"], 6),
        Figure("packc check, one pack", [*packc, "check", PACK], 12),
        Figure("packc build, four targets", build, 18, is_goal=True),
    ]


def _bank_figures(file: Path) -> list[Figure]:
    return [
        Figure("parse only", [sys.executable, "-m", "tests.bench.parse_only", str(file)], 1),
        Figure("packc check", [*_packc(), "check", str(file)], 1.6),
    ]


def _measure(figures: list[Figure], folder: Path, rounds: int) -> list[float]:
    """Return the medians. The figures take turns, so that a busy moment of the machine hits all alike."""
    environ = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}
    # A machine that never writes bytecode would measure the compiler; every user's second run has it.
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    times: list[list[float]] = [[] for _ in figures]
    for turn in range(rounds + 1):
        for found, figure in zip(times, figures, strict=True):
            shutil.rmtree(folder / "dist", ignore_errors=True)
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
