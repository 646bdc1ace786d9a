"""The package's files: manifest, test, items, images."""

from __future__ import annotations

from packc.ast.pack import Pack, asked
from packc.backends.base import EmitContext, File
from packc.backends.qti.assessment import ITEM_FOLDER, assessment_test, item_path, names_of
from packc.backends.qti.item import assessment_item
from packc.backends.qti.lom import pack_metadata, question_metadata
from packc.backends.qti.losses import language_tag
from packc.backends.qti.lowering import Setting, lower
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
        url = pack.meta.source_url
        return QtiRenderer(context.media, folder=folder, source_url=url, words=context.words)

    documents = {}
    resources = []
    for name, (question, stimulus) in zip(names.items, asked(pack), strict=True):
        render = renderer(ITEM_FOLDER)
        setting = Setting(lang, context.words, pack.meta.title_on_front, stimulus)
        path = item_path(name)
        documents[path] = document(assessment_item(lower(question, name, setting, render)))
        images.update(render.images)
        lom = question_metadata(question, pack.meta.tags, lang)
        resources.append(Resource(f"res_{name}", ITEM_TYPE, path, sorted(render.images), lom=lom))
    render = renderer("")
    test = document(assessment_test(pack, names, lang, render))
    images.update(render.images)
    needs = [item.identifier for item in resources]
    resources.insert(0, Resource(f"res_{names.test}", TEST_TYPE, TEST_PATH, sorted(render.images), needs))
    described = manifest(f"package_{names.test}", resources, pack_metadata(pack, lang))
    return (
        File(MANIFEST_PATH, document(described)),
        File(TEST_PATH, test),
        *(File(path, documents[path]) for path in sorted(documents)),
        *(File(path, images[path].data) for path in sorted(images)),
    )
