"""The package's files: manifest, test, items, images."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from packc.ast.pack import Pack, asked
from packc.ast.question import Question
from packc.ast.richtext import Blocks
from packc.backends.base import EmitContext, File
from packc.backends.qti.assessment import ITEM_FOLDER, assessment_test, item_path, names_of
from packc.backends.qti.elements import document, maker
from packc.backends.qti.item import assessment_item
from packc.backends.qti.lom import pack_metadata, question_metadata
from packc.backends.qti.losses import language_tag
from packc.backends.qti.lowering import Setting, lower
from packc.backends.qti.manifest import Resource, manifest
from packc.backends.qti.profile import Importer, Profile
from packc.backends.qti.xhtml import QtiRenderer
from packc.media import Media

TEST_PATH = "test.xml"
MANIFEST_PATH = "imsmanifest.xml"


def package_files(pack: Pack, context: EmitContext, profile: Profile) -> Iterator[File]:
    """Yield the files of what the profile carries in their order: manifest, test, items and images by name.

    What a manifest says of an item is known before it is made, except which images it shows. So the items of
    a pack without images are made as they are asked for: ten thousand take 40 MB.
    """
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

    def item(name: str, question: Question, stimulus: Blocks) -> tuple[bytes, Mapping[str, Media]]:
        render = renderer(ITEM_FOLDER)
        setting = Setting(lang, context.words, direction, pack.meta.title_on_front, stimulus, buttons)
        made = document(assessment_item(lower(question, name, setting, render), make))
        return made, render.images

    items = {}
    ready: dict[str, bytes] = {}
    resources = []
    for name, (question, stimulus) in zip(names.items, asked(pack), strict=True):
        path = item_path(name)
        items[path] = name, question, stimulus
        shown: Mapping[str, Media] = {}
        if context.media:
            ready[path], shown = item(name, question, stimulus)
            images.update(shown)
        lom = question_metadata(question, pack.meta.tags, lang)
        resources.append(Resource(f"res_{name}", profile.item_type, path, sorted(shown), lom=lom))
    render = renderer("")
    test = document(assessment_test(pack, names, lang, render, make))
    images.update(render.images)
    needs = [item.identifier for item in resources]
    whole = Resource(f"res_{names.test}", profile.test_type, TEST_PATH, sorted(render.images), needs)
    lom = pack_metadata(pack, lang)
    yield File(MANIFEST_PATH, document(manifest(f"package_{names.test}", [whole, *resources], profile, lom)))
    del resources, whole
    yield File(TEST_PATH, test)
    for path in sorted(items):
        yield File(path, ready.pop(path) if path in ready else item(*items[path])[0])
    for path in sorted(images):
        yield File(path, images[path].data)
