"""What packc's importers make of generated packs, written as GIFT and Moodle XML, is what the author wrote.

Marks around formulas are set aside: an importer turns a text of many blocks into one line where a pack has
lines, and then a formula has other marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from packc.ast.pack import Pack, asked
from packc.ast.question import (
    CategorisingQuestion,
    ChoiceQuestion,
    ClozeQuestion,
    MatchingQuestion,
    NumericQuestion,
    OpenQuestion,
    OrderingQuestion,
    Question,
    ShortAnswerQuestion,
    Side,
    TrueFalseQuestion,
)
from packc.ast.richtext import Blocks, Inlines
from packc.render.labels import note_label
from packc.words import ENGLISH
from tests.support.random_packs import many, named, random_packs
from tests.targets.gift.samples import characters, shown
from tests.targets.moodle.expected import choice_share
from tests.targets.moodle.lost import UNSAYABLE
from tests.targets.moodle.samples import CONTEXT
from tests.targets.moodle.test_importers import KeyOf, imported, weighted

_MARKS = re.compile(r"\$+|\\[\[\]()]|:")
_IN_GIFT = (ShortAnswerQuestion, NumericQuestion, TrueFalseQuestion)
_IN_XML = (*_IN_GIFT, ChoiceQuestion, MatchingQuestion, CategorisingQuestion, OrderingQuestion)


@pytest.mark.parametrize("target", ["gift", "moodle"])
def test_the_importers_make_the_same_of_generated_packs(target: str) -> None:
    gift = target == "gift"
    compared = 0
    for pack in random_packs(many(40)):
        with named(pack):
            wanted = [one for one in _wanted(pack) if not (gift and isinstance(one.question, ClozeQuestion))]
            if not wanted:  # an empty bank is an error
                continue
            found = imported(target, pack, CONTEXT)
            assert list(found) == [one.question.id for one in wanted]
            for one in wanted:
                said = _found(found[one.question.id], one.question, gift=gift)
                assert _bare(one.said(gift=gift)) == _bare(said)
                compared += 1
    assert compared > 40


def _bare(said: object) -> object:
    """Return what was said without the marks around formulas."""
    match said:
        case str():
            return _MARKS.sub("", said)
        case tuple() | list():
            return [_bare(one) for one in said]
        case dict():
            return {name: _bare(one) for name, one in said.items()}
        case _:
            return said


class _Wanted(NamedTuple):
    question: Question
    stimulus: Blocks
    title_on_front: bool

    def said(self, *, gift: bool) -> dict[str, object]:
        """Return what a learner meets, in the order in which Moodle shows it."""
        question = self.question
        texts = _Texts(pictures=not gift)
        title = texts.of(question.title) if question.title else ""
        front = texts.of(self.stimulus) + (title if self.title_on_front else "") + texts.of(question.prompt)
        front += texts.notes(question, Side.FRONT)
        if isinstance(question, MatchingQuestion | CategorisingQuestion):
            front += "–".join(texts.of(head) for head in question.heads if head)
        if isinstance(question, NumericQuestion) and question.key.unit and gift:
            front += f"[{question.key.unit}]"
        back = "" if self.title_on_front else title
        back += texts.of(question.solution) + texts.notes(question, Side.BACK)
        back += texts.of(question.feedback.general)
        right, wrong = texts.of(question.feedback.right), texts.of(question.feedback.wrong)
        if not isinstance(question, _IN_GIFT if gift else _IN_XML):
            back += "Right" + right if question.feedback.right else ""
            back += "Wrong" + wrong if question.feedback.wrong else ""
            right = wrong = ""
        has_hints = not gift and not isinstance(question, OpenQuestion)
        return {
            "key": _key(question, question, gift=gift, written=True),
            "front": "" if isinstance(question, ClozeQuestion) else front,
            "back": back,
            "right": right,
            "wrong": wrong,
            "hints": [texts.of(hint) for hint in question.hints] if has_hints else [],
        }


def _wanted(pack: Pack) -> Iterator[_Wanted]:
    for question, stimulus in asked(pack):
        yield _Wanted(question, stimulus, pack.meta.title_on_front)


def _found(question: Question, wanted: Question, *, gift: bool) -> dict[str, object]:
    texts = _Texts(pictures=True)
    return {
        "key": _key(question, wanted, gift=gift, written=False),
        "front": "" if isinstance(question, ClozeQuestion) else texts.of(question.prompt),
        "back": texts.of(question.title) + texts.of(question.solution) + texts.of(question.feedback.general),
        "right": texts.of(question.feedback.right),
        "wrong": texts.of(question.feedback.wrong),
        "hints": [texts.of(hint) for hint in question.hints],
    }


class _Texts(NamedTuple):
    pictures: bool  # without them, each has left its alternative text

    def of(self, nodes: Blocks | Inlines) -> str:
        return shown(nodes, pictures=self.pictures)

    def notes(self, question: Question, side: Side) -> str:
        notes = (note for note in question.notes if note.side is side)
        return "".join(characters(note_label(note, ENGLISH)) + self.of(note.body) for note in notes)


def _key(question: Question, wanted: Question, *, gift: bool, written: bool) -> object:
    """Return what tells right from wrong, with what choices earn and cost."""
    if gift and isinstance(wanted, OrderingQuestion):
        return _places(question, wanted)
    key: object = KeyOf(pictures=not (gift and written), weights=weighted(wanted)).of(question)
    shares: list[float] = []
    if isinstance(question, ChoiceQuestion):
        shares = sorted(round(choice_share(choice, question), 2) for choice in question.choices)
    unsayable = UNSAYABLE if gift else re.compile("~" if isinstance(wanted, ClozeQuestion) else r"\Z\A")
    told = _bare(_told(key, unsayable))
    assert isinstance(told, list)
    match wanted:  # what has no order is sorted, now that its marks are gone
        case ChoiceQuestion() | ShortAnswerQuestion():
            told.sort(key=repr)
        case MatchingQuestion() | CategorisingQuestion():
            told = [sorted(each, key=repr) for each in told]
        case _:
            pass
    return told, shares


def _told(key: object, unsayable: re.Pattern[str]) -> object:
    """Return a key without typed answers that are declared to be lost, or whose twin differs by a space."""
    if not isinstance(key, tuple | list):
        return key
    told: list[object] = []
    for one in key:
        match one:
            case (str(text), float()) if unsayable.search(text) or list(one) in told:
                pass
            case _:
                told.append(_told(one, unsayable))
    return told


def _places(question: Question, wanted: OrderingQuestion) -> list[tuple[str, str]]:
    """Return the places of the items that are one line: of others an importer of GIFT makes one."""
    lines = [
        (texts.of(item.blocks), str(place))
        for texts in (_Texts(pictures=False),)
        for place, item in enumerate(wanted.items, 1)
        if len(item.blocks) == 1
    ]
    if question is wanted:
        return lines
    assert isinstance(question, MatchingQuestion)
    texts = _Texts(pictures=True)
    pairs = [(texts.of(pair.left), texts.of(pair.right)) for pair in question.pairs]
    assert sorted(place for _, place in pairs) == [str(place) for place in range(1, len(wanted.items) + 1)]
    told = sorted(pairs, key=lambda pair: int(pair[1]))
    return [(left, place) for left, place in told if place in {place for _, place in lines}]
