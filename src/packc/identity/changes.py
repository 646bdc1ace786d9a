"""What a release of some packs would change in the ledger, and so for learners."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from packc.diagnostics import Edit, Fix, Sink
from packc.diagnostics.rules.release import DeckRenamed, NamespaceChanged, PackRenamed, Renamed
from packc.identity.ledger import Entry, Ledger, Look, PackEntry, pack_key
from packc.identity.standing import Standing
from packc.named import NamedTuple
from packc.source import Span


class Question(NamedTuple):
    """A question that a release would give out: its entry with the moment of the draft, and its place."""

    entry: Entry
    place: Span | None
    before: Entry | None = None


class Changes(NamedTuple):
    """What is new, what changed, what is as released, and what is gone from packs that were looked at."""

    new: tuple[Question, ...]
    changed: tuple[Question, ...]
    untouched: tuple[Entry, ...]
    gone: tuple[Entry, ...]


NOTHING_CHANGED = Changes((), (), (), ())


def changes(standings: Sequence[Standing], ledger: Ledger, *, complete: bool) -> Changes:
    """Return what the packs of `standings` change. `complete`: they are all that the project has."""
    new: list[Question] = []
    changed: list[Question] = []
    untouched: list[Entry] = []
    there: set[str] = set()
    for each in standings:
        drafts = set(each.unreleased)
        for identifier, entry in each.entries.items():
            guid = entry.guid
            there.add(guid)
            if identifier not in drafts:
                untouched.append(entry)
                continue
            before = ledger.entries.get(guid)
            question = Question(entry, each.places[identifier], before)
            (new if before is None else changed).append(question)
    packs = {pack_key(each.pack.namespace, each.pack.id) for each in standings}
    gone = tuple(
        entry
        for guid, entry in ledger.entries.items()
        if guid not in there
        and entry.retired is None
        and (complete or pack_key(entry.namespace, entry.pack) in packs)
    )
    return Changes(tuple(new), tuple(changed), tuple(untouched), gone)


def report_renames(found: Changes, standings: Sequence[Standing], sink: Sink) -> None:
    """Report questions that are gone while a new one has their content, and packs likewise, once each."""
    alive = {pack_key(each.pack.namespace, each.pack.id): each.pack for each in standings}
    gone: dict[str, list[Entry]] = {}
    for entry in found.gone:
        gone.setdefault(entry.hash, []).append(entry)
    told = set()
    for question in found.new:
        twins = gone.get(question.entry.hash, [])
        key = pack_key(question.entry.namespace, question.entry.pack)
        old = next((each for each in twins if pack_key(each.namespace, each.pack) == key), None)
        if old is not None:
            twins.remove(old)
            renaming = Renamed(question.entry.shown, old.shown)
            sink.report(renaming, question.place, fix=_alias(old.shown, question.place))
            continue
        for each in twins:
            former = pack_key(each.namespace, each.pack)
            if former not in alive and (key, former) not in told:
                told.add((key, former))
                now = alive[key]
                if former[1] == key[1]:
                    rule = NamespaceChanged(now.id, each.namespace, now.namespace)
                    sink.report(rule, question.place)
                else:
                    sink.report(PackRenamed(now.id, each.pack), question.place)


def _alias(old: str, heading: Span | None) -> Fix | None:
    if heading is None:
        return None
    end = heading._replace(start=heading.end)
    return Fix(f"write `**Alias:** {old}`", (Edit(end, f"\n\n**Alias:** {old}"),), safe=False)


def report_decks(standings: Iterable[Standing], ledger: Ledger, sink: Sink) -> None:
    """Report decks that learners have under another name."""
    for each in standings:
        before = ledger.packs.get(pack_key(each.pack.namespace, each.pack.id))
        for old, new in renamed(before, each.pack):
            sink.report(DeckRenamed(old, new), next(iter(each.places.values()), None))


def renamed(before: PackEntry | None, after: PackEntry) -> Iterator[tuple[str, str]]:
    """Yield the old and the new name of each deck that was renamed, as far as that can be told.

    A pack's own deck is the first. Of those below it, one that is gone and one that is new, in this order,
    are taken for the same.
    """
    if before is None or not before.decks:
        return
    old, new = before.decks[0], after.decks[0]
    if old != new:
        yield old, new
    olds = [deck.removeprefix(old) for deck in before.decks[1:]]
    news = [deck.removeprefix(new) for deck in after.decks[1:]]
    lost = [deck for deck in olds if deck not in news]
    found = [deck for deck in news if deck not in olds]
    yield from ((f"{new}{one}", f"{new}{other}") for one, other in zip(lost, found, strict=False))


def released(
    ledger: Ledger,
    standings: Iterable[Standing],
    gone: Iterable[Entry],
    moment: int,
    looks: Mapping[str, Look],
) -> Ledger:
    """Return the ledger once `standings` have been given out at `moment`, later than all that it holds."""
    packs, entries = dict(ledger.packs), dict(ledger.entries)
    for each in standings:
        packs[pack_key(each.pack.namespace, each.pack.id)] = each.pack
        drafts = set(each.unreleased)
        for identifier, entry in each.entries.items():
            entries[entry.guid] = entry._replace(published=moment) if identifier in drafts else entry
    for entry in gone:
        entries[entry.guid] = entry._replace(retired=moment)
    live = {pack_key(entry.namespace, entry.pack) for entry in entries.values() if entry.retired is None}
    packs = {key: pack for key, pack in packs.items() if key in live}
    return Ledger({**ledger.looks, **looks}, packs, entries)
