"""A build that publishes nothing but what was released."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from packc.backends.base import Dated
from packc.backends.registry import load
from packc.build.job import Settings
from packc.diagnostics import Sink
from packc.diagnostics.rules.release import Unreleased
from packc.identity import FILE_NAME
from packc.identity.changes import Changes
from packc.identity.ledger import Look, pack_key
from packc.identity.standing import Standing


def report_unreleased(
    found: Changes, standings: Sequence[Standing], settings: Settings, sink: Sink
) -> set[str]:
    """Report everything that learners would get and that no release gave out; return the ids of its packs."""
    for question in (*found.new, *found.changed):
        sink.report(Unreleased(f"question {question.entry.shown}"), question.place)
    for entry in found.gone:
        sink.report(Unreleased(f"the removal of question {entry.shown} of `{entry.pack}`"), file=FILE_NAME)
    fewer = {pack_key(entry.namespace, entry.pack) for entry in found.gone}
    ids = {
        standing.id
        for standing in standings
        if standing.unreleased or pack_key(standing.pack.namespace, standing.pack.id) in fewer
    }
    released = settings.ledger.looks if settings.ledger is not None else {}
    for target, look in looks(settings.targets).items():
        known = target in released and released[target].templates == look.templates
        if not known and not look.published:  # packc's own templates have a date of their own
            sink.report(Unreleased(f"the look of `{target}`"), file=FILE_NAME)
            ids |= {standing.id for standing in standings}
    return ids


def looks(targets: Sequence[str]) -> Mapping[str, Look]:
    """Return how those of `targets` that keep a look show questions today."""
    backends = {target: load(target) for target in targets}
    return {name: backend.look() for name, backend in backends.items() if isinstance(backend, Dated)}
