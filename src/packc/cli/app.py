"""The command group, and what becomes of everything that can go wrong."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence

import click

from packc import __version__
from packc.cli.exits import Exit
from packc.cli.streams import prepare

# The one-line helps stand here so that `packc --help` imports no command.
COMMANDS = {
    "init": "Begin a project, with an example.",
    "new": "Add a pack or a question to write over.",
    "import": "Make packs out of what other people wrote.",
    "check": "Report everything that is wrong or would be lost.",
    "fmt": "Write packs in their canonical form.",
    "build": "Compile packs for every target.",
    "clean": "Remove the artefacts that builds have written.",
    "release": "Give out what learners do not have yet.",
    "diff": "Tell what a learner's import will do.",
    "stats": "Count what packs hold.",
    "explain": "Explain what a code such as PK201 means.",
    "targets": "List the targets and what each can carry.",
    "config": "Show every setting, and where it comes from.",
    "ast": "Print a pack as a tree, in JSON.",
    "templates": "List, show or copy the templates of HTML and PDF.",
    "schema": "Print a JSON Schema of what packc reads and prints.",
    "completion": "Print what a shell needs to complete packc's commands.",
}
_MODULES = {"import": "importing"}  # where the module cannot be called like the command


class _LazyGroup(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(
            f"packc.cli.{_MODULES.get(cmd_name, cmd_name)}"
        ).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            raise click.UsageError(_unknown_command(args[0]), ctx)
        return super().resolve_command(ctx, args)


def _unknown_command(word: str) -> str:
    from pathlib import Path

    from packc.near import nearest

    near = nearest(word, COMMANDS)
    if near:
        hint = f"did you mean `{near}`?"
    elif word == "-" or Path(word).exists():
        hint = f"to compile it: packc build {word}"
    else:
        hint = f"the commands are {', '.join(COMMANDS)}"
    return f"there is no command `{word}`; {hint}"


@click.group(
    cls=_LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Without PATH the project of the working directory is meant. `packc COMMAND --help` says more.",
)
@click.version_option(__version__, prog_name="packc", message="%(prog)s %(version)s")
@click.pass_context
def group(context: click.Context) -> None:
    """Compile Markdown questions to Anki, Moodle GIFT, QTI and a printable handout."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help(), err=True)
        context.exit(Exit.USAGE)


def run(words: Sequence[str]) -> int:
    """Run the command that `words` name and return the exit status."""
    prepare(sys.stdout)
    try:
        status = group.main(list(words), prog_name="packc", standalone_mode=False)
    except click.Abort:
        _fail("interrupted", "every file in the output folder is whole, old or new")
        return Exit.INTERRUPTED
    except click.ClickException as error:
        _usage(error)
        return Exit.USAGE
    except Exception as error:  # noqa: BLE001 (the last place: a fault of ours must not look like the author's)
        _bug(error, wants_traceback="--traceback" in words)
        return Exit.BUG
    return int(status or Exit.OK)


def _usage(error: click.ClickException) -> None:
    context = error.ctx if isinstance(error, click.UsageError) else None
    message = error.format_message().rstrip(".")
    _fail(message[:1].lower() + message[1:], f"see `{context.command_path if context else 'packc'} --help`")


def _bug(error: Exception, *, wants_traceback: bool) -> None:
    import platform
    import traceback
    from pathlib import Path

    if wants_traceback:
        traceback.print_exception(error)
    last = traceback.extract_tb(error.__traceback__)[-1]
    system = f"packc {__version__}, Python {platform.python_version()}, {sys.platform}"
    _fail(
        f"packc itself failed, not your content: {type(error).__name__}: {error}"
        f" ({Path(last.filename).name}:{last.lineno})",
        f"please report this with what the same command says with `--traceback` ({system})",
    )


def _fail(message: str, help_text: str) -> None:
    # Imported here so that `packc --help` need not know how diagnostics are shown.
    from packc.cli.console import Console

    Console().fail(message, help_text)
