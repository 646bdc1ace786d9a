"""Reading a package back, with the standard library's XML parser and none of our own code."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from lxml import etree

from packc.ast.pack import Pack
from packc.backends.base import Archive, EmitContext
from packc.backends.registry import load
from tests.support.packs import context as sample_context

QTI = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"
PACKAGING = "{http://www.imsglobal.org/xsd/imscp_v1p1}"
MATHML = "{http://www.w3.org/1998/Math/MathML}"


def emit(pack: Pack, context: EmitContext | None = None) -> Archive:
    """Return the one artefact of `pack`."""
    (archive,) = load("qti").emit(pack, context or sample_context())
    assert isinstance(archive, Archive)
    return archive


def files_of(archive: Archive) -> dict[str, bytes]:
    """Return the members by path, in order."""
    paths = [member.path for member in archive.members]
    assert len({path.casefold() for path in paths}) == len(paths), "two members of one path"
    return {member.path: member.data for member in archive.members}


def files(pack: Pack, context: EmitContext | None = None) -> dict[str, bytes]:
    return files_of(emit(pack, context))


def zip_of(members: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for path, data in members.items():
            package.writestr(path, data)
    return buffer.getvalue()


def documents(members: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield the test and the items."""
    yield from ((path, data) for path, data in members.items() if path == "test.xml" or is_item(path))


def is_item(path: str) -> bool:
    return path.startswith("items/") and path.endswith(".xml")


def items(members: Mapping[str, bytes]) -> dict[str, Element]:
    """Return every item by its title, which is the question's id."""
    found = [ElementTree.fromstring(data) for path, data in members.items() if is_item(path)]
    return {item.get("title", ""): item for item in found}


def item(pack: Pack, question: str = "Q1", context: EmitContext | None = None) -> Element:
    return items(files(pack, context))[question]


def one(parent: Element, path: str) -> Element:
    """Return the only element at `path`, given without namespaces."""
    (found,) = many(parent, path)
    return found


def many(parent: Element, path: str) -> list[Element]:
    steps = (step if step in (".", "..", "*", "") else QTI + step for step in path.split("/"))
    return parent.findall("/".join(steps))


def text_of(element: Element) -> str:
    """Return the element's text, without what a formula notes about itself."""
    parts = [element.text or ""] if element.tag != f"{MATHML}annotation" else []
    for child in element:
        parts += [text_of(child), child.tail or ""]
    return "".join(parts)


def words(element: Element) -> str:
    """Return the element's text with every run of white space as one space. U+00A0 is kept."""
    return " ".join(part for part in text_of(element).replace("\n", " ").split(" ") if part)


def assert_valid(members: Mapping[str, bytes], schema: etree.XMLSchema, manifest: etree.XMLSchema) -> None:
    """Fail with the schema's own words if a document of the package breaks its schema."""
    for path, data in documents(members):
        document = etree.fromstring(data)
        assert schema.validate(document), f"{path}: {schema.error_log}\n{data.decode()}"
    document = etree.fromstring(members["imsmanifest.xml"])
    assert manifest.validate(document), manifest.error_log
