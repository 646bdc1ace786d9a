"""Whether anything has changed since the last build, told without reading what the project's settings mean.

A build that finds nothing changed is over before most of packc is loaded. What it looks at is what all
settings come from: the request, the environment, packc's code, the texts of `packc.yaml` and `packc.lock`,
and every pack. Where something else counts (images, own words or templates, standard input), or is in doubt,
it says nothing, and the long way is gone.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from packc.build.cachefolder import why_not
from packc.build.code import code_digest
from packc.build.lastbuild import read_last_build
from packc.build.means import Means
from packc.build.publish import has_orphans
from packc.build.report import Came, Report, report_of
from packc.build.request import STDIN, Request
from packc.build.whole import read_sealed, write_sealed
from packc.identity import FILE_NAME
from packc.named import NamedTuple
from packc.places import EPOCH, content, markdown_files, project_file, variables
from packc.source import SourceMap, Span

if TYPE_CHECKING:
    from packc.build.plan import Plan

_FORMAT = "packc glance 1"


class Glance(NamedTuple):
    """What to look at, and what was there. `last` is the file that tells of the last build.

    `surroundings` is a digest of all but the packs, `packs` one of those; they lie below `roots`, and none
    may have more than `most` bytes. `inputs` are the last build's. `before` is how many sources it had
    before the packs. `out` is where it wrote to.
    """

    surroundings: str
    roots: Sequence[str]
    most: int
    packs: str
    inputs: str
    before: int
    last: str
    out: str


def glance(
    request: Request, out: Path | None, means: Means, ahead: dict[str, bytes] | None = None
) -> Report | None:
    """Return the report of the last build if this one would be the same and has nothing to write.

    If not, `ahead` has the packs that were read, by path.
    """
    if means.cache is None or not _is_plain(request) or why_not(means.cache):
        return None
    found = _read(_file(means.cache, request, out))
    if found is None or found.surroundings != _surroundings(request):
        return None
    try:
        packs = list(_packs(found.roots, found.most))
    except OSError:
        return None
    if ahead is not None:
        ahead.update((each.path, each.data) for each in packs)
    if not packs or found.packs != _digest(each.about for each in packs):
        return None
    last, folder = read_last_build(means.cache / "builds" / found.last), Path(found.out)
    if found.inputs != last.inputs or last.asked:
        return None
    if not last.is_in_place(folder) or has_orphans(folder):
        return None
    came = last.came()
    if came is None or any(place.file < found.before for place in _places(came)):
        return None
    sources, above = SourceMap(), f"{_cwd(request).as_posix().rstrip('/')}/"
    for _ in range(found.before):
        sources.add_text("", "")
    for each in packs:
        sources.reserve(each.data, each.path.replace(os.sep, "/").removeprefix(above))
    return report_of(came, sources, folder)._replace(artefacts=last.published, fresh=came.packs)


def allow_glance(
    cache: Path, plan: Plan, out: Path | None, folder: Path, inputs: str, last: str, sources: Iterable[str]
) -> None:
    """Let the next build do with a glance, if it can. `inputs` and `last` are those of this build, `sources`
    the digests of its packs.

    Raises OSError.
    """
    request, project = plan.request, plan.settings.project
    if not _is_plain(request) or project.templates or project.words:
        return
    roots = [str(_cwd(request) / path) for path in request.paths] or [str(project.content_folder)]
    most, before = project.limits.file_bytes, len(plan.sources) - len(plan.jobs)
    dated = plan.settings.epoch is None
    packs = [
        (str(job.path), source, job.changed if dated else 0)
        for job, source in zip(plan.jobs, sources, strict=True)
    ]
    found = Glance(_surroundings(request), roots, most, _digest(packs), inputs, before, last, str(folder))
    file = _file(cache, request, out)
    if _read(file) != found:
        text = json.dumps([_FORMAT, *found]).encode("ascii")
        write_sealed(file, text)


class _Pack(NamedTuple):
    path: str
    source: str
    changed: int
    data: bytes

    @property
    def about(self) -> tuple[str, str, int]:
        return self[:3]


def _packs(roots: Iterable[str], most: int) -> Iterator[_Pack]:
    """Yield the packs below `roots`. Raises OSError for what cannot be read, or not be trusted."""
    dated, known = not os.environ.get(EPOCH), set()
    for root in roots:
        is_folder = os.path.isdir(root)  # noqa: PTH112 (paths as text: there are thousands)
        for path, real in markdown_files(root) if is_folder else [(root, os.path.realpath(root))]:
            if real in known:
                raise OSError
            known.add(real)
            changed = int(os.stat(path).st_mtime) if dated else 0  # noqa: PTH116 (the same)
            data = content(path, most)
            yield _Pack(path, sha256(data).hexdigest(), changed, data)


def _is_plain(request: Request) -> bool:
    """Tell whether what counts stands on the disk, where `_packs` and `_surroundings` look."""
    others = request.stdin, request.contents, request.ledger, request.templates
    return STDIN not in request.paths and not any(others)


def _surroundings(request: Request) -> str:
    """Return a digest of all that the settings come from."""
    file = project_file(_cwd(request))
    texts = [_text(file), _text(file.with_name(FILE_NAME))] if file is not None else []
    return _digest([code_digest(), str(file), *texts])


def _text(file: Path) -> str:
    try:
        return sha256(content(str(file))).hexdigest()
    except OSError as error:
        return f"errno {error.errno}"


def _file(cache: Path, request: Request, out: Path | None) -> Path:
    """Return where the glance for a request is: for these words, in this folder and environment."""
    environment = [(name, os.environ[name]) for name in (*variables(), EPOCH) if name in os.environ]
    words = (request.paths, request.targets, request.options, request.locked)
    about = (_cwd(request), out and out.absolute(), list(map(str, words)), environment, str(Path.home()))
    return cache / "glances" / _digest(map(str, about))


def _cwd(request: Request) -> Path:
    return (request.cwd or Path.cwd()).resolve()


def _digest(values: Iterable[object]) -> str:
    return sha256(repr(list(values)).encode("utf-8", "surrogatepass")).hexdigest()


def _read(file: Path) -> Glance | None:
    """Return what the file says; None if it is not there, damaged or of another version."""
    try:
        form, *values = json.loads(read_sealed(file))
        return Glance(*values) if form == _FORMAT else None
    except (OSError, ValueError, TypeError, RecursionError):
        return None


def _places(came: Came) -> Iterator[Span]:
    for found in came.diagnostics:
        yield from (place for place in (found.span, *(label.span for label in found.labels)) if place)
