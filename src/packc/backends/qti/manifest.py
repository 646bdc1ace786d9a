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
    """A document of the package, its images, and the identifiers of the documents it refers to."""

    identifier: str
    type: str
    path: str
    images: Sequence[str] = ()
    dependencies: Sequence[str] = ()


def manifest(identifier: str, resources: Sequence[Resource]) -> Element:
    """Return the manifest. Schema and version are the words by which importers know QTI 2.1."""
    metadata = _cp("metadata", _cp("schema", text="QTIv2.1 Package"), _cp("schemaversion", text="1.0.0"))
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
    return _cp(
        "resource",
        *files,
        *needs,
        identifier=resource.identifier,
        type=resource.type,
        href=resource.path,
    )
