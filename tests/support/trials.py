"""Runs tests against mutants, one at a time, in copies of the tree.

Starting pytest and collecting costs more than most tests do. So the tests are collected once, by a process
that then forks for each mutant and changes the code in memory (`patching.py`). Where that is not the same as
changing the file, survivors are tried again from the start, with the file changed.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import resource
import shutil
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import NamedTuple, NoReturn

import pytest
from hypothesis import Phase, settings

from tests.support.mutants import Mutant

ROOT = Path(__file__).resolve().parents[2]
_PATIENCE = 900  # seconds by the clock, for what waits instead of working
_LEAST, _TIMES = 10, 4  # seconds of work that a mutant has, beside so many times those without any
_MEMORY = 3 * 2**30
_DIES_WITH_ITS_PARENT = 1  # PR_SET_PDEATHSIG
_COPIED = ("src", "tests", "templates", "content", "docs")
_LINKED = (".venv", ".venv-judges", "tests/node/node_modules")
_WARM = ("hypothesis.strategies", "markdown_it", "yaml", "jinja2", "lxml.etree", "click")
_OPTIONS = ("-x", "-q", "-p", "no:cacheprovider", "-W", "ignore:Module already imported")
_KEPT = "_hypothesis_internal_use_settings"  # as in deep.py
_INEXACT = 99  # the exit code of a run that passed, but without the whole change


class House:
    """A copy of the repository, in which one file at a time is broken."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = folder / "packc"
        self.root.mkdir(parents=True)
        for name in _COPIED:
            ignored = shutil.ignore_patterns("node_modules", "__pycache__")
            shutil.copytree(ROOT / name, self.root / name, ignore=ignored)
        for path in ROOT.glob("*"):
            if path.is_file():
                shutil.copy(path, self.root)
        for name in _LINKED:
            if (ROOT / name).exists():
                (self.root / name).symlink_to((ROOT / name).resolve())
        (folder / "shared").symlink_to((ROOT / "../shared").resolve())

    def write(self, file: str, source: bytes) -> None:
        (self.root / "src/packc" / file).write_bytes(source)

    def said(self) -> str:
        """Return what the last run of tests said."""
        return (self.folder / "said").read_text(errors="replace")


class Run(NamedTuple):
    """How a run of tests ended, and how long it worked."""

    code: int
    seconds: float


class Trial(NamedTuple):
    """Some mutants of `file` and the tests that may kill them."""

    file: str
    source: bytes
    tests: str

    def warm(self, house: House, tried: Sequence[Mutant]) -> Callable[[], list[Run]]:
        """Start a process that tries the mutants; the result waits for it, and holds a run for each.

        The first run is one without a mutant; if it fails, it is the only one.
        """
        found = house.folder / "runs.json"
        found.write_text("[]")
        process = _forked(
            lambda: _collect(house, _Server(self, house, tried, found), self.tests), _PATIENCE * 99
        )

        def wait() -> list[Run]:
            _ended(process)
            return [Run(*each) for each in json.loads(found.read_text())]

        return wait

    def cold(self, house: House, mutant: Mutant, limit: float) -> Callable[[], Run]:
        """Start a run of all tests with the file changed."""
        house.write(self.file, mutant.apply(self.source))
        process = _forked(lambda: _collect(house, _Plain(), self.tests), limit)

        def wait() -> Run:
            run = _ended(process)
            house.write(self.file, self.source)
            return run

        return wait


def warm_up() -> None:
    """Import what every run of tests needs, once."""
    for name in _WARM:
        import_module(name)


def limit_for(usual: Run) -> float:
    return _LEAST + _TIMES * usual.seconds


def _forked(work: Callable[[], int], limit: float) -> int:
    """Start `work` in a process group of its own, which does not work longer than `limit`."""
    sys.stdout.flush()
    process = os.fork()
    if process:
        return process
    os.setsid()
    if sys.platform == "linux":  # whoever stops the whole run leaves none of its parts behind
        ctypes.CDLL(None).prctl(_DIES_WITH_ITS_PARENT, signal.SIGKILL)
    signal.alarm(_PATIENCE if limit < _PATIENCE else 0)
    seconds = round(limit)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))
    _leave(work)
    return None


def _leave(work: Callable[[], int]) -> NoReturn:
    code = 3
    try:
        code = int(work())
    except BaseException:  # noqa: BLE001 (a forked process must not go on as its parent)
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _ended(process: int) -> Run:
    """Wait for a process, and end what it has left behind: a browser, a command that hangs."""
    _, status, used = os.wait4(process, 0)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process, signal.SIGKILL)
    return Run(os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime)


def _collect(house: House, plugin: object, tests: str) -> int:
    """Run pytest in `house` as if nothing of ours had been imported from anywhere else."""
    for name in [name for name in sys.modules if name.partition(".")[0] in ("tests", "packc")]:
        del sys.modules[name]
    ours = [str(house.root / "src"), str(house.root)]
    others = [path for path in sys.path if path and Path(path) not in (ROOT, ROOT / "src")]
    sys.path[:] = [*ours, *others]
    sys.dont_write_bytecode = True
    os.environ.update(PYTHONPATH=os.pathsep.join(ours), PYTHONDONTWRITEBYTECODE="1")
    os.chdir(house.root)
    said = os.open(house.folder / "said", os.O_RDWR | os.O_CREAT | os.O_TRUNC)
    for stream in (1, 2):
        os.dup2(said, stream)
    place = f"--basetemp={house.folder / 'tmp'}"
    return int(pytest.main([*_OPTIONS, place, *tests.split()], plugins=[plugin]))


class _Plain:
    """For generated tests it is enough here that some example fails; it need not be made smaller."""

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for function in {getattr(item, "obj", None) for item in items}:
            own = getattr(function, _KEPT, None)
            if own is not None:
                phases = (Phase.explicit, Phase.generate)
                setattr(function, _KEPT, settings(own, phases=phases, database=None))


class _Server(_Plain):
    """Instead of running the tests that were collected, runs them once for each mutant."""

    def __init__(self, trial: Trial, house: House, tried: Sequence[Mutant], found: Path) -> None:
        self._trial = trial
        self._house = house
        self._tried = tried
        self._found = found
        self._failed = False

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._failed = self._failed or report.failed

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        usual = _ended(_forked(lambda: self._run(session, self._trial.source), _PATIENCE))
        runs = [usual]
        for mutant in self._tried if usual.code == 0 else ():
            changed = mutant.apply(self._trial.source)
            self._house.write(self._trial.file, changed)  # for the commands that tests start
            runs.append(_ended(_forked(lambda: self._run(session, changed), limit_for(usual))))  # noqa: B023
        self._house.write(self._trial.file, self._trial.source)
        self._found.write_text(json.dumps(runs))
        return True

    def _run(self, session: pytest.Session, changed: bytes) -> int:
        from tests.support.patching import patch

        name = "packc." + self._trial.file.removesuffix(".py").replace("/", ".")
        whole = True
        if changed != self._trial.source:
            try:
                whole = patch(import_module(name), self._trial.source, changed)
            except Exception:  # noqa: BLE001 (whatever it is: the module cannot be imported)
                return 1
        for index, item in enumerate(session.items):
            following = session.items[index + 1] if index + 1 < len(session.items) else None
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if self._failed:
                return 1
        return 0 if whole else _INEXACT


def is_alive(run: Run) -> bool:
    return run.code in (0, _INEXACT)


def is_certain(run: Run) -> bool:
    """Tell whether a run that passed had the whole change."""
    return run.code == 0
