"""Builds of one process after another do what cold ones do, whatever the watcher says, or does not say."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from packc import api, places
from packc.api import Report
from packc.build import held as holding
from packc.build.fault import PublishFault
from packc.build.glance import glance
from packc.build.held import Held
from packc.build.lastbuild import file_of, read_last_build
from packc.build.means import Means
from packc.build.request import PackRead
from packc.build.whole import as_json
from packc.limits import LIMITS
from tests.support.packs import png
from tests.unit.build.edits import (
    BESIDES,
    PACK,
    edit,
    five_packs,
    means,
    request,
    same_as_cold,
    swapped,
    told,
    written,
)

MOST = LIMITS.file_bytes


@pytest.fixture
def project(quick_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    return five_packs(quick_folder)


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """No file is too new to be remembered: whatever is not read again is right by its look alone."""
    monkeypatch.setattr(holding, "SETTLED", -(10**18))


def builder(held: Held) -> Callable[..., Report]:
    """Return what builds as a watch does, and see that what is held is what the cache has."""

    def build(project: Path, **more: Any) -> Report:
        asked = request(project, **more)
        report = api.build_request(asked, None, means(project), held)
        written = read_last_build(file_of(project.parent / "cache", asked, None))
        assert held.last is not None
        assert as_json(held.last[:-1]) == as_json(written[:-1])
        assert held.last.packs() == written.packs()
        return report

    return build


def nothing(project: Path) -> None:
    pass


def image(project: Path, width: int) -> None:
    (project / "content/dot.png").write_bytes(png(width, 3))


def illustrate(project: Path) -> None:
    image(project, 3)
    edit(project, "two", "Why", "![A dot](dot.png) Why")


def link(project: Path) -> None:
    (project / "content/four.md").rename(project / "elsewhere")
    (project / "content/four.md").symlink_to(project / "elsewhere")


def place(path: str, text: str) -> Callable[[Path], object]:
    """Write a file of the project's own, and have its folder used."""

    def write(project: Path) -> None:
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_text(text)
        (project / "packc.yaml").write_text("namespace: n\ntemplates: own\nwords: words\n")

    return write


def rename(project: Path) -> None:
    (project / "content/two.md").rename(project / "content/zwei.md")


def exchange(project: Path) -> None:
    one, two, aside = (project / f"content/{name}" for name in ("one.md", "four.md", ".aside"))
    for source, target in ((one, aside), (two, one), (aside, two)):
        source.rename(target)


def speak(project: Path) -> None:
    edit(project, "two", "id: two", "id: two\nlang: eo")
    place("words/eo.toml", 'question = "Demando"\n')(project)


BEFORE: dict[str, Callable[[Path], object]] = {
    "an image": illustrate,
    "a link": link,
    "a template": place("own/html/student.css", "/* One */\n"),
    "words": speak,
}
AFTER: dict[str, Callable[[Path], object]] = {
    **BESIDES,
    "a pack with another name": rename,
    "two packs that changed places": exchange,
    "other bytes that look as old": swapped("content/two.md"),
    "a lower limit": lambda project: (project / "packc.yaml").write_text("limits: {file_bytes: 120}\n"),
    "an image": lambda project: image(project, 5),
    "no image": lambda project: (project / "content/dot.png").unlink(missing_ok=True),
    "a link": lambda project: (project / "elsewhere").write_text(PACK.format(id="other")),
    "a template": place("own/html/student.css", "/* Two */\n"),
    "words": place("words/eo.toml", 'question = "Petado"\n'),
}


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("name", AFTER)
def test_whatever_happened_is_seen_though_the_watcher_says_nothing(project: Path, name: str) -> None:
    build = builder(Held())
    BEFORE.get(name, nothing)(project)
    build(project)
    for change in (edit, AFTER[name], nothing):
        change(project)
        warm = same_as_cold(project, build)
        assert told(warm) == told(build(project))
    ordinary = glance(request(project), None, means(project)) or api.build_request(
        request(project), None, means(project)
    )
    assert told(warm) == told(ordinary)


