"""`packc build`: compile packs and publish what they become."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from packc.build.cachefolder import sweep
from packc.build.glance import glance
from packc.build.means import Means
from packc.build.report import Report
from packc.build.request import Ahead, Request
from packc.cli import options, summary
from packc.cli.console import Console
from packc.cli.exits import Exit
from packc.cli.progress import progress
from packc.cli.verdict import verdict

if TYPE_CHECKING:
    from packc import api
    from packc.build.held import Held


@click.command("build")
@options.paths
@options.targets
@options.out
@options.target_options
@options.strict
@click.option("--strict-loss", is_flag=True, help="Exit with 1 on losses too.")
@options.templates
@click.option("--locked", is_flag=True, help="Publish only what was released; anything else is an error.")
@click.option("--watch", is_flag=True, help="Build again whenever a file changes, until Ctrl-C.")
@click.option("--dry-run", is_flag=True, help="Write nothing; list the packs that would be made anew.")
@click.option("--why", is_flag=True, help="With --dry-run: tell the reason for each pack.")
@options.means
@click.option("--json", "json_wanted", is_flag=True, help="Write one JSON document on stdout.")
@options.talking
def command(
    paths: tuple[str, ...],
    targets: tuple[str, ...],
    out: str | None,
    target_options: tuple[str, ...],
    templates: str | None,
    strict: bool,
    strict_loss: bool,
    locked: bool,
    watch: bool,
    dry_run: bool,
    why: bool,
    means: Means,
    json_wanted: bool,
    console: Console,
) -> int:
    """Compile packs for every target.

    Reads the packs at PATH (a file, a folder, or - for standard input) and writes DIR/TARGET/PACK.suffix.
    Packs with errors are not written, the others are. The written files are listed on stdout.
    """
    if why and not dry_run:
        raise click.UsageError("`--why` needs `--dry-run`")
    if watch and (dry_run or options.STDIN in paths):
        raise click.UsageError("`--watch` goes neither with `--dry-run` nor with standard input")
    request = Request(
        paths,
        options.split(targets),
        stdin=options.read_stdin(paths),
        options=target_options,
        locked=locked,
        templates=Path(templates) if templates else None,
    )
    folder = Path(out) if out else None
    if dry_run:
        same = glance(request, folder, means)
        if same is not None:
            console.say(f"0 of {same.packs:,} packs would be made anew\n")
            return Exit.OK
        from packc import api

        foreseen = api.foresee(request, folder, means)
        _tell(foreseen, why, console)
        return Exit.OK

    def build(held: Held | None = None) -> int:
        report = _build(request, folder, means, json_wanted, console, held)
        return verdict(report, strict=strict, strict_loss=strict_loss)

    if watch:
        from packc.cli.watching import watch_project

        watch_project(request, folder, means.cache, build, console)
        return Exit.OK
    return build()


def _build(
    request: Request,
    out: Path | None,
    means: Means,
    json_wanted: bool,
    console: Console,
    held: Held | None,
) -> Report:
    started = time.perf_counter()
    line = progress(console.quiet)
    try:
        report = _report(request, out, means._replace(progress=line), held)
    finally:
        if line is not None:
            line.end()
    if json_wanted:
        console.data(_document(report))
        return report
    shown = f"{options.shown_folder(report.out)}{os.sep}"
    console.data("".join([f"{shown}{artefact.path}\n" for artefact in report.artefacts]))
    console.show(report.diagnostics, report.sources)
    if not console.quiet:
        lines = list(summary.lines(report, time.perf_counter() - started))
        console.say(("\n" if report.diagnostics else "") + "\n".join(lines) + "\n")
    return report


def _report(request: Request, out: Path | None, means: Means, held: Held | None) -> Report:
    ahead = held or Ahead()
    same = glance(request, out, means, ahead) if held is None else None  # all is loaded in a watch
    if same is not None:
        if means.cache is not None:
            sweep(means.cache, 0)
        return same
    from packc import api  # reads and writes: what has not changed needs neither

    return api.build_request(request, out, means, ahead)


def _tell(foreseen: tuple[api.Foreseen, ...], why: bool, console: Console) -> None:
    """List the packs that would be made anew, with the reasons if wanted, and say how many there are."""
    stale = [pack for pack in foreseen if pack.why]
    console.data("".join(f"{pack.name}: {pack.why}\n" if why else f"{pack.name}\n" for pack in stale))
    console.say(f"{len(stale):,} of {len(foreseen):,} packs would be made anew\n")


def _document(report: Report) -> str:
    """Return the report without times and absolute paths: the same build gives the same document."""
    from packc.diagnostics.show import json as as_json  # people need none

    artefacts = [artefact._asdict() for artefact in report.artefacts]
    document = {
        **as_json.document(report.diagnostics, report.sources),
        "packs": report.packs,
        "questions": {str(kind): count for kind, count in report.kinds.items()},
        "unreleased": report.unreleased,
        "losses": summary.losses(report),
        "artefacts": [{"file": artefact.pop("path"), **artefact} for artefact in artefacts],
        "broken": list(report.broken),
    }
    return as_json.render(document)
