"""What both Moodle targets say of a feature is so: kept is found again, dropped leaves nothing behind."""

from __future__ import annotations

import pytest

from packc.ast.pack import Pack
from packc.backends.base import Feature, File, Level, Stream
from packc.backends.options import Options
from packc.backends.registry import load
from tests.support.variants import CONTEXT, variants
from tests.targets.gift.judge import read_gift
from tests.targets.moodle.reader import read

VARIANTS = variants()
TARGETS = {"gift": Options(), "gift with images": Options({"images": "data"}), "moodle": Options()}


def _written(target: str, pack: Pack) -> bytes:
    context = CONTEXT._replace(options=TARGETS[target])
    (artefact,) = load(target.split(" ", maxsplit=1)[0]).emit(pack, context)
    assert isinstance(artefact, File | Stream)
    return artefact.data


def _found(target: str, packs: list[Pack]) -> list[object]:
    """Return what somebody else's reader finds of each."""
    written = [_written(target, pack) for pack in packs]
    if target == "moodle":
        return [read(data) for data in written]
    return [*read_gift([data.decode("utf-8") for data in written])]


def test_every_feature_has_its_pair() -> None:
    assert set(VARIANTS) == set(Feature)
    assert all(one != other for one, other in VARIANTS.values())


@pytest.mark.judge
@pytest.mark.parametrize("target", TARGETS)
def test_what_is_said_of_every_feature_is_so(target: str) -> None:
    capabilities = load(target.split(" ", maxsplit=1)[0]).capabilities(TARGETS[target])
    found = _found(target, [pack for pair in VARIANTS.values() for pack in pair])
    for (feature, one), other in zip(zip(VARIANTS, found[::2], strict=True), found[1::2], strict=True):
        level = capabilities[feature].level
        if level is Level.KEPT:
            assert one != other, f"{feature} is said to be kept"
        elif level is Level.DROPPED:
            assert one == other, f"{feature} is said to be dropped"
