"""Finding the project: its file upwards from here, and what the environment says instead."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from packc import yamltext
from packc.backends.registry import infos
from packc.diagnostics import Sink
from packc.diagnostics.rules.project import UnknownProjectKey, UnreadableFile
from packc.diagnostics.rules.settings import UnknownVariable
from packc.near import nearest
from packc.places import project_file, variables
from packc.project.fault import ProjectFault, fault
from packc.project.keys import FILE_NAME, KEYS, VARIABLES
from packc.project.options import given_options
from packc.project.settings import Project, read_settings
from packc.source import SourceMap
from packc.yamltext import Scalar


def find_project(cwd: Path, sources: SourceMap, sink: Sink, options: Iterable[str] = ()) -> Project:
    """Return the project that `cwd` lies in, else one of defaults at `cwd`.

    `options` are options of targets for this run, each as `TARGET.KEY=VALUE`.

    The search goes upwards, no further than a repository's root or the home folder. Warnings go to `sink`,
    which from now on judges as the project wants; errors raise ProjectFault.
    """
    file = project_file(cwd)
    own = Sink()
    written = yamltext.Mapping.nothing() if file is None else _load(file, sources, own)
    variables = _variables(sources, own)
    out = variables.pop("out", None)
    given = given_options(options, sources, own)
    project = read_settings({**written.values, **variables}, own, given)
    if own.has_errors:
        raise ProjectFault(tuple(own), sources)
    sink.levels = project.rules
    sink.adopt(own)
    places = {**written.keys, **project.places, **{key: value.span for key, value in variables.items()}}
    if out is not None:  # as with `--out`, seen from where one is
        project = project._replace(out=str(cwd / out.text.strip()))
        places["out"] = out.span
    return project._replace(root=file.parent if file else cwd, file=file, places=places)


def _load(file: Path, sources: SourceMap, sink: Sink) -> yamltext.Mapping:
    try:
        source = sources.add_bytes(file.read_bytes(), FILE_NAME)
    except OSError as error:
        raise fault(UnreadableFile(FILE_NAME, error.strerror or "unreadable")) from None
    mapping = yamltext.load(source, 0, len(source.text), sink)
    if mapping is None:
        raise ProjectFault(tuple(sink), sources)
    for key, place in mapping.keys.items():
        if key not in KEYS and key not in infos():
            near = nearest(key, (*KEYS, *infos()))
            sink.report(UnknownProjectKey(key, near, ", ".join(KEYS)), place)
    return mapping


def _variables(sources: SourceMap, sink: Sink) -> dict[str, Scalar]:
    """Return what the environment sets. Each variable is a source of its own, so that a fault has a place."""
    found: dict[str, Scalar] = {}
    for name in variables():
        key = VARIABLES.get(name)
        if key is None:
            sink.report(UnknownVariable(name, nearest(name, VARIABLES), ", ".join(VARIABLES)))
        elif os.environ[name].strip():
            source = sources.add_text(os.environ[name], name)
            found[key.name] = Scalar(source.text, plain=False, span=source.span(0, len(source.text)))
    return found
