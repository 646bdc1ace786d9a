"""The library: load, check, compile, build. The only place that composes the rooms."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from packc.ast.pack import Pack, questions
from packc.ast.question import Kind, kind_of
from packc.ast.richtext import Image
from packc.ast.walk import pack_nodes
from packc.backends.base import Backend, EmitContext, File, Level
from packc.backends.losses import features, losses_of
from packc.backends.registry import infos
from packc.backends.registry import load as load_backend
from packc.check import check_answers, check_structure
from packc.diagnostics import Diagnostic, Label, Severity, Sink
from packc.diagnostics.rules.identity import DuplicatePackId, NoNamespace, SameFile
from packc.diagnostics.rules.loss import Degraded, Dropped
from packc.diagnostics.rules.project import BadEpoch, UnreadableFile
from packc.diagnostics.rules.remarks import LivingAlias, UnusedIgnore
from packc.diagnostics.rules.settings import NoWords
from packc.diagnostics.rules.source import FileTooLarge
from packc.media import LoadedMedia, load_media
from packc.project import (
    PackFile,
    check_targets,
    chosen_targets,
    fault,
    find_packs,
    find_project,
    find_words,
    shown_path,
)
from packc.reader.pack import read_pack
from packc.source import SourceMap
from packc.words import ENGLISH, Words

if TYPE_CHECKING:
    from packc.build.publish import Output, Published

STDIN = "-"
NOTHING: Mapping[Path, bytes] = {}
_LAST_SECOND = 253_402_300_799  # of the year 9999, the last that every target can write


class LoadedPack(NamedTuple):
    """One pack with its images. `ok` is false when it has errors, so that nothing is emitted for it."""

    pack: Pack
    name: str  # of the source, as people see it
    context: EmitContext
    ok: bool
    source: int = 0  # the number of its source
    path: Path | None = None  # None: standard input


class Report(NamedTuple):
    """What a check or a build found and made. `diagnostics` are in order of files and places."""

    sources: SourceMap
    diagnostics: tuple[Diagnostic, ...]
    packs: int
    kinds: Mapping[Kind, int]
    unreleased: int
    out: Path  # the folder that a build writes to
    loaded: tuple[LoadedPack, ...] = ()
    artefacts: tuple[Published, ...] = ()
    broken: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """1 when there are errors, else 0."""
        return int(any(found.severity is Severity.ERROR for found in self.diagnostics))


class Loaded(NamedTuple):
    """Packs as trees, and what is wrong with them. What targets would lose is not asked."""

    sources: SourceMap
    diagnostics: tuple[Diagnostic, ...]
    packs: tuple[LoadedPack, ...]


class Compiled(NamedTuple):
    """The files of each target, by the target's name; empty for a pack with errors."""

    sources: SourceMap
    diagnostics: tuple[Diagnostic, ...]
    files: Mapping[str, tuple[File, ...]]


def load(paths: Sequence[Path | str], *, cwd: Path | None = None, stdin: bytes | None = None) -> Loaded:
    """Read and check the packs of `paths` (none: the project's), broken ones too. Raises ProjectFault."""
    run = _Run(paths, (), cwd, stdin)
    return Loaded(run.sources, run.report().diagnostics, tuple(run.packs))


def check(
    paths: Sequence[Path | str],
    *,
    targets: Sequence[str] | None = None,
    cwd: Path | None = None,
    stdin: bytes | None = None,
    contents: Mapping[Path, bytes] = NOTHING,
    options: Sequence[str] = (),
) -> Report:
    """Read the packs of `paths` (none: the project's) and report all that is wrong or would be lost.

    `targets`: whose losses to report; None is the project's. `contents`: what counts as the content of a
    file, in place of what stands on the disk. `options`: of targets, each as `TARGET.KEY=VALUE`.
    Raises ProjectFault. Writes nothing.
    """
    return _Run(paths, targets, cwd, stdin, contents, options).report()


def build(
    paths: Sequence[Path | str],
    *,
    targets: Sequence[str] | None = None,
    out: Path | None = None,
    cwd: Path | None = None,
    stdin: bytes | None = None,
    options: Sequence[str] = (),
) -> Report:
    """Check as `check` does, then publish what the packs without errors make.

    What was in `out` before stays whole for packs with errors; what vanished packs left there is removed
    only when `paths` is empty and nothing has errors. Raises ProjectFault and PublishFault.
    """
    from packc.build.publish import publish  # a check writes nothing

    run = _Run(paths, targets, cwd, stdin, options=options)
    known = {loaded.pack.id for loaded in run.packs}
    outputs = run.outputs()
    report = run.report()
    folder = report.out if out is None else out
    # A pack that cannot be read may hide its id, so that its old files would look like a vanished pack's.
    complete = not paths and report.exit_code == 0
    artefacts = publish(folder, outputs, known_packs=known, complete=complete, given_up=run.given_up())
    return report._replace(out=folder, artefacts=artefacts)


