"""Run by the judges' interpreter, not by ours: a learner studies a deck, then imports the next ones, as JSON.

usage: anki_study.py FIRST.apkg NEXT.apkg [NEXT.apkg …]

Between the first import and the others the learner answers cards, gives every note a tag and every card a
flag, suspends some and moves some to a deck of their own. Imports nothing of packc.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from anki.collection import Collection  # type: ignore[import-not-found]

sys.path.insert(0, str(Path(__file__).parent))

from anki_import import import_package  # type: ignore[import-not-found]

ANSWERED = 60  # cards
OWN_DECK = "My own"
FLAG = 3
GOOD = 3


def study(collection: Collection) -> None:
    cards = sorted(collection.find_cards(""))
    for card_id in cards[:ANSWERED]:
        card = collection.get_card(card_id)
        card.start_timer()
        collection.sched.answerCard(card, GOOD)
    collection.tags.bulk_add(collection.find_notes(""), "mine")
    collection.set_user_flag_for_cards(FLAG, cards)
    collection.sched.suspend_cards(cards[::3])
    collection.set_deck(cards[::5], collection.decks.id(OWN_DECK))


def state(collection: Collection) -> dict[str, Any]:
    """Return every note by its GUID, with its cards."""
    return {
        note.guid: described(collection, note) for note in map(collection.get_note, collection.find_notes(""))
    }


def described(collection: Collection, note: Any) -> dict[str, Any]:
    cards = [collection.get_card(card_id) for card_id in note.card_ids()]
    return {
        "id": note.fields[0],
        "fields": note.fields,
        "tags": sorted(note.tags),
        "mod": note.mod,
        "cards": {
            card.ord: {
                "schedule": [card.type, card.queue, card.due, card.ivl, card.factor, card.reps, card.lapses],
                "flag": card.flags,
                "deck": collection.decks.name(card.did),
            }
            for card in cards
        },
    }


def main(first: str, *following: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        collection = Collection(str(Path(folder) / "collection.anki2"))
        try:
            logs = [import_package(collection, first)]
            study(collection)
            before = state(collection)
            logs += [import_package(collection, package) for package in following]
            collection.models._clear_cache()  # which imports do not do
            kinds = [collection.models.get(entry.id) for entry in collection.models.all_names_and_ids()]
            styles = {kind["name"]: kind["css"] for kind in kinds if collection.models.use_count(kind)}
            print(json.dumps({"logs": logs, "before": before, "after": state(collection), "styles": styles}))
        finally:
            collection.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
