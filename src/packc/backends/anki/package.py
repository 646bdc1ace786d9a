"""The `.apkg` file: the collection and its media in Anki's legacy form."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from packc.ast.pack import Pack, asked
from packc.backends.anki.cardtexts import CardTexts
from packc.backends.anki.cloze import cards_of
from packc.backends.anki.collection import Collection, NoteRow, collection_bytes
from packc.backends.anki.decks import plan_decks
from packc.backends.anki.media import media_name, question_images
from packc.backends.anki.notes import note_fields
from packc.backends.anki.notetypes import note_type_of
from packc.backends.anki.tags import note_tags
from packc.backends.base import Archive, EmitContext, File
from packc.identity.guid import question_guid


def anki_package(pack: Pack, context: EmitContext) -> Archive:
    """Return the archive. Raises KeyError if `context` lacks a question's time or a question's image.

    A large collection is built in a scratch file; raises ScratchFault if there is no room for it.
    """
    collection = Collection(
        decks=plan_decks(pack, draft=context.draft, words=context.words),
        note_types={note_type_of(question): None for question, _ in asked(pack)},
        row=_rows(pack, context),
        base_time=context.newest,
        restyled=context.restyled,
    )
    images = [context.media[image.src] for image in question_images(pack)] if context.media else []
    files = {media_name(image): image.data for image in images}
    return Archive(f"{pack.id}.apkg", _members(collection_bytes(collection), files))


def _rows(pack: Pack, context: EmitContext) -> Callable[[str], NoteRow]:
    """Return what tells, for the id of a question, what Anki stores of it."""
    places = {
        question.id: (position, question, stimulus)
        for position, (question, stimulus) in enumerate(asked(pack), 1)
    }

    texts = CardTexts(pack, context)

    def row(identifier: str) -> NoteRow:
        position, question, stimulus = places[identifier]
        note_type = note_type_of(question)
        fields = note_fields(question, texts, stimulus)
        return NoteRow(
            guid=question_guid(pack, question),
            note_type=note_type,
            fields=fields,
            tags=note_tags(question, pack),
            mod=context.published[question.id],
            position=position,
            cards=cards_of(fields[note_type.fields.index("Text")]) if note_type.cloze else (0,),
        )

    return row


def _members(collection: bytes, files: Mapping[str, bytes]) -> tuple[File, ...]:
    """Return the parts of an `.apkg` in Anki's legacy form: media by number, their names in `media`."""
    names = sorted(files)
    listing = json.dumps({str(number): name for number, name in enumerate(names)}, separators=(",", ":"))
    return (
        File("collection.anki2", collection),
        File("media", listing.encode("ascii")),
        *(File(str(number), files[name]) for number, name in enumerate(names)),
    )
