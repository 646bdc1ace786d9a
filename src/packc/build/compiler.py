"""From a job to its outcome: read, check, ask the targets what they lose, emit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from packc.ast.pack import Pack, questions
from packc.ast.question import kind_of
from packc.ast.richtext import Image
from packc.ast.walk import forget_walk, nodes_of
from packc.backends.base import Artifact, Backend, Dated, EmitContext, Level, ScratchFault, Unmade
from packc.backends.losses import features, losses_of
from packc.backends.registry import load as load_backend
from packc.build.fault import from_scratch_fault
from packc.build.job import Facts, Job, LoadedPack, Outcome, Settings
from packc.build.moments import draft_moment
from packc.build.output import Output, Stored
from packc.build.surroundings import Answers, Asking, Question, Surroundings
from packc.check import check_answers, check_structure
from packc.diagnostics import Sink
from packc.diagnostics.rules.loss import Degraded, Dropped
from packc.diagnostics.rules.settings import NoWords
from packc.diagnostics.rules.targets import NotMade
from packc.media import load_media
from packc.project import check_targets
from packc.reader.pack import read_pack
from packc.source import SourceFile
from packc.words import ENGLISH, Words

if TYPE_CHECKING:
    from packc.identity.standing import Standing


Keep: TypeAlias = Callable[[Iterable[bytes]], bytes | Stored]


def _in_memory(pieces: Iterable[bytes]) -> bytes:
    # Into a buffer that grows: the pieces beside what they are joined to would be there twice.
    written = BytesIO()
    written.writelines(pieces)
    return written.getvalue()


class Compiler:
    """Does jobs, one after the other; what they share is looked up once."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._backends = {name: load_backend(name) for name in settings.targets}
        self._surroundings = Surroundings(settings)

    def run(self, job: Job, *, emitting: bool, keep: Keep = _in_memory) -> Outcome:
        """Return what becomes of `job`; without `emitting` no outputs. Raises ProjectFault, PublishFault.

        `keep` is given each artefact's bytes as they are made, and says where they are then.
        """
        asking = Asking(self._surroundings, job, self._settings)
        loaded, sink = self._read(job, asking)
        return self._finish(loaded, sink, asking, keep if emitting else None)

    def run_far(self, job: Job, answers: Answers) -> Outcome | list[Question]:
        """Return what becomes of `job` where the project's folder is not, or what would have to be known."""
        asking = Asking(self._surroundings, job, self._settings, answers)
        loaded, sink = self._read(job, asking)
        return asking.open or self._finish(loaded, sink, asking, _in_memory)

    def load(self, job: Job) -> tuple[LoadedPack, Outcome]:
        """Return the pack as a tree besides what becomes of it, without outputs. Raises ProjectFault."""
        asking = Asking(self._surroundings, job, self._settings)
        loaded, sink = self._read(job, asking)
        outcome = self._finish(loaded, sink, asking, None)
        return loaded._replace(ok=outcome.ok), outcome

    def _read(self, job: Job, asking: Asking) -> tuple[LoadedPack, Sink]:
        project = self._settings.project
        data = job.text  # until all is read: the C library keeps a heap with holes once it freed so much
        source = SourceFile.from_bytes(data, name=job.name, number=job.number)
        sink, path = Sink(project.rules), Path(job.path) if job.path is not None else None
        pack = read_pack(
            source, sink, fallback_id=_fallback_id(path), grammar=project.grammar, limits=project.limits
        )
        if not pack.meta.namespace:
            pack = replace(pack, meta=replace(pack.meta, namespace=project.namespace))
        check_targets(pack, self._backends, sink)
        check_structure(pack, project.required, sink)
        words = _words_for(pack, asking, sink)
        check_answers(pack, sink, words)
        media = load_media(nodes_of(pack, Image), asking.image, sink)
        moment = draft_moment(job, media, self._settings)
        context = EmitContext(
            published=dict.fromkeys((question.id for question in questions(pack)), moment),
            media=media.by_source,
            words=words,
        )
        found, ledger = None, self._settings.ledger
        if ledger is not None and not sink.has_errors:
            from packc.identity.standing import standing  # most checks have no ledger

            found = standing(pack, media.by_source, ledger, moment, sink)
            draft = bool(found.unreleased)
            context = context._replace(published=found.published, blanks=found.blanks, draft=draft)
        return LoadedPack(pack, job.name, context, not sink.has_errors, job.number, path, found), sink

    def _finish(self, loaded: LoadedPack, sink: Sink, asking: Asking, keep: Keep | None) -> Outcome:
        """Return the outcome; without `keep` it has no outputs."""
        findings = tuple(sink)
        if loaded.ok:
            self._report_losses(loaded, sink)
        forget_walk()  # what is made of the pack looks at one question after the other
        outputs = self._outputs(loaded, sink, keep) if keep and not sink.has_errors else ()
        ok = not sink.has_errors
        return Outcome(
            name=loaded.name,
            facts=_facts(loaded.pack, loaded.standing),
            sound=loaded.ok,
            ok=ok,
            findings=findings,
            losses=tuple(sink)[len(findings) :],
            ignores=tuple(sink.ignores()),
            asked=asking.asked if keep else (),  # only a build that keeps its outcomes wants to know
            outputs=outputs if ok else (),
        )

    def _report_losses(self, loaded: LoadedPack, sink: Sink) -> None:
        """Report what each target loses."""
        used = features(loaded.pack)
        for name, backend in self._backends_for(loaded.pack):
            with _reporting(loaded, name, sink):
                for loss in losses_of(backend, loaded.pack, self._context(loaded, name), used):
                    is_dropped = loss.level is Level.DROPPED
                    rule = Dropped(loss.what, loss.how) if is_dropped else Degraded(loss.what, loss.how)
                    sink.report(rule, loss.span, file=loaded.name, target=name)

    def _outputs(self, loaded: LoadedPack, sink: Sink, keep: Keep) -> tuple[Output, ...]:
        """Return what the targets make; report of which of them can make nothing of the pack."""
        found: list[Output] = []
        count = sum(1 for _ in questions(loaded.pack))
        for name, backend in self._backends_for(loaded.pack):
            with _reporting(loaded, name, sink):
                emitted = self._emitted(backend, loaded.pack, self._dated(loaded, name))
                # `map` lets go of each, where the variable of a loop would hold it while the next is made.
                found += map(partial(_output, name, loaded.pack.id, count, keep), emitted)
        return tuple(found)

    def _emitted(self, backend: Backend, pack: Pack, context: EmitContext) -> Iterator[Artifact]:
        """Yield what `backend` makes.

        Raises ProjectFault for a template of the project's that cannot be used, and PublishFault where a
        library has no room for its scratch files.
        """
        from packc.project.templates import template_fault  # a check fills no template
        from packc.render.builtin import TemplateFault

        try:
            yield from backend.emit(pack, context)
        except TemplateFault as found:
            raise template_fault(found, self._settings.project.overrides) from None
        except ScratchFault as error:
            raise from_scratch_fault(error) from error

    def _context(self, loaded: LoadedPack, target: str) -> EmitContext:
        project = self._settings.project
        return loaded.context._replace(options=project.options_of(target), templates=project.overrides)

    def _dated(self, loaded: LoadedPack, target: str) -> EmitContext:
        """Return the context with the date of the templates, which no loss depends on: it is slow to find."""
        context = self._context(loaded, target)
        backend, ledger = self._backends[target], self._settings.ledger
        if ledger is None or not isinstance(backend, Dated):
            return context
        look = backend.look().after(ledger.looks.get(target), context.newest)
        return context._replace(restyled=look.published)

    def _backends_for(self, pack: Pack) -> list[tuple[str, Backend]]:
        """Return the backends of this run that the pack is for."""
        names = pack.meta.targets or self._backends
        return [(name, backend) for name, backend in self._backends.items() if name in names]


