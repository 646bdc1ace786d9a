"""Every call to the operating system fails once, each in its turn: a fault is told, no file is torn."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from packc import api
from packc.build import cache
from packc.build.means import Means
from packc.build.publish import Output, PublishFault, publish

CALLS = ("open", "write", "fsync", "replace", "rename", "mkdir", "unlink")


class Saboteur:
    """Lets the `victim`-th call of the functions it wraps fail with `number`; counts all of them."""

    def __init__(self, victim: int, number: int) -> None:
        self.victim, self.number, self.count = victim, number, 0

    def wrap(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            if _is_cleaning(name, args) or _is_source(name, args):
                return real(*args, **kwargs)
            self.count += 1
            if self.count - 1 == self.victim:
                raise OSError(self.number, os.strerror(self.number), str(args[0]))
            return real(*args, **kwargs)

        return call


def _is_cleaning(name: str, args: tuple[Any, ...]) -> bool:
    """Tell whether the staging folder is emptied: what stays there is swept by the next build."""
    return name == "unlink" and ".packc-staging" in str(args[0])


def _is_source(name: str, args: tuple[Any, ...]) -> bool:
    """Tell whether a pack is read: that it cannot be is its own error, and the other packs are built."""
    return name == "open" and str(args[0]).endswith(".md")


def outputs(version: int) -> list[Output]:
    data = f"version {version}\n".encode() * 5000
    found = [
        Output("gift", "p", 1, "gift/p.txt", data),
        Output("html", "p", 1, "html/p.html", data),
        Output("html", "p", 1, f"html/p.v{version}.html", data),
        Output("gift", "q", 1, "gift/q.txt", data),
    ]
    return found if version == 1 else found[:3]


def build(out: Path, version: int) -> None:
    publish(out, outputs(version), known_packs={"p", "q"} if version == 1 else {"p"}, complete=True)


def content(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def sabotaged(out: Path, victim: int, number: int) -> tuple[int, PublishFault | None]:
    saboteur = Saboteur(victim, number)
    with pytest.MonkeyPatch.context() as patch:
        for name in CALLS:
            patch.setattr(os, name, saboteur.wrap(name, getattr(os, name)))
        try:
            build(out, 2)
        except PublishFault as fault:
            return saboteur.count, fault
    return saboteur.count, None


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EIO, errno.EROFS])
def test_any_single_failure_is_told_and_leaves_whole_files(quick_folder: Path, number: int) -> None:
    build(quick_folder / "old", 1)
    build(quick_folder / "new", 1)
    build(quick_folder / "new", 2)
    old, new = content(quick_folder / "old"), content(quick_folder / "new")
    assert set(old) - set(new) == {"gift/q.txt", "html/p.v1.html"}
    victim = 0
    while True:
        out = quick_folder / str(victim)
        build(out, 1)
        calls, fault = sabotaged(out, victim, number)
        if fault is None:
            break
        assert os.strerror(number).lower() in fault.message.lower()
        assert "\n" not in fault.message
        assert fault.help
        for path, data in content(out).items():
            assert data in (old.get(path), new.get(path)), f"{path} is torn after call {victim}"
        assert set(content(out)) >= set(old) & set(new)
        assert not list(out.glob(".packc-staging*")), f"staging left after call {victim}"
        build(out, 2)
        assert content(out) == new
        victim += 1
    assert victim == calls > 20, "the loop ends only when no call was left to fail"


PACK = "---\nid: {id}\nnamespace: n\n---\n\n## Q1. One\n\n**Question:** Why {word}?\n\n**Solution:** So.\n"


def packs(folder: Path, word: str) -> None:
    folder.mkdir(exist_ok=True)
    for name in ("p", "q"):
        (folder / f"{name}.md").write_text(PACK.format(id=name, word=word))


def whole_build(folder: Path) -> str:
    """Build with a cache; return the fault, '' if there is none."""
    try:
        report = api.build(["."], targets=["gift"], cwd=folder, means=Means(folder / "cache"))
    except PublishFault as fault:
        assert "\n" not in fault.message
        assert fault.help
        return fault.message
    assert [found.code for found in report.diagnostics] == []
    return ""


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EIO, errno.EROFS])
def test_a_failure_of_the_cache_or_the_publisher_spoils_no_build(
    quick_folder: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cache is written through `open`, which no function of `os` stands behind: it fails here, too."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    right: dict[str, bytes] = {}
    for victim in range(1000):
        folder = quick_folder / str(victim)
        packs(folder, "old")
        assert whole_build(folder) == ""
        old = content(folder / "dist")
        packs(folder, "new")
        saboteur = Saboteur(victim, number)
        with pytest.MonkeyPatch.context() as patch:
            for name in CALLS:
                patch.setattr(os, name, saboteur.wrap(name, getattr(os, name)))
            patch.setattr(cache, "open", saboteur.wrap("open", open), raising=False)
            whole_build(folder)
        assert not list((folder / "cache").rglob("*.tmp")), f"a leftover in the cache after call {victim}"
        after = content(folder / "dist")
        assert whole_build(folder) == ""
        new = content(folder / "dist")
        assert new == (right or new)
        right = new
        assert after.keys() == old.keys()
        for path, data in after.items():
            assert data in (old[path], new[path]), f"{path} is torn after call {victim}"
        if saboteur.count <= victim:
            break
    assert saboteur.count == victim > 25, "the loop ends only when no call was left to fail"


def test_a_full_disk_while_staging_changes_nothing_at_all(quick_folder: Path) -> None:
    build(quick_folder, 1)
    before = content(quick_folder)
    real, written = os.write, []

    def write(descriptor: int, data: bytes) -> int:
        written.append(descriptor)
        if len(written) == 3:
            raise OSError(errno.ENOSPC, "full")
        return real(descriptor, data)

    with pytest.MonkeyPatch.context() as patch, pytest.raises(PublishFault, match="no space left on device"):
        patch.setattr(os, "write", write)
        build(quick_folder, 2)
    assert content(quick_folder) == before


def test_short_writes_are_continued(quick_folder: Path) -> None:
    real = os.write
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "write", lambda descriptor, data: real(descriptor, data[:1000]))
        build(quick_folder, 1)
    assert (quick_folder / "gift/p.txt").read_bytes() == outputs(1)[0].data


def test_an_interruption_leaves_no_staging(quick_folder: Path) -> None:
    build(quick_folder, 1)
    before = content(quick_folder)

    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(os, "fsync", interrupt)
        build(quick_folder, 2)
    assert content(quick_folder) == before
    assert not list(quick_folder.glob(".packc-staging*"))


@pytest.mark.parametrize("victim", range(0, 100, 20))
def test_of_many_files_each_is_on_the_disk_before_the_first_takes_its_place(
    quick_folder: Path, victim: int
) -> None:
    def many(version: int) -> list[Output]:
        data = f"version {version}\n".encode()
        return [Output("gift", f"p{n}", 1, f"gift/p{n}.txt", data) for n in range(100)]

    publish(quick_folder, many(1), known_packs=(), complete=True)
    before = content(quick_folder)
    saboteur = Saboteur(victim, errno.EIO)
    with pytest.MonkeyPatch.context() as patch, pytest.raises(PublishFault):
        patch.setattr(os, "fsync", saboteur.wrap("fsync", os.fsync))
        publish(quick_folder, many(2), known_packs=(), complete=True)
    assert content(quick_folder) == before


def test_files_and_folders_are_flushed_before_and_after_they_take_their_place(quick_folder: Path) -> None:
    build(quick_folder, 1)
    done: list[str] = []
    fsync, replace = os.fsync, os.replace

    def traced_fsync(descriptor: int) -> None:
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        done.append("fsync folder" if path.is_dir() else "fsync file")
        fsync(descriptor)

    def traced_replace(source: str, path: str) -> None:
        done.append(f"replace {Path(path).relative_to(quick_folder).as_posix()}")
        replace(source, path)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", traced_fsync)
        patch.setattr(os, "replace", traced_replace)
        build(quick_folder, 2)
    assert done == [
        *["fsync file"] * 3,
        *["replace gift/p.txt", "replace html/p.html", "replace html/p.v2.html"],
        *["fsync folder"] * 2,
        *["fsync folder"] * 2,  # one for each removed file
        *["fsync file", "replace manifest.json", "fsync folder"],
    ]
