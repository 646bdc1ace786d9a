"""Importing: files of other formats become packs in canonical Markdown."""

from __future__ import annotations

import gc
from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path

from packc.ast.pack import Pack, Part, Section, questions
from packc.build.rewrite import rewrite
from packc.diagnostics import Diagnostic, Sink
from packc.diagnostics.rules.banks import BrokenPackage
from packc.diagnostics.rules.importing import (
    FileInTheWay,
    IdDistinguished,
    ImageLeftBehind,
    NotFaithful,
    UnknownSource,
)
from packc.diagnostics.rules.project import NoSuchPath, UnreadableFile
from packc.diagnostics.rules.source import FileTooLarge
from packc.importers import registry
from packc.importers.base import Given, Importer, Made
from packc.intake.ids import pack_id
from packc.intake.package import Package, PackageFault, files_below
from packc.intake.xml import decoded
from packc.named import NamedTuple
from packc.project import fault, find_project, shown_path
from packc.reader.headings import proposed_id
from packc.reader.pack import read_pack
from packc.render.plain import PLAIN
from packc.source import SourceFile, SourceMap
from packc.writer.pack import write

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
    something else is reported and kept, unless `force`; with `dry` nothing is written. Of a source that
    cannot be read nothing is written, of a bank the questions that can be. Raises ProjectFault,
    PublishFault, and KeyError for an unknown format.
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
        self._project = find_project(cwd, self._sources, self._sink)
        self._cwd = cwd
        self._out = cwd / out if out else self._project.content_folder
        self._force = force
        self._dry = dry
        infos = registry.infos()
        names = [source_format] if source_format else sorted(infos, key=lambda name: (infos[name].rank, name))
        self._importers = [registry.load(name) for name in names]
        self._asked = source_format is not None
        self._taken: set[str] = set()
        self._files: list[Imported] = []

    def run(self, paths: Sequence[Path | str], stdin: bytes | None) -> Conversion:
        for number, path in enumerate(paths):
            if number:
                gc.collect(0)  # a package of QTI is read in circles, and the command has no collector
            if path == STDIN:
                self._import(self._given(stdin or b"", "<stdin>", "pack"))
            else:
                self._import_file(self._cwd / path)
        found = sorted(self._sink, key=lambda each: each.span or (-1, 0))
        return Conversion(self._sources, tuple(found), tuple(self._files))

    def _import_file(self, path: Path) -> None:
        name = shown_path(path, self._cwd)
        stem = path.parent.name if path.stem == "index" else path.stem
        try:
            if (path / "imsmanifest.xml").is_file():
                package = Package.of_files(files_below(path, self._project.limits))
                source = self._sources.add_text("", name)
                self._import(Given(source, self._sources, path.name, package, self._project.limits))
                return
            size = path.stat().st_size
            if size > self._project.limits.file_bytes:
                self._sink.report(FileTooLarge(size, self._project.limits.file_bytes), file=name)
                return
            data = path.read_bytes()
        except FileNotFoundError:
            raise fault(NoSuchPath(name)) from None
        except PackageFault as wrong:
            self._sink.report(BrokenPackage(str(wrong)), file=name)
            return
        except OSError as error:
            self._sink.report(UnreadableFile(name, error.strerror or "unreadable"), file=name)
            return
        self._import(self._given(data, name, stem))

    def _given(self, data: bytes, name: str, stem: str) -> Given | None:
        """Return what a file holds, text or a package; None, after a report, for a broken package."""
        limits = self._project.limits
        if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
            source = self._sources.add_text("", name)
            try:
                return Given(source, self._sources, stem, Package.of_zip(data), limits)
            except PackageFault as wrong:
                self._sink.report(BrokenPackage(str(wrong)), source.span(0, 0))
                return None
        text = decoded(data)  # XML says itself what it is encoded in
        source = self._sources.add_bytes(data, name) if text is None else self._sources.add_text(text, name)
        return Given(source, self._sources, stem, None, limits)

    def _import(self, given: Given | None) -> None:
        if given is None:
            return
        importer = self._importer(given)
        if importer is None:
            formats = ", ".join(f"`{name}`" for name in registry.infos())
            self._sink.report(UnknownSource(formats), given.source.span(0, given.source.line_end(0)))
            return
        sink = Sink(self._project.rules)
        identifier = pack_id(given.stem) or proposed_id(given.stem)
        for made in importer.read(given, sink, fallback_id=identifier, grammar=self._project.grammar):
            self._add(made, given, sink)
        self._sink.adopt(sink, sink.ignores())

    def _importer(self, given: Given) -> Importer | None:
        if self._asked:
            return self._importers[0]
        return next((each for each in self._importers if each.recognises(given)), None)

    def _add(self, made: Made, given: Given, sink: Sink) -> None:
        pack = made.pack
        identifier = self._free_id(pack.id, given.stem)
        if identifier != pack.id:
            sink.report(IdDistinguished(pack.id, identifier), pack.span)
            pack = replace(pack, id=identifier)
        self._taken.add(identifier.casefold())
        text = write(pack)
        if not self._reads_back(pack, text):
            named = Sink()
            kept = self._without_unfaithful(pack, named)
            text = write(kept)
            if not any(True for _ in questions(kept)) or not self._reads_back(kept, text):
                sink.report(NotFaithful(identifier), pack.span)
                return
            sink.adopt(named)
            pack = kept
        path = self._out / f"{identifier}.md"
        state = State.SHOWN if self._dry else self._write_all(path, text, made.media, sink, pack)
        if state is not None:
            count = sum(1 for _ in questions(pack))
            self._files.append(Imported(shown_path(path, self._cwd), identifier, count, text, state))
        if self._dry:
            for name in made.media:
                sink.report(ImageLeftBehind(name), pack.span)

    def _reads_back(self, pack: Pack, text: str) -> bool:
        again = read_pack(
            SourceFile.from_text(text, name="imported.md"),
            Sink(),
            fallback_id=None,
            grammar=self._project.grammar,
            limits=self._project.limits,
        )
        return again == pack

    def _without_unfaithful(self, pack: Pack, sink: Sink) -> Pack:
        """Return the pack without what would not read back; each question and text of that is named."""

        def kept(parts: tuple[Part, ...]) -> tuple[Part, ...]:
            found: list[Part] = []
            for part in parts:
                lone = replace(part, parts=()) if isinstance(part, Section) else part
                alone = replace(pack, intro=(), parts=(lone,))
                if not self._reads_back(alone, write(alone)):
                    name = " ".join(PLAIN.inlines(part.title).split())
                    identifier = name if isinstance(part, Section) else part.id
                    sink.report(NotFaithful(identifier), part.span or pack.span)
                elif isinstance(part, Section):
                    found.append(replace(part, parts=kept(part.parts)))
                else:
                    found.append(part)
            return tuple(found)

        intro = replace(pack, parts=())
        if not self._reads_back(intro, write(intro)):
            sink.report(NotFaithful("the introduction"), pack.span)
            pack = replace(pack, intro=())
        return replace(pack, parts=kept(pack.parts))

    def _write_all(
        self, path: Path, text: str, media: Mapping[str, bytes], sink: Sink, pack: Pack
    ) -> State | None:
        """Write the images, then the file that names them, and return what became of the file."""
        for name, data in media.items():
            beside = path.parent / name
            if self._write(beside, data, sink, pack) is None:
                return None
        return self._write(path, text.encode(), sink, pack)

    def _write(self, path: Path, data: bytes, sink: Sink, pack: Pack) -> State | None:
        """Write a file and return what became of it, or None for one that is in the way."""
        state = State.NEW
        if path.exists():
            if path.is_file() and path.read_bytes() == data:
                return State.SAME
            if not self._force:
                sink.report(FileInTheWay(shown_path(path, self._cwd)), pack.span)
                return None
            state = State.OVERWRITTEN
        rewrite(path, data)
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
