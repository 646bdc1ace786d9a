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
from packc.build.fresh import Holds, Keyed, Known, keyed, look_up, of_cache
from packc.build.glance import sight_of
from packc.build.job import Asked, Outcome
from packc.build.join import Joined
from packc.build.lastbuild import (
    LastBuild,
    Line,
    Sight,
    file_of,
    line_of,
    read_last_build,
)
from packc.build.means import Means
from packc.build.output import Lost, Output, Published, output_bytes, size_of
from packc.build.plan import Plan
from packc.build.publish import has_orphans, publish
from packc.build.report import Came
from packc.build.request import NOTHING_KNOWN, Ahead
from packc.build.spool import Spool
from packc.build.stamps import Left
from packc.build.whole import write_sealed
from packc.build.work import Task, Worker, with_texts, work


class Run:
    """A build of `plan` into the folder `out`; `given` is that folder if somebody named it.

    `ahead` has what is known already of the last build of the same.
    """

    def __init__(
        self, plan: Plan, out: Path, means: Means, given: Path | None = None, ahead: Ahead | None = None
    ) -> None:
        self._plan, self._out, self._means = plan, out, means
        self._ahead = ahead or Ahead()
        self._cache: Cache | None = None
        self._jobs: Sequence[Keyed] = ()
        self._inputs = ""  # a digest of all that this build begins with
        self._last, self._before = LastBuild(), NOTHING_KNOWN
        self._holds = Holds(plan.settings)
        self._made = 0  # bytes of artefacts
        self._spool = Spool()
        self.uncached = "" if means.cache is None else why_not(means.cache)
        if means.cache is not None and not self.uncached:
            self._cache = Cache(means.cache, _digest(plan.basis, code_digest()))
            self._jobs = keyed(plan, self._cache)
            keys = [each.key for each in self._jobs]
            self._inputs = _digest(plan.complete, plan.locked, tuple(plan.sink), keys)
            self._file = file_of(means.cache, plan.request, given)
            last = self._ahead.last or read_last_build(self._file)
            if last.out == str(out):
                self._last, self._before = last, self._ahead.known
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
        left = last.left
        if not self.is_as_before or not left.is_in_place(self._out) or has_orphans(self._out):
            return None
        came = last.came()
        if came is None or self._cache is None:
            return None
        self.fresh = came.packs
        sight = self._sight()
        if not last.asked and sight != last.sight:
            with suppress(OSError):  # then the next build goes this way, too
                write_sealed(self._file, last._replace(sight=sight).holding(list(last.lines())).text)
        sweep(self._cache.folder, 0)
        return came, tuple(left.published)

    @cached_property
    def known(self) -> tuple[Known, ...]:
        """What the cache knows of each job."""
        if self._cache is None:
            return tuple(Known(job, why="the cache is not used") for job in self._plan.jobs)
        return tuple(look_up(self._jobs, self._cache, self._last, self._holds, self._before))

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
        if len(missing) > 1:  # a lone text is read when its turn has come, which is now
            missing = with_texts(missing)
        done = work(Worker(self._plan.settings, self._cache), missing, self._means, self._spool)
        for known in self.known:
            if known.outcome is not None:
                yield known
            else:
                outcome, told, fault = next(done)
                if self._cache is not None and fault is not None:
                    self._cache.fault = fault
                self._made += sum(map(size_of, outcome.outputs))
                yield known._replace(told=told, outcome=outcome)

    def publish(
        self, joined: Joined, outputs: Sequence[Output | Published]
    ) -> tuple[Came, tuple[Published, ...]]:
        """Publish the outputs and return what the build came to. Raises PublishFault."""
        came = joined.came()
        left = publish(
            self._out,
            outputs,
            known_packs=joined.ids(),
            # A pack that cannot be read may hide its id: its old files would look like a vanished pack's.
            complete=self._plan.complete and not came.has_errors,
            given_up=joined.given_up(),
            left=self._last.left,
            fetch=self._fetch,
        )
        self._remember(came, joined, left)
        return came, tuple(left.published)

    def _fetch(self, output: Output | Published) -> bytes:
        """Return the bytes of an output. What the last build published is looked for in the cache, and what
        is there no more is made again."""
        with suppress(Lost):
            return output_bytes(output)
        job = next(
            each
            for each, known in zip(self._jobs, self.known, strict=True)
            if known.outcome is not None and any(same.path == output.path for same in known.outcome.outputs)
        )
        kept = of_cache(job, self._cache) if self._cache is not None else None
        if kept is not None:
            with suppress(Lost):
                return _bytes_of(kept[1], output.path)
        return _bytes_of(Worker(self._plan.settings, None).do(job.job).outcome, output.path)

    def _remember(self, came: Came, joined: Joined, left: Left) -> None:
        """Let the next build know."""
        cache = self._cache
        if cache is None or cache.fault is not None:
            return
        if not all(known.outcome.lasts for known in self.known if known.outcome is not None):
            return
        asked = [
            (number, *each)
            for number, known in enumerate(self.known)
            if known.outcome is not None
            for each in known.outcome.asked
        ]
        sight = None if asked else self._sight()
        told = encoded(came, many=True)
        last = LastBuild(self._inputs, cache.basis, str(self._out), sight, asked, told, left)
        last = last.holding(list(self._lines(joined, left)))
        try:
            write_sealed(self._file, last.text)
        except OSError as error:
            cache.fault = error
        else:
            self._ahead.keep(last, self.known)
        sweep(cache.folder, self._made)

    def _sight(self) -> Sight | None:
        """Return what lets the next build do with a glance."""
        return sight_of(self._plan, [each.source for each in self._jobs])

    def _lines(self, joined: Joined, left: Left) -> Iterator[Line]:
        """Yield what the next build is to know of each pack."""
        start = 0
        for each, known, outcome in zip(self._jobs, self.known, joined.outcomes, strict=True):
            end = start + (len(outcome.outputs) if outcome.ok else 0)
            stamps = left.stamps[start:end]
            if known.made is not None and known.made.stamps == stamps:
                yield known.made.line
            else:
                about = each.job.name, each.source, each.job.changed, each.key
                ours = Left(left.published[start:end], stamps)
                yield line_of(about, known.outcome_as_json, len(outcome.outputs), ours)
            start = end


def _digest(*values: object) -> str:
    return sha256(repr(values).encode("utf-8", "surrogatepass")).hexdigest()


def _bytes_of(outcome: Outcome, path: str) -> bytes:
    """Return the bytes of the output at `path`. Raises Lost."""
    return next(output_bytes(each) for each in outcome.outputs if each.path == path)
