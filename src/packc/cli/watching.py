"""`packc build --watch`: build again whenever a file of the project changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from packc.build.fault import PublishFault
from packc.build.request import Request
from packc.cli.console import Console
from packc.diagnostics import Sink
from packc.project import ProjectFault, find_project
from packc.source import SourceMap

_GATHER = 150  # milliseconds: an editor's save is several changes
_STEP = 30  # milliseconds of rest that end them


def watch_project(request: Request, out: Path | None, build: Callable[[], object], console: Console) -> None:
    """Watch what `request` is about. Raises ProjectFault if there is no project to begin with."""
    cwd = (request.cwd or Path.cwd()).resolve()
    project = find_project(cwd, SourceMap(), Sink())
    given = [(cwd / path).resolve() for path in request.paths]
    roots = {path if path.is_dir() else path.parent for path in given}
    if project.file is not None or not given:
        roots.add(project.root)
    watch(sorted(roots), (out or project.out_folder).resolve(), build, console)


def watch(roots: list[Path], out: Path, build: Callable[[], object], console: Console) -> None:
    """Call `build`, and again after each change below `roots`, until somebody interrupts.

    What it finds wrong is shown, and the watch goes on. Raises PublishFault where watchfiles is missing.
    """
    changes = _changes(roots, out)
    while True:
        try:
            build()
        except ProjectFault as fault:
            console.show(fault.diagnostics, fault.sources)
        except PublishFault as fault:
            console.fail(fault.message, fault.help)
        console.say("watching for changes; Ctrl-C ends\n")
        try:
            next(changes)
        except (KeyboardInterrupt, StopIteration):
            return


def _changes(roots: list[Path], out: Path) -> Iterator[object]:
    try:
        from watchfiles import DefaultFilter
        from watchfiles import watch as changes
    except ImportError as error:
        raise PublishFault("`--watch` needs watchfiles", "pip install 'packc[watch]'") from error
    # Hidden files are the editors' own, and what we write ourselves is no reason to begin again.
    watched = DefaultFilter(ignore_paths=[out], ignore_entity_patterns=(r"^\.", r"~$", r"\.sw.$"))
    return changes(*roots, watch_filter=watched, debounce=_GATHER, step=_STEP, raise_interrupt=True)
