"""The sweeps see what their packs hold: every node, every kind of question, every plane of Unicode."""

from __future__ import annotations

from typing import get_args

from packc.ast.pack import questions
from packc.ast.question import Question, kind_of
from packc.ast.richtext import Block, Inline, Text
from packc.ast.walk import pack_nodes
from tests.support.random_packs import random_pack

PACKS = [random_pack(1, number) for number in range(150)]


def test_every_node_and_every_kind_occurs() -> None:
    nodes = {type(node) for pack in PACKS for node in pack_nodes(pack)}
    assert nodes == {kind for union in (Inline, Block) for kind in get_args(union)}
    assert {type(one) for pack in PACKS for one in questions(pack)} == set(get_args(Question))
    assert len({kind_of(one) for pack in PACKS for one in questions(pack)}) >= 10


def test_the_texts_are_hostile() -> None:
    texts = "".join(node.text for pack in PACKS for node in pack_nodes(pack) if isinstance(node, Text))
    assert {ord(character) >> 16 for character in texts} >= set(range(16))
    assert set("\\#=~{}:%\n<&*") <= set(texts)


def test_a_pack_can_be_made_again() -> None:
    assert random_pack(1, 149) == PACKS[149]
    assert random_pack(2, 149) != PACKS[149]
    assert PACKS[149].meta.version == "1, 149"
