"""Where learners find the questions of a pack: its decks."""

from __future__ import annotations

from collections.abc import Iterator

from packc.ast.pack import Pack, Section, questions
from packc.render.plain import PLAIN

_BETWEEN = "::"  # as Anki, the one target with decks, shows them


def decks_of(pack: Pack) -> tuple[str, ...]:
    """Return the paths of a pack's decks: its own, then those of its sections that hold questions."""
    path = (*pack.meta.collection_path, pack.title)
    return tuple(dict.fromkeys(_BETWEEN.join(names) for names in _decks(pack, path)))


def _decks(container: Pack | Section, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    yield path
    for part in container.parts:
        if isinstance(part, Section) and any(questions(part)):
            name = " ".join(PLAIN.inlines(part.title).split())
            yield from _decks(part, (*path, name) if name else path)
