"""`packc completion`: what a shell needs to complete packc's commands and options."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from packc.cli import options
from packc.cli.console import Console
from packc.cli.exits import Exit

SHELLS = ("bash", "zsh", "fish")


@click.command("completion")
@click.argument("shell", type=click.Choice(SHELLS))
@options.traceback
def command(shell: str) -> int:
    """Print what a shell needs to complete packc's commands.

    For bash: `packc completion bash >> ~/.bashrc`.
    """
    from packc.cli.app import group  # which knows this command

    completion = get_completion_class(shell)
    assert completion is not None  # click has one for each of SHELLS
    Console().data(completion(group, {}, "packc", "_PACKC_COMPLETE").source().rstrip() + "\n")
    return Exit.OK
