"""The library: load, check, compile, build. The only place that composes the rooms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from packc.backends.base import File
from packc.build.job import Changed, LoadedPack
from packc.build.join import Joined
from packc.build.means import PLAIN, Means
from packc.build.output import output_bytes
from packc.build.plan import make_plan
from packc.build.report import Report, report_of
from packc.build.request import NOTHING, STDIN, Ahead, Request
from packc.diagnostics import Diagnostic
from packc.named import NamedTuple
from packc.source import SourceMap

if TYPE_CHECKING:
    pass

__all__ = ["Compiled", "Foreseen", "Loaded", "LoadedPack", "Report", "build", "check", "compile", "load"]


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
    report = _check(Request(paths, (), cwd, stdin))
    return Loaded(report.sources, report.diagnostics, report.loaded)


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
    return _check(Request(paths, targets, cwd, stdin, contents, options))


def build(  # noqa: PLR0913 (what a command line can say)
    paths: Sequence[Path | str],
    *,
    targets: Sequence[str] | None = None,
    out: Path | None = None,
    cwd: Path | None = None,
    stdin: bytes | None = None,
    options: Sequence[str] = (),
    locked: bool = False,
    means: Means = PLAIN,
) -> Report:
    """Check as `check` does, then publish what the packs without errors make.

    What was in `out` before stays whole for packs with errors; what vanished packs left there is removed
    only when `paths` is empty and nothing has errors. `locked`: what has not been released is an error.
    `means` changes how quickly that goes, no more. Raises ProjectFault and PublishFault.
    """
    return build_request(Request(paths, targets, cwd, stdin, options=options, locked=locked), out, means)


def build_request(
    request: Request, out: Path | None = None, means: Means = PLAIN, ahead: Ahead | None = None
) -> Report:
    """Do what `build` does for a request, whose ledger need not be the project's.

    `ahead` has what was read to find out whether there is anything to do.
    """
    try:
        return _build(request, out, means, ahead or Ahead())
    except Changed:  # a pack, since it was read ahead or first
        return _build(request, out, means, None)


def _build(request: Request, out: Path | None, means: Means, ahead: Ahead | None) -> Report:
    from packc.build.run import Run  # a check writes nothing

    plan = make_plan(request, ahead)
    folder = plan.settings.project.out_folder if out is None else out
    run = Run(plan, folder, means, out, ahead)
    same = run.again()
    if same is None:
        joined = Joined(plan, run.outcomes())
        same = run.publish(joined, joined.outputs())
    came, artefacts = same
    return report_of(came, plan.sources, folder)._replace(
        artefacts=artefacts, fresh=run.fresh, why_uncached=run.why_uncached
    )


class Foreseen(NamedTuple):
    """What a build would do with a pack: nothing, or do it anew, and `why`."""

    name: str
    why: str = ""


def foresee(request: Request, out: Path | None = None, means: Means = PLAIN) -> tuple[Foreseen, ...]:
    """Return what `build_request` would do, pack by pack. Raises ProjectFault. Writes nothing."""
    from packc.build.run import Run

    plan = make_plan(request)
    run = Run(plan, plan.settings.project.out_folder if out is None else out, means, out)
    return tuple(Foreseen(*each) for each in run.foreseen())


def compile(  # noqa: A001  (the word for what a compiler does)
    source: str | Path, *, targets: Sequence[str] | None = None, options: Sequence[str] = ()
) -> Compiled:
    """Compile one pack, given as Markdown text or as a path, and return the files of each target.

    Writes nothing. A text needs an `id:` in its front matter. Raises ProjectFault for an unknown target
    or a path that is not there.
    """
    if isinstance(source, Path):
        request = Request([source], targets, source.parent.resolve(), options=options)
    else:
        data = source.encode("utf-8", "surrogatepass")
        request = Request([STDIN], targets, stdin=data, options=options)
    from packc.build.compiler import Compiler  # reads: what a build knows already needs no reader

    plan = make_plan(request)
    compiler = Compiler(plan.settings)
    joined = Joined(plan, [compiler.run(job, emitting=True) for job in plan.jobs])
    files: dict[str, tuple[File, ...]] = {}
    for output in joined.outputs():
        path = output.path.removeprefix(f"{output.target}/")
        files[output.target] = (*files.get(output.target, ()), File(path, output_bytes(output)))
    return Compiled(plan.sources, joined.diagnostics(), files)


def _check(request: Request) -> Report:
    from packc.build.compiler import Compiler  # reads: what a build knows already needs no reader

    plan = make_plan(request)
    compiler = Compiler(plan.settings)
    results = [compiler.load(job) for job in plan.jobs]
    joined = Joined(plan, (outcome for _, outcome in results))
    loaded = (
        each._replace(ok=outcome.ok) for (each, _), outcome in zip(results, joined.outcomes, strict=True)
    )
    return report_of(joined.came(), plan.sources, plan.settings.project.out_folder)._replace(
        loaded=tuple(loaded)
    )
