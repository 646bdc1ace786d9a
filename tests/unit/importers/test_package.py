"""The files of a package, from a zip or a folder: what belongs to it, and where it ends."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from packc.intake import package as room
from packc.intake.package import Package, PackageFault, files_below
from packc.limits import LIMITS


def zipped(*files: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return stream.getvalue()


@pytest.mark.parametrize(
    "name", ["a..b.xml", "a.b/c..", "..a/b", "ünï/日本.png", "a b.png", "ab:c.xml", ".hidden"]
)
def test_names_that_stay_inside_are_fine(name: str) -> None:
    found = Package.of_zip(zipped((name, b"x"), ("dir/", b"")))
    assert found.names == (name,)
    assert found.read(name) == found.read(f"./{name}") == b"x"
    assert found.read("other") is None


@pytest.mark.parametrize("name", ["..", "../a", "a/..", "a/../b", "/a", "c:a", "Z:/a", "a\\b"])
def test_names_that_lead_out_are_not(name: str) -> None:
    with pytest.raises(PackageFault, match="lead out"):
        Package.of_zip(zipped((name, b"x")))


def test_a_small_file_may_shrink_as_it_likes_and_a_large_one_a_little() -> None:
    assert Package.of_zip(zipped(("a", b"\0" * room._SMALL))).read("a") == b"\0" * room._SMALL
    with pytest.raises(PackageFault, match="times its size"):
        Package.of_zip(zipped(("a", b"\0" * (room._SMALL + 1))))


def test_as_many_files_and_bytes_as_the_limits_say(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(room, "MOST_FILES", 2)
    monkeypatch.setattr(room, "MOST_BYTES", 4)
    data = [("a", b"xx"), ("b", b"yy")]
    for name, text in data:
        (tmp_path / name).write_bytes(text)
    assert Package.of_zip(zipped(*data)).names == ("a", "b")
    assert files_below(tmp_path, LIMITS) == dict(data)
    (tmp_path / "b").write_bytes(b"yyy")
    for many in ([("a", b"xx"), ("b", b"yyy")], [*data, ("c", b"")]):
        with pytest.raises(PackageFault):
            Package.of_zip(zipped(*many))
    with pytest.raises(PackageFault):
        files_below(tmp_path, LIMITS)
    (tmp_path / "b").write_bytes(b"")
    (tmp_path / "c").write_bytes(b"")
    with pytest.raises(PackageFault):
        files_below(tmp_path, LIMITS)


def test_what_belongs_to_a_folder(tmp_path: Path) -> None:
    inside = tmp_path / "package"
    (inside / "sub/.git").mkdir(parents=True)
    (inside / "sub/a.xml").write_bytes(b"a")
    (inside / "sub/.git/b.xml").write_bytes(b"b")
    (inside / ".c.xml").write_bytes(b"c")
    (inside / "large.xml").write_bytes(b"x" * 11)
    (inside / "fits.xml").write_bytes(b"x" * 10)
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret/d.xml").write_bytes(b"d")
    (inside / "link.xml").symlink_to(tmp_path / "secret/d.xml")
    (inside / "folder").symlink_to(tmp_path / "secret")
    found = files_below(inside, LIMITS._replace(file_bytes=10))
    assert found == {"sub/a.xml": b"a", "fits.xml": b"x" * 10}


def test_a_file_that_is_larger_than_it_says_is_not_read() -> None:
    data = bytearray(zipped(("a", b"x" * 100)))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = data.index(mark) + offset
        data[place : place + 4] = (10).to_bytes(4, "little")
    with pytest.raises(PackageFault, match=r"damaged|larger"):
        Package.of_zip(bytes(data)).read("a")


def test_an_archive_whose_beginning_is_gone_is_damaged() -> None:
    """Its list of members then leads to places before the file."""
    data = zipped(("a", bytes(2000)), ("b", b"x"))
    found = Package.of_zip(data[data.index(b"PK\1\2") :])
    with pytest.raises(PackageFault, match="damaged"):
        found.read("a")
