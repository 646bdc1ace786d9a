"""One build: what is known already is taken from the cache, the rest is done, and all of it published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from packc.build.cache import Cache
from packc.build.cachefolder import sweep, why_not
from packc.build.code import code_digest
from packc.build.fresh import Known, look_up
from packc.build.job import Outcome
from packc.build.join import Joined
from packc.build.lastrun import LastRun, read_last_run, write_last_run
from packc.build.manifest import Published
from packc.build.means import Means
from packc.build.output import Lost, Output, output_bytes, size_of
from packc.build.plan import Plan
from packc.build.publish import described, has_orphans, publish
from packc.build.stamps import Stamp, all_in_place
from packc.build.work import Task, Worker, work


class Run:
    """A build of `plan` into the folder `out`."""

    def __init__(self, plan: Plan, out: Path, means: Means) -> None:
        self._plan, self._out, self._means = plan, out, means
        self._cache: Cache | None = None
        self._last = LastRun()
        self._made = 0  # bytes of artefacts
        self.uncached = "" if means.cache is None else why_not(means.cache)
        if means.cache is not None and not self.uncached:
            self._cache = Cache(means.cache, _digest(plan.basis, code_digest()))
            name = _digest(str(plan.settings.project.root), str(out), plan.settings.targets)
            self._file = means.cache / "runs" / name
            self._last = read_last_run(self._file)
        self.known = tuple(look_up(plan, self._cache, self._last))
        self.fresh = sum(known.outcome is not None for known in self.known)  # packs that the cache knew

    @property
    def why_uncached(self) -> str:
        """Why the cache cannot be used, or not be written; '' if all is well."""
        fault = self._cache.fault if self._cache is not None else None
        return (fault.strerror or str(fault)).lower() if fault else self.uncached

    def outcomes(self) -> list[Outcome]:
        """Return the outcome of every job, in the order of the plan."""
        self.known = tuple(self._done())
        return [known.outcome for known in self.known if known.outcome is not None]

    def _done(self) -> Iterator[Known]:
        missing = [Task(known.job, known.key) for known in self.known if known.outcome is None]
        done = work(Worker(self._plan.settings, self._cache), missing, self._means)
        for known in self.known:
            if known.outcome is not None:
                yield known
            else:
                outcome, header, fault = next(done)
                if self._cache is not None and fault is not None:
                    self._cache.fault = fault
                self._made += sum(map(size_of, outcome.outputs))
                yield known._replace(header=header, outcome=outcome)

    def publish(self, joined: Joined, outputs: Sequence[Output], *, complete: bool) -> tuple[Published, ...]:
        """Publish the outputs; if all of them are in place, nothing is written. Raises PublishFault."""
        known, given_up = joined.ids(), joined.given_up()
        published = tuple(map(described, outputs))
        listing = ["\t".join(map(str, each)) for each in published]
        request = _digest(listing, sorted(known), complete, given_up)
        stamps = dict(self._last.stamps)
        if not (request == self._last.request and self._is_in_place(published)):
            publish(
                self._out,
                outputs,
                known_packs=known,
                complete=complete,
                given_up=given_up,
                stamps=stamps,
                fetch=self._fetch,
            )
        self._remember(request, stamps)
        return published

    def _is_in_place(self, published: Sequence[Published]) -> bool:
        if not published:
            return False
        return all_in_place(self._out, published, self._last.stamps) and not has_orphans(self._out)

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

    def _remember(self, request: str, stamps: Mapping[str, Stamp]) -> None:
        """Let the next build know, unless there is nothing new."""
        if self._cache is None or self._cache.fault is not None:
            return
        packs = {known.job.name: known.seen for known in self.known}
        headers = {known.key: known.header for known in self.known if known.header is not None}
        if not self._plan.complete:
            packs = {**self._last.packs, **packs}
            keys = {seen.key for seen in packs.values()}
            headers = {**{k: v for k, v in self._last.headers.items() if k in keys}, **headers}
        run = LastRun(self._cache.basis, packs, headers, request, stamps)
        if run != self._last:
            try:
                write_last_run(self._file, run)
            except OSError as error:
                self._cache.fault = error
        sweep(self._cache.folder, self._made)


def _digest(*values: object) -> str:
    return sha256(repr(values).encode("utf-8", "surrogatepass")).hexdigest()
