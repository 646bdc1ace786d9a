"""A small project, what people do to it, and what builds of it come to."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from packc import api
from packc.api import Report
from packc.build.means import Means
from packc.build.request import Request
from packc.diagnostics.show.json import document
from packc.release import release

PACK = "---\nid: {id}\n---\n\n# Pack {id}\n\n## Q1. One\n\n**Question:** Why {id}?\n\n**Solution:** So.\n"
LOSSY = PACK.replace("---\n\n#", "license: CC0-1.0\nauthors: [Ada]\n---\n\n#", 1)
IGNORING = LOSSY.replace("# Pack", "<!-- packc: ignore PK601 -->\n\n# Pack")
ALIAS = PACK.replace("---\n\n#", "aliases: [elder]\n---\n\n#", 1)


def five_packs(folder: Path) -> Path:
    """Make a project in `folder`, of packs with and without losses, and return where it is."""
    project = folder / "project"
    (project / "content").mkdir(parents=True)
    (project / "packc.yaml").write_text("namespace: n\n")
    for name, text in {"one": PACK, "two": LOSSY, "three": IGNORING, "four": PACK, "five": ALIAS}.items():
        (project / f"content/{name}.md").write_text(text.format(id=name))
    return project


def request(project: Path, **more: Any) -> Request:
    return Request([], cwd=project, **more)


def means(project: Path) -> Means:
    return Means(cache=project.parent / "cache")


def told(report: Report) -> object:
    said = document(report.diagnostics, report.sources)
    return said, report.artefacts, report.kinds, report.broken, report.packs, report.unreleased


def written(project: Path) -> dict[str, bytes]:
    out = project / "dist"
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def edit(project: Path, name: str = "one", old: str = "Why", new: str = "How") -> None:
    file = project / f"content/{name}.md"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def swapped(path: str) -> Callable[[Path], object]:
    """Write other bytes of the same length, at the same time by the file's own word."""

    def swap(project: Path) -> None:
        file = project / path
        status = file.stat()
        file.write_bytes(file.read_bytes().swapcase())
        os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))

    return swap


BESIDES: dict[str, Callable[[Path], object]] = {
    "nothing": lambda _: None,
    "an artefact is gone": lambda project: (project / "dist/gift/two.txt").unlink(),
    "an artefact has other bytes": swapped("dist/gift/two.txt"),
    "the manifest is gone": lambda project: (project / "dist/manifest.json").unlink(),
    "all artefacts are gone": lambda project: shutil.rmtree(project / "dist"),
    "an id that is there": lambda project: edit(project, "one", "id: one", "id: four"),
    "an id in other case": lambda project: edit(project, "one", "id: one", "id: Four"),
    "an id that was another's": lambda project: edit(project, "one", "id: one", "id: elder"),
    "an alias that lives": lambda project: edit(project, "five", "elder", "four"),
    "a new pack": lambda project: (project / "content/aa.md").write_text(PACK.format(id="aa")),
    "a pack that went": lambda project: (project / "content/four.md").unlink(),
    "an error": lambda project: edit(project, "one", "**Question:**", "**Quest:**"),
    "fewer targets": lambda project: edit(project, "one", "id: one", "id: one\ntargets: [gift]"),
    "a setting": lambda project: (project / "packc.yaml").write_text("namespace: n\nrequired: [why]\n"),
    "a level": lambda project: (project / "packc.yaml").write_text("namespace: n\nrules: {PK601: error}\n"),
    "a ledger": lambda project: release([], cwd=project, new_ledger=True),
}


def same_as_cold(project: Path, build: Callable[..., Report], **more: Any) -> Report:
    """Build, and compare with a build without a cache in a copy of all that is there."""
    copy = project.parent / "copy"
    shutil.copytree(project, copy, symlinks=True)
    warm = build(project, **more)
    cold = api.build_request(request(copy, **more))
    assert told(warm) == told(cold)
    assert written(project) == written(copy)
    shutil.rmtree(copy)
    return warm
