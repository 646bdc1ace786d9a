"""Run by the judges' interpreter, not by ours: what Anki makes of packages, as JSON.

usage: anki_import.py FIRST.apkg [NEXT.apkg …]

The packages are imported one after the other into one fresh collection, with the choices that Anki's import
dialog starts with. Imports nothing of packc.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest  # type: ignore[import-not-found]

IF_NEWER = 0
LOGS = ("new", "updated", "duplicate", "conflicting", "first_field_match", "empty_first_field")


def import_package(collection: Collection, path: str) -> dict[str, int]:
    options = ImportAnkiPackageOptions(
        merge_notetypes=False,
        update_notes=IF_NEWER,
        update_notetypes=IF_NEWER,
        with_scheduling=False,
        with_deck_configs=False,
    )
    request = ImportAnkiPackageRequest(package_path=str(Path(path).resolve()), options=options)
    log = collection.import_anki_package(request).log
    return {name: len(getattr(log, name)) for name in LOGS}


def card(collection: Collection, card_id: int) -> dict[str, Any]:
    found = collection.get_card(card_id)
    output = found.render_output()
    return {
        "deck": collection.decks.name(found.did),
        "due": found.due,
        "question": output.question_text,
        "answer": output.answer_text,
        "sounds": len(output.question_av_tags) + len(output.answer_av_tags),
    }


def note(collection: Collection, note_id: int) -> dict[str, Any]:
    found = collection.get_note(note_id)
    return {
        "guid": found.guid,
        "mod": found.mod,
        "notetype": found.note_type()["name"],
        "fields": dict(found.items()),
        "tags": found.tags,
        "cards": [card(collection, card_id) for card_id in found.card_ids()],
    }


def notetype(kind: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": kind["id"],
        "fields": [[field["name"], field["id"]] for field in kind["flds"]],
        "templates": [[template["name"], template["id"]] for template in kind["tmpls"]],
        "css": kind["css"],
    }


def report(collection: Collection, logs: list[dict[str, int]]) -> dict[str, Any]:
    media = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in Path(collection.media.dir()).iterdir()
    }
    kinds = [collection.models.get(entry.id) for entry in collection.models.all_names_and_ids()]
    decks = [collection.decks.get(entry.id) for entry in collection.decks.all_names_and_ids()]
    return {
        "logs": logs,
        "notes": [note(collection, note_id) for note_id in collection.find_notes("")],
        "empty_cards": len(collection.get_empty_cards().notes),
        "decks": {deck["name"]: deck["desc"] for deck in decks},
        "notetypes": {kind["name"]: notetype(kind) for kind in kinds if collection.models.use_count(kind)},
        "media": media,
        "media_missing": list(collection.media.check().missing),
    }


def main(packages: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        collection = Collection(str(Path(folder) / "collection.anki2"))
        try:
            logs = [import_package(collection, package) for package in packages]
            print(json.dumps(report(collection, logs)))
        finally:
            collection.close()


if __name__ == "__main__":
    main(sys.argv[1:])
