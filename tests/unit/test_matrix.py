"""The page of what each target carries is what the targets declare."""

from __future__ import annotations

import pytest

from packc.backends import registry
from packc.backends.base import Feature, value_losses
from tests.support import every_kind
from tests.support.target_matrix import PAGE, document
from tests.targets.moodle.samples import CONTEXT, torture_pack


def test_the_page_is_fresh() -> None:
    assert PAGE.read_text(encoding="utf-8") == document() + "\n", "`make matrix` writes it anew"


@pytest.mark.parametrize("target", list(registry.infos()))
def test_every_target_answers_for_every_feature(target: str) -> None:
    assert set(registry.load(target).capabilities()) == set(Feature)


NAMING = [name for name in registry.infos() if value_losses(registry.load(name))]


@pytest.mark.parametrize("target", NAMING)
def test_losses_of_values_are_named_beforehand(target: str) -> None:
    backend = registry.load(target)
    named = value_losses(backend)
    assert len({loss.what for loss in named}) == len(named)
    assert all(loss.how for loss in named)
    for pack, context in ((torture_pack(), CONTEXT), (every_kind.every_kind(), every_kind.context())):
        losses = list(backend.losses(pack, context))
        assert losses
        assert {loss.known for loss in losses} <= set(named)
        assert all(loss.level is loss.known.level for loss in losses if loss.known is not None)


def test_the_targets_that_name_them() -> None:
    assert {"anki", "gift", "html", "moodle", "pdf", "qti", "qti22", "qti30", "canvas"} <= set(NAMING)
