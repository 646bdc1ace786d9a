"""The digest of packc's own files is kept, and is that of what they hold all the same."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from packc.build import code


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Some files that, for all that the digest knows, have not been changed for an hour."""
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    monkeypatch.setattr("time.time_ns", lambda: int((time.time() + 3600) * 1e9))
    made = tmp_path / "code"
    made.mkdir()
    (made / "a.py").write_text("one = 1\n")
    (made / "b.css").write_text("p {}\n")
    return made


def digest(folder: Path) -> bytes:
    return code.files_digest([str(folder)], str(folder.parent / "kept"))


def test_what_looks_the_same_is_not_read_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = digest(folder)
    monkeypatch.setattr(code, "content", lambda path: pytest.fail(f"{path} is read"))
    assert digest(folder) == first


def test_a_change_of_the_same_size_and_date_is_one(folder: Path) -> None:
    first, file = digest(folder), folder / "a.py"
    before = file.stat()
    file.write_text("one = 2\n")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    changed = digest(folder)
    file.write_text("one = 1\n")
    assert changed != first
    assert digest(folder) == first, "what they hold counts, not when they were changed"


def test_a_file_more_or_less_is_a_change(folder: Path) -> None:
    first = digest(folder)
    (folder / "c.toml").touch()
    more = digest(folder)
    (folder / "c.toml").unlink()
    (folder / "b.css").rename(folder / "c.css")
    assert len({first, more, digest(folder)}) == 3


def test_what_was_changed_just_now_is_not_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.time_ns", lambda: int(time.time() * 1e9))
    assert digest(folder)
    assert not (folder.parent / "kept").exists()


def test_a_damaged_one_is_made_again(folder: Path) -> None:
    first, kept = digest(folder), folder.parent / "kept"
    kept.write_bytes(kept.read_bytes()[:-1] + b"!")
    assert digest(folder) == first
