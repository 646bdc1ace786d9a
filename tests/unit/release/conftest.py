"""A project before and after its first release."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.teacher import PACK, Teacher


@pytest.fixture
def teacher(tmp_path: Path) -> Teacher:
    made = Teacher(tmp_path / "project")
    made.pack.write_text(PACK)
    return made


@pytest.fixture
def released(teacher: Teacher) -> Teacher:
    assert teacher.release().written
    return teacher
