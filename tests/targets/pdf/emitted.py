"""Emitting PDFs and reading them back with pypdf."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from unicodedata import normalize

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from packc.ast.pack import Pack
from packc.backends.base import EmitContext, File
from packc.backends.options import Options, OptionValue
from packc.backends.registry import load


def pdfs(pack: Pack, context: EmitContext, **options: OptionValue) -> dict[str, bytes]:
    """Emit `pack` and return the files by name. An option's `-` is written `_`."""
    given = {name.replace("_", "-"): value for name, value in options.items()}
    files = load("pdf").emit(pack, context._replace(options=Options(given)))
    found = {}
    for file in files:
        assert isinstance(file, File)
        found[file.path] = file.data
    return found


def opened(data: bytes) -> PdfReader:
    return PdfReader(BytesIO(data))


def pages(data: bytes) -> list[str]:
    """Return the text of each page, ligatures taken apart, white space evened out."""
    return [" ".join(normalize("NFKC", page.extract_text()).split()) for page in opened(data).pages]


def everything(data: bytes) -> str:
    """Return all that the file says anywhere: pages, strings of every object, streams uncompressed."""
    reader = opened(data)
    parts = [page.extract_text() for page in reader.pages]
    for number in range(1, len(reader.xref[0]) + len(reader.xref_objStm) + 1 if reader.xref else 1):
        found = reader.get_object(IndirectObject(number, 0, reader))
        if found is not None:
            parts += _said(found)
    return " ".join(parts)


def _said(found: object) -> Iterator[str]:
    match found:
        case StreamObject():
            yield found.get_data().decode("latin-1")
            for value in found.values():
                yield from _said(value)
        case DictionaryObject():
            for value in found.values():
                yield from _said(value)
        case ArrayObject():
            for value in found:
                yield from _said(value)
        case IndirectObject():
            pass
        case _:
            yield str(found)


def elements(data: bytes) -> list[DictionaryObject]:
    """Return every element of the structure tree, in reading order."""
    root = opened(data).trailer["/Root"]
    assert isinstance(root, DictionaryObject)
    tree = root["/StructTreeRoot"]
    assert isinstance(tree, DictionaryObject)
    return list(_below(tree))


def _below(element: DictionaryObject) -> Iterator[DictionaryObject]:
    children = element.get("/K", ArrayObject())
    children = children.get_object() if isinstance(children, IndirectObject) else children
    for child in children if isinstance(children, ArrayObject) else [children]:
        found = child.get_object() if isinstance(child, IndirectObject) else child
        if isinstance(found, DictionaryObject) and "/S" in found:
            yield found
            yield from _below(found)


def squeezed(text: str) -> str:
    """Return the letters and digits of a text alone, each in its plain form."""
    return re.sub(r"[\W_]+", "", normalize("NFKC", text))
