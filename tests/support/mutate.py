"""Breaks the code in small ways, one at a time, and sees whether a test notices: `make mutants`.

Escapers, grammar and limits are where a slip does harm that nobody sees. A mutant (`mutants.py`) is killed
by the first test that fails or never ends. What survives is printed: a test is missing, or the code does
nothing. Which mutants are tried follows from the sources alone, so that two runs say the same; they are tried
on copies of the tree (`trials.py`).

    python -m tests.support.mutate                  # all files, some mutants of each
    python -m tests.support.mutate --most 1000      # every mutant there is
    python -m tests.support.mutate reader/numbers.py
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tests.support.mutants import Mutant, mutants, sample
from tests.support.trials import ROOT, House, Run, Trial, is_alive, is_certain, limit_for, warm_up
from tests.support.watched import WATCHED

WANTED = 85  # per cent of the mutants that have to be killed


class Verdict(NamedTuple):
    """What became of the mutants of one file; `blind` is what tests say that fail without any."""

    tried: int
    survivors: Sequence[Mutant]
    blind: str = ""


class Bench:
    """Tries mutants in houses, as many at a time as there are houses."""

    def __init__(self, houses: Sequence[House]) -> None:
        self._houses = houses

    def judge(self, key: str, most: int, groups: Sequence[str]) -> Verdict:
        """Try the mutants of one file, each on the quickest tests first."""
        file, _, functions = key.partition("#")
        source = (ROOT / "src/packc" / file).read_bytes()
        found = sample(mutants(source.decode(), functions.split(",") if functions else ()), most, file)
        alive = list(found)
        doubtful: set[Mutant] = set()
        usual: list[tuple[Trial, Run]] = []
        for group in groups:
            if not alive:
                break
            trial = Trial(file, source, group)
            runs = self._warm(trial, alive)
            if None not in runs:
                return Verdict(len(found), [], self._houses[0].said())
            usual.append((trial, runs.pop(None)))
            alive = [mutant for mutant in alive if is_alive(runs[mutant])]
            doubtful |= {mutant for mutant in alive if not is_certain(runs[mutant])}
        for trial, before in usual:
            again = [mutant for mutant in alive if mutant in doubtful]
            dead = self._cold(trial, again, limit_for(before))
            alive = [mutant for mutant in alive if mutant not in dead]
        return Verdict(len(found), alive)

    def _warm(self, trial: Trial, tried: Sequence[Mutant]) -> dict[Mutant | None, Run]:
        """Return the run of each mutant and, for None, one without any; nothing if that fails."""
        used = self._houses[: len(tried)]
        shares = [tried[number :: len(used)] for number in range(len(used))]
        waits = [trial.warm(house, share) for house, share in zip(used, shares, strict=True)]
        runs: dict[Mutant | None, Run] = {}
        for share, wait in zip(shares, waits, strict=True):
            usual, *others = wait() or [Run(1, 0)]
            if usual.code == 0:
                runs |= {None: usual} | dict(zip(share, others, strict=True))
        return runs if len(runs) == len(tried) + 1 else {}

    def _cold(self, trial: Trial, tried: Sequence[Mutant], limit: float) -> set[Mutant]:
        """Return the mutants that die when their files are changed before anything is imported."""
        dead: set[Mutant] = set()
        for first in range(0, len(tried), len(self._houses)):
            batch = tried[first : first + len(self._houses)]
            waits = [trial.cold(house, each, limit) for house, each in zip(self._houses, batch, strict=False)]
            dead |= {each for each, wait in zip(batch, waits, strict=True) if not is_alive(wait())}
        return dead


def run(files: Sequence[str], most: int, workers: int, groups: Sequence[str]) -> int:
    """Try the mutants of `files`; print each that survives, and a table. Return 1 if too many do."""
    warm_up()
    table: list[tuple[str, int, int]] = []
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench([House(Path(folder) / str(number)) for number in range(workers)])
        for key in files:
            tried, survivors, blind = bench.judge(key, most, groups or WATCHED[key])
            if blind:
                print(f"{key}: these tests fail without any mutant\n{blind}")
                return 2
            file = key.partition("#")[0]
            source = (ROOT / "src/packc" / file).read_bytes()
            for mutant in survivors:
                before = source[mutant.start : mutant.end].decode()
                print(f"  survived  {file}:{mutant.line}  {before!r} -> {mutant.text!r}")
            print(f"{key}: {tried - len(survivors)} of {tried} killed", flush=True)
            table.append((key, tried - len(survivors), tried))
    killed, tried = sum(row[1] for row in table), sum(row[2] for row in table)
    print()
    for key, dead, of in [*table, ("all", killed, tried)]:
        print(f"{key:<44}{dead:>5} / {of:<5}{100 * dead / max(1, of):>5.0f} %")
    return int(100 * killed < WANTED * tried)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", help=f"of {', '.join(WATCHED)}")
    parser.add_argument("--most", type=int, default=30, help="mutants of one file")
    parser.add_argument("--workers", type=int, default=2, help="how many are tried at a time")
    parser.add_argument("--tests", action="append", default=[], help="tests to ask instead of the usual ones")
    words = parser.parse_args()
    unknown = [name for name in words.files if name not in WATCHED]
    if unknown:
        parser.error(f"no tests are known for {', '.join(unknown)}")
    return run(words.files or list(WATCHED), words.most, words.workers, words.tests)


if __name__ == "__main__":
    sys.exit(main())
