"""Reading a package back, with the standard library's XML parser and none of our own code."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from packc.ast.pack import Pack
from packc.backends.base import Archive, EmitContext
from packc.backends.options import Options
from packc.backends.registry import load
from tests.support.packs import context as sample_context

QTI = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"
PACKAGING = "{http://www.imsglobal.org/xsd/imscp_v1p1}"
MATHML = "{http://www.w3.org/1998/Math/MathML}"


VERSIONS = ("qti", "qti22", "qti30")
"""The targets of QTI 2 and 3."""


def emit(pack: Pack, context: EmitContext | None = None, target: str = "qti", profile: str = "") -> Archive:
    """Return the one artefact of `pack`, with the option `profile` if it is given."""
    options = Options({"profile": profile} if profile else {})
    (archive,) = load(target).emit(pack, (context or sample_context())._replace(options=options))
    assert isinstance(archive, Archive)
    return archive


def files_of(archive: Archive) -> dict[str, bytes]:
    """Return the members by path, in order."""
    members = tuple(archive.members)
    paths = [member.path for member in members]
    assert len({path.casefold() for path in paths}) == len(paths), "two members of one path"
    assert archive.least in (0, sum(path.endswith(".xml") for path in paths)), "images come besides"
    return {member.path: member.data for member in members}


def files(
    pack: Pack, context: EmitContext | None = None, target: str = "qti", profile: str = ""
) -> dict[str, bytes]:
    return files_of(emit(pack, context, target, profile))


def parsed(data: bytes) -> Element:
    """Return a document in the words of QTI 2.1, whatever its version: that is what the tests look for."""
    root = ElementTree.fromstring(data)
    namespace = root.tag.partition("}")[0] + "}"
    respelled = PACKAGING if root.tag == f"{namespace}manifest" else QTI
    if namespace != respelled:
        for node in list(root.iter()):
            _as_in_2_1(node, namespace, respelled)
    return root


def _as_in_2_1(node: Element, namespace: str, respelled: str) -> None:
    """Respell one element of version 2.2 or 3.0, and lift what stands in a content body out of it."""
    if not node.tag.startswith(namespace):
        return
    name = node.tag.removeprefix(namespace)
    if name.startswith("qti-"):
        name = _camel(name.removeprefix("qti-"))
        for key in [key for key in node.attrib if "-" in key and not key.startswith("{")]:
            node.set(_camel(key), node.attrib.pop(key))
    node.tag = respelled + name
    for place, child in enumerate(list(node)):
        if child.tag == f"{namespace}qti-content-body":
            assert len(node) == 1
            node.text, node[place : place + 1] = child.text, list(child)


def _camel(name: str) -> str:
    return re.sub("-(.)", lambda match: match.group(1).upper(), name)


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
    found = [parsed(data) for path, data in members.items() if is_item(path)]
    return {item.get("title", ""): item for item in found}


def item(
    pack: Pack, question: str = "Q1", context: EmitContext | None = None, target: str = "qti"
) -> Element:
    return items(files(pack, context, target))[question]


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
