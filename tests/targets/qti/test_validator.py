"""A validator from outside finds nothing wrong with the packages of random packs: of 500 in `make deep`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from hypothesis import HealthCheck, assume, given, settings

from packc.ast.pack import Pack, questions
from tests.support import every_kind as every
from tests.support.judges import qti_validator, xsd_folder
from tests.support.wild import wild_packs
from tests.targets.qti.reading import VERSIONS, files, zip_of

DEEP = bool(os.environ.get("TEST_DEEP"))
TARGETS = (*VERSIONS, "canvas") if DEEP else ("qti30", "canvas")  # each schema takes seconds to load


def written(folder: Path, name: str, pack: Pack) -> None:
    """Write the package of each target."""
    for target in TARGETS:
        (folder / f"{name}.{target}.zip").write_bytes(zip_of(files(pack, every.context(), target)))


def generated(folder: Path, wanted: int) -> int:
    """Write the packages of `wanted` random packs, and return how many packs there are."""
    count = 0

    @settings(
        derandomize=True,
        database=None,
        deadline=None,
        max_examples=wanted,
        suppress_health_check=list(HealthCheck),
    )
    @given(sample=wild_packs())
    def collect(sample: Pack) -> None:
        nonlocal count
        ids = [question.id.casefold() for question in questions(sample)]
        assume(len(set(ids)) == len(ids))  # as they are in a pack without errors
        written(folder, f"made{count}", sample)
        count += 1

    collect()
    return count


def test_nothing_is_wrong(tmp_path: Path) -> None:
    validator, schemas = qti_validator(), xsd_folder()
    written(tmp_path, "every-kind", every.every_kind())
    assert generated(tmp_path, 500 if DEEP else 2) >= (400 if DEEP else 1)
    found = sorted(tmp_path.glob("*.zip"))
    done = subprocess.run(
        [sys.executable, str(validator), "--xsd", str(schemas), *map(str, found)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, "\n".join(line for line in done.stdout.splitlines() if "ERROR" in line)
    assert done.stdout.count("ok ") >= len(found)


def test_it_would_notice(tmp_path: Path) -> None:
    members = files(every.every_kind(), every.context())
    broken = members["items/K03.xml"].replace(b"<value>choice_2</value>", b"<value>choice_9</value>")
    (tmp_path / "broken.zip").write_bytes(zip_of({**members, "items/K03.xml": broken}))
    command = [sys.executable, str(qti_validator()), "--xsd", str(xsd_folder()), str(tmp_path / "broken.zip")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "choice_9" in done.stdout
