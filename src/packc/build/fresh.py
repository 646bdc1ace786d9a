"""Which jobs have been done before, and why the others have not."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from packc.build.cache import Cache, Header
from packc.build.job import Asked, Job, Outcome
from packc.build.lastrun import LastRun, Seen
from packc.build.plan import Plan

if TYPE_CHECKING:
    from packc.build.surroundings import Surroundings


class Known(NamedTuple):
    """What the cache knows of a job: its outcome, or `why` it has to be done."""

    job: Job
    key: str = ""
    header: Header | None = None
    outcome: Outcome | None = None
    why: str = ""

    @property
    def seen(self) -> Seen:
        return Seen(self.key, sha256(self.job.data).hexdigest(), self.job.changed)


def look_up(plan: Plan, cache: Cache | None, last: LastRun) -> Iterator[Known]:
    """Yield what is known of each job of the plan, in its order."""
    if cache is None:
        yield from (Known(job, why="the cache is not used") for job in plan.jobs)
        return
    holds = _Holds(plan)
    dated = plan.settings.epoch is None
    for job in plan.jobs:
        key = cache.key(job, dated=dated)
        header = last.headers.get(key) or cache.read(key)
        outcome = cache.outcome(key, header, job.number) if header is not None else None
        if outcome is None:
            yield Known(job, key, why=_why(job, cache, last))
            continue
        other = next((asked for asked in outcome.asked if not holds(job, asked)), None)
        if other is None:
            yield Known(job, key, header, outcome)
        else:
            yield Known(job, key, why=f"{other.kind} `{other.about}` is another one")


class _Holds:
    """Tells whether an answer is what it was. What reads images is loaded for the first question."""

    def __init__(self, plan: Plan) -> None:
        self._settings = plan.settings
        self._surroundings: Surroundings | None = None

    def __call__(self, job: Job, asked: Asked) -> bool:
        if self._surroundings is None:
            from packc.build.surroundings import Surroundings

            self._surroundings = Surroundings(self._settings)
        return self._surroundings.holds(job, asked)


def _why(job: Job, cache: Cache, last: LastRun) -> str:
    """Return why there is no outcome of `job`, as far as the last build tells."""
    seen = last.packs.get(job.name)
    if seen is None:
        return "there is no earlier build of it"
    if last.basis != cache.basis:
        return "the settings, or packc itself, are others"
    if seen.source != sha256(job.data).hexdigest():
        return "its text is another one"
    if seen.changed != job.changed:
        return "the file was changed at another time"
    return "it is not in the cache any more"
