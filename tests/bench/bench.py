"""How much processor time packc takes, as a ratio to a floor that is measured side by side in the same run.

What a person waits for is measured in bare interpreters, what grows with a bank in parses of that bank
(`parse_only`). `make bench` runs it, `make bench FULL=1` with the large banks, too. It is no test: a busy
machine must not turn the suite red. It fails where a ratio is a fifth above what `baseline.json` has, and
never because of seconds; `make bench BASELINE=1` writes that file anew.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.bench.figures import EPOCH, ROOT, Figure, Table, tables
from tests.bench.waiting import show

BASELINE = Path(__file__).with_name("baseline.json")
SLACK = 1.2  # times the baseline: what two runs on a quiet machine may differ by


def main(words: list[str]) -> int:
    known: dict[str, float] = json.loads(BASELINE.read_text(encoding="utf-8"))
    found: dict[str, float] = {}
    _adopt()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for table in tables(folder, full="--full" in words):
            found.update(_show(table, folder, known))
        if "--full" in words:
            show(folder)
    if "--baseline" in words:
        text = json.dumps({**known, **found}, indent=2, sort_keys=True) + "\n"
        BASELINE.write_text(text, encoding="utf-8")
        return 0
    worse = [name for name, ratio in found.items() if ratio > SLACK * known.get(name, ratio)]
    for name in worse:
        print(f"slower than the baseline: {name}: {found[name]:.2f}, it was {known[name]:.2f}")
    return int(bool(worse))


def _show(table: Table, folder: Path, known: dict[str, float]) -> dict[str, float]:
    """Measure and print a table: for each figure the ratio and the two numbers behind it."""
    floor, medians = _measure(table, folder)
    print(f"\n{table.what}: {_shown(floor, table.memory)}, medians of {table.rounds}")
    print(f"  {'':<46} {'measured':>12} {'ratio':>7} {'before':>7} {'must':>6} {'goal':>6}")
    found = {}
    for figure, median in zip(table.figures, medians, strict=True):
        ratio = median if figure.memory and not table.memory else median / floor
        before = f"{known[figure.name]:.2f}" if figure.name in known else "-"
        verdict = "goal" if ratio <= figure.goal else "must" if ratio <= figure.must else "over"
        shown = _shown(median, figure.memory)
        numbers = f"{shown:>12} {ratio:>7.2f} {before:>7} {figure.must:>6.1f} {figure.goal:>6.1f}"
        print(f"  {figure.name:<46} {numbers}  {verdict}", flush=True)
        found[figure.name] = round(ratio, 2)
    return found


def _shown(value: float, memory: bool) -> str:
    return f"{value:,.1f} MB" if memory else f"{value * 1000:,.1f} ms"


def _measure(table: Table, folder: Path) -> tuple[float, list[float]]:
    """Return the medians. The figures take turns, so that a busy moment of the machine hits all alike."""
    figures = [Figure("", table.floor, 1, 1, memory=table.memory), *table.figures]
    results: list[list[float]] = [[] for _ in figures]
    for turn in range(table.rounds + 1):
        for result, figure in zip(results, figures, strict=True):
            if figure.before is not None:
                figure.before()
            spent, peak = _run(figure.command, folder)
            if turn or table.rounds == 1:  # the first turn fills the caches
                result.append(peak if figure.memory else spent)
        if table.rounds == 1:
            break
    floor, *medians = (statistics.median(result) for result in results)
    return floor, medians


def _run(command: list[str], folder: Path) -> tuple[float, float]:
    """Return the processor time in seconds, children included, and the peak of memory in MB.

    It runs far from our own project: a ledger of other packs is no part of what is measured.
    """
    environ: dict[str, Any] = {
        **os.environ,
        "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
        "PACKC_CACHE": str(folder / "cache"),
        "SOURCE_DATE_EPOCH": EPOCH,
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}",
    }
    # A machine that never writes bytecode would measure the compiler; every user's second run has it.
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    process = subprocess.Popen(
        command, env=environ, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    assert process.stderr is not None
    said = process.stderr.read()
    spent = peak = 0.0
    with suppress(ChildProcessError):  # until none is left
        while True:
            number, status, usage = os.wait4(-1, 0)
            spent, peak = spent + usage.ru_utime + usage.ru_stime, max(peak, usage.ru_maxrss / 1024)
            if number == process.pid:
                process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode > 1:  # 1: the content has errors, which may be what is measured
        raise SystemExit(f"{' '.join(command)} failed:\n{said.decode()}")
    return spent, peak


def _adopt() -> None:
    """Let processes whose own parent has left be ours, so that they are measured, too (Linux)."""
    from ctypes import CDLL

    subreaper = 36
    if CDLL(None).prctl(subreaper, 1, 0, 0, 0):
        raise SystemExit("what Typst takes cannot be measured: its process cannot be adopted")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
