"""Any pack that the AST can hold becomes a valid, sound package."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from packc.ast.pack import Pack
from packc.backends.registry import load
from tests.support.packs import context
from tests.support.wild import SLOW, wild_packs
from tests.targets.qti.player import Player
from tests.targets.qti.reading import VERSIONS, files, items
from tests.targets.qti.schemas import assert_valid
from tests.targets.qti.test_package import check_package


@settings(
    derandomize=True,
    max_examples=30,
    deadline=None,
    suppress_health_check=SLOW,
)
@given(sample=wild_packs(), target=st.sampled_from(VERSIONS))
def test_any_pack(sample: Pack, target: str) -> None:
    members = files(sample, target=target)
    assert members == files(sample, target=target)
    assert_valid(members, target)
    check_package(members)
    list(load(target).losses(sample, context()))
    for written in items(members).values():
        assert Player(written, {}).score == 0
        assert not Player(written, {}).hints
