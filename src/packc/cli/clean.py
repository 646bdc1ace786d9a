"""`packc clean`: the output folder as it was before packc, and the cache on demand."""

from __future__ import annotations

from pathlib import Path

import click

from packc.build.cachefolder import cache_folder, clear
from packc.build.clean import clean
from packc.build.fault import from_os_error
from packc.cli import options, summary
from packc.cli.console import Console
from packc.cli.counting import counted
from packc.cli.exits import Exit
from packc.diagnostics import Sink
from packc.project import find_project
from packc.source import SourceMap


@click.command("clean")
@options.out
@click.option("--cache", "cache_too", is_flag=True, help="Empty the cache of all projects, too.")
@options.talking
def command(out: str | None, cache_too: bool, console: Console) -> int:
    """Remove the artefacts that builds have written.

    A file that packc did not write, or that was changed since, stays.
    """
    sources, sink = SourceMap(), Sink()
    project = find_project(Path.cwd(), sources, sink)
    console.show(sink, sources)
    folder = Path(out) if out else project.out_folder
    cleaned = clean(folder)
    console.say(f"removed {counted(len(cleaned.removed), 'file')} from {options.shown_folder(folder)}\n")
    if cleaned.kept:
        console.say(f"kept, because they were changed since: {', '.join(cleaned.kept)}\n")
    if cache_too:
        cache = cache_folder()
        try:
            size = clear(cache)
        except OSError as error:
            raise from_os_error(error, cache) from error
        console.say(f"removed {summary.in_bytes(size)} from the cache, {cache}\n")
    return Exit.OK