@contextmanager
def _reporting(loaded: LoadedPack, target: str, sink: Sink) -> Iterator[None]:
    """Report that a target can make nothing of a pack."""
    try:
        yield
    except Unmade as unmade:
        sink.report(NotMade(target, str(unmade)), loaded.pack.span, file=loaded.name, target=target)


def _output(target: str, pack: str, count: int, keep: Keep, artifact: Artifact) -> Output:
    from packc.build.archive import pieces_of  # loads the deflater, which a check does not need

    return Output(target, pack, count, f"{target}/{artifact.path}", keep(pieces_of(artifact)))


def _fallback_id(path: Path | None) -> str | None:
    if path is None:
        return None
    return path.parent.name if path.stem == "index" else path.stem


def _words_for(pack: Pack, asking: Asking, sink: Sink) -> Words:
    words = asking.words(pack.meta.lang)
    if words is None:
        sink.report(NoWords(pack.meta.lang), pack.meta.places.get("lang"))
    return words or ENGLISH


def _facts(pack: Pack, found: Standing | None) -> Facts:
    meta = pack.meta
    return Facts(
        id=pack.id,
        span=pack.span,
        named=bool(meta.namespace),
        aliases={alias: meta.places.get(f"aliases.{alias}") for alias in meta.aliases},
        only=meta.targets,
        kinds=dict(Counter(kind_of(question) for question in questions(pack))),
        standing=found,
    )
