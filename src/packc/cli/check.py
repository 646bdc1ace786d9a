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
@options.target_options
@options.strict
@click.option(
    "--output-format",
    type=click.Choice(["full", "concise", "json", "github", "sarif"]),
    default="full",
    help="For people on stderr, or for programs on stdout.  [default: full]",
)
@click.option("--fix", "mode", flag_value="fix", help="Mend what can be mended mechanically.")
@click.option("--unsafe", is_flag=True, help="With --fix: also what needs your eye afterwards.")
@click.option("--diff", "mode", flag_value="diff", help="Write nothing; show what --fix would do.")
@options.talking
def command(
    paths: tuple[str, ...],
    targets: tuple[str, ...],
    target_options: tuple[str, ...],
    strict: bool,
    output_format: str,
    mode: str | None,
    unsafe: bool,
    console: Console,
) -> int:
    """Report everything that is wrong or would be lost.

    Reads the packs at PATH (a file, a folder, or - for standard input) and writes nothing, unless --fix
    asks for it: then what is reported is what is left.
    """
    if mode:
        report = _fixed(paths, targets, target_options, unsafe, mode == "diff", console)
        if mode == "diff":
            return verdict(report, strict=strict)
    elif unsafe:
        raise click.UsageError("`--unsafe` needs `--fix` or `--diff`")
    else:
        report = api.check(
            paths,
            targets=options.split(targets),
            stdin=options.read_stdin(paths),
            options=target_options,
        )
    if output_format != "full":
        console.data(_data(report, output_format))
    else:
        console.show(report.diagnostics, report.sources)
        console.say(("\n" if report.diagnostics else "") + summary.contents(report) + "\n")
    return verdict(report, strict=strict)


def _fixed(
    paths: tuple[str, ...],
    targets: tuple[str, ...],
    target_options: tuple[str, ...],
    unsafe: bool,
    diff_wanted: bool,
    console: Console,
) -> api.Report:
    """Mend the packs, or show how, and return what is left to report."""
    from packc import revise
    from packc.cli.changes import diff, write

    if options.STDIN in paths and not diff_wanted:
        raise click.UsageError("`--fix` cannot write to standard input; `--diff` shows what it would do")
    revision = revise.fix(
        paths,
        unsafe=unsafe,
        targets=options.split(targets),
        stdin=options.read_stdin(paths),
        options=target_options,
    )
    if diff_wanted:
        console.data("".join(map(diff, revision.changes)))
        return revision.report
    write(revision.changes)
    names = ", ".join(change.name for change in revision.changes)
    faults = "1 fault" if revision.fixed == 1 else f"{revision.fixed:,} faults"
    console.say(f"mended {faults} in {names}\n" if revision.changes else "nothing to mend\n")
    return revision.report


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
