"""The page of what each target carries is what the targets declare."""

from __future__ import annotations

import pytest

from packc.backends import registry
from packc.backends.base import Feature, value_losses
from tests.support.target_matrix import PAGE, document


def test_the_page_is_fresh() -> None:
    assert PAGE.read_text(encoding="utf-8") == document() + "\n", "`make matrix` writes it anew"


@pytest.mark.parametrize("target", list(registry.infos()))
def test_every_target_answers_for_every_feature(target: str) -> None:
    assert set(registry.load(target).capabilities()) == set(Feature)


@pytest.mark.parametrize("target", ["gift", "moodle"])
def test_losses_of_values_are_named(target: str) -> None:
    losses = value_losses(registry.load(target))
    assert losses
    assert len({loss.what for loss in losses}) == len(losses)
    assert all(loss.how for loss in losses)
