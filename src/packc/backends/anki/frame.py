"""What genanki says of a collection without notes: its tables, its decks and its note types.

Importing genanki costs more than writing a small deck (it brings YAML, Mustache and asyncio), and what it
says depends on no pack. So each answer is kept (`packc.render.kept`) for the genanki and the note types that
it was given for, and genanki is asked again where one of them is another.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from packc.backends.anki.decks import DeckPlan
from packc.backends.anki.notetypes import NoteType
from packc.named import NamedTuple
from packc.render.kept import kept_beside, kept_or_made


class Frame(NamedTuple):
    """A collection without notes. `tables` and `row` are SQL; `deck` is how a deck is described."""

    tables: str
    row: str
    deck: dict[str, Any]


@cache
def frame() -> Frame:
    """Return what all collections have."""
    return Frame(*_kept("frame", (), _ask_frame))


def deck_of(plan: DeckPlan) -> dict[str, Any]:
    """Return a deck as the collection lists it."""
    return {**frame().deck, "id": plan.id, "name": plan.name, "desc": plan.description}


def model_of(kind: NoteType, restyled: int) -> dict[str, Any]:
    """Return a note type that is the same in every package: dated by its templates, bound to no deck."""
    return {**_model(kind, (kind.fields, kind.front, kind.back, kind.css)), "mod": restyled}


@cache
def _model(kind: NoteType, looks: tuple[object, ...]) -> dict[str, Any]:
    about = (kind, looks, kind.id, kind.template_id, [kind.field_id(name) for name in kind.fields])
    model: dict[str, Any] = _kept(kind.template, about, lambda: _ask_model(kind))
    return model


def _ask_frame() -> list[Any]:
    import genanki
    from genanki.apkg_col import APKG_COL
    from genanki.apkg_schema import APKG_SCHEMA

    return [APKG_SCHEMA, APKG_COL, genanki.Deck(0, "", "").to_json()]


def _ask_model(kind: NoteType) -> dict[str, Any]:
    import genanki  # fills the templates in to see which fields they need

    model = genanki.Model(
        kind.id,
        kind.name,
        fields=[{"name": name, "id": kind.field_id(name)} for name in kind.fields],
        templates=[{"name": "Card", "id": kind.template_id, "qfmt": kind.front, "afmt": kind.back}],
        css=kind.css,
        model_type=genanki.Model.CLOZE if kind.cloze else genanki.Model.FRONT_BACK,
    )
    shown: dict[str, Any] = model.to_json(0, None)
    return shown


def _kept(name: str, about: object, ask: Callable[[], Any]) -> Any:
    """Return what `ask` would: what is kept, if it was asked of the same genanki about the same."""
    path = kept_beside(f"{Path(__file__).parent}/genanki.{name}.py", "json")
    asked = sha256(repr((_genanki(), about)).encode()).digest()
    return json.loads(kept_or_made(path, asked, lambda: json.dumps(ask()).encode()))


@cache
def _genanki() -> str:
    """Return a digest of the code that answers."""
    spec = find_spec("genanki")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("genanki")
    found = sha256()
    for path in sorted(Path(spec.origin).parent.iterdir()):
        if path.suffix == ".py":
            found.update(path.read_bytes())
    return found.hexdigest()
