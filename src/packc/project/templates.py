"""Templates of the project's own, which stand in for packc's file by file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from packc.diagnostics import Sink
from packc.diagnostics.rules.templates import BadTemplate, NoTemplates, UnknownTemplate
from packc.near import nearest
from packc.project.fault import ProjectFault
from packc.project.settings import Project
from packc.render.builtin import Override, TemplateFault, template_names
from packc.source import SourceMap

MOST = 1 << 20  # bytes of one template
NO_OVERRIDES: Mapping[str, Override] = {}


def find_overrides(
    project: Project, given: Path | None, cwd: Path, sources: SourceMap
) -> Mapping[str, Override]:
    """Return the templates of `given`, and those of the project's folder where `given` has none.

    Each becomes a source, so that a fault in it has a place. Raises ProjectFault.
    """
    found: dict[str, Override] = {}
    sink = Sink()
    if project.templates and (project.root / project.templates).is_dir():
        found.update(_read(project.root / project.templates, project.templates, sources, sink))
    if given is not None:
        found.update(_read(cwd / given, given.as_posix(), sources, sink))
    if sink.has_errors:
        raise ProjectFault(tuple(sink), sources)
    return found


def _read(folder: Path, shown: str, sources: SourceMap, sink: Sink) -> Iterator[tuple[str, Override]]:
    if not folder.is_dir():
        sink.report(NoTemplates(shown, "there is no such folder"), file=shown)
        return
    known = template_names()
    for path in sorted(path for path in folder.rglob("*") if not path.is_dir()):
        name = path.relative_to(folder).as_posix()
        file = f"{shown}/{name}"
        if any(part.startswith(".") for part in Path(name).parts):
            continue
        if name not in known:
            sink.report(UnknownTemplate(name, nearest(name, known)), file=file)
        elif not path.resolve().is_relative_to(folder.resolve()):
            sink.report(NoTemplates(file, "it leads out of the folder"), file=file)
        else:
            yield from _loaded(path, name, file, sources, sink)


def _loaded(
    path: Path, name: str, file: str, sources: SourceMap, sink: Sink
) -> Iterator[tuple[str, Override]]:
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        sink.report(NoTemplates(file, error.strerror or "unreadable"), file=file)
    except UnicodeDecodeError:
        sink.report(NoTemplates(file, "it is not UTF-8"), file=file)
    else:
        if len(data) > MOST:
            sink.report(NoTemplates(file, f"{len(data):,} bytes, the limit is {MOST:,}"), file=file)
            return
        sources.add_text(text, file)
        yield name, Override(text, file)


def template_fault(found: TemplateFault, overrides: Mapping[str, Override]) -> ProjectFault:
    """Return the fault of a template as what stops a build, with its place."""
    sources, sink = SourceMap(), Sink()
    override = overrides.get(found.name)
    if override is None:
        sink.report(BadTemplate(found.name, found.why), file=found.name)
    else:
        source = sources.add_text(override.text, override.file)
        start = source.line_starts[min(max(found.line, 1), len(source.line_starts)) - 1]
        sink.report(BadTemplate(found.name, found.why), source.span(start, start))
    return ProjectFault(tuple(sink), sources)
