"""Random packs as QTI, read in, written as QTI again, read in again: nothing moves any more."""

from __future__ import annotations

import pytest

from packc.ast.pack import questions
from packc.ast.richtext import Image
from packc.ast.walk import pack_nodes
from packc.writer import write
from tests.support.packs import png
from tests.support.random_packs import named, random_pack
from tests.unit.importers.test_qti import emitted, imported

PACKS = 36  # for each version


@pytest.mark.parametrize("target", ["qti", "qti22", "qti30"])
def test_what_was_read_in_once_stays_the_same(target: str) -> None:
    """Of every generated question, too: no other order, text, key, weight, tag or author."""
    asked = 0
    for number in range(PACKS):
        sample = random_pack(0, number + PACKS * ["qti", "qti22", "qti30"].index(target))
        with named(sample):
            media = {node.src: png() for node in pack_nodes(sample) if isinstance(node, Image)}
            first, _ = imported(emitted(sample, media, target))
            if not any(True for _ in questions(sample)):
                assert first is None
                continue
            assert first is not None
            asked += len(list(questions(sample)))
            assert [one.id for one in questions(first.pack)] == [one.id for one in questions(sample)]
            again = emitted(first.pack, first.media, target)
            second, _ = imported(again)
            assert second is not None
            assert write(second.pack) == write(first.pack)
            assert second.pack == first.pack
            assert emitted(second.pack, second.media, target) == again
    assert asked > PACKS
