"""Anki decks: one `.apkg` per pack, which Anki, AnkiDroid and AnkiMobile import and update in place."""

from __future__ import annotations

from packc.backends.base import Backend, Info

INFOS = (Info(name="anki", title="Anki deck, one note per question", suffix=".apkg"),)


def load(name: str) -> Backend:
    """Return the backend of target `name`, which is one of `INFOS`."""
    from packc.backends.anki.backend import AnkiBackend

    (info,) = (info for info in INFOS if info.name == name)
    return AnkiBackend(info)
