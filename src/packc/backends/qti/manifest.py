"""The package's manifest: every file of it, and which document needs which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from packc.backends.qti.tree import Element, element

CONTENT_PACKAGING = "http://www.imsglobal.org/xsd/imscp_v1p1"
TEST_TYPE = "imsqti_test_xmlv2p1"
ITEM_TYPE = "imsqti_item_xmlv2p1"

_cp = partial(element, CONTENT_PACKAGING)


@dataclass(frozen=True, slots=True)
class Resource:
    """A document, its images, its metadata, and the identifiers of the documents it refers to."""

    identifier: str
    type: str
    path: str
    images: Sequence[str] = ()
    dependencies: Sequence[str] = ()
    lom: Element | None = None


def manifest(identifier: str, resources: Sequence[Resource], lom: Element | None = None) -> Element:
    """Return the manifest. Schema and version are the words by which importers know QTI 2.1."""
    known_by = [_cp("schema", text="QTIv2.1 Package"), _cp("schemaversion", text="1.0.0")]
    metadata = _cp("metadata", *known_by, *([] if lom is None else [lom]))
    return _cp(
        "manifest",
        metadata,
        _cp("organizations"),
        _cp("resources", *(_resource(resource) for resource in resources)),
        identifier=identifier,
    )


def _resource(resource: Resource) -> Element:
    files = [_cp("file", href=path) for path in (resource.path, *resource.images)]
    needs = [_cp("dependency", identifierref=name) for name in resource.dependencies]
    metadata = [] if resource.lom is None else [_cp("metadata", resource.lom)]
    return _cp(
        "resource",
        *metadata,
        *files,
        *needs,
        identifier=resource.identifier,
        type=resource.type,
        href=resource.path,
    )
