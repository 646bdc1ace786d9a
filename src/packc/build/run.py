"""One build: what is known already is taken from the cache, the rest is done, and all of it published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from packc.build.cache import Cache
from packc.build.cachefolder import sweep, why_not
from packc.build.code import code_digest
from packc.build.codec import encoded
from packc.build.fresh import Holds, Keyed, Known, keyed, look_up
from packc.build.glance import allow_glance
from packc.build.job import Asked, Outcome
from packc.build.join import Joined
from packc.build.lastbuild import LastBuild, read_last_build, rows_of, write_last_build
from packc.build.lastrun import LastRun, read_last_run, write_last_run
from packc.build.manifest import Published
from packc.build.means import Means
from packc.build.output import Lost, Output, output_bytes, size_of
from packc.build.plan import Plan
from packc.build.publish import has_orphans, publish
from packc.build.report import Came
from packc.build.spool import Spool
from packc.build.stamps import Left
from packc.build.work import Task, Worker, work


class Run:
    """A build of `plan` into the folder `out`; `given` is that folder if somebody named it."""

    def __init__(self, plan: Plan, out: Path, means: Means, given: Path | None = None) -> None:
        self._plan, self._out, self._means, self._given = plan, out, means, given
        self._cache: Cache | None = None
        self._jobs: Sequence[Keyed] = ()
        self._inputs = ""  # a digest of all that this build begins with
        self._last = LastBuild()
        self._holds = Holds(plan.settings)
        self._made = 0  # bytes of artefacts
        self._spool = Spool()
        self.uncached = "" if means.cache is None else why_not(means.cache)
        if means.cache is not None and not self.uncached:
            self._cache = Cache(means.cache, _digest(plan.basis, code_digest()))
            self._jobs = keyed(plan, self._cache)
            keys = [each.key for each in self._jobs]
            self._inputs = _digest(plan.complete, plan.locked, tuple(plan.sink), keys)
            name = _digest(str(plan.settings.project.root), str(out), plan.settings.targets)
            self._packs_file = means.cache / "runs" / name
            self._file = means.cache / "builds" / name
            self._last = read_last_build(self._file)
        self.fresh = 0  # packs that the cache knew

    @property
    def why_uncached(self) -> str:
        """Why the cache cannot be used, or not be written; '' if all is well."""
        fault = self._cache.fault if self._cache is not None else None
        return (fault.strerror or str(fault)).lower() if fault else self.uncached

    @cached_property
    def is_as_before(self) -> bool:
        """Whether the last build began with the same, and what it asked would be answered as then."""
        jobs = self._plan.jobs
        return self._inputs == self._last.inputs != "" and all(
            number < len(jobs) and self._holds(jobs[number], Asked(*asked))
            for number, *asked in self._last.asked
        )

    def again(self) -> tuple[Came, tuple[Published, ...]] | None:
        """Return what the last build came to if this one would be the same and has nothing to write."""
        last = self._last
        if not self.is_as_before or not last.is_in_place(self._out) or has_orphans(self._out):
            return None
        came = last.came()
        if came is None or self._cache is None:
            return None
        self.fresh = came.packs
        with suppress(OSError):  # then the next build goes this way, too
            self._allow_glance(self._cache)
        sweep(self._cache.folder, 0)
        return came, last.published

    @cached_property
    def known(self) -> tuple[Known, ...]:
        """What the cache knows of each job."""
        if self._cache is None:
            return tuple(Known(job, why="the cache is not used") for job in self._plan.jobs)
        self._last_run = read_last_run(self._packs_file)
        return tuple(look_up(self._jobs, self._cache, self._last_run, self._holds))

    def foreseen(self) -> Iterator[tuple[str, str]]:
        """Yield the name of each pack, and why it has to be done, '' if it has not."""
        if self.is_as_before:
            yield from ((job.name, "") for job in self._plan.jobs)
        else:
            yield from ((known.job.name, known.why) for known in self.known)

    def outcomes(self) -> list[Outcome]:
        """Return the outcome of every job, in the order of the plan."""
        self.fresh = sum(known.outcome is not None for known in self.known)
        self.known = tuple(self._done())
        return [known.outcome for known in self.known if known.outcome is not None]

    def _done(self) -> Iterator[Known]:
        missing = [Task(known.job, known.key) for known in self.known if known.outcome is None]
        done = work(Worker(self._plan.settings, self._cache), missing, self._means, self._spool)
        for known in self.known:
            if known.outcome is not None:
                yield known
            else:
                outcome, header, fault = next(done)
                if self._cache is not None and fault is not None:
                    self._cache.fault = fault
                self._made += sum(map(size_of, outcome.outputs))
                yield known._replace(header=header, outcome=outcome)

    def publish(self, joined: Joined, outputs: Sequence[Output]) -> tuple[Came, tuple[Published, ...]]:
        """Publish the outputs and return what the build came to. Raises PublishFault."""
        came = joined.came()
        left = Left(self._last.stamps, (*self._last.published, *self._last.others))
        published = publish(
            self._out,
            outputs,
            known_packs=joined.ids(),
            # A pack that cannot be read may hide its id: its old files would look like a vanished pack's.
            complete=self._plan.complete and not came.has_errors,
            given_up=joined.given_up(),
            left=left,
            fetch=self._fetch,
        )
        self._remember(came, published, left)
        return came, published

    def _fetch(self, output: Output) -> bytes:
        """Return the bytes of an output. What the cache has lost since is made again."""
        try:
            return output_bytes(output)
        except Lost:
            made_of = {
                each.path: known.job
                for known in self.known
                if known.outcome is not None
                for each in known.outcome.outputs
            }
            outcome = Worker(self._plan.settings, None).do(made_of[output.path]).outcome
            return next(output_bytes(each) for each in outcome.outputs if each.path == output.path)

    def _remember(self, came: Came, published: tuple[Published, ...], left: Left) -> None:
        """Let the next build know."""
        if self._cache is None or self._cache.fault is not None:
            return
        if not all(known.outcome.lasts for known in self.known if known.outcome is not None):
            return
        asked = tuple(
            (number, *each)
            for number, known in enumerate(self.known)
            if known.outcome is not None
            for each in known.outcome.asked
        )
        told = encoded(came, many=True)
        ours = {each.path for each in published}
        others = tuple(each for each in left.listed if each.path not in ours)
        try:
            rows, further = rows_of(published, left.stamps)
            last = LastBuild(self._inputs, asked, told, rows, others, further)
            write_last_build(self._file, last)
            self._last = last
            self._allow_glance(self._cache)
            run = self._run()
            if run != self._last_run:
                write_last_run(self._packs_file, run)
        except OSError as error:
            self._cache.fault = error
        sweep(self._cache.folder, self._made)

    def _allow_glance(self, cache: Cache) -> None:
        """Let the next build do with a glance, if nothing else counts. Raises OSError."""
        if not self._last.asked:
            sources = [each.source for each in self._jobs]
            inputs, last = self._inputs, self._file.name
            allow_glance(cache.folder, self._plan, self._given, self._out, inputs, last, sources)

    def _run(self) -> LastRun:
        """Return what this build has made of each pack, and what an earlier one has of others."""
        packs = {each.job.name: each.seen for each in self._jobs}
        headers = {known.key: known.header for known in self.known if known.header is not None}
        if not self._plan.complete:
            packs = {**self._last_run.packs, **packs}
            keys = {seen.key for seen in packs.values()}
            headers = {**{k: v for k, v in self._last_run.headers.items() if k in keys}, **headers}
        return LastRun(self._cache.basis if self._cache is not None else "", packs, headers)


def _digest(*values: object) -> str:
    return sha256(repr(values).encode("utf-8", "surrogatepass")).hexdigest()
