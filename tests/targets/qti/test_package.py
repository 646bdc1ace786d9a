"""The package hangs together: files, references, identifiers, variables."""

from __future__ import annotations

import gc
import posixpath
import re
from collections import Counter
from dataclasses import replace
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from packc.ast.pack import Pack, Section
from packc.ast.richtext import Image, Text
from packc.backends.base import EmitContext
from packc.backends.qti.xhtml import QtiRenderer
from packc.media import Media
from tests.support.every_kind import every_kind
from tests.support.packs import choice_question, open_question, pack, para, png
from tests.targets.qti.reading import (
    PACKAGING,
    QTI,
    VERSIONS,
    emit,
    files,
    files_of,
    is_item,
    items,
    many,
    one,
    parsed,
)

IDS = [
    "Q1",
    "1",
    "007",
    "a:b",
    "a b",
    "a_b",
    "a/b",
    "../../etc",
    "ü",
    "Ü",
    "x" * 200,
    "x" * 201,
    "con.",
    "-",
    "_",
]
HOSTILE = pack(*(choice_question(identifier) for identifier in IDS), identifier="1: a/b")
NESTED = pack(
    open_question("Q1"),
    Section(
        title=(Text("outer"),),
        blocks=(para(Image("figure.png", "in a section")),),
        parts=(
            choice_question("Q2"),
            Section(title=(Text("inner"),), parts=(open_question("Q3"),)),
            open_question("Q4"),
        ),
    ),
    Section(title=(Text("empty"),)),
)
SAME = pack(
    open_question("section_1"), open_question("part_1"), open_question("sample-pack"), open_question("q1")
)
PACKS = {
    "sample": pack(),
    "hostile": HOSTILE,
    "nested": NESTED,
    "same": SAME,
    "every kind": every_kind(),
    "empty": Pack(id="e", title="", meta=pack().meta),
}


CHOICES = ("simpleChoice", "simpleAssociableChoice", "inlineChoice")


def check_package(members: dict[str, bytes]) -> None:
    """Fail unless manifest and files name each other, and every document refers only to what is there."""
    root = parsed(members["imsmanifest.xml"])
    resources = root.findall(f".//{PACKAGING}resource")
    listed = {
        resource.get("href", ""): [file.get("href", "") for file in resource.findall(f"{PACKAGING}file")]
        for resource in resources
    }
    assert all(paths[0] == href for href, paths in listed.items())
    assert {path for paths in listed.values() for path in paths} == set(members) - {"imsmanifest.xml"}
    for href, paths in listed.items():
        document = parsed(members[href])
        used = {posixpath.join(posixpath.dirname(href), unquote(path)) for path in sources(document)}
        assert used == set(paths) - {href}, f"{href} uses {used}, its resource lists {paths}"
    for resource in resources:
        document = parsed(members[resource.get("href", "")])
        assert resource.get("identifier") == f"res_{document.get('identifier')}"
    names = [node.get("identifier", "") for node in root.iter() if node.get("identifier")]
    check_names(names)
    needed = [node.get("identifierref", "") for node in resources[0].findall(f"{PACKAGING}dependency")]
    assert Counter(needed) == Counter(resource.get("identifier", "") for resource in resources[1:])
    check_test(parsed(members["test.xml"]), members)


def sources(document: ElementTree.Element) -> list[str]:
    return [node.get("src", "") for node in document.iter(f"{QTI}img")]


def check_names(names: list[str]) -> None:
    assert len({name.casefold() for name in names}) == len(names), names
    assert [name for name in names if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.-]*", name)] == []


def check_test(test: ElementTree.Element, members: dict[str, bytes]) -> None:
    parts = ("assessmentTest", "testPart", "assessmentSection", "assessmentItemRef")
    check_names([node.get("identifier", "") for tag in parts for node in test.iter(QTI + tag)])
    references = {
        node.get("href", ""): node.get("identifier") for node in test.iter(f"{QTI}assessmentItemRef")
    }
    assert set(references) == {path for path in members if is_item(path)}
    for href, name in references.items():
        document = parsed(members[href])
        assert document.get("identifier") == name
        assert name is not None
        assert len(name) <= 32
        check_item(document)


def check_item(document: ElementTree.Element) -> None:
    responses = {node.get("identifier", "") for node in many(document, "responseDeclaration")}
    outcomes = {node.get("identifier", "") for node in many(document, "outcomeDeclaration")}
    assert {
        node.get("responseIdentifier") for node in document.iter() if node.get("responseIdentifier")
    } == responses
    assigned = {node.get("identifier") for node in document.iter(f"{QTI}setOutcomeValue")}
    shown = {node.get("outcomeIdentifier") for node in document.iter() if node.get("outcomeIdentifier")}
    assert assigned <= outcomes
    assert shown <= outcomes
    assert outcomes - {"SCORE", "MAXSCORE"} == shown == assigned - {"SCORE"}
    for tag in ("variable", "correct", "mapResponse"):
        assert {node.get("identifier") for node in document.iter(QTI + tag)} <= responses | outcomes
    choices = [node.get("identifier", "") for tag in CHOICES for node in document.iter(QTI + tag)]
    for interaction in many(document, ".//inlineChoiceInteraction"):
        check_names([node.get("identifier", "") for node in interaction])
    check_names([name for name in choices if not name.startswith("option_")])
    for declaration in many(document, "responseDeclaration"):
        if declaration.get("baseType") in ("identifier", "directedPair"):
            keys = [node.text or "" for node in many(declaration, "correctResponse/value")]
            keys += [node.get("mapKey", "") for node in many(declaration, "mapping/mapEntry")]
            assert {name for key in keys for name in key.split()} <= set(choices)
    values = [node.text for node in many(document, ".//baseValue")]
    shows = {node.get("identifier") for node in document.iter() if node.get("outcomeIdentifier")}
    assert shows <= {*choices, *values}


