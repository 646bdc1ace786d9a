"""`packc fmt`: one way to write everything, without a change of meaning."""

from __future__ import annotations

import click

from packc import revise
from packc.cli import options
from packc.cli.changes import diff, write
from packc.cli.console import Console
from packc.cli.counting import counted
from packc.cli.exits import Exit
from packc.diagnostics.rule import Severity
from packc.diagnostics.rules.formatting import KeptAsWritten


@click.command("fmt")
@options.paths
@click.option(
    "--check", "check_only", is_flag=True, help="Write nothing; exit with 1 if a file would change."
)
@click.option("--diff", "diff_wanted", is_flag=True, help="Write nothing; show what would change on stdout.")
@options.talking
def command(paths: tuple[str, ...], check_only: bool, diff_wanted: bool, console: Console) -> int:
    """Write packs in their canonical form.

    Rewrites the packs at PATH (a file, a folder, or - for standard input, which goes to stdout). What a
    pack means never changes; a pack with errors is left alone. Comments and front matter stay.
    """
    revision = revise.fmt(paths, stdin=options.read_stdin(paths))
    changes, report = revision.changes, revision.report
    kept = sum(isinstance(found.rule, KeptAsWritten) for found in report.diagnostics)
    if not console.verbose:
        shown = [found for found in report.diagnostics if not isinstance(found.rule, KeptAsWritten)]
    else:
        shown = list(report.diagnostics)
    console.show(shown, report.sources)
    if diff_wanted:
        console.data("".join(map(diff, changes)))
    elif not check_only:
        write(changes)
        _pass_on(revision, console)
    verb = "would format" if check_only or diff_wanted else "formatted"
    more = f"; {counted(kept, 'part')} kept as written, `-v` says why" if kept else ""
    console.say("".join(f"  {change.name}\n" for change in changes))
    console.say(f"{verb} {len(changes):,} of {counted(len(report.loaded), 'pack')}{more}\n")
    failed = any(found.severity is Severity.ERROR for found in report.diagnostics)
    return Exit.CONTENT if failed or (check_only and changes) else Exit.OK


def _pass_on(revision: revise.Revision, console: Console) -> None:
    """Write what came from standard input, formatted or as it was."""
    after = [change.after for change in revision.changes if change.path is None]
    before = [
        revision.report.sources[loaded.source].text
        for loaded in revision.report.loaded
        if loaded.path is None
    ]
    console.data("".join(after or before))
