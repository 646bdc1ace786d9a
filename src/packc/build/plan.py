"""The plan of a run: the project, the wanted targets, and one job for each pack."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Iterator
from pathlib import Path

from packc.build.job import Job, Settings
from packc.build.request import STDIN, Ahead, PackRead, Request
from packc.diagnostics import Sink
from packc.diagnostics.rules.ledger import NoLedger
from packc.diagnostics.rules.project import BadEpoch, UnreadableFile
from packc.diagnostics.rules.source import FileTooLarge
from packc.identity import FILE_NAME
from packc.named import NamedTuple
from packc.places import EPOCH, MOST, names_from
from packc.project import (
    PackFile,
    chosen_targets,
    fault,
    find_ledger,
    find_packs,
    find_project,
)
from packc.source import SourceMap

_LAST_SECOND = 253_402_300_799  # of the year 9999, the last that every target can write


class Plan(NamedTuple):
    """What is to be done for a request. `sink` has what was found so far, `sources` the texts behind it.

    `texts`, each with its name, are those that the settings come from.
    """

    request: Request
    settings: Settings
    jobs: tuple[Job, ...]
    sources: SourceMap
    sink: Sink
    texts: tuple[tuple[str, str], ...]

    @property
    def complete(self) -> bool:
        """Whether the jobs are all packs of the project."""
        return not self.request.paths

    @property
    def locked(self) -> bool:
        """Whether what has not been released is an error."""
        return self.request.locked

    @property
    def basis(self) -> str:
        """A digest of all that the settings come from: texts, targets, the folder."""
        from hashlib import sha256  # a check keeps nothing

        project = self.settings.project
        place = (str(project.root), project.file is None)
        basis = (self.texts, self.settings.targets, self.settings.epoch, place)
        return sha256(repr(basis).encode("utf-8", "surrogatepass")).hexdigest()


def make_plan(request: Request, ahead: Ahead | None = None) -> Plan:
    """Find the project, its ledger and the packs, and read the packs' bytes. Raises ProjectFault.

    `ahead` has packs that have just been read, and says which texts are too large to be held: who asks for
    one of those may find that it has changed. Without it, all are held.
    """
    ahead = ahead or _holding()
    sources, sink = SourceMap(), Sink()
    cwd = (request.cwd or Path.cwd()).resolve()
    epoch = _epoch()
    project = find_project(cwd, sources, sink, request.options)
    if project.templates or request.templates is not None:
        from packc.project.templates import find_overrides  # few projects have templates

        project = project._replace(overrides=find_overrides(project, request.templates, cwd, sources))
    settings = Settings(project, chosen_targets(request.targets, project, sink), int(time.time()), epoch)
    if request.ledger is not None:
        settings = settings._replace(ledger=request.ledger)
    elif settings.targets:  # who only reads or formats packs can do without
        settings = settings._replace(ledger=find_ledger(project, sources))
    if request.locked and settings.ledger is None:
        raise fault(NoLedger())
    texts = tuple(_texts(sources, request))  # all sources that there are yet
    planner = _Planner(settings, request, cwd, sources, sink, ahead)
    jobs = tuple(planner.jobs())
    return Plan(request, settings, jobs, sources, sink, texts)


def _holding() -> Ahead:
    ahead = Ahead()
    ahead.largest = MOST
    return ahead


def _texts(sources: SourceMap, request: Request) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each source.

    A ledger that somebody gave counts as the text that it will be, so that a build after a release finds
    what the release has made.
    """
    yield from ((source.name, source.text) for source in sources)
    if request.ledger is not None:
        from packc.identity.ledger import render  # read from its file otherwise

        yield FILE_NAME, render(request.ledger)


class _Planner:
    def __init__(
        self,
        settings: Settings,
        request: Request,
        cwd: Path,
        sources: SourceMap,
        sink: Sink,
        ahead: Ahead,
    ) -> None:
        self._settings, self._request, self._cwd = settings, request, cwd
        self._sources, self._sink, self._ahead = sources, sink, ahead
        self._shown, self._most = names_from(cwd), settings.project.limits.file_bytes

    def jobs(self) -> Iterator[Job]:
        paths = self._request.paths
        if STDIN in paths:
            data = self._request.stdin or b""
            yield Job(self._sources.reserve(data, "<stdin>"), "<stdin>", data, self._settings.now)
        files = [self._cwd / path for path in paths if path != STDIN]
        if files or not paths:
            walk = self._ahead.walk
            found = find_packs(self._settings.project, files, self._cwd, self._sink, walk)
            yield from filter(None, map(self._job, found))

    def _job(self, file: PackFile) -> Job | None:
        """Return the job of `file`; None, and a report, if it cannot be read."""
        name = self._shown(file.path)
        try:
            read = self._read(file.path)
        except OSError as error:
            size = _size_of(file.path)
            if error.errno == errno.EFBIG and size > self._most:
                self._sink.report(FileTooLarge(size, self._most), file=name)
            else:
                self._sink.report(UnreadableFile(name, error.strerror or "unreadable"), file=name)
            return None
        number = self._sources.reserve(file.path if read.data is None else read.data, name)
        changed = min(read.changed, self._settings.now)
        return Job(number, name, read.data, changed, file.path, file.root, read.source)

    def _read(self, path: str) -> PackRead:
        """Return the pack at `path`. Raises OSError, also if it is too large."""
        read = self._ahead.read(path, self._most)
        if self._request.contents:
            return read._replace(data=self._request.contents.get(Path(path), read.data))
        return read


def _size_of(path: str) -> int:
    try:
        return os.stat(path).st_size  # noqa: PTH116 (a path as text, as all are here)
    except OSError:
        return 0


def _epoch() -> int | None:
    written = os.environ.get(EPOCH)
    if not written:
        return None
    if not (written.isascii() and written.isdigit() and int(written) <= _LAST_SECOND):
        raise fault(BadEpoch(written))
    return int(written)
