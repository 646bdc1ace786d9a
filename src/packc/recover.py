"""A lost ledger, made anew of the decks that were given out last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from packc.backends.anki.reading import Deck, DeckNote, NotADeck, read_deck
from packc.build.compiler import Compiler
from packc.build.join import Joined
from packc.build.locked import looks
from packc.build.output import output_bytes
from packc.build.plan import make_plan
from packc.build.request import Request
from packc.diagnostics.rules.ledger import NoDeck
from packc.identity.blanks import ReleasedBlank
from packc.identity.content import NEWEST
from packc.identity.ledger import Entry, Ledger, Look
from packc.project import fault

_ANKI = "anki"
_OTHER_HASH = f"{NEWEST}:{'0' * 32}"  # of a content that is not today's
_OTHER_LOOK = "unknown"


def recovered(paths: Sequence[Path | str], cwd: Path | None, decks: Sequence[Path]) -> Ledger:
    """Return the ledger as far as `decks` tell it.

    A question whose note holds today what it held then counts as released at the note's time; another one
    that is in a deck counts as changed since. What was removed before is in no deck, and forgotten.
    Raises ProjectFault for a file that is no deck.
    """
    folder = cwd or Path.cwd()
    given = joined(open_deck(folder / path) for path in decks)
    first = _standing_to(Ledger(), paths, cwd)
    entries = {
        entry.guid: _entry(entry, given.notes[entry.guid], standing.blanks.get(identifier, ()))
        for standing in first.standings()
        for identifier, entry in standing.entries.items()
        if entry.guid in given.notes
    }
    ledger = Ledger(entries=entries)
    today = joined(read_deck(output_bytes(output)) for output in _standing_to(ledger, paths, cwd).outputs())
    entries = {
        guid: entry
        if _is_same(given.notes[guid], today.notes.get(guid))
        else entry._replace(hash=_OTHER_HASH)
        for guid, entry in entries.items()
    }
    return Ledger(looks=dict(_looks(given, today)), entries=entries)


def open_deck(path: Path) -> Deck:
    """Return the deck in a file. Raises ProjectFault if there is none."""
    try:
        return read_deck(path.read_bytes())
    except OSError as error:
        raise fault(NoDeck(path.name, (error.strerror or "unreadable").lower())) from None
    except NotADeck as error:
        raise fault(NoDeck(path.name, str(error))) from None


def joined(decks: Iterator[Deck]) -> Deck:
    """Return several decks as one; a later one goes before an earlier one."""
    whole = Deck({}, {})
    for deck in decks:
        whole = Deck({**whole.notes, **deck.notes}, {**whole.note_types, **deck.note_types})
    return whole


def _standing_to(ledger: Ledger, paths: Sequence[Path | str], cwd: Path | None) -> Joined:
    plan = make_plan(Request(paths, [_ANKI], cwd, ledger=ledger))
    compiler = Compiler(plan.settings)
    return Joined(plan, [compiler.run(job, emitting=bool(ledger.entries)) for job in plan.jobs])


def _entry(today: Entry, note: DeckNote, numbers: tuple[int, ...]) -> Entry:
    """Return what the ledger said of a question if it is as it was; its blanks have the note's numbers."""
    answers = {blank.number: blank.answer for blank in today.blanks}
    blanks = note.blanks
    if len(blanks) == len(numbers):  # the texts in the note are HTML
        blanks = tuple((number, answers[now]) for (number, _), now in zip(blanks, numbers, strict=True))
    known = {number: ReleasedBlank(number, answer) for number, answer in reversed(blanks)}
    return today._replace(published=note.mod, blanks=tuple(known[number] for number in sorted(known)))


def _is_same(then: DeckNote, now: DeckNote | None) -> bool:
    return now is not None and (then.fields, then.tags, then.note_type) == (
        now.fields,
        now.tags,
        now.note_type,
    )


def _looks(then: Deck, today: Deck) -> Iterator[tuple[str, Look]]:
    used = {note.note_type for note in then.notes.values()}
    kinds = [kind for number, kind in then.note_types.items() if number in used]
    if kinds:
        known = {number: kind.look for number, kind in today.note_types.items()}
        look = looks([_ANKI])[_ANKI]._replace(published=max(kind.mod for kind in kinds))
        is_same = all(known.get(kind.id, kind.look) == kind.look for kind in kinds)
        yield _ANKI, look if is_same else look._replace(templates=_OTHER_LOOK)
