"""`packc stats`: what a bank holds, in one screen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click

from packc import api
from packc.cli import options
from packc.cli.console import Console
from packc.cli.counting import counted
from packc.cli.exits import Exit
from packc.cli.verdict import fatal
from packc.diagnostics.show import json as as_json
from packc.stats import Stats, stats

_MOST_PACKS = 12  # shown to people; programs get them all


@click.command("stats")
@options.paths
@click.option("--json", "json_wanted", is_flag=True, help="Write one JSON document.")
@options.talking
def command(paths: tuple[str, ...], json_wanted: bool, console: Console) -> int:
    """Count what packs hold.

    Questions by kind and by pack, which fields they have, how long they are, and how evenly the right
    answers are spread. Packs with errors are counted as far as they can be read.
    """
    loaded = api.load(paths, stdin=options.read_stdin(paths))
    found = stats([each.pack for each in loaded.packs])
    console.data(as_json.render(_document(found)) if json_wanted else "".join(_lines(found)))
    if not fatal(loaded.diagnostics):
        return Exit.OK
    console.say("some packs have errors: `packc check` shows them\n")
    return Exit.CONTENT


def _lines(found: Stats) -> Iterator[str]:
    yield f"{counted(len(found.packs), 'pack')}, {counted(found.questions, 'question')}"
    yield f", {counted(found.words, 'word')}, {counted(found.images, 'image')}"
    yield f", {counted(found.points, 'point')}, {counted(found.minutes, 'minute')}\n"
    if not found.questions:
        return
    yield from _table("kinds", _shares(found.kinds, found.questions))
    yield from _table("fields", _shares(found.fields, found.questions))
    if found.choices:
        several = {f"{choices} choices": count for choices, count in found.choices.items()}
        yield from _table("choice questions", _shares(several, sum(several.values())))
    if found.positions:
        places = {f"choice {place}": count for place, count in found.positions.items()}
        yield from _table("where the one right choice stands", _shares(places, sum(places.values())))
    if found.true or found.false:
        truths = {"true": found.true, "false": found.false}
        yield from _table("true/false", _shares(truths, found.true + found.false))
    yield from _packs(found)
    if found.longest:
        pack, question, words = found.longest
        yield f"\nlongest question: {question} in {pack}, {counted(words, 'word')}\n"


def _packs(found: Stats) -> Iterator[str]:
    ranked = sorted(found.packs, key=lambda pack: -pack.questions)
    rows = [
        (pack.id, counted(pack.questions, "question"), counted(pack.words, "word"))
        for pack in ranked[:_MOST_PACKS]
    ]
    yield from _table("packs" if len(ranked) <= _MOST_PACKS else "largest packs", rows)
    if len(ranked) > _MOST_PACKS:
        yield f"  and {len(ranked) - _MOST_PACKS:,} more\n"


def _shares(counts: Mapping[Any, int], total: int) -> list[tuple[str, ...]]:
    return [
        (str(name).replace("_", " "), f"{count:,}", f"{count / total:.0%}") for name, count in counts.items()
    ]


def _table(title: str, rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    yield f"\n{title}\n"
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for first, *rest in rows:
        cells = (f"{text:>{width}}" for text, width in zip(rest, widths[1:], strict=True))
        yield "  " + "  ".join((f"{first:<{widths[0]}}", *cells)) + "\n"


def _document(found: Stats) -> dict[str, Any]:
    return {
        "version": as_json.VERSION,
        "packs": [
            {**pack._asdict(), "points": float(pack.points), "minutes": float(pack.minutes)}
            for pack in found.packs
        ],
        "questions": found.questions,
        "words": found.words,
        "images": found.images,
        "points": float(found.points),
        "minutes": float(found.minutes),
        "kinds": {str(kind): count for kind, count in found.kinds.items()},
        "fields": dict(found.fields),
        "choices": {str(choices): count for choices, count in found.choices.items()},
        "right_choice_at": {str(place): count for place, count in found.positions.items()},
        "true": found.true,
        "false": found.false,
        "longest": found.longest and found.longest._asdict(),
    }
