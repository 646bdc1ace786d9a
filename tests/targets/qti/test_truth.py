"""What every target of QTI says of a feature is so: kept is found again, dropped leaves nothing behind."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from packc.ast.pack import Pack
from packc.backends.base import Feature, Level
from packc.backends.options import Options
from packc.backends.registry import load
from tests.support.variants import CONTEXT, variants
from tests.targets.qti.reading import files, is_item

VARIANTS = variants()
TARGETS = {
    "qti": ("qti", ""),
    "qti22": ("qti22", ""),
    "qti30": ("qti30", ""),
    "canvas": ("canvas", ""),
    "blackboard": ("qti", "blackboard"),
    "inspera": ("qti", "inspera"),
}
WHOLE = (  # what a question cannot be without
    *(Feature.NUMERIC, Feature.MATCHING, Feature.CATEGORISING, Feature.ORDERING, Feature.DROPDOWN),
)
# Hashes of content, which move with everything; what a reader shows does not.
_MARKS = re.compile(rb"[0-9a-f]{16,64}|\"g[0-9a-f]{8,}\"")


def _found(target: str, pack: Pack) -> Mapping[str, bytes]:
    """Return what a reader finds: every document, without marks that tell nothing."""
    name, profile = TARGETS[target]
    members = files(pack, CONTEXT, name, profile)
    return {
        _MARKS.sub(b"", path.encode()).decode(): _MARKS.sub(b"", data) if path.endswith(".xml") else data
        for path, data in members.items()
    }


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("feature", VARIANTS)
def test_what_is_said_of_every_feature_is_so(feature: Feature, target: str) -> None:
    name, profile = TARGETS[target]
    capability = load(name).capabilities(Options({"profile": profile} if profile else {}))[feature]
    one, other = (_found(target, pack) for pack in VARIANTS[feature])
    if "left out" in capability.how and capability.level is Level.DROPPED and feature in WHOLE:
        assert not any(map(is_item, one)), f"questions with {feature} are said to be left out"
    elif capability.level is Level.DROPPED:
        assert one == other, f"{feature} is said to be dropped"
    elif capability.level is Level.KEPT:
        assert one != other, f"{feature} is said to be kept"


def test_no_target_is_silent_of_a_feature() -> None:
    assert set(VARIANTS) == set(Feature)
