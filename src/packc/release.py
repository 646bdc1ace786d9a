"""The library's third part: giving questions out to learners, and writing down what they were given."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from packc import api
from packc.api import Report
from packc.backends.registry import infos
from packc.build.compiler import Compiler
from packc.build.fault import PublishFault
from packc.build.join import Joined
from packc.build.locked import looks
from packc.build.plan import Plan, make_plan
from packc.build.report import report_of
from packc.build.request import Request
from packc.build.rewrite import rewrite
from packc.diagnostics import Sink
from packc.diagnostics.rules.ledger import LedgerBegun, LedgerThere, NoLedger, NoProjectToRelease
from packc.diagnostics.rules.release import (
    ClockBehind,
    NamespaceChanged,
    PackRenamed,
    ReleaseWithoutNamespace,
    Renamed,
    RenderedOtherwise,
    TemplatesChanged,
)
from packc.identity import FILE_NAME
from packc.identity.changes import Changes, released, report_decks
from packc.identity.ledger import Ledger, Look, moment_text, render
from packc.identity.standing import Standing
from packc.named import NamedTuple
from packc.project import Project, fault, find_project, ledger_path
from packc.source import SourceMap

_DAY = 86_400
_UNSETTLED = (Renamed.code, PackRenamed.code, NamespaceChanged.code)


class Release(NamedTuple):
    """What a release did or would do. `moment` is its date in UTC seconds.

    `restamped` are entries of unchanged questions that are given out anew, by the wish for a target's new
    form. `rehashed` counts entries that got a hash of the newest version; then nothing else is released.
    `settled` is false where something must be decided first: nothing is written then.
    """

    report: Report
    changes: Changes
    moment: int
    restamped: int = 0
    rehashed: int = 0
    settled: bool = True
    written: bool = False


def release(
    paths: Sequence[Path | str],
    *,
    cwd: Path | None = None,
    dry_run: bool = False,
    restamp: Sequence[str] = (),
    decks: Sequence[Path] = (),
    new_ledger: bool = False,
) -> Release:
    """Give out what has not been released of `paths` (none: the project's), for all targets of the project.

    Artefacts are written first, the ledger last. `restamp`: targets whose notes are all given out anew.
    `decks`: the last ones given out, of which a lost ledger is made anew; `new_ledger`: it is begun anew.
    Nothing is written with `dry_run`, nor where anything has errors or has to be settled first.
    Raises ProjectFault and PublishFault.
    """
    project = _project(cwd)
    was = _content(ledger_path(project))
    before = _ledger_before(project, paths, cwd, decks, new_ledger=new_ledger)
    plan = make_plan(Request(paths, cwd=cwd, ledger=before))
    compiler = Compiler(plan.settings)
    joined = Joined(plan, (compiler.run(job, emitting=False) for job in plan.jobs))
    if new_ledger and was:
        plan.sink.report(LedgerBegun(), file=FILE_NAME)
    return _Releasing(plan, joined, restamp, was).run(paths, cwd, dry_run=dry_run)


def _project(cwd: Path | None) -> Project:
    project = find_project((cwd or Path.cwd()).resolve(), SourceMap(), Sink())
    if project.file is None:
        raise fault(NoProjectToRelease())
    return project


def _ledger_before(
    project: Project,
    paths: Sequence[Path | str],
    cwd: Path | None,
    decks: Sequence[Path],
    *,
    new_ledger: bool,
) -> Ledger | None:
    """Return the ledger that counts in place of the project's; None if that is to count."""
    if decks:
        if ledger_path(project).exists():
            raise fault(LedgerThere())
        from packc.recover import recovered

        return recovered(paths, cwd, decks)
    if new_ledger:
        return Ledger()
    if not ledger_path(project).exists():
        raise fault(NoLedger())
    return None


def dated_targets() -> tuple[str, ...]:
    """Return the targets whose artefacts say when what is in them changed."""
    return tuple(looks(tuple(infos())))


class _Releasing:
    """One release, once everything was read."""

    def __init__(self, plan: Plan, joined: Joined, restamp: Sequence[str], was: bytes) -> None:
        self._plan, self._joined, self._restamp, self._was = plan, joined, restamp, was
        self._sink = plan.sink
        self._before = plan.settings.ledger or Ledger()
        self._looks = looks(plan.settings.targets)
        self._restamped = 0

    def run(self, paths: Sequence[Path | str], cwd: Path | None, *, dry_run: bool) -> Release:
        self._report_nameless()
        moment = self._moment()
        standings = self._joined.standings()
        report_decks(standings, self._before, self._sink)
        self._report_looks(standings)
        after, rehashed = self._after(standings, moment)
        made = Release(
            report=report_of(self._joined.came(), self._plan.sources, self._plan.settings.project.out_folder),
            changes=self._joined.changes,
            moment=moment,
            restamped=self._restamped,
            rehashed=rehashed,
        )
        unsettled = any(found.code in _UNSETTLED for found in made.report.diagnostics)
        if made.report.exit_code or unsettled or dry_run:
            return made._replace(settled=not unsettled)
        if rehashed:
            self._write(after)
            return made._replace(written=True)
        published = api.build_request(Request(paths, cwd=cwd, ledger=after, locked=True))
        if published.exit_code:
            raise PublishFault("the packs were changed while they were being released", "release again")
        self._write(after)
        return made._replace(
            report=made.report._replace(artefacts=published.artefacts, unreleased=0), written=True
        )

    def _moment(self) -> int:
        """Return the date of this release: later than all that the ledger holds."""
        settings, newest = self._plan.settings, self._before.newest
        now = settings.now if settings.epoch is None else settings.epoch
        if now < newest - _DAY:
            self._sink.report(ClockBehind(moment_text(now), moment_text(newest)), file=FILE_NAME)
        return max(now, newest + 1)

    def _report_nameless(self) -> None:
        for outcome in self._joined.outcomes:
            if outcome.sound and not outcome.facts.named:
                self._sink.report(ReleaseWithoutNamespace(outcome.facts.id), outcome.facts.span)

    def _report_looks(self, standings: Iterable[Standing]) -> None:
        for target, today in self._looks.items():
            known = self._before.looks.get(target)
            if known is None:
                continue
            if known.templates != today.templates:
                self._sink.report(TemplatesChanged(target), file=FILE_NAME)
            notes = sum(len(each.entries) - len(each.unreleased) for each in standings)
            if known.renderer != today.renderer and target not in self._restamp and notes:
                self._sink.report(RenderedOtherwise(target, notes), file=FILE_NAME)

    def _after(self, standings: Sequence[Standing], moment: int) -> tuple[Ledger, int]:
        """Return the ledger after this release, and how many entries it only hashes anew."""
        rehashed = [entry for each in standings for entry in each.rehashed]
        if rehashed:
            entries = {**self._before.entries, **{entry.guid: entry for entry in rehashed}}
            return self._before._replace(entries=entries), len(rehashed)
        if self._restamp:
            self._restamped = sum(len(each.entries) - len(each.unreleased) for each in standings)
            standings = [each._replace(unreleased=tuple(each.entries)) for each in standings]
        after = {name: self._look_after(name, look, moment) for name, look in self._looks.items()}
        return released(self._before, standings, self._joined.changes.gone, moment, after), 0

    def _look_after(self, target: str, today: Look, moment: int) -> Look:
        look = today.after(self._before.looks.get(target), moment)
        return look._replace(renderer=today.renderer) if target in self._restamp else look

    def _write(self, after: Ledger) -> None:
        """Write the ledger, unless somebody else did meanwhile."""
        path = ledger_path(self._plan.settings.project)
        if _content(path) != self._was:
            raise PublishFault(f"{path} was changed while this release was made", "release again")
        text = render(after)
        if text.encode("utf-8") != self._was:
            rewrite(path, text)


def _content(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""
