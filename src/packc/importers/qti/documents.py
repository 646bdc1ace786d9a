"""The documents of a package, each a source of its own, so that places in it can be shown."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote

from packc.diagnostics import Sink
from packc.diagnostics.rules.banks import BrokenPackage
from packc.importers.base import Given
from packc.intake.package import Package, PackageFault
from packc.intake.tree import Element
from packc.intake.xml import decoded, line_span, parse_xml
from packc.named import NamedTuple
from packc.reader.pack import check_source
from packc.source import SourceFile, Span

_PREFIX = "qti-"


class Document(NamedTuple):
    """One document; `path` is its place in the package. Names of 3.0 are written as in 2.1."""

    path: str
    source: SourceFile
    root: Element

    def span(self, element: Element) -> Span:
        """Return the line that an element begins on."""
        return line_span(self.source, element.line)

    def resolve(self, href: str) -> str:
        """Return the path in the package that a reference in this document leads to."""
        path = unquote(href.partition("#")[0].partition("?")[0]).replace("\\", "/")
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.path), path))


class Documents:
    """Reads the documents of what is given, each once."""

    def __init__(self, given: Given, sink: Sink) -> None:
        self._given = given
        self._sink = sink
        self._known: dict[str, Document | None] = {}

    @property
    def package(self) -> Package | None:
        return self._given.package

    def only(self) -> Document | None:
        """Return the document of a file that is no package."""
        return self._parsed("", self._given.source)

    def get(self, path: str) -> Document | None:
        """Return the document at `path`; None if there is none, or after reporting that it is broken."""
        if path not in self._known:
            data = self.data(path)
            self._known[path] = None
            if data is not None:
                name = f"{self._given.source.name}/{path}"
                text = decoded(data)
                sources = self._given.sources
                source = sources.add_bytes(data, name) if text is None else sources.add_text(text, name)
                self._known[path] = self._parsed(path, source)
        return self._known[path]

    def data(self, path: str) -> bytes | None:
        """Return the bytes of a file of the package, None if there is none, or after reporting a fault."""
        if self._given.package is None:
            return None
        try:
            return self._given.package.read(path)
        except PackageFault as fault:
            self._sink.report(BrokenPackage(str(fault)), self._given.source.span(0, 0))
            return None

    def _parsed(self, path: str, source: SourceFile) -> Document | None:
        own = Sink()
        check_source(source, own)
        root = None if own.has_errors else parse_xml(source, own)
        self._sink.adopt(own)
        return Document(path, source, normalised(root)) if root is not None else None


def normalised(root: Element) -> Element:
    """Return a tree with the names of QTI 2: `qti-item-body` is `itemBody`, an image object is an image."""
    for element in root.walk():
        if element.name.startswith(_PREFIX):
            element.name = _camel(element.name.removeprefix(_PREFIX))
            element.attributes = {
                key if key.startswith(("data-", "aria-")) else _camel(key): value
                for key, value in element.attributes.items()
            }
        elif element.name == "object" and element.get("type").startswith("image/"):
            alt = " ".join(element.text().split())
            sizes = {key: element.get(key) for key in ("width", "height") if element.get(key)}
            element.name, element.children = "img", []
            element.attributes = {"src": element.get("data"), "alt": alt, **sizes}
    return root


def _camel(name: str) -> str:
    return re.sub(r"-([a-z0-9])", lambda found: found[1].upper(), name)
