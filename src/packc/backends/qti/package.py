"""The package's files: manifest, test, items, images."""

from __future__ import annotations

from packc.ast.pack import Pack, asked
from packc.backends.base import EmitContext, File
from packc.backends.qti.assessment import ITEM_FOLDER, assessment_test, item_path, names_of
from packc.backends.qti.elements import document, maker
from packc.backends.qti.item import assessment_item
from packc.backends.qti.lom import pack_metadata, question_metadata
from packc.backends.qti.losses import language_tag
from packc.backends.qti.lowering import Setting, lower
from packc.backends.qti.manifest import Resource, manifest
from packc.backends.qti.profile import Importer, Profile
from packc.backends.qti.restricted import carried
from packc.backends.qti.xhtml import QtiRenderer
from packc.media import Media

TEST_PATH = "test.xml"
MANIFEST_PATH = "imsmanifest.xml"


def package_files(pack: Pack, context: EmitContext, profile: Profile) -> tuple[File, ...]:
    """Return the files in the package's order: manifest, test, items by name, images by name."""
    pack = carried(pack, profile.importer)
    make = maker(profile)
    names = names_of(pack)
    lang = language_tag(pack.meta.lang)
    direction = profile.said_direction(pack.meta.direction)
    buttons = profile.importer is Importer.ANY
    images: dict[str, Media] = {}

    def renderer(folder: str) -> QtiRenderer:
        url = pack.meta.source_url
        return QtiRenderer(
            context.media,
            folder=folder,
            source_url=url,
            words=context.words,
            vocabulary=profile.vocabulary,
        )

    documents = {}
    resources = []
    for name, (question, stimulus) in zip(names.items, asked(pack), strict=True):
        render = renderer(ITEM_FOLDER)
        setting = Setting(lang, context.words, direction, pack.meta.title_on_front, stimulus, buttons)
        path = item_path(name)
        documents[path] = document(assessment_item(lower(question, name, setting, render), make))
        images.update(render.images)
        lom = question_metadata(question, pack.meta.tags, lang)
        resources.append(Resource(f"res_{name}", profile.item_type, path, sorted(render.images), lom=lom))
    render = renderer("")
    test = document(assessment_test(pack, names, lang, render, make))
    images.update(render.images)
    needs = [item.identifier for item in resources]
    whole = Resource(f"res_{names.test}", profile.test_type, TEST_PATH, sorted(render.images), needs)
    lom = pack_metadata(pack, lang)
    described = manifest(f"package_{names.test}", [whole, *resources], profile, lom)
    return (
        File(MANIFEST_PATH, document(described)),
        File(TEST_PATH, test),
        *(File(path, documents[path]) for path in sorted(documents)),
        *(File(path, images[path].data) for path in sorted(images)),
    )
