"""Random packs as QTI, read in, written as QTI again, read in again: nothing moves any more."""

from __future__ import annotations

import re

import pytest

from packc.ast.keys import DropdownKey, Option
from packc.ast.pack import questions
from packc.ast.question import ClozeQuestion, MatchingQuestion, OrderingQuestion, Pair, Question
from packc.ast.richtext import Blank, Image, ListItem, Text
from packc.ast.walk import pack_nodes
from packc.writer.pack import write
from tests.support.packs import pack, para, png
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


TEXTS = [(Text(f"a\t b {n}"),) for n in range(6)]
LIST = DropdownKey(options=tuple(Option(children=text, correct=text is TEXTS[0]) for text in TEXTS))
MIXED: dict[str, Question] = {
    "list": ClozeQuestion(id="Q1", prompt=(), text=(para("It is ", Blank(key=LIST), "."),)),
    "order": OrderingQuestion(
        id="Q1", prompt=(para("?"),), items=tuple(ListItem((para(*text),)) for text in TEXTS)
    ),
    "match": MatchingQuestion(
        id="Q1",
        prompt=(para("?"),),
        pairs=tuple(Pair(left=text, right=text) for text in TEXTS[:2]),
        distractors=tuple(TEXTS[2:]),
    ),
}


@pytest.mark.parametrize("kind", MIXED)
def test_white_space_that_an_import_collapses_changes_no_order(kind: str) -> None:
    written = emitted(pack(MIXED[kind]), {}, "qti")
    first, _ = imported(written)
    assert first is not None
    shown = [
        re.findall(r"b ([0-9])<", members["items/Q1.xml"].decode())
        for members in (written, emitted(first.pack, first.media, "qti"))
    ]
    assert shown[0] == shown[1]
    assert len(shown[0]) >= len(TEXTS)
