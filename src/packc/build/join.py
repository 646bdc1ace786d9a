"""The outcomes of all jobs, in the order of the plan: what packs do to each other, and what is to be said."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import chain
from typing import TYPE_CHECKING

from packc.ast.kinds import Kind
from packc.backends.registry import infos
from packc.build.job import Outcome
from packc.build.output import Output, Published
from packc.build.plan import Plan
from packc.build.report import Came
from packc.diagnostics import Diagnostic, Label
from packc.diagnostics.rules.identity import DuplicatePackId, NoNamespace, SameFile
from packc.diagnostics.rules.remarks import LivingAlias, UnusedIgnore
from packc.source import Span

if TYPE_CHECKING:
    from packc.identity.changes import Changes
    from packc.identity.standing import Standing


class Joined:
    """What all packs of a run come to. Packs that stand in each other's way are reported and set aside."""

    def __init__(self, plan: Plan, outcomes: Iterable[Outcome]) -> None:
        self._sink = plan.sink
        self._changes: Changes | None = None
        self.outcomes = list(outcomes)
        for outcome in self.outcomes:
            self._sink.adopt(outcome.findings, outcome.ignores)
        unnamed = next((each for each in self.outcomes if each.sound and not each.facts.named), None)
        if unnamed is not None:  # one message for all
            self._sink.report(NoNamespace(), unnamed.facts.span)
        self._report_clashing_ids()
        self._compare_with_ledger(plan)
        self._sink.adopt(chain.from_iterable(each.losses for each in self.outcomes if each.sound))
        self._report_unused_ignores()

    def outputs(self) -> list[Output | Published]:
        """Return what is to be published. Packs that would share a file are reported and set aside."""
        found = [output for outcome in self._good() for output in outcome.outputs]
        # Names that differ in case only are one file on Windows and macOS.
        if len({output.path.casefold() for output in found}) == len(found):
            return found
        owners: dict[str, Outcome] = {}
        clashing: set[str] = set()
        for outcome in self._good():
            for output in outcome.outputs:
                earlier = owners.setdefault(output.path.casefold(), outcome)
                if earlier is not outcome:
                    labels = _label(earlier.facts.span, "the other pack")
                    self._sink.report(SameFile(output.path), outcome.facts.span, labels=labels)
                    clashing |= {earlier.facts.id, outcome.facts.id}
        self._set_aside(clashing)
        return [output for outcome in self._good() for output in outcome.outputs]

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Return everything that was found, in order of files and places."""
        return tuple(sorted(self._sink, key=_place))

    def kinds(self) -> Mapping[Kind, int]:
        """Return how many questions there are of each kind that there is."""
        counts = dict.fromkeys(Kind, 0)
        for outcome in self.outcomes:
            for kind, count in outcome.facts.kinds.items():
                counts[kind] += count
        return {kind: count for kind, count in counts.items() if count}

    def came(self) -> Came:
        """Return what was found and made so far."""
        return Came(
            self.diagnostics(),
            len(self.outcomes),
            self.kinds(),
            sum(outcome.facts.unreleased for outcome in self.outcomes),
            tuple(outcome.name for outcome in self.outcomes if not outcome.ok),
        )

    def ids(self) -> set[str]:
        return {outcome.facts.id for outcome in self.outcomes}

    def given_up(self) -> list[tuple[str, str]]:
        """Return the pairs of pack and target that front matter rules out."""
        return [
            (outcome.facts.id, name)
            for outcome in self._good()
            if outcome.facts.only
            for name in infos()
            if name not in outcome.facts.only
        ]

    def _good(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.ok]

    def _report_clashing_ids(self) -> None:
        seen: dict[str, Outcome] = {}
        clashing: set[str] = set()
        for outcome in self.outcomes:
            earlier = seen.setdefault(outcome.facts.id.casefold(), outcome)
            if earlier is not outcome:
                labels = _label(earlier.facts.span, "the first one is here")
                self._sink.report(DuplicatePackId(outcome.facts.id), outcome.facts.span, labels=labels)
                clashing |= {earlier.facts.id, outcome.facts.id}
        for outcome in self.outcomes:
            for alias, place in outcome.facts.aliases.items():
                owner = seen.setdefault(alias.casefold(), outcome)
                if owner is not outcome:
                    labels = _label(owner.facts.span, "it is here")
                    self._sink.report(LivingAlias(alias), place, labels=labels)
                    clashing |= {owner.facts.id, outcome.facts.id}
        self._set_aside(clashing)

    @property
    def changes(self) -> Changes:
        """What a release would change; nothing, where there is no ledger."""
        from packc.identity.changes import NOTHING_CHANGED

        return self._changes or NOTHING_CHANGED

    def standings(self) -> list[Standing]:
        """Return how the packs without errors stand to the ledger, if there is one."""
        return [each.facts.standing for each in self.outcomes if each.sound and each.facts.standing]

    def _compare_with_ledger(self, plan: Plan) -> None:
        """Find out what a release would change. What is missing counts as gone if all packs were read."""
        ledger = plan.settings.ledger
        if ledger is None:
            return
        from packc.identity.changes import changes, report_renames  # most checks have no ledger

        standings = self.standings()
        complete = plan.complete and len(standings) == len(self.outcomes)
        self._changes = changes(standings, ledger, complete=complete)
        report_renames(self._changes, standings, self._sink)
        if plan.locked:
            from packc.build.locked import report_unreleased

            self._set_aside(report_unreleased(self._changes, standings, plan.settings, self._sink))

    def _set_aside(self, clashing: Collection[str]) -> None:
        """Publish nothing of the packs with these ids."""
        self.outcomes = [
            each._replace(sound=False, ok=False) if each.facts.id in clashing else each
            for each in self.outcomes
        ]

    def _report_unused_ignores(self) -> None:
        """Report ignores that covered nothing, where everything was looked at: not in packs with errors."""
        complete = {each.facts.span.file for each in self.outcomes if each.ok and each.facts.span}
        for ignore in list(self._sink.unused_ignores()):
            # Losses are those of this run's targets: another run may need the ignore.
            if ignore.place.file in complete and not ignore.code.startswith("PK6"):
                self._sink.report(UnusedIgnore(ignore.code), ignore.place)


def _label(span: Span | None, text: str) -> tuple[Label, ...]:
    return (Label(span, text),) if span else ()


def _place(found: Diagnostic) -> tuple[int, int, str]:
    if found.span is None:
        return (-1, 0, found.target)
    return (found.span.file, found.span.start, found.target)
