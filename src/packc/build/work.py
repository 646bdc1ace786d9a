"""Doing jobs: in this process, in several, or on a cluster, with the same outcomes in the same order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from packc.build.cache import Cache, Header
from packc.build.job import Job, Outcome, Settings
from packc.build.means import Means

if TYPE_CHECKING:
    from packc.build.compiler import Compiler


class Worker:
    """Does jobs with these settings and keeps what comes out in the cache, if there is one."""

    def __init__(self, settings: Settings, cache: Cache | None) -> None:
        self.settings, self.cache = settings, cache
        self._compiler: Compiler | None = None

    def do(self, job: Job, key: str = "") -> tuple[Header | None, Outcome]:
        """Return the outcome, and what the cache has of it. Raises ProjectFault, PublishFault."""
        from packc.build.compiler import Compiler  # reads and writes: what is known already needs neither

        if self._compiler is None:
            self._compiler = Compiler(self.settings)
        outcome = self._compiler.run(job, emitting=True)
        return (None, outcome) if self.cache is None else self.cache.keep(key, outcome)


def work(
    worker: Worker, jobs: Sequence[tuple[Job, str]], means: Means
) -> Iterator[tuple[Header | None, Outcome]]:
    """Yield what `worker` makes of each job. Raises ProjectFault, PublishFault."""
    for number, (job, key) in enumerate(jobs):
        if means.progress is not None:
            means.progress(number, len(jobs))
        yield worker.do(job, key)
