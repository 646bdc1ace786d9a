"""`packc build` and `packc clean` as people call them: watching, dry runs, progress, tidying up."""

from __future__ import annotations

import io
import itertools
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

import pytest

from packc.build.held import Held
from packc.cli import main, watching
from packc.cli.console import Console
from packc.cli.progress import Progress
from packc.cli.watching import changed_paths, watch

ROOT = Path(__file__).resolve().parents[3]
PACK = "---\nid: {id}\n---\n\n## Q1. One\n\n**Question:** Why {id}?\n\n**Solution:** So.\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PACKC_CACHE", str(tmp_path / ".cache"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    (tmp_path / "content").mkdir()
    (tmp_path / "packc.yaml").write_text("namespace: n\ntargets: [gift, html]\n")
    for name in ("a", "b"):
        (tmp_path / f"content/{name}.md").write_text(PACK.format(id=name))
    return tmp_path


def test_a_dry_run_writes_nothing_and_tells_why(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--dry-run", "--why"]) == 0
    told = capsys.readouterr()
    assert told.out == "".join(f"content/{name}.md: there is no earlier build of it\n" for name in "ab")
    assert told.err == "2 of 2 packs would be made anew\n"
    assert sorted(path.name for path in project.iterdir()) == ["content", "packc.yaml"]
    assert main(["build"]) == 0
    assert "unchanged" not in capsys.readouterr().err
    assert main(["build"]) == 0
    assert "2 of 2 packs unchanged, taken from the cache\n" in capsys.readouterr().err
    assert main(["build", "--dry-run", "--why"]) == 0
    assert capsys.readouterr() == ("", "0 of 2 packs would be made anew\n")
    (project / "content/b.md").write_text(PACK.format(id="b") + "\n")
    assert main(["build", "--dry-run"]) == 0
    assert capsys.readouterr().out == "content/b.md\n"
    assert main(["build", "--dry-run", "--why"]) == 0
    assert capsys.readouterr().out == "content/b.md: its text is another one\n"
    (project / "packc.yaml").write_text("namespace: n\ntargets: [gift, html]\nrequired: [why]\n")
    assert main(["build", "--dry-run", "--why"]) == 0
    assert capsys.readouterr().out.count("the settings, or packc itself, are others") == 2
    assert main(["build", "--dry-run", "--no-cache", "--why"]) == 0
    assert capsys.readouterr().out.count("the cache is not used") == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--why"], "needs `--dry-run`"),
        (["--watch", "--dry-run"], "`--watch` goes neither"),
        (["--watch", "-"], "`--watch` goes neither"),
        (["--executor", "spark:x"], "knows `dask:ADDRESS` alone"),
        (["-j", "x"], "'x' is not a valid integer range"),
    ],
)
@pytest.mark.usefixtures("project")
def test_what_makes_no_sense_is_refused(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", *words]) == 2
    assert said in capsys.readouterr().err


def test_clean_removes_what_packc_wrote_and_no_more(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["clean"]) == 0
    assert capsys.readouterr().err == "removed 0 files from dist\n"
    main(["build"])
    (project / "dist/.packc-staging-99999").mkdir()
    (project / "dist/gift/mine.txt").write_text("mine")
    (project / "dist/html/a.html").write_text("changed")
    capsys.readouterr()
    assert main(["clean"]) == 0
    said = capsys.readouterr().err
    assert said == "removed 5 files from dist\nkept, because they were changed since: html/a.html\n"
    left = sorted(path.relative_to(project).as_posix() for path in (project / "dist").rglob("*.*"))
    assert left == ["dist/gift/mine.txt", "dist/html/a.html"]
    (project / "dist/gift/mine.txt").unlink()
    (project / "dist/html/a.html").unlink()
    main(["build"])
    assert main(["clean", "--cache"]) == 0
    assert re.search(r"removed [\d.]+ kB from the cache", capsys.readouterr().err)
    assert sorted(path.name for path in project.iterdir()) == [".cache", "content", "packc.yaml"]
    assert not list((project / ".cache").iterdir())


def test_progress_is_one_line_that_goes_away() -> None:
    stream = io.StringIO()
    line = Progress(stream)
    line(1, 1000)
    assert stream.getvalue() == "", "what is quick needs no line"
    line._started -= 10
    line._said -= 10
    line(250, 1000)
    line(251, 1000)
    line.end()
    line.end()
    assert re.fullmatch(
        r"\r\x1b\[K250 of 1,000 packs, 2\d a second, [23]\d s left\r\x1b\[K", stream.getvalue()
    )


def wait_for(what: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.02)


def test_a_watched_project_is_built_after_each_change_until_an_interrupt(project: Path) -> None:
    pytest.importorskip("watchfiles")
    said = project / ".said"
    path = os.pathsep.join(filter(None, (str(ROOT / "src"), os.environ.get("PYTHONPATH", ""))))
    with said.open("w") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "packc", "build", "--watch"],
            stdout=subprocess.DEVNULL,
            stderr=stream,
            env={**os.environ, "PYTHONPATH": path},
        )
    try:
        artefact = project / "dist/gift/a.txt"

        def builds(count: int) -> bool:
            return said.read_text().count("watching for changes") == count

        wait_for(lambda: builds(1))
        (project / "content/a.md").write_text(PACK.format(id="a").replace("Why", "Whence"))
        wait_for(lambda: builds(2) and b"Whence" in artefact.read_bytes())
        assert "1 of 2 packs unchanged" in said.read_text()
        (project / "content/a.md").write_text("---\nid: a\n---\n\n## Q1. One\n\n**Question:** Why?\n")
        wait_for(lambda: builds(3))
        # An error that stands is said after every change, and what was built before stays.
        (project / "content/b.md").write_text(PACK.format(id="b").replace("Why", "Whither"))
        wait_for(lambda: builds(4))
        assert said.read_text().count("error[PK103]") == 2
        assert b"Whence" in artefact.read_bytes()
        (project / "packc.yaml").write_text("nonsense: [\n")
        wait_for(lambda: builds(5))
        assert "error[PK" in said.read_text().rsplit("watching", 2)[1]
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
    finally:
        process.kill()
        process.wait()


