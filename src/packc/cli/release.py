"""`packc release`: give out what learners do not have yet, and write it down."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import click

from packc.cli import options, summary
from packc.cli.console import Console
from packc.cli.counting import counted
from packc.cli.exits import Exit
from packc.cli.verdict import fatal, verdict
from packc.identity import FILE_NAME
from packc.identity.ledger import Entry, moment_text
from packc.release import Release, dated_targets, release

_MOST = 20  # questions of one kind that people are shown


@click.command("release")
@options.paths
@click.option("--dry-run", is_flag=True, help="Write nothing; show what would be given out.")
@click.option(
    "--restamp", multiple=True, metavar="TARGET", help="Give out all notes anew, in the target's new form."
)
@click.option(
    "--from",
    "decks",
    multiple=True,
    metavar="LAST.apkg",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Make a lost ledger anew of the deck that was given out last. May be repeated.",
)
@click.option("--new-ledger", is_flag=True, help="Begin the ledger: for the first release.")
@options.talking
def command(
    paths: tuple[str, ...],
    dry_run: bool,
    restamp: tuple[str, ...],
    decks: tuple[Path, ...],
    new_ledger: bool,
    console: Console,
) -> int:
    """Give out what learners do not have yet.

    Builds the packs at PATH for all targets of the project, dates every new and changed question, and writes
    packc.lock, the ledger of what learners were given. Commit it together with the packs.
    """
    started = time.perf_counter()
    _check(paths, restamp, decks, new_ledger=new_ledger)
    made = release(paths, dry_run=dry_run, restamp=restamp, decks=decks, new_ledger=new_ledger)
    folder = options.shown_folder(made.report.out)
    console.data("".join(f"{folder / artefact.path}\n" for artefact in made.report.artefacts))
    console.show(made.report.diagnostics, made.report.sources)
    told = "".join(f"{line}\n" for line in _lines(made, time.perf_counter() - started))
    if dry_run:
        console.data(told)
    else:
        console.say(("\n" if made.report.diagnostics else "") + told)
    if fatal(made.report.diagnostics) or not made.settled:
        console.fail("nothing was released", "" if made.settled else "settle the warnings about ids first")
        return Exit.CONTENT
    return verdict(made.report)


def _check(
    paths: tuple[str, ...], restamp: tuple[str, ...], decks: tuple[Path, ...], *, new_ledger: bool
) -> None:
    if options.STDIN in paths:
        raise click.UsageError("standard input cannot be released: a question has to be there next time")
    if decks and new_ledger:
        raise click.UsageError("`--from` and `--new-ledger` exclude each other")
    known = dated_targets()
    for target in restamp:
        if target not in known:
            raise click.UsageError(f"`--restamp` is for {', '.join(known)}: no other target keeps times")


def _lines(made: Release, seconds: float) -> Iterator[str]:
    """Yield what learners get, and what becomes of the ledger."""
    found = made.changes
    if made.rehashed:
        done = "have" if made.written else "would get"
        yield f"{counted(made.rehashed, 'question')} {done} a hash of the newest version; release again"
        return
    yield from _group("new", [each.entry for each in found.new])
    yield from _group("changed", [each.entry for each in found.changed])
    yield from _group("retired", found.gone)
    line = f"{len(found.new):,} new, {len(found.changed):,} changed, {len(found.gone):,} retired"
    kept = len(found.untouched) - made.restamped
    yield f"{line}, {kept:,} untouched" + (f", {made.restamped:,} given out anew" if made.restamped else "")
    if made.written:
        when = moment_text(made.moment)
        yield from summary.lines(made.report, seconds)
        yield f"released at {when}: commit {FILE_NAME} with the packs" if _has_moved(made) else "nothing new"


def _has_moved(made: Release) -> bool:
    return bool(made.changes.new or made.changes.changed or made.changes.gone or made.restamped)


def _group(word: str, entries: tuple[Entry, ...] | list[Entry]) -> Iterator[str]:
    for entry in entries[:_MOST]:
        yield f"{word:<8}{entry.pack}/{entry.shown}"
    if len(entries) > _MOST:
        yield f"{'':<8}and {len(entries) - _MOST:,} more"
