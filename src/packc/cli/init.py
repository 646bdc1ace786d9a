"""`packc init`: a project that builds at once."""

from __future__ import annotations

from pathlib import Path

import click

from packc.build.rewrite import rewrite
from packc.cli import options
from packc.cli.console import Console
from packc.cli.exits import Exit
from packc.diagnostics.rules.settings import FileThere
from packc.project import fault
from packc.project.keys import FILE_NAME
from packc.scaffold.project import fresh_namespace, project_files


@click.command("init")
@click.argument("folder", default=".", metavar="[DIR]", type=click.Path(file_okay=False, path_type=Path))
@options.talking
def command(folder: Path, console: Console) -> int:
    """Begin a project, with an example.

    Writes packc.yaml with a namespace of its own, a pack that shows most kinds of question, a README.md and
    a line in .gitignore into DIR (default: here). Nothing that is there is replaced. The written files are
    listed on stdout.
    """
    if (folder / FILE_NAME).exists():
        raise fault(FileThere(str(folder / FILE_NAME)))
    files = project_files(folder, fresh_namespace())
    for path, text in files.items():
        rewrite(path, text)
    console.data("".join(f"{path}\n" for path in files))
    where = "" if folder.resolve() == Path.cwd() else f"cd {folder} && "
    console.say(f"to compile everything: {where}packc build\n")
    console.say("to give it to learners: packc release --new-ledger, and from then on packc release\n")
    return Exit.OK
