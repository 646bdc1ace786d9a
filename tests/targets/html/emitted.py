"""Emitting and reading back the two files of a handout."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple, TypeVar

from lxml import etree

from packc.ast.pack import Pack
from packc.backends.base import EmitContext, File, Stream
from packc.backends.registry import load

T = TypeVar("T")

CANARIES = (
    "TITLECANARY",
    "SOLUTIONCANARY",
    "WHYCANARY",
    "SOURCECANARY",
    "WRONGCANARY",
    "FEEDBACKCANARY",
)


class Handout(NamedTuple):
    """A pack's two files."""

    student: File
    key: File


def handout(pack: Pack, context: EmitContext) -> Handout:
    """Emit `pack`; both artefacts must be there, in this order."""
    student, key = load("html").emit(pack, context)
    assert isinstance(student, Stream)
    assert isinstance(key, Stream)
    return Handout(File(student.path, student.data), File(key.path, key.data))


def written(handout_: Handout, folder: Path) -> tuple[Path, Path]:
    """Put both files into `folder` for a browser to open."""
    paths = [folder / file.path for file in handout_]
    for path, file in zip(paths, handout_, strict=True):
        path.write_bytes(file.data)
    return paths[0], paths[1]


def tree(file: File) -> etree._Element:
    """Return the file as XML: libxml2 refuses what is not well-formed."""
    return etree.fromstring(file.data, etree.XMLParser(resolve_entities=False))


def elements(within: etree._Element, xpath: str) -> list[etree._Element]:
    """Return what `xpath` finds, which must be nothing but elements."""
    return _all(etree._Element, within.xpath(xpath))


def strings(within: etree._Element, xpath: str) -> list[str]:
    """Return what `xpath` finds, which must be nothing but attributes or text nodes."""
    return _all(str, within.xpath(xpath))


def text_of(element: etree._Element) -> str:
    """Return the text of the element and of all below it."""
    return "".join(_all(str, list(element.itertext())))


def visible(file: File) -> str:
    """Return the body's text with white space evened out."""
    body = tree(file).find("body")
    assert body is not None
    return re.sub(r"\s+", " ", text_of(body))


def _all(kind: type[T], found: object) -> list[T]:
    assert isinstance(found, list)
    assert all(isinstance(item, kind) for item in found)
    return found
