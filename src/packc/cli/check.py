"""`packc check`: what build would say, without writing anything."""

from __future__ import annotations

import click

from packc import __version__, api
from packc.cli import options, summary
from packc.cli.console import Console
from packc.cli.verdict import verdict


@click.command("check")
@options.paths
@options.targets
@options.strict
@click.option(
    "--output-format",
    type=click.Choice(["full", "concise", "json", "github", "sarif"]),
    default="full",
    help="For people on stderr, or for programs on stdout.  [default: full]",
)
@options.talking
def command(
    paths: tuple[str, ...], targets: tuple[str, ...], strict: bool, output_format: str, console: Console
) -> int:
    """Report everything that is wrong or would be lost.

    Reads the packs at PATH (a file, a folder, or - for standard input) and writes nothing.
    """
    report = api.check(paths, targets=options.split(targets), stdin=options.read_stdin(paths))
    if output_format != "full":
        console.data(_data(report, output_format))
    else:
        console.show(report.diagnostics, report.sources)
        console.say(("\n" if report.diagnostics else "") + summary.contents(report) + "\n")
    return verdict(report, strict=strict)


def _data(report: api.Report, output_format: str) -> str:
    from packc.diagnostics.show import concise, github, sarif  # people need none
    from packc.diagnostics.show import json as as_json

    match output_format:
        case "concise":
            return concise.render(report.diagnostics, report.sources)
        case "github":
            return github.render(report.diagnostics, report.sources)
        case "sarif":
            return as_json.render(sarif.document(report.diagnostics, report.sources, __version__))
        case _:
            return as_json.render(as_json.document(report.diagnostics, report.sources))
