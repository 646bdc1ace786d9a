"""The package's manifest: every file of it, and which document needs which."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from packc.backends.qti.profile import Profile
from packc.backends.qti.tree import Element, element
from packc.record import record


@record
class Resource:
    """A document, its images, its metadata, and the identifiers of the documents it refers to."""

    identifier: str
    type: str
    path: str
    images: Sequence[str] = ()
    dependencies: Sequence[str] = ()
    lom: Element | None = None


def manifest(
    identifier: str, resources: Sequence[Resource], profile: Profile, lom: Element | None = None
) -> Element:
    """Return the manifest. Its schema and version are the words by which importers know the package."""
    make = partial(element, profile.packaging)
    known_by = [make("schema", text=profile.schema), make("schemaversion", text=profile.schema_version)]
    metadata = make("metadata", *known_by, *([] if lom is None else [lom]))
    return make(
        "manifest",
        metadata,
        make("organizations"),
        make("resources", *(_resource(resource, profile.packaging) for resource in resources)),
        identifier=identifier,
    )


def _resource(resource: Resource, packaging: str) -> Element:
    make = partial(element, packaging)
    files = [make("file", href=path) for path in (resource.path, *resource.images)]
    needs = [make("dependency", identifierref=name) for name in resource.dependencies]
    metadata = [] if resource.lom is None else [make("metadata", resource.lom)]
    return make(
        "resource",
        *metadata,
        *files,
        *needs,
        identifier=resource.identifier,
        type=resource.type,
        href=resource.path,
    )
