"""The package's manifest: every file of it, and which document needs which."""

from __future__ import annotations

from collections.abc import Sequence

from packc.backends.qti.elements import Element, element
from packc.backends.qti.profile import Profile
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
    known_by = [element("schema", text=profile.schema), element("schemaversion", text=profile.schema_version)]
    metadata = element("metadata", *known_by, *([] if lom is None else [lom]))
    return element(
        "manifest",
        metadata,
        element("organizations"),
        element("resources", *(_resource(resource) for resource in resources)),
        xmlns=profile.packaging,
        identifier=identifier,
    )


def _resource(resource: Resource) -> Element:
    files = [element("file", href=path) for path in (resource.path, *resource.images)]
    needs = [element("dependency", identifierref=name) for name in resource.dependencies]
    metadata = [] if resource.lom is None else [element("metadata", resource.lom)]
    return element(
        "resource",
        *metadata,
        *files,
        *needs,
        identifier=resource.identifier,
        type=resource.type,
        href=resource.path,
    )
