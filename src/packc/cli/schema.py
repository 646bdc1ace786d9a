"""`packc schema`: JSON Schemas, for editors and other programs."""

from __future__ import annotations

import click

from packc.cli import options
from packc.cli.console import Console
from packc.cli.exits import Exit
from packc.diagnostics.show import json as as_json
from packc.schemas import NAMES, schema


@click.command("schema")
@click.argument("name", metavar="|".join(NAMES), type=click.Choice(NAMES))
@options.traceback
def command(name: str) -> int:
    """Print a JSON Schema of what packc reads and prints.

    It is of draft 2020-12: of the front matter, of packc.yaml, of what `packc ast` prints, or of what
    `packc check --output-format json` prints.
    """
    Console().data(as_json.render(schema(name)))
    return Exit.OK