def compile(  # noqa: A001  (the word for what a compiler does)
    source: str | Path, *, targets: Sequence[str] | None = None, options: Sequence[str] = ()
) -> Compiled:
    """Compile one pack, given as Markdown text or as a path, and return the files of each target.

    Writes nothing. A text needs an `id:` in its front matter. Raises ProjectFault for an unknown target
    or a path that is not there.
    """
    if isinstance(source, Path):
        run = _Run([source], targets, source.parent.resolve(), None, options=options)
    else:
        run = _Run([STDIN], targets, None, source.encode("utf-8", "surrogatepass"), options=options)
    files: dict[str, tuple[File, ...]] = {}
    for output in run.outputs():
        path = output.path.removeprefix(f"{output.target}/")
        files[output.target] = (*files.get(output.target, ()), File(path, output.data))
    return Compiled(run.sources, run.report().diagnostics, files)


class _Run:
    """One reading of some packs for some targets."""

    def __init__(
        self,
        paths: Sequence[Path | str],
        targets: Sequence[str] | None,
        cwd: Path | None,
        stdin: bytes | None,
        contents: Mapping[Path, bytes] = NOTHING,
        options: Sequence[str] = (),
    ) -> None:
        self._contents = contents
        self.sources = SourceMap()
        self._sink = Sink()
        self._cwd = (cwd or Path.cwd()).resolve()
        self._epoch = _epoch()
        self.project = find_project(self._cwd, self.sources, self._sink, options)
        self._backends = {name: load_backend(name) for name in chosen_targets(targets, self.project)}
        self.packs: list[LoadedPack] = []
        self._words: dict[str, Words | None] = {}
        self._unnamed: list[Pack] = []  # packs without a namespace: one message for all
        if STDIN in paths:
            self._read(stdin or b"", "<stdin>", None)
        files = [self._cwd / path for path in paths if path != STDIN]
        if files or not paths:
            for file in find_packs(self.project, files, self._cwd, self._sink):
                self._read_file(file)
        if self._unnamed:
            self._sink.report(NoNamespace(), self._unnamed[0].span)
        self._check_pack_ids()
        self._report_losses()
        self._report_unused_ignores()

    def outputs(self) -> list[Output]:
        """Emit every pack without errors for every target. Packs that would share a file are reported."""
        emitted = [(loaded, list(self._emit(loaded))) for loaded in self.packs if loaded.ok]
        owners: dict[str, LoadedPack] = {}
        clashing: set[str] = set()
        for loaded, outputs in emitted:
            for output in outputs:
                # Names that differ in case only are one file on Windows and macOS.
                earlier = owners.setdefault(output.path.casefold(), loaded)
                if earlier is not loaded:
                    labels = (Label(earlier.pack.span, "the other pack"),) if earlier.pack.span else ()
                    self._sink.report(SameFile(output.path), loaded.pack.span, labels=labels)
                    clashing |= {earlier.pack.id, loaded.pack.id}
        self._set_aside(clashing)
        return [output for loaded, outputs in emitted for output in outputs if loaded.pack.id not in clashing]

    def _emit(self, loaded: LoadedPack) -> Iterator[Output]:
        from packc.build.archive import to_files  # loads the deflater, which a check does not need
        from packc.build.publish import Output

        count = sum(1 for _ in questions(loaded.pack))
        for name, backend in self._backends_for(loaded.pack):
            for artifact in backend.emit(loaded.pack, self._context(loaded, name)):
                file = to_files(artifact)
                yield Output(name, loaded.pack.id, count, f"{name}/{file.path}", file.data)

    def report(self) -> Report:
        kinds = Counter(kind_of(question) for loaded in self.packs for question in questions(loaded.pack))
        return Report(
            sources=self.sources,
            diagnostics=tuple(sorted(self._sink, key=_place)),
            packs=len(self.packs),
            kinds={kind: kinds[kind] for kind in Kind if kinds[kind]},
            unreleased=kinds.total(),
            out=self.project.out_folder,
            loaded=tuple(self.packs),
            broken=tuple(loaded.name for loaded in self.packs if not loaded.ok),
        )

    def _context(self, loaded: LoadedPack, target: str) -> EmitContext:
        return loaded.context._replace(options=self.project.options_of(target))

    def _read_file(self, file: PackFile) -> None:
        name = shown_path(file.path, self._cwd)
        try:
            size = file.path.stat().st_size
            if size > self.project.limits.file_bytes:
                self._sink.report(FileTooLarge(size, self.project.limits.file_bytes), file=name)
                return
            given = self._contents.get(file.path)
            data = file.path.read_bytes() if given is None else given
        except OSError as error:
            self._sink.report(UnreadableFile(name, error.strerror or "unreadable"), file=name)
            return
        self._read(data, name, file)

    def _read(self, data: bytes, name: str, file: PackFile | None) -> None:
        source = self.sources.add_bytes(data, name)
        sink = Sink(self.project.rules)
        pack = read_pack(
            source,
            sink,
            fallback_id=_fallback_id(file),
            grammar=self.project.grammar,
            limits=self.project.limits,
        )
        if not pack.meta.namespace:
            pack = replace(pack, meta=replace(pack.meta, namespace=self.project.namespace))
        check_targets(pack, self._backends, sink)
        check_structure(pack, self.project.required, sink)
        check_answers(pack, sink)
        images = [node for node in pack_nodes(pack) if isinstance(node, Image)]
        folder = file.path.parent if file else None
        media = load_media(images, folder, file.root if file else None, sink, self.project.limits)
        if not pack.meta.namespace and not sink.has_errors:  # with errors, it may be there but unreadable
            self._unnamed.append(pack)
        context = EmitContext(
            published=dict.fromkeys((question.id for question in questions(pack)), self._moment(file, media)),
            media=media.by_source,
            words=self._words_for(pack, sink),
        )
        self._sink.adopt(sink)
        self.packs.append(
            LoadedPack(pack, name, context, not sink.has_errors, source.number, file.path if file else None)
        )

    def _moment(self, file: PackFile | None, media: LoadedMedia) -> int:
        """Return when an unreleased question counts as given out: never later than now."""
        if self._epoch is not None:
            return self._epoch
        now = int(time.time())
        if file is None:
            return now
        return min(now, max(int(path.stat().st_mtime) for path in (file.path, *media.files)))

    def _words_for(self, pack: Pack, sink: Sink) -> Words:
        lang = pack.meta.lang
        if lang not in self._words:
            self._words[lang] = find_words(lang, self.project, self.sources)
        words = self._words[lang]
        if words is None:
            sink.report(NoWords(lang), pack.meta.places.get("lang"))
        return words or ENGLISH

    def _check_pack_ids(self) -> None:
        seen: dict[str, LoadedPack] = {}
        clashing: set[str] = set()
        for loaded in self.packs:
            earlier = seen.setdefault(loaded.pack.id.casefold(), loaded)
            if earlier is not loaded:
                labels = (Label(earlier.pack.span, "the first one is here"),) if earlier.pack.span else ()
                self._sink.report(DuplicatePackId(loaded.pack.id), loaded.pack.span, labels=labels)
                clashing |= {earlier.pack.id, loaded.pack.id}
        for loaded in self.packs:
            for alias in loaded.pack.meta.aliases:
                owner = seen.setdefault(alias.casefold(), loaded)
                if owner is not loaded:
                    labels = (Label(owner.pack.span, "it is here"),) if owner.pack.span else ()
                    place = loaded.pack.meta.places.get(f"aliases.{alias}")
                    self._sink.report(LivingAlias(alias), place, labels=labels)
                    clashing |= {owner.pack.id, loaded.pack.id}
        self._set_aside(clashing)

    def _set_aside(self, clashing: Collection[str]) -> None:
        """Emit nothing for the packs with these ids."""
        self.packs = [pack._replace(ok=pack.ok and pack.pack.id not in clashing) for pack in self.packs]

    def _backends_for(self, pack: Pack) -> list[tuple[str, Backend]]:
        """Return the backends of this run that the pack is for."""
        names = pack.meta.targets or self._backends
        return [(name, backend) for name, backend in self._backends.items() if name in names]

    def given_up(self) -> list[tuple[str, str]]:
        """Return the pairs of pack and target that front matter rules out."""
        return [
            (loaded.pack.id, name)
            for loaded in self.packs
            for name in infos()
            if loaded.ok and loaded.pack.meta.targets and name not in loaded.pack.meta.targets
        ]

    def _report_losses(self) -> None:
        raised: set[str] = set()  # packs with a loss that the project calls an error
        for loaded in self.packs:
            if loaded.ok:
                before = len(self._sink)
                used = features(loaded.pack)
                for name, backend in self._backends_for(loaded.pack):
                    for loss in losses_of(backend, loaded.pack, self._context(loaded, name), used):
                        is_dropped = loss.level is Level.DROPPED
                        what, how = loss.what, loss.how
                        rule = Dropped(what, how) if is_dropped else Degraded(what, how)
                        self._sink.report(rule, loss.span, file=loaded.name, target=name)
                if any(found.severity is Severity.ERROR for found in islice(self._sink, before, None)):
                    raised.add(loaded.pack.id)
        self._set_aside(raised)

    def _report_unused_ignores(self) -> None:
        """Report ignores that covered nothing, where everything was looked at: not in packs with errors."""
        complete = {loaded.pack.span.file for loaded in self.packs if loaded.ok and loaded.pack.span}
        for ignore in list(self._sink.unused_ignores()):
            # Losses are those of this run's targets: another run may need the ignore.
            if ignore.place.file in complete and not ignore.code.startswith("PK6"):
                self._sink.report(UnusedIgnore(ignore.code), ignore.place)


def _epoch() -> int | None:
    written = os.environ.get("SOURCE_DATE_EPOCH")
    if not written:
        return None
    if not (written.isascii() and written.isdigit() and int(written) <= _LAST_SECOND):
        raise fault(BadEpoch(written))
    return int(written)


def _fallback_id(file: PackFile | None) -> str | None:
    if file is None:
        return None
    return file.path.parent.name if file.path.stem == "index" else file.path.stem


def _place(found: Diagnostic) -> tuple[int, int, str]:
    if found.span is None:
        return (-1, 0, found.target)
    return (found.span.file, found.span.start, found.target)
