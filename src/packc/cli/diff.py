"""`packc diff`: what a learner's import will do, before it is published."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from packc.cli import options
from packc.cli.console import Console
from packc.cli.counting import counted
from packc.cli.exits import Exit
from packc.cli.verdict import fatal
from packc.compare import Comparison, Item, compare
from packc.diagnostics import Severity
from packc.diagnostics.show import json as as_json

_MOST = 20  # questions of one kind that people are shown
_GROUPS = ("new", "updated", "stale", "blocked", "retired")


@click.command("diff")
@click.argument("old", required=False, type=click.Path(path_type=Path))
@click.argument("new", required=False, type=click.Path(path_type=Path))
@click.option("--json", "json_wanted", is_flag=True, help="Write one JSON document.")
@options.talking
def command(old: Path | None, new: Path | None, json_wanted: bool, console: Console) -> int:
    """Tell what a learner's import will do.

    OLD is what learners have: a deck (.apkg), or a ledger, by default the project's packc.lock. NEW is what
    they would get: a deck, or packs, by default the project's.
    """
    if new is not None and new.suffix == ".apkg" and (old is None or old.suffix == ".lock"):
        raise click.UsageError("a ledger is compared with packs, not with a deck")
    found = compare(old, new)
    shown = [each for each in found.diagnostics if each.severity is not Severity.LOSS]
    if json_wanted:
        console.data(as_json.render(_document(found.comparison)))
    else:
        console.data("".join(f"{line}\n" for line in _lines(found.comparison)))
    console.show(shown, found.sources)
    return Exit.CONTENT if fatal(shown) else Exit.OK


def _lines(found: Comparison) -> Iterator[str]:
    for name in _GROUPS:
        items: tuple[Item, ...] = getattr(found, name)
        yield from (f"{name:<9} {item.id}" for item in items[:_MOST])
        if len(items) > _MOST:
            yield f"{'':<9} and {len(items) - _MOST:,} more"
    for deck in found.decks:
        notes = "" if deck.notes is None else f" ({counted(deck.notes, 'note')} stay there)"
        yield f"{'deck':<9} {deck.old} -> {deck.new}{notes}"
    for kind, fate in found.note_types:
        yield f"{'look':<9} {kind}: {fate}"
    numbers = [f"{len(getattr(found, name)):,} {name}" for name in ("new", "updated", "untouched", "retired")]
    yield ", ".join(numbers)
    if found.stale:
        notes = counted(len(found.stale), "note")
        yield f"{notes} stale: changed without a later date, so that learners keep the old form"
    if found.blocked:
        yield f"{counted(len(found.blocked), 'note')} cannot be updated: the note type or its fields changed"


def _document(found: Comparison) -> dict[str, object]:
    groups = (*_GROUPS, "untouched")
    return {
        "version": as_json.VERSION,
        **{name: [item._asdict() for item in getattr(found, name)] for name in groups},
        "decks": [deck._asdict() for deck in found.decks],
        "note_types": [{"name": name, "fate": fate.name.lower()} for name, fate in found.note_types],
    }
