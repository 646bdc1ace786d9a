"""A teacher's project on the disk, released again and again at times of the test's choice."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from packc.release import Release, release

START = 1_790_000_000  # the first release, in UTC seconds
LATER = START + 86_400


class Teacher:
    """A project with one target. `pack` is the file of its only pack, unless the test writes others."""

    def __init__(self, folder: Path, *, namespace: str = "teacher", targets: str = "anki") -> None:
        self.folder = folder
        (folder / "content").mkdir(parents=True)
        (folder / "packc.yaml").write_text(f"namespace: {namespace}\ntargets: [{targets}]\n")

    @property
    def pack(self) -> Path:
        return self.folder / "content/pack.md"

    @property
    def ledger(self) -> Path:
        return self.folder / "packc.lock"

    @property
    def deck(self) -> Path:
        return self.folder / "dist/anki/pack.apkg"

    def edit(self, old: str, new: str) -> None:
        """Put `new` in the place of `old`, which stands once in the pack."""
        text = self.pack.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands there {text.count(old)} times"
        self.pack.write_text(text.replace(old, new), encoding="utf-8")

    def release(self, moment: int = START, **options: object) -> Release:
        """Release at `moment`; the first release begins the ledger."""
        if not self.ledger.exists() and not options:
            options["new_ledger"] = True
        with dated(moment):
            return release([], cwd=self.folder, **options)  # type: ignore[arg-type]

    def clone(self, folder: Path) -> Teacher:
        """Return a copy of the project, without what was built of it."""
        shutil.copytree(self.folder, folder, ignore=shutil.ignore_patterns("dist"))
        other = object.__new__(Teacher)
        other.folder = folder
        return other


@contextmanager
def dated(moment: int | None) -> Iterator[None]:
    """Let builds count as made at `moment`; None: by the clock."""
    before = os.environ.pop("SOURCE_DATE_EPOCH", None)
    if moment is not None:
        os.environ["SOURCE_DATE_EPOCH"] = str(moment)
    try:
        yield
    finally:
        os.environ.pop("SOURCE_DATE_EPOCH", None)
        if before is not None:
            os.environ["SOURCE_DATE_EPOCH"] = before
