"""Importing: files of other formats become packs in canonical Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from packc.ast.pack import Pack, questions
from packc.build.rewrite import rewrite
from packc.diagnostics import Diagnostic, Sink
from packc.diagnostics.rules.importing import FileInTheWay, IdDistinguished, NotFaithful, UnknownSource
from packc.diagnostics.rules.project import NoSuchPath, UnreadableFile
from packc.diagnostics.rules.source import FileTooLarge
from packc.importers import registry
from packc.importers.base import Importer, pack_id
from packc.project import fault, find_project, shown_path
from packc.reader.headings import proposed_id
from packc.reader.pack import read_pack
from packc.source import SourceFile, SourceMap
from packc.writer import write

STDIN = "-"


class State(StrEnum):
    """What became of a file."""

    NEW = "new"
    SAME = "unchanged"
    OVERWRITTEN = "overwritten"
    SHOWN = "shown"  # nothing was to be written


class Imported(NamedTuple):
    """One pack that was imported. `path` is as people see it; `text` is all of the file."""

    path: str
    pack: str
    questions: int
    text: str
    state: State


class Conversion(NamedTuple):
    """What an import found and made."""

    sources: SourceMap
    diagnostics: tuple[Diagnostic, ...]
    files: tuple[Imported, ...]


def convert(
    paths: Sequence[Path | str],
    *,
    source_format: str | None = None,
    out: Path | None = None,
    cwd: Path | None = None,
    stdin: bytes | None = None,
    force: bool = False,
    dry: bool = False,
) -> Conversion:
    """Import the files at `paths` and write each pack to `out`, by default the project's content folder.

    `source_format` is a name of `packc.importers.registry`; None guesses. A file that is there and says
    something else is reported and kept, unless `force`; with `dry` nothing is written. For a source with
    errors nothing is written. Raises ProjectFault, PublishFault, and KeyError for an unknown format.
    """
    return _Conversion(source_format, out, (cwd or Path.cwd()).resolve(), force=force, dry=dry).run(
        paths, stdin
    )


class _Conversion:
    """One run: the ids that are taken are remembered from file to file."""

    def __init__(
        self, source_format: str | None, out: Path | None, cwd: Path, *, force: bool, dry: bool
    ) -> None:
        self._sources = SourceMap()
        self._sink = Sink()
        self._cwd = cwd
        self._project = find_project(cwd, self._sources, self._sink)
        self._out = cwd / out if out else self._project.content_folder
        self._force = force
        self._dry = dry
        names = (
            [source_format]
            if source_format
            else sorted(registry.infos(), key=lambda name: name != "markdown")
        )
        self._importers = [registry.load(name) for name in names]
        self._asked = source_format is not None
        self._taken: set[str] = set()
        self._files: list[Imported] = []

    def run(self, paths: Sequence[Path | str], stdin: bytes | None) -> Conversion:
        for path in paths:
            if path == STDIN:
                self._import(self._sources.add_bytes(stdin or b"", "<stdin>"), "pack")
            else:
                self._import_file(self._cwd / path)
        found = sorted(self._sink, key=lambda each: each.span or (-1, 0))
        return Conversion(self._sources, tuple(found), tuple(self._files))

    def _import_file(self, path: Path) -> None:
        name = shown_path(path, self._cwd)
        try:
            size = path.stat().st_size
            if size > self._project.limits.file_bytes:
                self._sink.report(FileTooLarge(size, self._project.limits.file_bytes), file=name)
                return
            data = path.read_bytes()
        except FileNotFoundError:
            raise fault(NoSuchPath(name)) from None
        except OSError as error:
            self._sink.report(UnreadableFile(name, error.strerror or "unreadable"), file=name)
            return
        stem = path.parent.name if path.stem == "index" else path.stem
        self._import(self._sources.add_bytes(data, name), stem)

    def _import(self, source: SourceFile, stem: str) -> None:
        importer = self._importer(source)
        if importer is None:
            formats = ", ".join(f"`{name}`" for name in registry.infos())
            self._sink.report(UnknownSource(formats), source.span(0, source.line_end(0)))
            return
        sink = Sink(self._project.rules)
        identifier = pack_id(stem) or proposed_id(stem)
        packs = importer.read(source, sink, fallback_id=identifier, grammar=self._project.grammar)
        if not sink.has_errors:
            for pack in packs:
                self._add(pack, source, stem, sink)
        self._sink.adopt(sink, sink.ignores())

    def _importer(self, source: SourceFile) -> Importer | None:
        if self._asked:
            return self._importers[0]
        return next((each for each in self._importers if each.recognises(source)), None)

    def _add(self, pack: Pack, source: SourceFile, stem: str, sink: Sink) -> None:
        identifier = self._free_id(pack.id, stem)
        if identifier != pack.id:
            sink.report(IdDistinguished(pack.id, identifier), pack.span)
            pack = replace(pack, id=identifier)
        self._taken.add(identifier.casefold())
        text = write(pack)
        again = read_pack(
            SourceFile.from_text(text, name=source.name),
            Sink(),
            fallback_id=None,
            grammar=self._project.grammar,
            limits=self._project.limits,
        )
        if again != pack:
            sink.report(NotFaithful(identifier), pack.span)
            return
        path = self._out / f"{identifier}.md"
        state = State.SHOWN if self._dry else self._write(path, text, sink, pack)
        if state is not None:
            count = sum(1 for _ in questions(pack))
            self._files.append(Imported(shown_path(path, self._cwd), identifier, count, text, state))

    def _write(self, path: Path, text: str, sink: Sink, pack: Pack) -> State | None:
        """Write the file and return what became of it, or None for one that is in the way."""
        state = State.NEW
        if path.exists():
            if path.is_file() and path.read_bytes() == text.encode():
                return State.SAME
            if not self._force:
                sink.report(FileInTheWay(shown_path(path, self._cwd)), pack.span)
                return None
            state = State.OVERWRITTEN
        rewrite(path, text)
        return state

    def _free_id(self, wanted: str, stem: str) -> str:
        """Return `wanted`, or if another pack of this run has it, one with the file's name and a number."""
        if wanted.casefold() not in self._taken:
            return wanted
        base = (pack_id(f"{wanted} {stem}") or wanted)[:60].rstrip("-.")
        number = 1
        found = base
        while found.casefold() in self._taken:
            number += 1
            found = f"{base}-{number}"
        return found
