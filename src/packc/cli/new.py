"""`packc new pack` and `packc new question`: something to write over."""

from __future__ import annotations

from pathlib import Path

import click

from packc.ast.kinds import Kind
from packc.cli import options
from packc.cli.console import Console
from packc.cli.exits import Exit
from packc.near import nearest
from packc.reader.meta import TYPES

kind_option = click.option(
    "--kind",
    default="open",
    metavar="KIND",
    help="The kind of question, as `Type:` names it: open, essay, single, cloze …  [default: open]",
)


@click.group("new")
def command() -> None:
    """Add a pack or a question to write over."""


@command.command("pack", short_help="Add a pack to the project.")
@click.argument("name", metavar="NAME")
@click.option("--id", "identifier", default="", metavar="ID", help="The pack's id.  [default: made of NAME]")
@kind_option
@options.talking
def pack_command(name: str, identifier: str, kind: str, console: Console) -> int:
    """Add a pack called NAME to the project, with one question to write over.

    The file is named after the pack's id and printed on stdout. Nothing that is there is replaced.
    """
    from packc.scaffold.add import add_pack

    added = add_pack(name, cwd=Path.cwd(), identifier=identifier, kind=_kind(kind))
    console.data(f"{_shown(added.path)}\n")
    console.say(f"pack {added.id}, with one question to write over\n")
    return Exit.OK


@command.command("question", short_help="Add a question to a pack.")
@click.argument("pack", metavar="PACK")
@kind_option
@options.talking
def question_command(pack: str, kind: str, console: Console) -> int:
    """Add a question to write over at the end of PACK, a file or the id of a pack.

    Its id has the letters of the pack's other ids and a number that was never used. What stands in the file
    stays as it is. The id is printed on stdout.
    """
    from packc.scaffold.add import add_question

    added = add_question(pack, cwd=Path.cwd(), kind=_kind(kind))
    console.data(f"{added.id}\n")
    console.say(f"question {added.id} is at the end of {_shown(added.path)}\n")
    return Exit.OK


def _kind(written: str) -> Kind:
    kind = TYPES.get(" ".join(written.casefold().split()))
    if kind is None:
        near = nearest(written.casefold(), TYPES)
        hint = f"did you mean `{near}`?" if near else f"the kinds are {', '.join(Kind)}"
        raise click.UsageError(f"there is no kind of question `{written}`; {hint}")
    return kind


def _shown(path: Path) -> str:
    here = Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()
