"""What a run tells people. Cheap to import: a build of which nothing has changed needs little more."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from packc.ast.kinds import Kind
from packc.diagnostics.diagnostic import Diagnostic
from packc.diagnostics.rule import Severity
from packc.named import NamedTuple
from packc.source import SourceMap

if TYPE_CHECKING:
    from packc.build.job import LoadedPack
    from packc.build.output import Published


class Came(NamedTuple):
    """What a run came to, as people are told of it. `broken` are the names of packs nothing is made of."""

    diagnostics: tuple[Diagnostic, ...]
    packs: int
    kinds: Mapping[Kind, int]
    unreleased: int
    broken: tuple[str, ...]

    @property
    def has_errors(self) -> bool:
        return any(found.severity is Severity.ERROR for found in self.diagnostics)


class Report(NamedTuple):
    """What a check or a build found and made. `diagnostics` are in order of files and places.

    `loaded` are the packs as trees; a build keeps none. `fresh` is how many packs came from
    the cache; `why_uncached` tells why it could not be used, if so.
    """

    sources: SourceMap
    diagnostics: tuple[Diagnostic, ...]
    packs: int
    kinds: Mapping[Kind, int]
    unreleased: int
    out: Path  # the folder that a build writes to
    loaded: tuple[LoadedPack, ...] = ()
    artefacts: tuple[Published, ...] = ()
    broken: tuple[str, ...] = ()
    fresh: int = 0
    why_uncached: str = ""

    @property
    def exit_code(self) -> int:
        """1 when there are errors, else 0."""
        return int(any(found.severity is Severity.ERROR for found in self.diagnostics))


def report_of(came: Came, sources: SourceMap, out: Path) -> Report:
    """Return the report of what was found and made so far."""
    return Report(sources, came.diagnostics, came.packs, came.kinds, came.unreleased, out, broken=came.broken)
