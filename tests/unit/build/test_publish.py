"""What is in the output folder after a build, and what a build leaves alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Collection, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from packc.build import manifest
from packc.build import publish as publisher
from packc.build.publish import Output, Published, PublishFault, output_bytes, publish
from packc.build.stamps import Stamp


def output(path: str, data: bytes = b"x", *, pack: str = "p", questions: int = 3) -> Output:
    return Output(target=path.partition("/")[0], pack=pack, questions=questions, path=path, data=data)


def run(
    out: Path, *outputs: Output, known: Collection[str] = ("p",), complete: bool = True
) -> tuple[Published, ...]:
    return tuple(publish(out, outputs, known_packs=known, complete=complete).published)


def tree(out: Path) -> dict[str, bytes]:
    """Every file below `out` by its relative path, but for the lock."""
    files = [path for path in sorted(out.rglob("*")) if path.is_file() and path.name != ".packc-lock"]
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in files}


def artefacts(out: Path) -> dict[str, bytes]:
    return {path: data for path, data in tree(out).items() if path != "manifest.json"}


def listed(out: Path) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads((out / "manifest.json").read_bytes())["artefacts"]
    return entries


def paths_listed(out: Path) -> list[str]:
    return [entry["file"] for entry in listed(out)]


def test_files_and_manifest_are_written(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "dist"
    published = run(out, output("gift/p.txt", b"two"), output("anki/p.apkg", b"one"))
    assert artefacts(out) == {"anki/p.apkg": b"one", "gift/p.txt": b"two"}
    digest = sha256(b"two").hexdigest()
    assert published[0] == Published("gift", "p", 3, "gift/p.txt", 3, digest)
    assert listed(out)[1] == {
        "file": "gift/p.txt",
        "target": "gift",
        "pack": "p",
        "questions": 3,
        "size": 3,
        "sha256": digest,
    }
    assert [entry["target"] for entry in listed(out)] == ["anki", "gift"]


def test_the_manifest_is_the_same_whatever_the_order_and_the_place(tmp_path: Path) -> None:
    one, two = output("gift/p.txt"), output("anki/q.apkg", pack="q")
    run(tmp_path / "a", one, two, known=["p", "q"])
    run(tmp_path / "b", two, known=["p", "q"], complete=False)
    run(tmp_path / "b", one, known=["p", "q"], complete=False)
    assert tree(tmp_path / "a") == tree(tmp_path / "b")
    assert str(tmp_path) not in (tmp_path / "a/manifest.json").read_text()


def test_a_manifest_that_is_revised_is_the_one_that_is_written_anew() -> None:
    before = [published(f"p{number}", target) for number in range(40) for target in ("gift", "html")]
    listing = manifest.render(before)
    for places in ([0], [79], [3, 4], range(30)):
        now = [each._replace(size=9, sha256="1") if at in places else each for at, each in enumerate(before)]
        revised = manifest.revised(listing, before, now)
        assert revised == manifest.render(now) != listing
    assert manifest.revised(listing, before, [published("q", "gift"), *before[1:]]) is None
    assert manifest.revised(listing, before, before[1:]) is None
    assert manifest.revised(listing, before, [each._replace(size=9) for each in before]) is None


def published(pack: str, target: str) -> Published:
    return Published(target, pack, 3, f"{target}/{pack}.\u00e9", 1, "0")


def test_what_another_build_has_listed_is_known(tmp_path: Path) -> None:
    old, new = output("gift/p.txt", b"old"), output("gift/p.txt", b"new")
    run(tmp_path, output("html/p.html"), output("gift/q.txt", pack="q"), known=["p", "q"])
    left = publish(tmp_path, [old], known_packs=["p"], complete=False)
    publish(tmp_path, [new], known_packs=["p"], complete=True, left=left, given_up=[("p", "html")])
    assert paths_listed(tmp_path) == ["gift/p.txt"]
    assert artefacts(tmp_path) == {"gift/p.txt": b"new"}


def test_what_others_wrote_into_the_manifest_is_not_taken_over(tmp_path: Path) -> None:
    old, new = output("html/p.html", b"old"), output("html/p.html", b"new")
    publish(tmp_path / "right", [new], known_packs=["p"], complete=True)
    left = publish(tmp_path / "dist", [old], known_packs=["p"], complete=True)
    file = tmp_path / "dist/manifest.json"
    file.write_bytes(file.read_bytes().replace(b'"questions": 3', b'"questions": 4'))
    publish(tmp_path / "dist", [new], known_packs=["p"], complete=True, left=left)
    assert tree(tmp_path / "dist") == tree(tmp_path / "right")


def test_an_identical_file_is_not_touched(tmp_path: Path) -> None:
    run(tmp_path, output("gift/p.txt", b"same"), output("html/p.html", b"old"))
    for name in ("gift/p.txt", "html/p.html", "manifest.json"):
        os.utime(tmp_path / name, ns=(5, 5))
    inode = (tmp_path / "gift/p.txt").stat().st_ino
    run(tmp_path, output("gift/p.txt", b"same"), output("html/p.html", b"new"))
    assert (tmp_path / "gift/p.txt").stat().st_mtime_ns == 5
    assert (tmp_path / "gift/p.txt").stat().st_ino == inode
    assert (tmp_path / "html/p.html").stat().st_mtime_ns != 5
    os.utime(tmp_path / "manifest.json", ns=(5, 5))
    run(tmp_path, output("gift/p.txt", b"same"), output("html/p.html", b"new"))
    assert (tmp_path / "manifest.json").stat().st_mtime_ns == 5


def test_what_is_new_is_in_place_before_all_the_rest_is_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """People wait for it, and to look at thousands of files takes its time."""
    same, old, new = output("gift/p.txt"), output("html/p.html", b"old"), output("html/p.html", b"new")
    left = publish(tmp_path, [same, old], known_packs=["p"], complete=True)
    seen: list[bytes] = []
    real = publisher._kept

    def kept(*about: Any) -> Iterator[Stamp | None]:
        seen.append((tmp_path / "html/p.html").read_bytes())
        return real(*about)

    def fetch(one: Output | Published) -> bytes:
        fetched.append(one.path)
        return output_bytes(one)

    fetched: list[str] = []
    monkeypatch.setattr(publisher, "_kept", kept)
    publish(tmp_path, [same, new], known_packs=["p"], complete=True, left=left, fetch=fetch)
    assert seen == [b"new"]
    assert fetched == ["html/p.html"]
    assert [entry["size"] for entry in listed(tmp_path)] == [1, 3]


def test_what_a_killed_build_has_written_is_not_touched(tmp_path: Path) -> None:
    """It could not say so any more: by the word of the last build something else lies there."""
    old, new = output("html/p.html", b"old"), output("html/p.html", b"new")
    left = publish(tmp_path, [old], known_packs=["p"], complete=True)
    publish(tmp_path, [new], known_packs=["p"], complete=True)
    inode = (tmp_path / "html/p.html").stat().st_ino
    publish(tmp_path, [new], known_packs=["p"], complete=True, left=left)
    assert (tmp_path / "html/p.html").stat().st_ino == inode


def test_a_file_of_the_same_size_with_other_bytes_is_replaced(tmp_path: Path) -> None:
    run(tmp_path, output("gift/p.txt", b"aaaa"))
    run(tmp_path, output("gift/p.txt", b"aaab"))
    assert (tmp_path / "gift/p.txt").read_bytes() == b"aaab"


def test_a_vanished_pack_goes_only_in_a_complete_build(tmp_path: Path) -> None:
    run(tmp_path, output("gift/p.txt"), output("gift/q.txt", pack="q"), known=["p", "q"])
    run(tmp_path, output("gift/p.txt"), known=["p"], complete=False)
    assert set(artefacts(tmp_path)) == {"gift/p.txt", "gift/q.txt"} == set(paths_listed(tmp_path))
    run(tmp_path, output("gift/p.txt"), known=["p"], complete=True)
    assert set(artefacts(tmp_path)) == {"gift/p.txt"} == set(paths_listed(tmp_path))


def test_a_known_but_broken_pack_keeps_its_files(tmp_path: Path) -> None:
    run(tmp_path, output("gift/p.txt"), output("gift/q.txt", pack="q"), known=["p", "q"])
    run(tmp_path, output("gift/p.txt"), known=["p", "q"], complete=True)
    assert set(paths_listed(tmp_path)) == {"gift/p.txt", "gift/q.txt"} == set(artefacts(tmp_path))


def test_a_target_that_is_not_built_keeps_its_files(tmp_path: Path) -> None:
    run(tmp_path, output("gift/p.txt", b"1"), output("html/p.html", b"1"))
    run(tmp_path, output("gift/p.txt", b"2"))
    assert artefacts(tmp_path) == {"gift/p.txt": b"2", "html/p.html": b"1"}
    assert paths_listed(tmp_path) == ["gift/p.txt", "html/p.html"]


@pytest.mark.parametrize("complete", [True, False])
def test_a_file_the_same_pack_no_longer_has_is_removed(tmp_path: Path, complete: bool) -> None:
    run(tmp_path, output("html/p.html"), output("html/p.key.html"))
    run(tmp_path, output("html/p.html"), complete=complete)
    assert set(artefacts(tmp_path)) == {"html/p.html"} == set(paths_listed(tmp_path))


def test_a_path_that_another_pack_takes_over_stays(tmp_path: Path) -> None:
    run(tmp_path, output("gift/x.txt", b"same", pack="old"), known=["old"])
    run(tmp_path, output("gift/x.txt", b"same", pack="new"), known=["new"])
    assert artefacts(tmp_path) == {"gift/x.txt": b"same"}
    assert [entry["pack"] for entry in listed(tmp_path)] == ["new"]


def test_a_path_is_listed_once_even_while_its_former_pack_is_known(tmp_path: Path) -> None:
    run(tmp_path, output("gift/x.txt", pack="old"), known=["old", "new"])
    run(tmp_path, output("gift/x.txt", pack="new"), known=["old", "new"], complete=False)
    assert [(entry["pack"], entry["file"]) for entry in listed(tmp_path)] == [("new", "gift/x.txt")]


def test_a_pack_renamed_in_case_only_is_there_afterwards(tmp_path: Path) -> None:
    run(tmp_path, output("gift/Deep.txt", b"same", pack="Deep"), known=["Deep"])
    (tmp_path / "gift/deep.txt").hardlink_to(tmp_path / "gift/Deep.txt")  # one file, as where case is ignored
    run(tmp_path, output("gift/deep.txt", b"same", pack="deep"), known=["deep"])
    assert (tmp_path / "gift/Deep.txt").exists()
    assert paths_listed(tmp_path) == ["gift/deep.txt"]


def test_nothing_packc_did_not_write_is_touched(tmp_path: Path) -> None:
    run(tmp_path, output("gift/p.txt"), output("gift/q.txt", b"packc", pack="q"), known=["p", "q"])
    own = {
        "notes.txt": b"mine",
        "gift/extra.txt": b"mine",
        ".packc-staging-x/a": b"mine",
        "gift/q.txt": b"mine now",
    }
    for name, data in own.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    run(tmp_path, output("gift/p.txt", b"2"), known=["p"])
    assert artefacts(tmp_path) == {"gift/p.txt": b"2", **own}
    assert paths_listed(tmp_path) == ["gift/p.txt"]


def test_a_link_is_replaced_and_never_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    data = b"x" * len(str(victim))  # as long as the link itself, which is what lstat measures
    victim.write_bytes(data)
    out = tmp_path / "dist"
    run(out, output("gift/p.txt", data), output("gift/q.txt", data, pack="q"), known=["p", "q"])
    for name in ("gift/p.txt", "gift/q.txt"):
        (out / name).unlink()
        (out / name).symlink_to(victim)
    run(out, output("gift/p.txt", data), known=["p"])
    assert victim.read_bytes() == data
    assert not (out / "gift/p.txt").is_symlink()
    assert (out / "gift/q.txt").is_symlink(), "the link is the user's own"


def test_what_a_person_deleted_is_no_longer_listed(tmp_path: Path) -> None:
    run(tmp_path, output("gift/p.txt"), output("gift/q.txt", pack="q"), known=["p", "q"])
    (tmp_path / "gift/q.txt").unlink()
    run(tmp_path, output("gift/p.txt"), known=["p", "q"])
    assert paths_listed(tmp_path) == ["gift/p.txt"]


def test_nothing_to_write_makes_no_folder(tmp_path: Path) -> None:
    assert run(tmp_path / "dist", known=[]) == ()
    assert not (tmp_path / "dist").exists()


def test_a_complete_build_of_nothing_clears_what_packc_wrote(tmp_path: Path) -> None:
    run(tmp_path, output("gift/p.txt"))
    run(tmp_path, known=[])
    assert artefacts(tmp_path) == {}
    assert paths_listed(tmp_path) == []


@pytest.mark.parametrize(
    "path", ["p.txt", "../p.txt", "gift/../../p", "/etc/p", "gift\\p", "c:/p", "a/.packc-staging-1/b"]
)
def test_a_path_outside_a_target_folder_is_a_bug(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="below the output folder"):
        run(tmp_path, output(path))


def test_two_outputs_with_one_name_are_a_bug(tmp_path: Path) -> None:
    same = output("gift/p.txt")
    for other in (same, output("gift/P.TXT")):
        with pytest.raises(ValueError, match="two outputs"):
            run(tmp_path, same, other)


FOREIGN = {
    "a web app's": b'{"name": "App", "icons": []}',
    "torn": b'{"format": "packc manifest", "version": 1, "artefacts": [{"file": "gi',
    "empty": b"",
    "not text": b"\xff\xfe\x00",
    "a list": b"[]",
    "newer": b'{"format": "packc manifest", "version": 2, "artefacts": []}',
    "another type": b'{"format": "packc manifest", "version": 1, "artefacts": 5}',
    "deep": b"[" * 100_000,
    "leaves the folder": (
        b'{"format": "packc manifest", "version": 1, "artefacts": [{"file": "../victim", "target": "gift",'
        b' "pack": "gone", "questions": 1, "size": 1, "sha256": "'
        + sha256(b"x").hexdigest().encode()
        + b'"}]}'
    ),
}


@pytest.mark.parametrize("data", FOREIGN.values(), ids=FOREIGN.keys())
def test_a_manifest_that_is_not_ours_stops_before_anything_is_written(tmp_path: Path, data: bytes) -> None:
    out = tmp_path / "dist"
    out.mkdir()
    (tmp_path / "victim").write_bytes(b"x")
    (out / "manifest.json").write_bytes(data)
    with pytest.raises(PublishFault, match=r"manifest\.json is not a manifest that packc wrote") as caught:
        run(out, output("gift/p.txt"))
    assert "move it away" in caught.value.help
    assert tree(out) == {"manifest.json": data}
    assert (tmp_path / "victim").exists()


@pytest.mark.parametrize("file", ["dist", "dist/gift"])
def test_a_file_in_place_of_a_folder_is_named(tmp_path: Path, file: str) -> None:
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_bytes(b"mine")
    with pytest.raises(PublishFault, match=r"cannot write .*dist.*: file exists") as caught:
        run(tmp_path / "dist", output("gift/p.txt"))
    assert "a file stands where a folder is needed" in caught.value.help
    assert (tmp_path / file).read_bytes() == b"mine"


def test_a_folder_in_place_of_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "gift/p.txt").mkdir(parents=True)
    with pytest.raises(PublishFault, match=r"cannot write .*gift.p\.txt: is a directory"):
        run(tmp_path, output("gift/p.txt"))
    assert artefacts(tmp_path) == {}


def test_orphans_of_killed_builds_are_swept(tmp_path: Path) -> None:
    (tmp_path / ".packc-staging-123").mkdir()
    (tmp_path / ".packc-staging-123/0").write_bytes(b"half a fi")
    run(tmp_path, output("gift/p.txt"))
    assert sorted(path.name for path in tmp_path.iterdir()) == [".packc-lock", "gift", "manifest.json"]


def test_what_only_looks_like_an_orphan_stays(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / ".packc-staging-1").symlink_to(tmp_path / "elsewhere")
    (tmp_path / ".packc-staging-2").write_text("mine")
    run(tmp_path, output("gift/p.txt"))
    assert (tmp_path / ".packc-staging-1").is_symlink()
    assert (tmp_path / ".packc-staging-2").read_text() == "mine"


HOLDER = """
import sys
from packc.build import publish
out = publish.Path(sys.argv[1])
out.mkdir(exist_ok=True)
with publish._locked(out), publish._staging(out):
    print("holding", flush=True)
    sys.stdin.read()
"""


def test_a_second_build_names_the_process_that_holds_the_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publisher, "_PATIENCE", 0.1)
    command = [sys.executable, "-c", HOLDER, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdin is not None
        assert holder.stdout.readline() == b"holding\n"
        with pytest.raises(PublishFault, match=f"is being written by process {holder.pid}$"):
            run(tmp_path, output("gift/p.txt"))
        assert artefacts(tmp_path) == {}
        holder.stdin.close()
    run(tmp_path, output("gift/p.txt"))
    assert set(artefacts(tmp_path)) == {"gift/p.txt"}


def test_a_second_build_waits_its_turn(tmp_path: Path) -> None:
    script = HOLDER.replace("sys.stdin.read()", "import time; time.sleep(0.3)")
    with subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"holding\n"
        run(tmp_path, output("gift/p.txt"))
    assert set(artefacts(tmp_path)) == {"gift/p.txt"}
