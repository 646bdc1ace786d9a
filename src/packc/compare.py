"""What a learner's import will do: two decks side by side, or what was released and the packs of today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path

from packc.backends.anki.reading import Deck, DeckNote, read_deck
from packc.build.compiler import Compiler
from packc.build.join import Joined
from packc.build.locked import looks
from packc.build.output import output_bytes
from packc.build.plan import Plan, make_plan
from packc.build.request import Request
from packc.diagnostics import Diagnostic, Sink
from packc.diagnostics.rules.ledger import NoLedger
from packc.identity.changes import renamed
from packc.identity.ledger import Entry, pack_key
from packc.identity.reading import read_ledger
from packc.named import NamedTuple
from packc.project import ProjectFault, fault
from packc.recover import joined, open_deck
from packc.source import SourceMap

_ANKI = "anki"


class Item(NamedTuple):
    """A question: its GUID, and the id that learners see."""

    guid: str
    id: str


class Fate(StrEnum):
    """What becomes of a note type that changed."""

    UPDATED = "updated"
    KEPT = "kept as it is: its date is not later"
    SPLIT = "made a second time: its fields changed, so that notes of the old one are never updated"


class Moved(NamedTuple):
    """A deck whose cards a learner keeps under the old name; `notes` counts them, None if nobody knows."""

    old: str
    new: str
    notes: int | None = None


class Comparison(NamedTuple):
    """What an import of the new one does to somebody who has the old one.

    `stale` differ, but do not arrive: their date is not later. `blocked` belong to another note type
    now, or to one whose fields changed, and do not arrive either. `retired` stay where they are.
    """

    new: tuple[Item, ...] = ()
    updated: tuple[Item, ...] = ()
    untouched: tuple[Item, ...] = ()
    retired: tuple[Item, ...] = ()
    stale: tuple[Item, ...] = ()
    blocked: tuple[Item, ...] = ()
    decks: tuple[Moved, ...] = ()
    note_types: tuple[tuple[str, Fate], ...] = ()


class Compared(NamedTuple):
    """A comparison, and what was found wrong with the packs on the way."""

    comparison: Comparison
    diagnostics: tuple[Diagnostic, ...]
    sources: SourceMap


def compare(old: Path | None, new: Path | None, *, cwd: Path | None = None) -> Compared:
    """Compare what learners have, `old`, with what they would get, `new`.

    `old` is a deck or a ledger, by default the project's; `new` a deck, or packs, by default the project's.
    Raises ProjectFault.
    """
    folder = cwd or Path.cwd()
    if old is None or old.suffix == ".lock":
        if new is not None and new.suffix == ".apkg":
            raise ValueError("a ledger is compared with packs, not with a deck")
        return _released_with_packs(old, [new] if new else [], folder)
    before = open_deck(folder / old)
    if new is not None and new.suffix == ".apkg":
        return Compared(compare_decks(before, open_deck(folder / new)), (), SourceMap())
    plan, made = _made(Request([new] if new else [], [_ANKI], folder), emitting=True)
    after = joined(read_deck(output_bytes(output)) for output in made.outputs())
    return Compared(compare_decks(before, after), made.diagnostics(), plan.sources)


def compare_decks(old: Deck, new: Deck) -> Comparison:
    """Return what importing `new` does to who has `old`, with the choices that Anki's dialog begins with."""
    kinds = dict(_note_types(old, new))
    split = {number for number, (_, fate) in kinds.items() if fate is Fate.SPLIT}
    fates: dict[str, list[Item]] = {}
    for guid, note in new.notes.items():
        fates.setdefault(_fate(old.notes.get(guid), note, split), []).append(_item(note))
    moved = Counter(
        (old.notes[guid].deck, note.deck)
        for guid, note in new.notes.items()
        if guid in old.notes and old.notes[guid].deck.casefold() != note.deck.casefold()
    )
    return Comparison(
        new=tuple(fates.get("new", ())),
        updated=tuple(fates.get("updated", ())),
        untouched=tuple(fates.get("untouched", ())),
        retired=tuple(_item(note) for guid, note in old.notes.items() if guid not in new.notes),
        stale=tuple(fates.get("stale", ())),
        blocked=tuple(fates.get("blocked", ())),
        decks=tuple(Moved(*names, count) for names, count in sorted(moved.items())),
        note_types=tuple(kinds.values()),
    )


def _fate(before: DeckNote | None, after: DeckNote, split: set[int]) -> str:
    if before is None:
        return "new"
    if before.note_type != after.note_type or after.note_type in split:
        return "blocked"
    if after.mod > before.mod:
        return "updated"
    same = (before.fields, before.tags) == (after.fields, after.tags)
    return "untouched" if same else "stale"


def _note_types(old: Deck, new: Deck) -> Iterator[tuple[int, tuple[str, Fate]]]:
    for number, after in new.note_types.items():
        before = old.note_types.get(number)
        if before is None:
            continue
        if before.field_ids != after.field_ids:
            yield number, (after.name, Fate.SPLIT)
        elif (before.look, before.fields) != (after.look, after.fields):
            yield number, (after.name, Fate.UPDATED if after.mod > before.mod else Fate.KEPT)


def _item(note: DeckNote) -> Item:
    return Item(note.guid, note.id)


def _released_with_packs(ledger: Path | None, paths: Sequence[Path], folder: Path) -> Compared:
    request = Request(paths, cwd=folder)
    if ledger is not None:
        sources, sink = SourceMap(), Sink()
        read = read_ledger(sources.add_bytes(_bytes(folder / ledger), ledger.name), sink)
        if sink.has_errors:
            raise ProjectFault(tuple(sink), sources)
        request = request._replace(ledger=read)
    plan, made = _made(request, emitting=False)
    released = plan.settings.ledger
    if released is None:
        raise fault(NoLedger())
    changes = made.changes
    moved = (
        Moved(old, new)
        for each in made.standings()
        for old, new in renamed(released.packs.get(pack_key(each.pack.namespace, each.pack.id)), each.pack)
    )
    restyled = (
        (name, Fate.UPDATED)
        for name, look in looks(plan.settings.targets).items()
        if name in released.looks and released.looks[name].templates != look.templates
    )
    comparison = Comparison(
        new=_items(each.entry for each in changes.new),
        updated=_items(each.entry for each in changes.changed),
        untouched=_items(changes.untouched),
        retired=_items(changes.gone),
        decks=tuple(moved),
        note_types=tuple(restyled),
    )
    return Compared(comparison, made.diagnostics(), plan.sources)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise fault(NoLedger()) from None


def _items(entries: Iterable[Entry]) -> tuple[Item, ...]:
    return tuple(Item(entry.guid, f"{entry.pack}/{entry.shown}") for entry in entries)


def _made(request: Request, *, emitting: bool) -> tuple[Plan, Joined]:
    plan = make_plan(request)
    compiler = Compiler(plan.settings)
    return plan, Joined(plan, [compiler.run(job, emitting=emitting) for job in plan.jobs])
