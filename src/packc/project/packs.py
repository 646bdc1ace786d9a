"""Which files are packs, and which targets are meant."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from pathlib import Path

from packc.ast.pack import Pack
from packc.backends.registry import infos, lacking
from packc.diagnostics import Sink
from packc.diagnostics.rules.project import (
    NoProject,
    NoSuchPath,
    NothingToBuild,
    ProjectByDefault,
    UnknownTarget,
)
from packc.diagnostics.rules.settings import NotForTargets
from packc.diagnostics.rules.targets import MissingExtra, TargetLeftOut
from packc.named import NamedTuple
from packc.near import nearest
from packc.places import Walk, markdown_files, names_from
from packc.project.fault import fault
from packc.project.settings import Project


class PackFile(NamedTuple):
    """A file to read. `root` is the folder that its images may not leave."""

    path: str
    root: Path


def shown_path(path: Path | str, cwd: Path) -> str:
    """Return a path as people see it: relative to where they are, if it is below."""
    return names_from(cwd)(str(path))


def find_packs(
    project: Project, paths: Sequence[Path], cwd: Path, sink: Sink, walk: Walk = markdown_files
) -> list[PackFile]:
    """Return the files to read: those of `paths`, or the whole project's. Raises ProjectFault."""
    if not paths:
        folder = project.content_folder
        found = list(walk(str(folder))) if folder.is_dir() else []
        if project.file is None:
            if not found:
                raise fault(NoProject())
            sink.report(ProjectByDefault())
        elif not found:
            raise fault(NothingToBuild(project.content))
        return [PackFile(path, project.root) for path, _ in found]
    inside = f"{project.root.resolve()}{os.sep}" if project.file is not None else None
    packs: dict[str, PackFile] = {}  # by where their paths lead
    for path in paths:
        if path.is_dir():
            found = list(walk(str(path)))
            if not found:
                raise fault(NothingToBuild(shown_path(path, cwd)))
            otherwise = path
        elif path.exists():
            found, otherwise = [(str(path), os.path.realpath(path))], path.parent
        else:
            raise fault(NoSuchPath(shown_path(path, cwd)))
        for file, real in found:
            root = project.root if inside and real.startswith(inside) else otherwise
            packs[real] = PackFile(file, root)
    return list(packs.values())


def chosen_targets(
    names: Sequence[str] | None, project: Project, sink: Sink | None = None
) -> tuple[str, ...]:
    """Return the targets that `names` (or the project) choose. Raises ProjectFault.

    `all` is every one that this installation can make; those left out are reported to `sink`.
    """
    known = tuple(infos())
    wanted = project.targets if names is None else tuple(names)
    if "all" in wanted:
        lacks = {name: lacking(name) for name in known}
        for name, package in lacks.items():
            if package and sink is not None:
                sink.report(TargetLeftOut(name, package, infos()[name].extra))
        return tuple(name for name, package in lacks.items() if not package)
    for name in wanted:
        if name not in known:
            near = nearest(name, known)
            raise fault(UnknownTarget(name, near, ", ".join(known)))
        if package := lacking(name):
            raise fault(MissingExtra(name, package, infos()[name].extra))
    return tuple(dict.fromkeys(wanted))


def check_targets(pack: Pack, chosen: Collection[str], sink: Sink) -> None:
    """Report targets of the front matter that do not exist, and if none of them is chosen."""
    for name in pack.meta.targets:
        if name not in infos():
            rule = UnknownTarget(name, nearest(name, infos()), ", ".join(infos()))
            sink.report(rule, pack.meta.places[f"targets.{name}"])
    if chosen and pack.meta.targets and not set(pack.meta.targets) & set(chosen):
        sink.report(NotForTargets(", ".join(pack.meta.targets)), pack.meta.places["targets"])