@pytest.mark.parametrize("target", VERSIONS)
@pytest.mark.parametrize("sample", PACKS.values(), ids=PACKS)
def test_references(sample: Pack, target: str) -> None:
    check_package(files(sample, target=target))


@pytest.mark.parametrize(
    ("target", "known_by", "types"),
    [
        ("qti", ["QTIv2.1 Package", "1.0.0"], "xmlv2p1"),
        ("qti22", ["QTIv2.2 Package", "1.0.0"], "xmlv2p2"),
        ("qti30", ["QTI Package", "3.0.0"], "xmlv3p0"),
    ],
)
def test_what_importers_know_the_version_by(target: str, known_by: list[str], types: str) -> None:
    manifest = parsed(files(pack(), target=target)["imsmanifest.xml"])
    metadata = manifest.find(f"{PACKAGING}metadata")
    assert metadata is not None
    assert [node.text for node in metadata][:2] == known_by
    found = [resource.get("type") for resource in manifest.iter(f"{PACKAGING}resource")]
    assert found == [f"imsqti_test_{types}", *[f"imsqti_item_{types}"] * 3]


def test_no_item_leaves_its_renderer_behind() -> None:
    gc.collect()
    gc.disable()  # the command has no collector
    try:
        files(pack(open_question("Q1"), choice_question("Q2")))
        assert not [found for found in gc.get_objects() if type(found) is QtiRenderer]
    finally:
        gc.enable()


def test_the_order_of_the_members() -> None:
    paths = list(files(NESTED))
    assert paths[:2] == ["imsmanifest.xml", "test.xml"]
    documents = [path for path in paths[2:] if path.endswith(".xml")]
    images = [path for path in paths[2:] if not path.endswith(".xml")]
    assert paths[2:] == sorted(documents) + sorted(images)
    assert len(images) == 1


def test_the_same_pack_gives_the_same_bytes() -> None:
    shuffled = {
        "other.png": Media(png(3, 3), "image/png", 3, 3),
        "figure.png": Media(png(), "image/png", 40, 20),
    }
    first = emit(NESTED, EmitContext(published={"Q1": 1}, media=shuffled))
    second = emit(NESTED, EmitContext(published={"Q1": 2}, media=dict(reversed(shuffled.items()))))
    assert list(files_of(first).items()) == list(files_of(second).items())
    assert first.path == "sample-pack.zip"


def test_items_are_called_by_their_ids_never_by_their_titles() -> None:
    members = files(HOSTILE)
    assert sorted(items(members)) == sorted(IDS)
    assert all(b"TITLECANARY" not in path.encode() for path in members)


def test_an_identifier_depends_on_its_own_question_only() -> None:
    alone = {
        title: item.get("identifier") for title, item in items(files(pack(choice_question("a:b")))).items()
    }
    among = {title: item.get("identifier") for title, item in items(files(HOSTILE)).items()}
    assert alone["a:b"] == among["a:b"]
    assert among["Q1"] == "Q1"
    assert among["a_b"] == "a_b"


def test_two_questions_of_one_title() -> None:
    first, second = open_question("Q1"), open_question("Q2")
    assert first.title == second.title
    assert sorted(items(files(pack(first, second)))) == ["Q1", "Q2"]


def test_sections_keep_their_order_and_nesting() -> None:
    test = ElementTree.fromstring(files(NESTED)["test.xml"])
    root = one(test, "testPart/assessmentSection")
    assert outline(root) == [
        "Academy / Deep Learning / A sample & pack",
        "Q1",
        ["outer", "Q2", ["inner", "Q3"], "Q4"],
        ["empty"],
    ]
    assert test.get("title") == "A sample & pack"
    assert [node.get("view") for node in many(test, ".//rubricBlock")] == ["candidate", "candidate"]


def outline(section: ElementTree.Element) -> list[object]:
    found: list[object] = [section.get("title")]
    for node in section:
        if node.tag == f"{QTI}assessmentSection":
            found.append(outline(node))
        elif node.tag == f"{QTI}assessmentItemRef":
            found.append(node.get("identifier"))
    return found


def test_one_picture_under_two_names_is_one_file() -> None:
    sample = pack(replace(open_question(), prompt=(para(Image("a.png", ""), Image("b.png", "")),)))
    same = Media(png(), "image/png", 40, 20)
    members = files(sample, EmitContext(published={}, media={"a.png": same, "b.png": same}))
    assert len([path for path in members if path.startswith("items/images/")]) == 1
    check_package(members)


def test_a_lost_reference_would_be_noticed() -> None:
    members = files(pack())
    broken = members["items/Q2.xml"].replace(b"<value>choice_1</value>", b"<value>choice_9</value>")
    with pytest.raises(AssertionError):
        check_package({**members, "items/Q2.xml": broken})
    image = next(path for path in members if path.endswith(".png"))
    with pytest.raises(AssertionError):
        check_package({path: data for path, data in members.items() if path != image})
