"""`packc templates`: packc's own templates, and how to begin with one's own."""

from __future__ import annotations

from pathlib import Path

import click

from packc.cli import options
from packc.cli.console import Console
from packc.cli.exits import Exit


@click.group("templates")
def command() -> None:
    """List, show or copy the templates of HTML and PDF.

    A file of the same name in the project's folder `templates`, or in that of `--templates`, stands in for
    packc's. What a template is given stands in docs/templates.md.
    """


def _known(name: str) -> str:
    from packc.near import nearest
    from packc.render.builtin import template_names

    if name not in template_names():
        near = nearest(name, template_names())
        raise click.UsageError(
            f"there is no template `{name}`" + (f"; did you mean `{near}`?" if near else "")
        )
    return name


@command.command("list")
@options.traceback
def list_command() -> int:
    """List the templates that a project may replace."""
    from packc.render.builtin import template_names

    Console().data("".join(f"{name}\n" for name in template_names()))
    return Exit.OK


@command.command("show")
@click.argument("name")
@options.traceback
def show(name: str) -> int:
    """Print one of packc's templates."""
    from packc.render.builtin import builtin_text

    Console().data(builtin_text(_known(name)))
    return Exit.OK


@command.command("copy")
@click.argument("names", nargs=-1, required=True, metavar="NAME…")
@click.option("--to", "folder", default="templates", show_default=True, help="The folder to copy into.")
@options.traceback
def copy(names: tuple[str, ...], folder: str) -> int:
    """Copy templates, to be changed. A file that is there already is left alone."""
    from packc.render.builtin import builtin_text

    paths = [(Path(folder) / _known(name), name) for name in names]
    for path, _ in paths:
        if path.exists():
            raise click.UsageError(f"`{path.as_posix()}` is there already")
    for path, name in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(builtin_text(name), encoding="utf-8")
        Console().data(f"{path.as_posix()}\n")
    return Exit.OK
