"""Somebody else's reader makes of our package a valid QTI 3.0 package with the same texts and key."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree

import pytest
from qti_convert import downgrade_package_files, upgrade_package_files

from packc.ast.pack import Pack, questions
from packc.ast.question import ChoiceQuestion
from tests.support.every_kind import every_kind
from tests.support.packs import choice_question, pack
from tests.targets.qti.reading import files, is_item, parsed, words
from tests.targets.qti.schemas import assert_valid
from tests.targets.qti.test_package import PACKS

QTI3 = "{http://www.imsglobal.org/xsd/imsqtiasi_v3p0}"


def upgraded(sample: Pack, target: str = "qti") -> dict[str, bytes]:
    return encoded(upgrade_package_files(files(sample, target=target)).files)


def encoded(found: Mapping[str, str | bytes]) -> dict[str, bytes]:
    return {path: data.encode() if isinstance(data, str) else data for path, data in found.items()}


@pytest.mark.parametrize("target", ["qti", "qti22"])
@pytest.mark.parametrize("sample", PACKS.values(), ids=PACKS)
def test_valid_as_3_0(sample: Pack, target: str) -> None:
    members = upgraded(sample, target)
    assert set(members) == set(files(sample))
    assert_valid(members, "qti30")


@pytest.mark.parametrize("sample", PACKS.values(), ids=PACKS)
def test_3_0_is_valid_as_2_1(sample: Pack) -> None:
    found = downgrade_package_files(files(sample, target="qti30"))
    members = encoded(found.files)
    assert_valid(members)
    assert set(members) - {"qti3-shared-vocabulary.css"} == set(files(sample))
    known = ("use", "external-scored", "shared vocabulary")
    assert [one.message for one in found.warnings if not any(word in one.message for word in known)] == []


def test_the_converter_writes_3_0_as_we_do() -> None:
    """Apart from what 3.0 can say and 2.1 cannot, and what the converter adds by itself."""
    ours = files(every_kind(), target="qti30")
    for path, data in upgraded(every_kind()).items():
        if is_item(path):
            assert _compared(parsed(ours[path])) == _compared(parsed(data)), path


def _compared(item: ElementTree.Element) -> str:
    """Return an item without its schema's address, who scores, QTI 3's own classes and least numbers."""
    for node in item.iter():
        for key in [key for key in node.attrib if key.endswith(("schemaLocation", "externalScored"))]:
            del node.attrib[key]
        node.attrib.pop("minChoices", None)  # the converter asks for at least one
        if "class" in node.attrib:
            node.set("class", node.attrib["class"].split(" qti-")[0])
    return ElementTree.canonicalize(ElementTree.tostring(item))


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
    assert_valid(encoded(back.files))
