"""What a catalogue is told: tags, difficulty, time, and where the package comes from."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from packc.ast.pack import PackMeta
from packc.backends.qti.lom import duration_text
from tests.support.packs import open_question, pack
from tests.targets.qti.reading import PACKAGING, files
from tests.targets.qti.schemas import assert_valid

LOM = "{http://ltsc.ieee.org/xsd/LOM}"


def texts(parent: Element, *path: str) -> list[str]:
    return ["".join(node.itertext()).strip() for node in parent.findall("/".join(LOM + tag for tag in path))]


def manifest(members: dict[str, bytes]) -> Element:
    return ElementTree.fromstring(members["imsmanifest.xml"])


def of_package(root: Element) -> Element:
    found = root.find(f"{PACKAGING}metadata/{LOM}lom")
    assert found is not None
    return found


def test_the_front_matter() -> None:
    sample = pack()
    meta = replace(sample.meta, authors=("Ada; Example, Dr.", "Bo"))
    told = of_package(manifest(files(replace(sample, meta=meta))))
    assert texts(told, "general", "language") == ["en"]
    assert texts(told, "general", "description") == ["A description."]
    assert texts(told, "general", "keyword") == ["deep-learning", "Training Loops"]
    assert texts(told, "lifeCycle", "version") == ["1.2"]
    assert texts(told, "rights", "description") == ["CC BY 4.0"]
    cards = [card.splitlines() for card in texts(told, "lifeCycle", "contribute", "entity")]
    assert cards[0] == [
        "BEGIN:VCARD",
        "VERSION:3.0",
        "N:;Ada\\; Example\\, Dr.;;;",
        "FN:Ada\\; Example\\, Dr.",
        "END:VCARD",
    ]
    assert len(cards) == 2
    assert {node.get("language") for node in told.iter(f"{LOM}string")} == {"en"}


def test_a_pack_that_says_nothing_of_itself() -> None:
    sample = replace(pack(open_question()), meta=PackMeta(lang=""))
    members = files(sample)
    assert b"LOM" not in members["imsmanifest.xml"]
    assert_valid(members)


@pytest.mark.parametrize(
    ("word", "source", "value"),
    [
        ("easy", "LOMv1.0", "easy"),
        (" Hard ", "LOMv1.0", "difficult"),
        ("Level 3 & up", "author", "Level 3 & up"),
    ],
)
def test_a_question(word: str, source: str, value: str) -> None:
    question = replace(open_question(), tags=("a", "deep-learning"), difficulty=word, minutes=Decimal("1.5"))
    members = files(pack(question))
    (told,) = manifest(members).findall(f".//{PACKAGING}resource/{PACKAGING}metadata/{LOM}lom")
    assert texts(told, "general", "keyword") == ["a", "deep-learning", "Training Loops"]
    assert texts(told, "educational", "difficulty", "source") == [source]
    assert texts(told, "educational", "difficulty", "value") == [value]
    assert texts(told, "educational", "typicalLearningTime", "duration") == ["PT1M30S"]
    assert b"CANARY" not in members["imsmanifest.xml"]


@pytest.mark.parametrize(
    ("minutes", "text"), [("2", "PT2M"), ("0.5", "PT30S"), ("90", "PT90M"), ("0", "PT0M"), ("0.001", "PT0M")]
)
def test_times(minutes: str, text: str) -> None:
    assert duration_text(Decimal(minutes)) == text
