"""`packc config`: what holds here, and who said so."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from packc.cli import options
from packc.cli.console import Console
from packc.cli.exits import Exit
from packc.diagnostics import Sink
from packc.diagnostics.show import json as as_json
from packc.project import chosen_targets, find_project
from packc.project.shown import Setting, settings
from packc.source import SourceMap


@click.command("config")
@click.option(
    "--show",
    is_flag=True,
    expose_value=False,
    help="Show every setting (as without it).",
)
@options.targets
@options.out
@options.target_options
@click.option("--json", "json_wanted", is_flag=True, help="Write one JSON document.")
@options.talking
def command(
    targets: tuple[str, ...],
    out: str | None,
    target_options: tuple[str, ...],
    json_wanted: bool,
    console: Console,
) -> int:
    """Show every setting, and where it comes from.

    The command line goes before the environment, the environment before packc.yaml, that before defaults.
    """
    here = Path.cwd()
    sources, sink = SourceMap(), Sink()
    project = find_project(here, sources, sink, target_options)
    found = {each.key: each for each in settings(project, sources)}
    if targets:
        chosen = list(chosen_targets(options.split(targets), project))
        found["targets"] = Setting("targets", chosen, "command line", "--target")
    if out is not None:
        found["out"] = Setting("out", out, "command line", "--out")
    if json_wanted:
        document = {
            "version": as_json.VERSION,
            "root": project.root.as_posix(),
            "settings": [each._asdict() for each in found.values()],
        }
        console.data(as_json.render(document))
    else:
        console.data(_text(list(found.values())))
    console.show(sink, sources)
    return Exit.OK


def _text(found: Sequence[Setting]) -> str:
    """Return one line for each setting: key, value, and behind a `#` where it comes from."""
    lines = [(f"{each.key}: {_shown(each.value)}", each.place or each.origin) for each in found]
    width = min(max(len(text) for text, _ in lines), 60)
    return "".join(f"{text:<{width}}  # {origin}\n" for text, origin in lines)


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_shown(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_shown, value)) + "]"
    return (str(value).lower() if isinstance(value, bool) else str(value)) or '""'
