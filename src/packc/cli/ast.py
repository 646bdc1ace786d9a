"""`packc ast`: a pack as packc understands it."""

from __future__ import annotations

import click

from packc import api
from packc.ast.data import to_data
from packc.cli import options
from packc.cli.console import Console
from packc.cli.exits import Exit
from packc.cli.verdict import fatal
from packc.diagnostics.show import json as as_json


@click.command("ast")
@click.argument("pack", metavar="PACK")
@click.option("--spans", is_flag=True, help="Say where each node stands, in characters of the source.")
@options.talking
def command(pack: str, spans: bool, console: Console) -> int:
    """Print a pack as a tree, in JSON.

    PACK is one file, or - for standard input. `packc schema ast` describes the tree. A pack with errors is
    printed as far as it can be read.
    """
    loaded = api.load([pack], stdin=options.read_stdin([pack]))
    if len(loaded.packs) > 1:
        raise click.UsageError(f"`{pack}` holds {len(loaded.packs)} packs; name one file")
    console.data("".join(as_json.render(to_data(each.pack, spans=spans)) for each in loaded.packs))
    console.show(loaded.diagnostics, loaded.sources)
    return Exit.CONTENT if fatal(loaded.diagnostics) else Exit.OK
