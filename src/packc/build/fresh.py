"""Which jobs have been done before, and why the others have not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import TYPE_CHECKING

from packc.build.cache import Cache, Header
from packc.build.job import Asked, Job, Outcome, Settings
from packc.build.lastrun import LastRun, Seen
from packc.build.plan import Plan
from packc.named import NamedTuple

if TYPE_CHECKING:
    from packc.build.surroundings import Surroundings


class Keyed(NamedTuple):
    """A job with the digest of its text, and with the name of its entry in the cache."""

    job: Job
    source: str
    key: str

    @property
    def seen(self) -> Seen:
        return Seen(self.key, self.source, self.job.changed)


class Known(NamedTuple):
    """What the cache knows of a job: its outcome, or `why` it has to be done."""

    job: Job
    key: str = ""
    header: Header | None = None
    outcome: Outcome | None = None
    why: str = ""


def keyed(plan: Plan, cache: Cache) -> list[Keyed]:
    """Return the jobs of the plan with their keys."""
    dated = plan.settings.epoch is None
    sources = [sha256(job.data).hexdigest() for job in plan.jobs]
    return [
        Keyed(job, source, cache.key(job, source, dated=dated))
        for job, source in zip(plan.jobs, sources, strict=True)
    ]


def look_up(jobs: Iterable[Keyed], cache: Cache, last: LastRun, holds: Holds) -> Iterator[Known]:
    """Yield what is known of each job, in order."""
    for each in jobs:
        job, key = each.job, each.key
        header = last.headers.get(key) or cache.read(key)
        outcome = cache.outcome(key, header, job.number) if header is not None else None
        if outcome is None:
            yield Known(job, key, why=_why(each, cache, last))
            continue
        other = next((asked for asked in outcome.asked if not holds(job, asked)), None)
        if other is None:
            yield Known(job, key, header, outcome)
        else:
            yield Known(job, key, why=f"{other.kind} `{other.about}` is another one")


class Holds:
    """Tells whether an answer is what it was. What reads images is loaded for the first question."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._surroundings: Surroundings | None = None

    def __call__(self, job: Job, asked: Asked) -> bool:
        if self._surroundings is None:
            from packc.build.surroundings import Surroundings

            self._surroundings = Surroundings(self._settings)
        return self._surroundings.holds(job, asked)


def _why(keyed: Keyed, cache: Cache, last: LastRun) -> str:
    """Return why there is no outcome of a job, as far as the last build tells."""
    seen = last.packs.get(keyed.job.name)
    if seen is None:
        return "there is no earlier build of it"
    if last.basis != cache.basis:
        return "the settings, or packc itself, are others"
    if seen.source != keyed.source:
        return "its text is another one"
    if seen.changed != keyed.job.changed:
        return "the file was changed at another time"
    return "it is not in the cache any more"
