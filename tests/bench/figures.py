"""What is measured: commands, each beside the floor that it is a multiple of."""

from __future__ import annotations

import itertools
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from tests.bench.bank import bank, questions
from tests.bench.hostile import packs

ROOT = Path(__file__).resolve().parents[2]
TEN = 10  # questions in a small pack
TARGETS = ("anki", "gift", "qti", "html")
ALL = ",".join(TARGETS)
EPOCH = "1790000000"


class Figure(NamedTuple):
    """A command, and how many times its floor it may cost at most (`must`) and should (`goal`).

    `before` runs before each measurement and is not measured. `memory`: its peak counts, in MB, not time.
    """

    name: str
    command: list[str]
    must: float
    goal: float
    before: Callable[[], None] | None = None
    memory: bool = False


class Table(NamedTuple):
    """Figures that share a floor. `what` says what it is; with `memory`, that is peak memory, too."""

    what: str
    floor: list[str]
    figures: list[Figure]
    rounds: int
    memory: bool = False


def packc() -> list[str]:
    installed = shutil.which("packc", path=str(Path(sys.executable).parent))
    return [installed] if installed else [sys.executable, "-m", "packc"]


def tables(folder: Path, *, full: bool) -> Iterator[Table]:
    yield _start_up(folder)
    yield from _anki()  # first: a process begins with the peak of the one that starts it
    yield _bank(folder, 10_000 if full else 1000)
    yield _paper(folder)
    yield _project(folder, 1000 if full else 100)
    if full:
        yield _memory(folder)
        yield _growth(folder)
        yield _errors(folder)
        yield from _hostile(folder)
        yield _huge(folder)  # at the end: it makes the folder a project


def _build(folder: Path, *words: str) -> list[str]:
    return [*packc(), "build", "-q", "-o", str(folder / "dist"), *words]


def _remove(path: Path) -> Callable[[], None]:
    return lambda: shutil.rmtree(path, ignore_errors=True)


def _start_up(folder: Path) -> Table:
    pack = folder / "ten.md"
    pack.write_text(bank(TEN), encoding="utf-8")
    fresh = _remove(folder / "dist")
    build = _build(folder, "--no-cache", str(pack), "-t", ALL)
    figures = [
        Figure("packc --version", [*packc(), "--version"], 5, 1.3),
        Figure("packc --help", [*packc(), "--help"], 6, 4.2),
        Figure("check, ten questions", [*packc(), "check", "-q", str(pack)], 12, 8),
        Figure("build, ten questions, four targets", build, 18, 12, fresh),
    ]
    return Table("a bare interpreter", [sys.executable, "-c", "pass"], figures, 9)


def _parse_only(file: Path) -> list[str]:
    return [sys.executable, "-m", "tests.bench.parse_only", str(file)]


def _bank(folder: Path, count: int) -> Table:
    file = folder / f"bank{count}.md"
    file.write_text(bank(count), encoding="utf-8")
    fresh = _remove(folder / "dist")
    figures = [Figure("check", [*packc(), "check", "-q", str(file)], 1.6, 0.9)]
    for targets, must, goal in ((ALL, 2.0, 1.1), *((target, 1.7, 0.9) for target in TARGETS)):
        command = _build(folder, "--no-cache", str(file), "-t", targets)
        figures.append(Figure(f"cold build, {targets}", command, must, goal, fresh))
    return Table(f"parsing {count:,} questions", _parse_only(file), figures, 9 if count <= 1000 else 3)


def _paper(folder: Path) -> Table:
    """Setting pages has another measure than writing texts: the HTML handout of the same bank."""
    file = folder / "bank500.md"
    file.write_text(bank(500), encoding="utf-8")
    fresh = _remove(folder / "dist")
    figure = Figure("PDF, 500 questions", _build(folder, "--no-cache", str(file), "-t", "pdf"), 4, 2, fresh)
    return Table("HTML of 500 questions", _build(folder, "--no-cache", str(file), "-t", "html"), [figure], 3)


def project(root: Path, packs: int) -> Path:
    """Make a project of so many packs of ten questions."""
    content = root / "content"
    if not content.exists():
        content.mkdir(parents=True)
        (root / "packc.yaml").write_text("namespace: bench\n", encoding="utf-8")
        some = questions(packs * TEN)
        for number in range(packs):
            head = f"---\nid: p{number:05d}\n---\n\n# Bank {number}\n"
            text = head + "".join(itertools.islice(some, TEN))
            (content / f"p{number:05d}.md").write_text(text, encoding="utf-8")
    return content


