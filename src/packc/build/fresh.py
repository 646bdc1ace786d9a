"""Which jobs have been done before, and why the others have not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from packc.ast.kinds import Kind
from packc.build.cache import Cache
from packc.build.codec import Undecodable, decoded
from packc.build.job import Asked, Facts, Job, Outcome, Settings
from packc.build.lastbuild import LastBuild, Made
from packc.build.output import Published
from packc.build.plan import Plan
from packc.build.whole import as_json
from packc.named import NamedTuple
from packc.source import Span
from packc.source import new_span as new

if TYPE_CHECKING:
    from packc.build.surroundings import Surroundings


_NOTHING_ELSE = [True, True, [], [], [], [], []]  # of an outcome after its facts
_KINDS = {kind.value: kind for kind in Kind}


class Keyed(NamedTuple):
    """A job with the digest of its text, and with the name of its entry in the cache."""

    job: Job
    source: str
    key: str


class Known(NamedTuple):
    """What is known of a job: its outcome, or `why` it has to be done.

    `made` is what the last build made of it, if that is the same; else `told` is the outcome without outputs
    as JSON, '' if the cache does not have it.
    """

    job: Job
    key: str = ""
    made: Made | None = None
    told: str = ""
    outcome: Outcome | None = None
    why: str = ""

    @property
    def outcome_as_json(self) -> str:
        return as_json(self.made.outcome) if self.made is not None else self.told


def keyed(plan: Plan, cache: Cache) -> list[Keyed]:
    """Return the jobs of the plan with their keys."""
    dated = plan.settings.epoch is None
    sources = [job.source or sha256(job.text).hexdigest() for job in plan.jobs]
    return [
        Keyed(job, source, cache.key(job, source, dated=dated))
        for job, source in zip(plan.jobs, sources, strict=True)
    ]


def look_up(
    jobs: Iterable[Keyed], cache: Cache, last: LastBuild, holds: Holds, before: Mapping[str, Known]
) -> Iterator[Known]:
    """Yield what is known of each job, in order.

    `before` has, by their keys, those of the last build that asked nothing and were published whole.
    """
    packs = last.packs()
    for each in jobs:
        job, key = each.job, each.key
        same = before.get(key)
        if same is not None and same.job.number == job.number:
            yield same
            continue
        made, told = packs.get(job.name), ""
        outcome = _of_last_build(each, made) if made is not None else None
        if outcome is None:
            told, outcome = of_cache(each, cache) or ("", None)
        if outcome is None:
            yield Known(job, key, why=_why(each, made, is_same=last.basis == cache.basis))
            continue
        other = next((asked for asked in outcome.asked if not holds(job, asked)), None)
        if other is None:
            yield Known(job, key, made if not told else None, told, outcome)
        else:
            yield Known(job, key, why=f"{other.kind} `{other.about}` is another one")


def _of_last_build(each: Keyed, made: Made) -> Outcome | None:
    """Return what the last build knew of a job, if it published all of it: no entry need be opened."""
    if made.key != each.key or made.outputs != len(made.published):
        return None
    outputs = tuple(made.published)
    outcome = quiet(made.outcome, each.job.number, outputs)
    if outcome is not None:
        return outcome
    try:
        told: Outcome = decoded(Outcome, made.outcome, each.job.number)
    except Undecodable:
        return None
    return told._replace(outputs=outputs)


def quiet(data: Any, number: int, outputs: tuple[Published, ...] = ()) -> Outcome | None:
    """Return the outcome that `encoded` made `data` of, if nothing is to be said of the pack; else None.

    Most are of this kind. The codec finds out first how each type is decoded, and takes eight times as long.
    """
    try:
        name, facts, *others = data
        identifier, (start, end), named, *more, kinds, standing = facts
        if others != _NOTHING_ELSE or more != [[], []] or standing is not None:
            return None
        counts = {_KINDS[kind]: count for kind, count in kinds}
    except (ValueError, TypeError, KeyError):
        return None
    facts = new(Facts, (identifier, new(Span, (number, start, end)), named, {}, (), counts, None))
    return new(Outcome, (name, facts, True, True, (), (), (), (), outputs))


def of_cache(each: Keyed, cache: Cache) -> tuple[str, Outcome] | None:
    """Return what the cache has of a job: its outcome without outputs as JSON, and with them."""
    header = cache.read(each.key)
    outcome = cache.outcome(each.key, header, each.job.number) if header is not None else None
    return (as_json(header.data[0]), outcome) if header is not None and outcome is not None else None


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


def _why(keyed: Keyed, made: Made | None, *, is_same: bool) -> str:
    """Return why there is no outcome of a job, as far as the last build tells.

    `is_same`: it had the same settings.
    """
    if made is None:
        return "there is no earlier build of it"
    if not is_same:
        return "the settings, or packc itself, are others"
    if made.source != keyed.source:
        return "its text is another one"
    if made.changed != keyed.job.changed:
        return "the file was changed at another time"
    return "it is not in the cache any more"
