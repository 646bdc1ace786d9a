"""Somebody else's reader makes of our package a valid QTI 3.0 package with the same texts and key."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest
from qti_convert import downgrade_package_files, upgrade_package_files

from packc.ast.pack import Pack, questions
from packc.ast.question import ChoiceQuestion
from packc.ast.richtext import Blocks
from tests.support.packs import choice_question, open_question, pack
from tests.targets.qti.reading import files, is_item, words
from tests.targets.qti.schemas import assert_valid
from tests.targets.qti.test_package import PACKS
from tests.targets.qti.test_valid import EVERY_BLOCK

QTI3 = "{http://www.imsglobal.org/xsd/imsqtiasi_v3p0}"


def upgraded(sample: Pack) -> dict[str, bytes]:
    found = upgrade_package_files(files(sample)).files
    return {path: data.encode() if isinstance(data, str) else data for path, data in found.items()}


@pytest.mark.parametrize("sample", PACKS.values(), ids=PACKS)
def test_valid_as_3_0(sample: Pack) -> None:
    members = upgraded(sample)
    assert set(members) == set(files(sample))
    assert_valid(members, "qti30")


@pytest.mark.parametrize("blocks", EVERY_BLOCK.values(), ids=EVERY_BLOCK)
def test_every_block_as_3_0(blocks: Blocks) -> None:
    choice = choice_question("Q2")
    choices = tuple(replace(one, blocks=blocks, feedback=blocks) for one in choice.choices)
    sample = pack(
        replace(open_question("Q1"), prompt=blocks, solution=blocks), replace(choice, choices=choices)
    )
    assert_valid(upgraded(sample), "qti30")


def test_the_key_survives() -> None:
    sample = pack(*(choice_question(f"Q{n}", right=right) for n, right in enumerate([(0,), (2,), (0, 2)])))
    found = {}
    for path, data in upgraded(sample).items():
        if is_item(path):
            item = ElementTree.fromstring(data)
            right = {value.text for value in item.findall(f".//{QTI3}qti-correct-response/{QTI3}qti-value")}
            choices = item.findall(f".//{QTI3}qti-simple-choice")
            found[item.get("title")] = [(words(one), one.get("identifier") in right) for one in choices]
    first = ["Reduce η by {half} = 50% ~ or so", "Clean the data -> again: #1"]
    assert set(found) == {"Q0", "Q1", "Q2"}
    for question in questions(sample):
        assert isinstance(question, ChoiceQuestion)
        assert [correct for _, correct in found[question.id]] == [one.correct for one in question.choices]
        assert [text for text, _ in found[question.id]][:2] == first


def test_there_and_back_without_a_complaint() -> None:
    back = downgrade_package_files(upgraded(pack()))
    # Our 2.1 has the attribute, which 3.0 demands and 2.1's schema allows; the converter thinks otherwise.
    assert {warning.message for warning in back.warnings} == {
        'Attribute "use" on qti-rubric-block is not supported in QTI 2.1.'
    }
    members = {path: data.encode() if isinstance(data, str) else data for path, data in back.files.items()}
    assert_valid(members)
