"""What an importer is. It is pure: a file's contents and its name in, packs and diagnostics out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from packc.ast.pack import Pack
from packc.diagnostics import Sink
from packc.intake.package import Package
from packc.limits import LIMITS, Limits
from packc.named import NamedTuple
from packc.reader.grammar import DEFAULT, Grammar
from packc.source import SourceFile, SourceMap


class Info(NamedTuple):
    """What the registry knows of a format without importing its code."""

    name: str  # what `--from` takes
    title: str  # one line for people
    rank: int = 0  # when a format is guessed, those that fit nearly any text come last


class Given(NamedTuple):
    """What is to be imported: a file, or a package of files.

    `source` is the file's text, empty for a package; `sources` is where a package's files become sources,
    so that places in them can be shown. `stem` is the file's name without its ending.
    """

    source: SourceFile
    sources: SourceMap
    stem: str = ""
    package: Package | None = None
    limits: Limits = LIMITS

    @classmethod
    def of_text(cls, text: str, *, name: str = "file.txt") -> Given:
        """Return a file with this text, the only one there is."""
        sources = SourceMap()
        source = sources.add_text(text, name)
        return cls(source, sources, name.rpartition("/")[2].partition(".")[0])


class Made(NamedTuple):
    """A pack, and the images that it names by their path beside it."""

    pack: Pack
    media: Mapping[str, bytes] = {}


class Importer(Protocol):
    """One source format."""

    @property
    def info(self) -> Info: ...

    def recognises(self, given: Given) -> bool:
        """Tell whether `given` looks like this format."""

    def read(
        self, given: Given, sink: Sink, *, fallback_id: str, grammar: Grammar = DEFAULT
    ) -> Sequence[Made]:
        """Return the packs that `given` holds; what cannot be recovered is reported. Never raises.

        A source that is unreadable as a whole gives no pack. `fallback_id` is an allowed id, for a pack
        that gives nothing to make one of; `grammar` is that of the project that the packs will belong to.
        """
