"""Whether anything has changed since the last build, told without reading what the project's settings mean.

A build that finds nothing changed is over before most of packc is loaded. What it looks at is what all
settings come from: the request, the environment, packc's code, the texts of `packc.yaml` and `packc.lock`,
and every pack. Where something else counts (images, own words or templates, standard input), or is in doubt,
it says nothing, and the long way is gone.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from packc.build.cachefolder import why_not
from packc.build.code import code_digest
from packc.build.lastbuild import LastBuild, Sight, file_of, read_last_build
from packc.build.means import Means
from packc.build.publish import has_orphans
from packc.build.report import Came, Report, report_of
from packc.build.request import STDIN, Ahead, PackRead, Request
from packc.identity import FILE_NAME
from packc.places import (
    EPOCH,
    content,
    dated_content_or_digest,
    markdown_files,
    names_from,
    project_file,
    variables,
)
from packc.source import SourceMap, Span

if TYPE_CHECKING:
    from packc.build.plan import Plan


def glance(request: Request, out: Path | None, means: Means, ahead: Ahead | None = None) -> Report | None:
    """Return the report of the last build if this one would be the same and has nothing to write.

    If not, `ahead` has what was read to find that out.
    """
    if means.cache is None or not _is_plain(request) or why_not(means.cache):
        return None
    last = read_last_build(file_of(means.cache, request, out))
    sight = last.sight
    if sight is None or sight.surroundings != _surroundings(request):
        return None
    ahead = ahead or Ahead()
    try:
        packs = list(_packs(sight.roots, sight.most, ahead))
    except OSError:
        return None
    ahead.packs, ahead.last = {each.path: each for each in packs}, last
    dated = not os.environ.get(EPOCH)
    about = [(each.path, each.source, each.changed if dated else 0) for each in packs]
    if not packs or sight.packs != _digest(about):
        return None
    return _report(request, last, packs, sight)


def _report(request: Request, last: LastBuild, packs: list[PackRead], sight: Sight) -> Report | None:
    folder = Path(last.out)
    left = last.left
    if last.asked or not left.is_in_place(folder) or has_orphans(folder):
        return None
    came = last.came()
    if came is None or any(place.file < sight.before for place in _places(came)):
        return None
    sources, shown = SourceMap(), names_from(_cwd(request))
    for _ in range(sight.before):
        sources.add_text("", "")
    for each in packs:
        sources.reserve(each.path, shown(each.path))
    return report_of(came, sources, folder)._replace(artefacts=tuple(left.published), fresh=came.packs)


def sight_of(plan: Plan, sources: Iterable[str]) -> Sight | None:
    """Return what lets the next build do with a glance; None if it cannot.

    `sources` are the digests of its packs.
    """
    request, project = plan.request, plan.settings.project
    if not _is_plain(request) or project.templates or project.words or not plan.jobs:
        return None
    roots = [str(_cwd(request) / path) for path in request.paths] or [str(project.content_folder)]
    most, before = project.limits.file_bytes, len(plan.sources) - len(plan.jobs)
    dated = plan.settings.epoch is None
    jobs = zip(plan.jobs, sources, strict=True)
    seen = _digest((job.path, source, job.changed if dated else 0) for job, source in jobs)
    return Sight(_surroundings(request), roots, most, seen, before)


def _packs(roots: Iterable[str], most: int, ahead: Ahead) -> Iterator[PackRead]:
    """Yield the packs below `roots`, without their texts, of which most are never needed.

    `ahead` gets what walking the folders has found. Raises OSError for what cannot be read, or not be
    trusted.
    """
    known = set()
    for root in roots:
        found = [(root, os.path.realpath(root))]
        if os.path.isdir(root):  # noqa: PTH112 (paths as text: there are thousands)
            found = ahead.walks[root] = list(markdown_files(root))
        for path, real in found:
            if real in known:
                raise OSError
            known.add(real)
            held, changed = dated_content_or_digest(path, most, ahead.largest)
            source = held if isinstance(held, str) else sha256(held).hexdigest()
            yield PackRead(path, source, changed, None)


def _is_plain(request: Request) -> bool:
    """Tell whether what counts stands on the disk, where `_packs` and `_surroundings` look."""
    others = request.stdin, request.contents, request.ledger, request.templates
    return STDIN not in request.paths and not any(others)


def _surroundings(request: Request) -> str:
    """Return a digest of all that the settings come from."""
    file = project_file(_cwd(request))
    texts = [_text(file), _text(file.with_name(FILE_NAME))] if file is not None else []
    environment = [(name, os.environ[name]) for name in (*variables(), EPOCH) if name in os.environ]
    words = (request.options, request.locked, environment, str(Path.home()))
    return _digest([code_digest(), str(file), *texts, *words])


def _text(file: Path) -> str:
    try:
        return sha256(content(str(file))).hexdigest()
    except OSError as error:
        return f"errno {error.errno}"


def _cwd(request: Request) -> Path:
    return (request.cwd or Path.cwd()).resolve()


def _digest(values: Iterable[object]) -> str:
    return sha256(repr(list(values)).encode("utf-8", "surrogatepass")).hexdigest()


def _places(came: Came) -> Iterator[Span]:
    for found in came.diagnostics:
        yield from (place for place in (found.span, *(label.span for label in found.labels)) if place)
