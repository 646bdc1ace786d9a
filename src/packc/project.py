"""The project: packc.yaml, and which files are packs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from packc.backends.registry import DEFAULT_TARGETS, infos
from packc.diagnostics import Diagnostic, Rule, Sink
from packc.diagnostics.rules.frontmatter import WrongValue
from packc.diagnostics.rules.project import (
    NoProject,
    NoSuchPath,
    NothingToBuild,
    ProjectByDefault,
    UnknownProjectKey,
    UnknownTarget,
    UnreadableFile,
)
from packc.near import nearest
from packc.reader.frontmatter import REQUIRABLE
from packc.source import SourceMap
from packc.yamltext import Mapping, load, text_of, texts_of

FILE_NAME = "packc.yaml"
KEYS = ("namespace", "content", "out", "targets", "required")


class ProjectFault(Exception):
    """The project or the command line is wrong, so nothing can be done (exit status 2).

    `diagnostics` say what; `sources` holds the project file that they point into.
    """

    def __init__(self, diagnostics: Sequence[Diagnostic], sources: SourceMap) -> None:
        super().__init__("; ".join(found.rule.message() for found in diagnostics))
        self.diagnostics = tuple(diagnostics)
        self.sources = sources

    @property
    def diagnostic(self) -> Diagnostic:
        """The first of them."""
        return self.diagnostics[0]


class Project(NamedTuple):
    """Where a project is and what it wants. `file` is None where there is no packc.yaml."""

    root: Path
    file: Path | None = None
    namespace: str = ""
    content: str = "content"
    out: str = "dist"
    targets: tuple[str, ...] = DEFAULT_TARGETS
    required: tuple[str, ...] = ()

    @property
    def content_folder(self) -> Path:
        return self.root / self.content

    @property
    def out_folder(self) -> Path:
        return self.root / self.out


class PackFile(NamedTuple):
    """A file to read. `root` is the folder that its images may not leave."""

    path: Path
    root: Path


def fault(rule: Rule) -> ProjectFault:
    """Return the fault that consists of one message without a place."""
    return ProjectFault((Diagnostic(rule),), SourceMap())


def find_project(cwd: Path, sources: SourceMap) -> Project:
    """Return the project that `cwd` lies in, else one of defaults at `cwd`.

    The search goes upwards, no further than a repository's root or the home folder. Raises ProjectFault.
    """
    home = Path.home()
    for folder in (cwd, *cwd.parents):
        candidate = folder / FILE_NAME
        if candidate.is_file():
            return _read_project(candidate, sources)
        if (folder / ".git").exists() or folder == home:
            break
    return Project(cwd)


def shown_path(path: Path, cwd: Path) -> str:
    """Return a path as people see it: relative to where they are, if it is below."""
    return path.relative_to(cwd).as_posix() if path.is_relative_to(cwd) else path.as_posix()


def find_packs(project: Project, paths: Sequence[Path], cwd: Path, sink: Sink) -> list[PackFile]:
    """Return the files to read: those of `paths`, or the whole project's. Raises ProjectFault."""
    if not paths:
        folder = project.content_folder
        found = _markdown_files(folder) if folder.is_dir() else []
        if project.file is None:
            if not found:
                raise fault(NoProject())
            sink.report(ProjectByDefault())
        elif not found:
            raise fault(NothingToBuild(project.content))
        return [PackFile(path, project.root) for path in found]
    packs: list[PackFile] = []
    for path in paths:
        if path.is_dir():
            found = _markdown_files(path)
            if not found:
                raise fault(NothingToBuild(shown_path(path, cwd)))
            packs += [PackFile(file, _root_of(file, project, path)) for file in found]
        elif path.exists():
            packs.append(PackFile(path, _root_of(path, project, path.parent)))
        else:
            raise fault(NoSuchPath(shown_path(path, cwd)))
    unique = {pack.path.resolve(): pack for pack in packs}
    return list(unique.values())


def chosen_targets(names: Sequence[str] | None, project: Project) -> tuple[str, ...]:
    """Return the targets that `names` (or the project) choose; `all` is every one. Raises ProjectFault."""
    known = tuple(infos())
    wanted = tuple(names) if names else project.targets
    if "all" in wanted:
        return known
    for name in wanted:
        if name not in known:
            near = nearest(name, known)
            raise fault(UnknownTarget(name, near, ", ".join(known)))
    return tuple(dict.fromkeys(wanted))


def _root_of(file: Path, project: Project, otherwise: Path) -> Path:
    inside = project.file is not None and file.resolve().is_relative_to(project.root.resolve())
    return project.root if inside else otherwise


def _markdown_files(folder: Path) -> list[Path]:
    """Return the packs below `folder`: every .md file but hidden ones and README.md, in order of path."""
    found = (
        path
        for path in folder.rglob("*.md")
        if path.is_file()
        and path.name.lower() != "readme.md"
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
    return sorted(found, key=lambda path: path.relative_to(folder).parts)


def _read_project(file: Path, sources: SourceMap) -> Project:
    try:
        source = sources.add_bytes(file.read_bytes(), FILE_NAME)
    except OSError as error:
        raise fault(UnreadableFile(FILE_NAME, error.strerror or "unreadable")) from None
    sink = Sink()
    mapping = load(source, 0, len(source.text), sink)
    if mapping is None:
        raise ProjectFault(tuple(sink), sources)
    for key, place in mapping.keys.items():
        if key not in KEYS:
            near = nearest(key, KEYS)
            sink.report(UnknownProjectKey(key, near, ", ".join(KEYS)), place)
    project = Project(
        root=file.parent,
        file=file,
        namespace=text_of("namespace", mapping.values.get("namespace"), sink),
        content=_folder(mapping, "content", "content", sink),
        out=_folder(mapping, "out", "dist", sink),
        targets=_names(mapping, "targets", sink) or DEFAULT_TARGETS,
        required=_names(mapping, "required", sink),
    )
    for name in project.required:
        if name not in REQUIRABLE:
            wanted = "a list of " + ", ".join(f"`{key}`" for key in REQUIRABLE)
            sink.report(WrongValue("required", wanted), mapping.values["required"].span)
    for name in project.targets:
        if name not in infos():
            near = nearest(name, infos())
            rule = UnknownTarget(name, near, ", ".join(infos()))
            sink.report(rule, mapping.values["targets"].span)
    if sink.has_errors:
        raise ProjectFault(tuple(sink), sources)
    return project


def _folder(mapping: Mapping, key: str, default: str, sink: Sink) -> str:
    """Return a folder inside the project. A path that leads out of it is refused."""
    text = text_of(key, mapping.values.get(key), sink) or default
    if Path(text).is_absolute() or ".." in Path(text).parts:
        sink.report(WrongValue(key, "a folder inside the project"), mapping.values[key].span)
        return default
    return text


def _names(mapping: Mapping, key: str, sink: Sink) -> tuple[str, ...]:
    """Return the names of `key`, a list or one text with commas."""
    texts = texts_of(key, mapping.values.get(key), sink)
    return tuple(name.strip() for text in texts for name in text.split(",") if name.strip())
