"""The manifest of a package: which documents there are, and what is said about them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from packc.ast.pack import PackMeta
from packc.importers.qti.documents import Document, Documents
from packc.intake.bank import one_line
from packc.intake.tree import Element
from packc.named import NamedTuple

_DURATION = re.compile(r"P(?:(\d{1,4})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,6})M)?(?:(\d{1,8})(?:\.\d+)?S)?)?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


class Manifest(NamedTuple):
    """What a package holds: its test if it has one, its items by path in their order, and the metadata.

    `title` is the test's, `collection` the path that stands before it.
    """

    test: Document | None
    items: tuple[Document, ...]
    about: Element | None = None
    resources: Mapping[str, Element] = MappingProxyType({})
    title: str = ""
    collection: str = ""

    @classmethod
    def of_document(cls, document: Document) -> Manifest:
        """Return what a document by itself holds."""
        is_test = document.root.name in ("assessmentTest", "assessmentSection")
        title = document.root.get("title") if is_test else ""
        return cls(document if is_test else None, (document,), title=title)

    def metadata(self, path: str) -> dict[str, Any]:
        """Return what the manifest says about an item, as fields of a question."""
        about = self.resources.get(path)
        lom = about.first("lom") if about is not None else None
        if lom is None:
            return {}
        own = [tag for tag in _keywords(lom) if tag not in self.tags()]
        difficulty = _said(lom, "difficulty")
        minutes = _minutes(lom)
        return {
            "tags": tuple(dict.fromkeys(own)),
            "difficulty": difficulty if re.fullmatch(r"[\w -]{1,40}", difficulty) else "",
            "minutes": minutes,
        }

    def tags(self) -> tuple[str, ...]:
        """Return the keywords of the whole package."""
        return tuple(dict.fromkeys(_keywords(self.about))) if self.about is not None else ()


def manifest_of(documents: Documents) -> Manifest | None:
    """Return what a package holds, in the order of its test, or else of its manifest or its names."""
    package = documents.package
    assert package is not None  # whoever calls has a package
    found = next((name for name in package.names if name.rpartition("/")[2] == "imsmanifest.xml"), "")
    root = documents.get(found) if found else None
    resources: dict[str, Element] = {}
    paths: list[str] = []
    about = None
    if root is not None:
        about = _direct_lom(root.root)
        for resource in root.root.below("resource"):
            hrefs = [resource.get("href"), *(each.get("href") for each in resource.elements("file"))]
            for path in dict.fromkeys(root.resolve(href) for href in hrefs if href.endswith(".xml")):
                resources.setdefault(path, resource)
                paths.append(path)
    if not paths:
        paths = [name for name in package.names if name.endswith(".xml") and name != found]
    read = [document for path in dict.fromkeys(paths) if (document := documents.get(path)) is not None]
    tests = [each for each in read if each.root.name in ("assessmentTest", "questestinterop")]
    items = [each for each in read if each.root.name in ("assessmentItem", "questestinterop")]
    test = next((each for each in tests if each.root.name == "assessmentTest"), None)
    older = (each.root.first("assessment") for each in items if each.root.name == "questestinterop")
    first = next(older, None)
    title, collection = _title(test.root) if test else (first.get("title") if first else "", "")
    return Manifest(test, tuple(items), about, resources, title, collection)


def _title(test: Element) -> tuple[str, str]:
    """Return the title of a test, and the path before it, which packc writes into its one section."""
    title = one_line(test.get("title"))
    outer = one_line(next((each.get("title") for each in test.below("assessmentSection")), ""))
    end = f" / {title}".rstrip()
    return title, outer.removesuffix(end) if outer.endswith(end) else ""


def described(meta: PackMeta, manifest: Manifest) -> PackMeta:
    """Return `meta` with what the manifest says about the whole."""
    lom = manifest.about
    if lom is None:
        return meta
    general = lom.child("general")
    language = general.said("language") if general is not None else ""
    description = general.child("description") if general is not None else None
    rights = lom.child("rights")
    license_text = rights.child("description") if rights is not None else None
    return replace(
        meta,
        lang=language if _LANGUAGE.fullmatch(language) else meta.lang,
        description=one_line(description.text()) if description is not None else "",
        license=one_line(license_text.text()) if license_text is not None else "",
        authors=tuple(dict.fromkeys(name for each in lom.below("entity") if (name := _named(each.text())))),
        tags=manifest.tags(),
    )


def _named(card: str) -> str:
    """Return the name on a vCard, in which a backslash stands before what would end a part of it."""
    found = re.search(r"^FN(?:;[^:\n]*)?:(.*)$", card, re.MULTILINE)
    return one_line(re.sub(r"\\([\\,;:])", r"\1", found[1])) if found else ""


def _direct_lom(root: Element) -> Element | None:
    about = root.child("metadata")
    return about.first("lom") if about is not None else None


def _keywords(lom: Element) -> Iterator[str]:
    for keyword in lom.below("keyword"):
        for text in keyword.below("string", "langstring"):
            tag = one_line(text.text().replace(",", " "))
            if tag:
                yield tag


def _said(lom: Element, name: str) -> str:
    found = lom.first(name)
    value = found.first("value") if found is not None else None
    return one_line(value.text()) if value is not None else ""


def _minutes(lom: Element) -> Decimal | None:
    found = lom.first("typicalLearningTime")
    duration = found.first("duration", "datetime") if found is not None else None
    read = _DURATION.fullmatch(duration.text().strip()) if duration is not None else None
    if read is None:
        return None
    days, hours, minutes, seconds = (Decimal(part or 0) for part in read.groups())
    total = days * 1440 + hours * 60 + minutes + (seconds / 60).quantize(Decimal("0.0001"))
    return total.normalize() + 0 if total > 0 else None
