"""The `.apkg` file: the collection and its media in Anki's legacy form."""

from __future__ import annotations

import json
from collections.abc import Mapping

from packc.ast.pack import Pack, asked
from packc.backends.anki.cloze import cards_of
from packc.backends.anki.collection import NoteRow, collection_bytes
from packc.backends.anki.decks import plan_decks
from packc.backends.anki.media import media_name, question_images
from packc.backends.anki.notes import note_fields
from packc.backends.anki.notetypes import note_type_of
from packc.backends.anki.tags import note_tags
from packc.backends.base import Archive, EmitContext, File
from packc.identity.guid import question_guid


def anki_package(pack: Pack, context: EmitContext) -> Archive:
    """Return the archive. Raises KeyError if `context` lacks a question's time or a question's image."""
    decks = plan_decks(pack, draft=context.draft, words=context.words)
    collection = collection_bytes(
        decks, note_rows(pack, context), base_time=context.newest, restyled=context.restyled
    )
    images = [context.media[image.src] for image in question_images(pack)] if context.media else []
    files = {media_name(image): image.data for image in images}
    return Archive(f"{pack.id}.apkg", _members(collection, files))


def note_rows(pack: Pack, context: EmitContext) -> Mapping[str, NoteRow]:
    """Return what Anki stores of each question, by question id."""
    rows = {}
    for position, (question, stimulus) in enumerate(asked(pack), 1):
        note_type = note_type_of(question)
        fields = note_fields(question, pack, context, stimulus)
        rows[question.id] = NoteRow(
            guid=question_guid(pack, question),
            note_type=note_type,
            fields=fields,
            tags=note_tags(question, pack),
            mod=context.published[question.id],
            position=position,
            cards=cards_of(fields[note_type.fields.index("Text")]) if note_type.cloze else (0,),
        )
    return rows


def _members(collection: bytes, files: Mapping[str, bytes]) -> tuple[File, ...]:
    """Return the parts of an `.apkg` in Anki's legacy form: media by number, their names in `media`."""
    names = sorted(files)
    listing = json.dumps({str(number): name for number, name in enumerate(names)}, separators=(",", ":"))
    return (
        File("collection.anki2", collection),
        File("media", listing.encode("ascii")),
        *(File(str(number), files[name]) for number, name in enumerate(names)),
    )