def _project(folder: Path, packs: int) -> Table:
    content = project(folder / f"project{packs}", packs)
    build = _build(folder, str(content), "-t", ALL)
    edited = content / "p00000.md"
    turn = itertools.count()

    def edit() -> None:
        text = edited.read_text(encoding="utf-8").split("\n\nEdit ")[0]
        edited.write_text(f"{text}\n\nEdit {next(turn)}\n", encoding="utf-8")

    figures = [
        Figure(f"warm build, {packs:,} packs, nothing changed", build, 10, 5),
        Figure(f"warm build, one of {packs:,} packs edited", build, 16, 10, edit),
        Figure(f"dry run over {packs:,} packs", [*build, "--dry-run"], 10, 5),
    ]
    return Table("a bare interpreter", [sys.executable, "-c", "pass"], figures, 5)


def _anki() -> Iterator[Table]:
    """Yield what the writing of Anki's packages costs, the fields being ready."""

    def writing(who: str, notes: int, packages: int = 1) -> list[str]:
        return [sys.executable, "-m", "tests.bench.ready_fields", who, str(notes), str(packages)]

    large = Figure("packc, 10,000 notes in one deck", writing("packc", 10_000), 1.5, 1.0)
    yield Table("genanki, 10,000 notes in one deck", writing("genanki", 10_000), [large], 3)
    small = Figure("packc, 200 packages of ten notes", writing("packc", 10, 200), 1.0, 0.25)
    yield Table("genanki, 200 packages of ten notes", writing("genanki", 10, 200), [small], 3)
    peak = Figure("peak, 10,000 notes", writing("packc", 10_000), 1.5, 1.2, memory=True)
    yield Table("peak of packc, 1,000 notes", writing("packc", 1000), [peak], 3, memory=True)


def _memory(folder: Path) -> Table:
    content = project(folder / "project1000", 1000)
    one = folder / "bank10000.md"
    fresh = _remove(folder / "dist")
    one_build = _build(folder, "--no-cache", str(one), "-t", ALL)
    many = _build(folder, "-j1", str(content), "-t", ALL)
    uncached = _build(folder, "-j1", "--no-cache", str(content), "-t", ALL)
    cache = _remove(folder / "cache")

    def anew() -> None:
        fresh()
        cache()

    figures = [
        Figure("peak, 10,000 questions in 1,000 packs", many, 100, 64, anew, True),
        Figure("peak, the same without the cache", uncached, 100, 64, fresh, True),
        Figure("peak, 10,000 questions in one pack", one_build, 160, 100, fresh, True),
    ]
    return Table("1 MB", [sys.executable, "-c", "pass"], figures, 1)


def _growth(folder: Path) -> Table:
    small, large = folder / "bank1000.md", folder / "bank10000.md"
    small.write_text(bank(1000), encoding="utf-8")
    fresh = _remove(folder / "dist")
    floor = _build(folder, "--no-cache", str(small), "-t", ALL)
    figure = Figure("10,000 questions", _build(folder, "--no-cache", str(large), "-t", ALL), 10.5, 9.5, fresh)
    return Table("building 1,000 questions", floor, [figure], 1)


def _errors(folder: Path) -> Table:
    """Tell what a thousand errors cost: questions without a right answer."""
    clean, broken = folder / "bank10000.md", folder / "broken.md"
    heads, *others = clean.read_text(encoding="utf-8").split("\n## ")
    wrong = [text if number % 10 else text.replace("[x]", "[ ]") for number, text in enumerate(others, 1)]
    broken.write_text("\n## ".join([heads, *wrong]), encoding="utf-8")
    floor = [*packc(), "check", "-q", str(clean)]
    return Table("checking 10,000", floor, [Figure("1,000 errors", [*floor[:-1], str(broken)], 2, 1.3)], 3)


def _hostile(folder: Path) -> Iterator[Table]:
    for name, small, large in packs(folder):
        once, twice = ([*packc(), "check", "-q", str(file)] for file in (small, large))
        yield Table(f"checking {name}", once, [Figure(f"twice as many {name}", twice, 2.5, 2.1)], 1)


def _huge(folder: Path) -> Table:
    """Tell what ten times a large bank costs. A QTI package, which is a zip, cannot have so many files."""
    (folder / "packc.yaml").write_text("limits: {file_bytes: 209715200}\n", encoding="utf-8")
    large, huge = folder / "bank10000.md", folder / "bank100000.md"
    huge.write_text(bank(100_000), encoding="utf-8")
    floor, build = (_build(folder, "--no-cache", str(file), "-t", "anki,gift,html") for file in (large, huge))
    figure = Figure("100,000 questions, without QTI", build, 11.5, 11, _remove(folder / "dist"))
    return Table("building 10,000 questions, without QTI", floor, [figure], 1)