@pytest.mark.usefixtures("settled")
def test_what_looks_as_it_did_is_not_read_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build, read = builder(Held()), []
    real = places.dated_content

    def note(path: str, most: int) -> tuple[bytes, int]:
        read.append(Path(path).name)
        return real(path, most)

    build(project)
    monkeypatch.setattr(holding, "dated_content", note)
    edit(project)
    assert build(project).fresh == 4
    assert build(project).fresh == 5
    assert read == ["one.md"]


def coarse(path: str) -> SimpleNamespace:
    """Return how a file looks where times are counted by two seconds."""
    status = Path(path).stat()
    time = status.st_mtime_ns // 2_000_000_000 * 2_000_000_000
    return SimpleNamespace(
        st_dev=1, st_ino=status.st_ino, st_size=status.st_size, st_mtime_ns=time, st_ctime_ns=time
    )


def test_a_file_that_has_just_changed_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Within the two seconds that the coarsest file system counts by, it may change and look the same."""
    monkeypatch.setattr(holding, "os", SimpleNamespace(stat=coarse))
    held, file = Held(), tmp_path / "a.md"
    for number in range(10):
        file.write_text(str(number))
        assert held.read(str(file), MOST).data == str(number).encode()


def test_what_the_watcher_names_is_read_again_however_it_looks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = SimpleNamespace(st_dev=1, st_ino=1, st_size=1, st_mtime_ns=1, st_ctime_ns=1)
    monkeypatch.setattr(holding, "os", SimpleNamespace(stat=lambda _: look, sep=os.sep))
    held, file = Held(), tmp_path / "a.md"
    file.write_text("1")
    first = held.read(str(file), MOST)
    file.write_text("2")
    assert held.read(str(file), MOST).source == first.source
    held.forget([str(tmp_path / "b.md")])
    assert held.read(str(file), MOST).source == first.source
    held.forget(["/another/way/to/a.md"])
    assert held.read(str(file), MOST).data == b"2"


class Late(Held):
    """Somebody does one of `changes` after the other, each when a pack has just been looked at."""

    def __init__(self) -> None:
        super().__init__()
        self.changes: Iterator[Callable[[], object]] = iter(())

    def read(self, path: str, most: int) -> PackRead:
        read = super().read(path, most)
        if path.endswith("two.md"):
            next(self.changes, lambda: None)()
        return read


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("lost", [False, True])
def test_a_pack_that_changes_during_a_build_is_read_again(project: Path, lost: bool) -> None:
    """If what was made of it is lost, its text is needed after all, and is another one by then."""
    held = Late()
    builder(held)(project)
    edit(project)
    if lost:
        shutil.rmtree(project / "dist")
        for folder in (project.parent / "cache").iterdir():
            if folder.is_dir() and folder.name != "builds":
                shutil.rmtree(folder)
    held.changes = iter([lambda: edit(project, "two")])
    api.build_request(request(project), None, means(project), held)
    assert (b"How two" in written(project)["gift/two.txt"]) == lost
    same_as_cold(project, builder(held))
    assert b"How two" in written(project)["gift/two.txt"]


@pytest.mark.usefixtures("settled")
def test_what_is_in_the_way_of_an_artefact_is_said_again_until_it_is_gone(project: Path) -> None:
    build = builder(Held())
    build(project)
    (project / "dist/gift/two.txt").unlink()
    (project / "dist/gift/two.txt").mkdir()
    for _ in range(2):
        edit(project, "one", "Why", "Why, why")
        with pytest.raises(PublishFault, match=r"two\.txt"):
            build(project)
    (project / "dist/gift/two.txt").rmdir()
    same_as_cold(project, build)


@pytest.mark.usefixtures("settled")
def test_another_process_may_build_in_between(project: Path) -> None:
    build = builder(Held())
    build(project)
    edit(project)
    api.build_request(request(project), None, means(project))
    edit(project, "one", "How", "Why")
    same_as_cold(project, build)
    edit(project, "three")
    api.build_request(request(project), None, Means())
    same_as_cold(project, build)


@pytest.mark.usefixtures("settled")
def test_a_clash_that_is_over_leaves_nothing_behind(project: Path) -> None:
    build = builder(Held())
    edit(project, "one", "id: one", "id: four")
    assert set(same_as_cold(project, build).broken) == {"content/one.md", "content/four.md"}
    edit(project, "one", "id: four", "id: one")
    assert same_as_cold(project, build).broken == ()
    assert "gift/four.txt" in written(project)
