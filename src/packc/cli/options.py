"""Options that several commands share."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from packc.build.fault import PublishFault
from packc.cli.console import Console
from packc.cli.exits import Exit
from packc.diagnostics.fault import ProjectFault

STDIN = "-"

paths = click.argument("paths", nargs=-1, metavar="[PATH]...")

targets = click.option(
    "-t",
    "--target",
    "targets",
    multiple=True,
    metavar="NAME",
    help="A target, or several with commas; `all` is every one.  [default: the project's]",
)

out = click.option("-o", "--out", metavar="DIR", help="The output folder.  [default: the project's, `dist`]")

target_options = click.option(
    "-O",
    "target_options",
    multiple=True,
    metavar="TARGET.KEY=VALUE",
    help="Set an option of a target for this run; `packc targets` lists them.",
)

templates = click.option(
    "--templates", metavar="DIR", help="Templates that go before the project's and packc's own."
)

strict = click.option("--strict", is_flag=True, help="Exit with 1 on warnings too.")

# Read by packc.cli.app, which catches what went wrong.
traceback = click.option(
    "--traceback", is_flag=True, expose_value=False, help="Show where packc itself failed, if it does."
)


def means(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give the command `means` by the options that say how to do the work."""

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
    @functools.wraps(command)
    def wrapped(workers: int, executor: str | None, no_cache: bool, **rest: Any) -> Any:
        from packc.build.cachefolder import cache_folder  # other commands have no cache
        from packc.build.means import Means

        given = Means(None if no_cache else cache_folder(), workers, _cluster(executor))
        return command(means=given, **rest)

    return wrapped


def _cluster(executor: str | None) -> str:
    """Return the address of the cluster that `--executor` names. Raises click.UsageError."""
    if executor is None:
        return ""
    scheme, _, address = executor.partition(":")
    if scheme != "dask" or not address:
        raise click.UsageError("`--executor` knows `dask:ADDRESS` alone, e.g. `dask:tcp://localhost:8786`")
    return address


def talking(command: Callable[..., int]) -> Callable[..., int]:
    """Give the command a `console` by the options that say how to talk, and tell its faults there."""

    @click.option("-q", "--quiet", is_flag=True, help="Say only what is wrong.")
    @click.option("-v", "--verbose", is_flag=True, help="Show each loss in its place.")
    @click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        help="When to use colours.  [default: auto]",
    )
    @traceback
    @functools.wraps(command)
    def wrapped(quiet: bool, verbose: bool, color: str, **rest: Any) -> int:
        console = Console(color, quiet, verbose)
        try:
            return command(console=console, **rest)
        except ProjectFault as fault:
            console.show(fault.diagnostics, fault.sources)
        except PublishFault as fault:
            console.fail(fault.message, fault.help)
        return Exit.USAGE

    return wrapped


def split(names: Sequence[str]) -> list[str] | None:
    """Return the names that `-t a,b -t c` gives; None if there was no `-t`. Raises click.UsageError."""
    if not names:
        return None
    found = [name.strip() for value in names for name in value.split(",") if name.strip()]
    if not found:
        raise click.UsageError("`--target` needs a name")
    return found


def read_stdin(paths: Sequence[str]) -> bytes | None:
    """Return what stands on standard input if one of `paths` asks for it."""
    return sys.stdin.buffer.read() if STDIN in paths else None


def shown_folder(out: Path) -> Path:
    """Return the output folder, as short as it can be said from here."""
    here = Path.cwd()
    return out.relative_to(here) if out.is_relative_to(here) else out
