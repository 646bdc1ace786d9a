"""`packc build`: compile packs and publish what they become."""

from __future__ import annotations

import os
import time
from pathlib import Path

import click

from packc import api
from packc.build.cachefolder import cache_folder
from packc.build.means import Means
from packc.cli import options, summary
from packc.cli.console import Console
from packc.cli.verdict import verdict


@click.command("build")
@options.paths
@options.targets
@options.out
@options.target_options
@options.strict
@click.option("--strict-loss", is_flag=True, help="Exit with 1 on losses too.")
@click.option("--locked", is_flag=True, help="Publish only what was released; anything else is an error.")
@click.option(
    "-j",
    "workers",
    type=click.IntRange(0, 256),
    default=0,
    metavar="N",
    help="How many processes may work at once.  [default: as many as pay]",
)
@click.option(
    "--executor",
    metavar="dask:ADDRESS",
    help="Let the workers of a Dask cluster do it, e.g. dask:tcp://host:8786.",
)
@click.option("--no-cache", is_flag=True, help="Make everything anew.")
@click.option("--json", "json_wanted", is_flag=True, help="Write one JSON document on stdout.")
@options.talking
def command(
    paths: tuple[str, ...],
    targets: tuple[str, ...],
    out: str | None,
    target_options: tuple[str, ...],
    strict: bool,
    strict_loss: bool,
    locked: bool,
    workers: int,
    executor: str | None,
    no_cache: bool,
    json_wanted: bool,
    console: Console,
) -> int:
    """Compile packs for every target.

    Reads the packs at PATH (a file, a folder, or - for standard input) and writes DIR/TARGET/PACK.suffix.
    Packs with errors are not written, the others are. The written files are listed on stdout.
    """
    started = time.perf_counter()
    report = api.build(
        paths,
        targets=options.split(targets),
        out=Path(out) if out else None,
        options=target_options,
        stdin=options.read_stdin(paths),
        locked=locked,
        means=Means(None if no_cache else cache_folder(), workers, _cluster(executor)),
    )
    if json_wanted:
        console.data(_document(report))
    else:
        folder = options.shown_folder(report.out)
        console.data("".join(f"{folder}{os.sep}{artefact.path}\n" for artefact in report.artefacts))
        console.show(report.diagnostics, report.sources)
        lines = list(summary.lines(report, time.perf_counter() - started))
        console.say(("\n" if report.diagnostics else "") + "\n".join(lines) + "\n")
    return verdict(report, strict=strict, strict_loss=strict_loss)


def _cluster(executor: str | None) -> str:
    """Return the address of the cluster that `--executor` names. Raises click.UsageError."""
    if executor is None:
        return ""
    scheme, _, address = executor.partition(":")
    if scheme != "dask" or not address:
        raise click.UsageError("`--executor` knows `dask:ADDRESS` alone, e.g. `dask:tcp://localhost:8786`")
    return address


def _document(report: api.Report) -> str:
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
