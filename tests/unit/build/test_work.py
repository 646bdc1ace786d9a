"""Jobs in other processes and on a cluster: the same bytes and messages, and no silence when one dies."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from packc import api
from packc.api import Report
from packc.build.compiler import Compiler
from packc.build.fault import PublishFault
from packc.build.job import Job, Outcome
from packc.build.means import Means
from packc.diagnostics.show.json import document
from packc.project import ProjectFault
from tests.support.packs import png

ROOT = Path(__file__).resolve().parents[3]
PACK = """---
id: p{n}
---

# Pack {n}

## Q1. One

**Question:** Why {n}? {image}

**Solution:** So.

## Q2. Two

- [x] This
  > Right.
- [ ] That
"""
COUNT = 9


@pytest.fixture
def project(quick_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Packs with images, with losses and with errors; one id stands twice."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    folder = quick_folder / "project"
    (folder / "content").mkdir(parents=True)
    (folder / "words").mkdir()
    (folder / "packc.yaml").write_text("namespace: n\nwords: words\n")
    (folder / "words/en.toml").write_text('question = "Query"\n')
    (folder / "content/dot.png").write_bytes(png(3, 3))
    for number in range(COUNT):
        image = "![A dot](dot.png)" if number % 3 == 0 else "![None](none.png)" if number == 4 else ""
        text = PACK.format(n=0 if number == 5 else number, image=image)
        (folder / f"content/p{number}.md").write_text(text)
    return folder


def build(project: Path, cache: str | None = None, **more: Any) -> Report:
    means = Means(project.parent / cache if cache else None, **more)
    return api.build([], cwd=project, means=means)


def told(report: Report) -> object:
    return document(report.diagnostics, report.sources), report.artefacts, report.kinds, report.broken


def written(project: Path) -> dict[str, bytes]:
    out = project / "dist"
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def test_however_many_processes_the_build_is_the_same(project: Path) -> None:
    right = told(build(project))
    files = written(project)
    assert len(files) > 20
    for workers, cache in ((2, None), (8, None), (2, "cache"), (8, "cache")):
        shutil.rmtree(project / "dist")
        report = build(project, cache, workers=workers)
        assert told(report) == right, workers
        assert written(project) == files, workers
        assert report.fresh == (COUNT if workers == 8 and cache else 0)


def test_a_pack_that_is_done_takes_no_memory(project: Path) -> None:
    """Also without the collector, as in the command."""
    build(project)  # fills what is kept for good
    gc.collect()
    gc.disable()
    try:
        build(project)
        assert gc.collect() < 1_000  # what the last one left; all nine would be 2,800
    finally:
        gc.enable()


def test_progress_is_told_to_the_end(project: Path) -> None:
    said: list[tuple[int, int]] = []
    build(project, workers=2, progress=lambda done, total: said.append((done, total)))
    assert said == [(number, COUNT) for number in range(1, COUNT + 1)]


def test_a_process_that_dies_is_one_message(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(project)
    files = written(project)
    real = Compiler.run

    def run(self: Compiler, job: Job, *, emitting: bool) -> Outcome:
        if job.name.endswith("p7.md"):
            os.kill(os.getpid(), signal.SIGKILL)
        return real(self, job, emitting=emitting)

    monkeypatch.setattr(Compiler, "run", run)
    (project / "content/p8.md").write_text(PACK.format(n=88, image=""))
    with pytest.raises(PublishFault, match="a process that did a part of the work has died") as found:
        build(project, workers=2)
    assert "`-j 1`" in found.value.help
    assert written(project) == files


def test_a_fault_of_the_project_comes_back_from_a_process(project: Path) -> None:
    (project / "words/en.toml").write_text("question = 7\n")
    with pytest.raises(ProjectFault) as here:
        build(project)
    with pytest.raises(ProjectFault) as there:
        build(project, workers=2)
    assert document(there.value.diagnostics, there.value.sources) == document(
        here.value.diagnostics, here.value.sources
    )


PARENT = """
import os, sys, time
from pathlib import Path
from packc import api
from packc.build.compiler import Compiler
from packc.build.means import Means
def run(self, job, *, emitting):
    os.write(1, b"%d\\n" % os.getpid())
    time.sleep(600)
Compiler.run = run
api.build([], cwd=Path(sys.argv[1]), means=Means(workers=2))
"""


def test_processes_end_with_the_one_that_began_them(project: Path) -> None:
    command = [sys.executable, "-c", PARENT, str(project)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as parent:
        assert parent.stdout is not None
        try:
            workers = [int(parent.stdout.readline()) for _ in range(2)]
            assert all(is_alive(worker) for worker in workers)
        finally:
            parent.kill()
    deadline = time.monotonic() + 20
    while any(is_alive(worker) for worker in workers) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not [worker for worker in workers if is_alive(worker)]


def is_alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in ("Z", "X")


CLUSTER = """
import sys
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None
    ) as cluster:
        print(cluster.scheduler_address, *(nanny.pid for nanny in cluster.workers.values()), flush=True)
        sys.stdin.readline()
"""


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[int]]]:
    """A scheduler and two workers, each a process of its own, far from the project: address, process ids."""
    pytest.importorskip("distributed")
    script = tmp_path / "cluster.py"
    script.write_text(CLUSTER)
    path = os.pathsep.join(filter(None, (str(ROOT / "src"), os.environ.get("PYTHONPATH", ""))))
    with subprocess.Popen(
        [sys.executable, str(script)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": path},
    ) as process:
        assert process.stdout is not None
        address, *workers = process.stdout.readline().split()
        yield address, [int(worker) for worker in workers]
        process.communicate("\n", timeout=60)


def test_a_cluster_builds_the_same_even_if_a_worker_dies(
    project: Path, cluster: tuple[str, list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    right = told(build(project))
    files = written(project)
    shutil.rmtree(project / "dist")
    address, workers = cluster
    # What the workers need goes with the job: here they could not find it.
    report = build(project, cluster=address)
    assert told(report) == right
    assert written(project) == files
    shutil.rmtree(project / "dist")

    def kill(done: int, _: int) -> None:
        if done == 2:
            os.kill(workers[0], signal.SIGKILL)

    report = build(project, "cache", cluster=address, progress=kill)
    assert told(report) == right
    assert written(project) == files
    assert not is_alive(workers[0])
    assert build(project, "cache").fresh == COUNT

    monkeypatch.setattr("packc.build.cluster.code_digest", lambda: "another")
    with pytest.raises(PublishFault, match="have another packc"):
        build(project, cluster=address)


def test_where_no_scheduler_is_that_is_said(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("packc.build.cluster._TIMEOUT", "0.3s")
    with pytest.raises(PublishFault, match=r"there is no Dask scheduler at tcp://127\.0\.0\.1:1"):
        build(project, cluster="tcp://127.0.0.1:1")
