"""A folder that costs no disk time."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

MEMORY = Path("/dev/shm")


@pytest.fixture
def quick_folder(tmp_path: Path) -> Iterator[Path]:
    """A new folder in memory where the system has such a place.

    Whether a file is torn does not depend on the disk below, but waiting for hundreds of flushes would be
    most of a test; and with them gone, a killed process more often dies in the middle of writing.
    """
    if not os.access(MEMORY, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=MEMORY, prefix="packc-test-") as folder:
        yield Path(folder)
