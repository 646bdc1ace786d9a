"""`packc import`: packs out of what other people wrote."""

from __future__ import annotations

from pathlib import Path

import click

from packc import convert
from packc.cli import options
from packc.cli.console import Console
from packc.cli.exits import Exit
from packc.cli.verdict import fatal
from packc.importers import registry
from packc.near import nearest


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--from", "source_format", metavar="FORMAT", help="The format of the files.  [default: guessed]"
)
@click.option(
    "-o", "--out", metavar="DIR", help="Where to write, or - for stdout.  [default: the project's content]"
)
@click.option("--force", is_flag=True, help="Overwrite files that say something else.")
@options.strict
@options.talking
def command(
    files: tuple[str, ...],
    source_format: str | None,
    out: str | None,
    force: bool,
    strict: bool,
    console: Console,
) -> int:
    """Make packs out of what other people wrote.

    Reads each FILE (or - for standard input) and writes one pack in canonical Markdown for each page in it,
    named after its title. What the file has lost is reported with its line. The files that hold a pack now
    are listed on stdout.
    """
    if source_format is not None and source_format not in registry.infos():
        raise click.UsageError(_unknown(source_format))
    shown = out == options.STDIN
    done = convert.convert(
        files,
        source_format=source_format,
        out=Path(out) if out and not shown else None,
        stdin=options.read_stdin(files),
        force=force,
        dry=shown,
    )
    if shown and len(done.files) > 1:
        raise click.UsageError(f"`--out -` can show one pack, not {len(done.files)}")
    console.data("".join(file.text if shown else f"{file.path}\n" for file in done.files))
    console.show(done.diagnostics, done.sources)
    if not shown:
        lines = [f"  {file.path}  {file.questions:,} questions, {file.state}" for file in done.files]
        console.say("\n".join(lines) + "\n" if lines else "")
    return Exit.CONTENT if fatal(done.diagnostics, strict=strict) else Exit.OK


def _unknown(written: str) -> str:
    near = nearest(written, registry.infos())
    hint = f"did you mean `{near}`?" if near else f"the formats are {', '.join(registry.infos())}"
    return f"there is no format `{written}`; {hint}"
