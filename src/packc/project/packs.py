"""Which files are packs, and which targets are meant."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from packc.ast.pack import Pack
from packc.backends.registry import infos, lacking
from packc.diagnostics import Sink
from packc.diagnostics.rules.extras import MissingExtra, TargetLeftOut
from packc.diagnostics.rules.project import (
    NoProject,
    NoSuchPath,
    NothingToBuild,
    ProjectByDefault,
    UnknownTarget,
)
from packc.diagnostics.rules.settings import NotForTargets
from packc.near import nearest
from packc.project.fault import fault
from packc.project.settings import Project


class PackFile(NamedTuple):
    """A file to read. `root` is the folder that its images may not leave."""

    path: Path
    root: Path


def shown_path(path: Path, cwd: Path) -> str:
    """Return a path as people see it: relative to where they are, if it is below."""
    text, above = path.as_posix(), cwd.as_posix().rstrip("/") + "/"
    return text.removeprefix(above)


def find_packs(project: Project, paths: Sequence[Path], cwd: Path, sink: Sink) -> list[PackFile]:
    """Return the files to read: those of `paths`, or the whole project's. Raises ProjectFault."""
    if not paths:
        folder = project.content_folder
        found = list(_markdown_files(str(folder))) if folder.is_dir() else []
        if project.file is None:
            if not found:
                raise fault(NoProject())
            sink.report(ProjectByDefault())
        elif not found:
            raise fault(NothingToBuild(project.content))
        return [PackFile(Path(each.path), project.root) for each in found]
    inside = f"{project.root.resolve()}{os.sep}" if project.file is not None else None
    packs: dict[str, PackFile] = {}  # by where their paths lead
    for path in paths:
        if path.is_dir():
            found = list(_markdown_files(str(path)))
            if not found:
                raise fault(NothingToBuild(shown_path(path, cwd)))
            otherwise = path
        elif path.exists():
            found, otherwise = [_Found(str(path), os.path.realpath(path))], path.parent
        else:
            raise fault(NoSuchPath(shown_path(path, cwd)))
        for each in found:
            root = project.root if inside and each.real.startswith(inside) else otherwise
            packs[each.real] = PackFile(Path(each.path), root)
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


class _Found(NamedTuple):
    """A file, and where its path leads once links are followed."""

    path: str
    real: str


def _markdown_files(folder: str) -> Iterator[_Found]:
    """Yield the packs below `folder`: every .md file but hidden ones and README.md, in order of path."""
    real = os.path.realpath(folder)
    for parts, is_link in sorted(_entries(folder, ())):
        path = os.path.join(folder, *parts)  # noqa: PTH118 (a path as text: there are thousands)
        yield _Found(path, os.path.realpath(path) if is_link else os.path.join(real, *parts))  # noqa: PTH118


def _entries(folder: str, above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], bool]]:
    """Yield the packs below `folder`, each as the parts of its path, and whether it is a link."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return  # as good as empty
    for entry in entries:
        name = entry.name
        if name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _entries(entry.path, (*above, name))
        elif name.endswith(".md") and name.lower() != "readme.md" and _is_file(entry):
            yield (*above, name), entry.is_symlink()


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:
        return False  # links that lead in a circle
