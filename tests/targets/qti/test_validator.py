"""A validator from outside finds nothing wrong with the packages of random packs: of 500 in `make deep`."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from hypothesis import HealthCheck, assume, given, seed, settings

from packc.ast.pack import Pack, questions
from tests.support import every_kind as every
from tests.support.wild import wild_packs
from tests.targets.qti.reading import VERSIONS, files, zip_of
from tests.targets.qti.validator import validated

DEEP = bool(os.environ.get("TEST_DEEP"))
SEED = int(os.environ.get("DEEP_SEED") or (secrets.randbelow(1_000_000) if DEEP else 0))
TARGETS = (*VERSIONS, "canvas")
PACKS = 500 if DEEP else 10
AT_ONCE = 25  # packages are checked, and then deleted


def written(folder: Path, name: str, pack: Pack) -> None:
    """Write the package of each target."""
    for target in TARGETS:
        (folder / f"{name}.{target}.zip").write_bytes(zip_of(files(pack, every.context(), target)))


def check(folder: Path) -> int:
    """Have the packages of `folder` validated, and return how many they were."""
    found = sorted(folder.glob("*.zip"))
    verdict = validated(found)
    assert verdict.code == 0, f"with DEEP_SEED={SEED}:\n{verdict.errors}"
    assert verdict.said.count("ok ") == len(found)
    for package in found:
        package.unlink()
    return len(found)


def test_nothing_is_wrong(tmp_path: Path) -> None:
    written(tmp_path, "every-kind", every.every_kind())
    made = checked = 0

    @seed(SEED)
    @settings(database=None, deadline=None, max_examples=2 * PACKS, suppress_health_check=list(HealthCheck))
    @given(sample=wild_packs())
    def collect(sample: Pack) -> None:
        nonlocal made, checked
        ids = [question.id.casefold() for question in questions(sample)]
        assume(len(set(ids)) == len(ids))  # as they are in a pack without errors
        if made == PACKS:
            return
        written(tmp_path, f"made{made}", sample)
        made += 1
        if made % AT_ONCE == 0 and made < PACKS:
            checked += check(tmp_path)

    collect()
    checked += check(tmp_path)
    assert made == PACKS
    assert checked == (PACKS + 1) * len(TARGETS)


def test_it_would_notice(tmp_path: Path) -> None:
    members = files(every.every_kind(), every.context(), "qti30")
    item = members["items/K03.xml"]
    faults = {
        "choice_9": {"items/K03.xml": item.replace(b"<qti-value>choice_2<", b"<qti-value>choice_9<")},
        "perhaps": {"items/K03.xml": item.replace(b'shuffle="true"', b'shuffle="perhaps"')},
        "is not in the package": {"imsmanifest.xml": members["imsmanifest.xml"].replace(b".png", b".gif")},
    }
    for words, change in faults.items():
        assert change.items().isdisjoint(members.items()), words
        path = tmp_path / "broken.zip"
        path.write_bytes(zip_of({**members, **change}))
        verdict = validated([path])
        assert verdict.code == 1
        assert words in verdict.errors
