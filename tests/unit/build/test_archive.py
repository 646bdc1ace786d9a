"""The zip writer: the same bytes everywhere, and every reader we have agrees on what is inside."""

from __future__ import annotations

import io
import random
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import deflate
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from packc.backends.base import Archive, File, Stream
from packc.build import archive as writer
from packc.build.archive import pieces_of
from packc.build.fault import PublishFault

TEXT = b"The loss swings wildly and sometimes becomes nan. " * 200
NOISE = random.Random(7).randbytes(3000)


def packed(*members: File) -> bytes:
    return b"".join(pieces_of(Archive("x.zip", members)))


def opened(data: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(data))


def test_what_is_no_archive_stays_as_it_is() -> None:
    assert list(pieces_of(File("a.txt", b"x"))) == [b"x"]
    assert list(pieces_of(Stream("a.txt", iter((b"x", b"y"))))) == [b"x", b"y"]


def test_python_reads_back_names_order_and_bytes() -> None:
    members = (File("z.xml", TEXT), File("a/é 日本.txt", b"x"), File("empty", b""), File("noise", NOISE))
    read = opened(packed(*members))
    assert read.testzip() is None
    assert [(info.filename, read.read(info)) for info in read.infolist()] == [
        (m.path, m.data) for m in members
    ]


def test_an_empty_archive_is_readable() -> None:
    assert opened(packed()).namelist() == []


def test_info_zip_reads_it(tmp_path: Path) -> None:
    unzip = shutil.which("unzip")
    if unzip is None:
        pytest.skip("unzip is missing")
    path = tmp_path / "x.zip"
    path.write_bytes(packed(File("a.txt", TEXT), File("日本/b.png", NOISE), File("c", b"")))
    done = subprocess.run([unzip, "-t", path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count(" OK") == 3


def test_every_member_carries_the_same_fixed_metadata() -> None:
    for info in opened(packed(File("a.txt", TEXT), File("é", NOISE), File("p.png", TEXT))).infolist():
        assert info.date_time == (1980, 1, 1, 0, 0, 0)
        assert info.create_system == 3
        assert info.external_attr >> 16 == 0o100644
        assert info.extract_version == info.create_version == 20
        assert not info.flag_bits & 0x0008, "a data descriptor"
        assert (info.extra, info.comment) == (b"", b"")


def test_what_does_not_shrink_or_is_packed_already_is_stored() -> None:
    members = (File("a.txt", TEXT), File("noise", NOISE), File("p.png", TEXT), File("empty", b""))
    kinds = [info.compress_type for info in opened(packed(*members)).infolist()]
    assert kinds == [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_STORED, zipfile.ZIP_STORED]


def test_only_names_beyond_ascii_are_flagged_as_utf8() -> None:
    # The same choice as Info-ZIP and Python: old readers see no flag they do not know.
    assert [info.flag_bits for info in opened(packed(File("a", b""), File("é", b""))).infolist()] == [
        0,
        0x800,
    ]


def test_the_deflater_makes_the_bytes_that_packages_were_published_with() -> None:
    # Another libdeflate may pack differently: every package in the world then changes its hash. If this
    # fails after an upgrade, that is a decision to take and to announce, not a number to replace.
    text = "".join(f"question {n}: {n * n} or {n * 7 % 13}?\n" for n in range(500)).encode()
    assert sha256(text).hexdigest() == "8e7a79d82bb74cc1a784ac235d1be1483397a3f8545d956e0136d12c03d5150f"
    assert (
        sha256(deflate.deflate_compress(text, 1)).hexdigest()
        == "10941cf1b862fc648cc16025ff8ddc240700c1bd071c43f521efcdb53250d0ab"
    )
    assert (
        sha256(deflate.deflate_compress(4 * text, 6)).hexdigest()
        == "7b28c32d0df34e7999a63fae6eff07f14109d3b8fb7fec73bd96d0f5393bf2ee"
    )
    assert (
        sha256(packed(File("q.txt", text), File("b.txt", 4 * text), File("é.png", NOISE))).hexdigest()
        == "575e6114147312256219416dde368d438a2990e290a73b51a37735d1a7a1eb07"
    )


@pytest.mark.parametrize("name", ["", "/a", "../a", "a/../b", "a//b", "a/", "./a", "a\\b", "C:/a"])
def test_a_name_that_leaves_the_archive_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="inside the archive"):
        packed(File(name, b""))


def test_a_name_that_occurs_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        packed(File("a", b"1"), File("a", b"2"))


def test_too_many_members_are_a_clear_fault() -> None:
    members = tuple(File(str(n), b"") for n in range(0xFFFF))
    assert len(opened(packed(*members[:-1])).namelist()) == 0xFFFE
    with pytest.raises(PublishFault, match=r"x\.zip would hold 65,535 files"):
        packed(*members)


def test_what_is_known_to_be_too_many_is_told_before_any_is_made() -> None:
    def members() -> Iterator[File]:
        pytest.fail("a member was asked for")
        yield

    with pytest.raises(PublishFault, match=r"x\.zip would hold 65,535 files"):
        b"".join(pieces_of(Archive("x.zip", members(), 0xFFFF)))


@pytest.mark.parametrize("sizes", [(2000,), (600, 600)])
def test_too_many_bytes_are_a_clear_fault(sizes: tuple[int, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "_MOST_BYTES", 1000)
    with pytest.raises(PublishFault, match=r"x\.zip would hold more than 4 GiB"):
        packed(*(File(f"{n}.png", bytes(size)) for n, size in enumerate(sizes)))


names = st.lists(
    st.text(
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="/\\:"), min_size=1, max_size=8
    ).filter(lambda part: part not in (".", "..")),
    min_size=1,
    max_size=3,
).map("/".join)


@settings(derandomize=True, max_examples=60, deadline=None)
@given(
    st.dictionaries(names, st.binary(max_size=200) | st.binary(max_size=9).map(lambda b: b * 99), max_size=6)
)
def test_any_members_survive(files: dict[str, bytes]) -> None:
    members = tuple(File(name, data) for name, data in files.items())
    data = packed(*members)
    assert data == packed(*members)
    read = opened(data)
    assert {info.filename: read.read(info) for info in read.infolist()} == files
