"""`packc build --watch`: build again whenever a file of the project changes."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

from packc.build.fault import PublishFault
from packc.build.held import Held
from packc.build.request import Request
from packc.cli.console import Console
from packc.diagnostics import Sink
from packc.diagnostics.rules.project import NoSuchPath
from packc.project import ProjectFault, fault, find_project, shown_path
from packc.source import SourceMap

_GATHER = 150  # milliseconds: an editor's save is several changes
_STEP = 30  # milliseconds of rest that end them

Build: TypeAlias = Callable[[Collection[str]], object]
"""Builds, knowing the paths of what has changed."""


def watch_project(
    request: Request, out: Path | None, cache: Path | None, build: Callable[[Held], object], console: Console
) -> None:
    """Watch what `request` is about, and build with what is held from one build to the next.

    Raises ProjectFault if there is no project, or folder, to begin with.
    """
    cwd = (request.cwd or Path.cwd()).resolve()
    project = find_project(cwd, SourceMap(), Sink())
    given = [(cwd / path).resolve() for path in request.paths]
    roots = {path if path.is_dir() else path.parent for path in given}
    if project.file is not None or not given:
        roots.add(project.root)
    for root in sorted(roots):
        if not root.is_dir():
            raise fault(NoSuchPath(shown_path(root, cwd)))
    ours = (out or project.out_folder, *filter(None, (cache,)))
    held = Held()

    def again(changed: Collection[str]) -> None:
        held.forget(changed)
        build(held)

    watch(sorted(roots), [path.resolve() for path in ours], again, console)


def watch(roots: Sequence[Path], ours: Sequence[Path], build: Build, console: Console) -> None:
    """Call `build`, and again after each change below `roots` but in `ours`, until somebody interrupts.

    What it finds wrong is shown, and the watch goes on. Raises PublishFault where watchfiles is missing.
    """
    changes = changed_paths(roots, ours)
    named = next(changes)  # from now on the system takes note, also of what changes during the first build
    while True:
        try:
            build(named)
        except ProjectFault as found:
            console.show(found.diagnostics, found.sources)
        except PublishFault as found:
            console.fail(found.message, found.help)
        try:
            console.say("watching for changes; Ctrl-C ends\n")
            gc.collect(0)  # what the build has left: the command has no collector
            named = next(filter(None, changes))
        except (KeyboardInterrupt, StopIteration):
            return


def changed_paths(roots: Sequence[Path], ours: Sequence[Path]) -> Iterator[Collection[str]]:
    """Yield the paths of what has changed below `roots`, but not in `ours`: none if nothing has for a while.

    What happens while nobody asks is kept for the next time, from the first time on.
    """
    try:
        from watchfiles import Change, DefaultFilter
        from watchfiles import watch as changes
    except ImportError as error:
        raise PublishFault("`--watch` needs watchfiles", "pip install 'packc[watch]'") from error
    # Hidden files are the editors' own, and what we write ourselves is no reason to begin again.
    usual = DefaultFilter(ignore_entity_patterns=(r"^\.", r"~$", r"\.sw.$"))
    folders = tuple(f"{folder}{os.sep}" for folder in ours)

    def wanted(change: Change, path: str) -> bool:
        return usual(change, path) and not f"{path}{os.sep}".startswith(folders)

    for found in changes(
        *roots,
        watch_filter=wanted,
        debounce=_GATHER,
        step=_STEP,
        rust_timeout=_STEP,
        yield_on_timeout=True,
        raise_interrupt=True,
    ):
        yield {path for _, path in found}
