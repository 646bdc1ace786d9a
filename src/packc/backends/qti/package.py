"""The package's files: manifest, test, items, images."""

from __future__ import annotations

from collections.abc import Sequence

from packc.ast.pack import Pack, questions
from packc.backends.base import EmitContext, File
from packc.backends.qti.assessment import ITEM_FOLDER, assessment_test, item_path, names_of
from packc.backends.qti.item import assessment_item
from packc.backends.qti.losses import language_tag
from packc.backends.qti.manifest import ITEM_TYPE, TEST_TYPE, Resource, manifest
from packc.backends.qti.tree import document
from packc.backends.qti.xhtml import QtiRenderer
from packc.media import Media

TEST_PATH = "test.xml"
MANIFEST_PATH = "imsmanifest.xml"


def package_files(pack: Pack, context: EmitContext) -> tuple[File, ...]:
    """Return the files in the package's order: manifest, test, items by name, images by name."""
    names = names_of(pack)
    lang = language_tag(pack.meta.lang)
    images: dict[str, Media] = {}

    def renderer(folder: str) -> QtiRenderer:
        return QtiRenderer(context.media, folder=folder, source_url=pack.meta.source_url)

    def resource(name: str, kind: str, path: str, render: QtiRenderer, needs: Sequence[str] = ()) -> Resource:
        images.update(render.images)
        return Resource(f"res_{name}", kind, path, sorted(render.images), needs)

    documents = {}
    resources = []
    for name, question in zip(names.items, questions(pack), strict=True):
        render = renderer(ITEM_FOLDER)
        documents[item_path(name)] = document(assessment_item(question, name, lang, render))
        resources.append(resource(name, ITEM_TYPE, item_path(name), render))
    render = renderer("")
    test = document(assessment_test(pack, names, lang, render))
    needs = [item.identifier for item in resources]
    resources.insert(0, resource(names.test, TEST_TYPE, TEST_PATH, render, needs))
    return (
        File(MANIFEST_PATH, document(manifest(f"package_{names.test}", resources))),
        File(TEST_PATH, test),
        *(File(path, documents[path]) for path in sorted(documents)),
        *(File(path, images[path].data) for path in sorted(images)),
    )