def test_what_changes_during_a_build_is_built_next_the_first_build_included(tmp_path: Path) -> None:
    pytest.importorskip("watchfiles")
    named: list[set[str]] = []

    def build(changed: Collection[str]) -> None:
        named.append({Path(path).name for path in changed})
        (tmp_path / f"{len(named)}.md").write_text("x")
        if len(named) == 4:
            raise KeyboardInterrupt

    # Else a change that was lost would be waited for for ever.
    late = threading.Timer(5, (tmp_path / "late.md").write_text, ["x"])
    late.start()
    with pytest.raises(KeyboardInterrupt):
        watch([tmp_path], [], build, Console(quiet=True))
    late.cancel()
    assert named[0] == set()
    assert "1.md" in named[1]
    assert "2.md" in named[2] | named[3]


def test_what_packc_writes_is_no_change_and_what_is_called_alike_is_one(tmp_path: Path) -> None:
    pytest.importorskip("watchfiles")
    paths = [tmp_path / path for path in ("dist/a.txt", ".cache/1/abc", "distant/.hidden.md", "distant/a.md")]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
    changes = changed_paths([tmp_path], [tmp_path / "dist", tmp_path / ".cache"])
    assert next(changes) == set()
    for path in paths:
        path.write_text("x")
    found: set[str] = set()
    for named in itertools.islice(changes, 30):
        found.update(named)
    assert found - {str(paths[-1].parent)} == {str(paths[-1])}


def test_a_watch_says_and_writes_what_ordinary_builds_do(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pack = project / "content/a.md"
    texts = [
        PACK.format(id="a").replace("Why", "How"),
        "---\nid: a\n---\n\n## Q1. One\n",
        PACK.format(id="a"),
    ]
    states: list[object] = []

    def state() -> None:
        told = capsys.readouterr()
        said = re.sub(r"took .* s\n", "", told.err).replace("watching for changes; Ctrl-C ends\n", "")
        files = sorted(path for path in (project / "dist").rglob("*") if path.is_file())
        states.append((told.out, said, [(path, path.read_bytes()) for path in files]))

    def changes(*_roots: object) -> Iterator[set[str]]:
        yield set()
        for text in texts:
            state()
            pack.write_text(text)
            yield {str(pack)}
        state()

    forgotten: list[set[str]] = []
    monkeypatch.setattr(Held, "forget", lambda _, paths: forgotten.append(paths))
    monkeypatch.setattr(watching, "changed_paths", changes)
    assert main(["build", "--watch"]) == 0
    watched, states = states, []
    for folder in ("dist", ".cache"):
        shutil.rmtree(project / folder)
    for text in ("", *texts):
        pack.write_text(text or PACK.format(id="a"))
        main(["build"])
        state()
    assert watched == states
    assert forgotten == [set(), *[{str(pack)}] * 3]


def test_a_watch_of_a_folder_that_is_not_there_is_refused(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", "--watch", str(project / "nowhere/a.md")]) == 2
    assert "there is no file or folder `nowhere`" in capsys.readouterr().err


@pytest.mark.usefixtures("project")
def test_without_watchfiles_one_line_says_what_to_do(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    assert main(["build", "--watch"]) == 2
    said = capsys.readouterr().err
    assert "`--watch` needs watchfiles" in said
    assert "pip install 'packc[watch]'" in said
