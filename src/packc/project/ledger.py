"""Where a project's ledger is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from packc.diagnostics import Sink
from packc.diagnostics.rules.project import UnreadableFile
from packc.identity import FILE_NAME
from packc.project.fault import ProjectFault, fault
from packc.project.settings import Project
from packc.source import SourceMap

if TYPE_CHECKING:
    from packc.identity.ledger import Ledger


def ledger_path(project: Project) -> Path:
    return project.root / FILE_NAME


def find_ledger(project: Project, sources: SourceMap) -> Ledger | None:
    """Return what stands in `packc.lock` beside `packc.yaml`; None if there is no such file.

    Raises ProjectFault, with places in that file, if it is not as packc wrote it.
    """
    if project.file is None:
        return None
    path = ledger_path(project)
    try:
        source = sources.add_bytes(path.read_bytes(), FILE_NAME)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise fault(UnreadableFile(FILE_NAME, error.strerror or "unreadable")) from None
    from packc.identity.reading import read_ledger  # most checks have no ledger

    sink = Sink()
    ledger = read_ledger(source, sink)
    if sink.has_errors:
        raise ProjectFault(tuple(sink), sources)
    return ledger
