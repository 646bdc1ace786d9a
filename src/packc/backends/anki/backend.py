"""The target `anki`: pack → `.apkg`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from packc.ast.pack import Pack
from packc.backends.anki.losses import CAPABILITIES, VALUE_LOSSES, value_losses
from packc.backends.base import Artifact, Capabilities, EmitContext, Info, Loss, ValueLoss
from packc.backends.options import DEFAULTS, Options

if TYPE_CHECKING:
    from packc.identity.ledger import Look


class AnkiBackend:
    """One archive per pack, one note and one card per question."""

    def __init__(self, info: Info) -> None:
        self.info = info

    def capabilities(self, options: Options = DEFAULTS) -> Capabilities:  # noqa: ARG002
        return CAPABILITIES

    def value_losses(self) -> tuple[ValueLoss, ...]:
        return VALUE_LOSSES

    def losses(self, pack: Pack, context: EmitContext) -> Iterable[Loss]:
        return value_losses(pack, context)

    def look(self) -> Look:
        from packc.backends.anki.notetypes import look  # reads the templates

        return look()

    def emit(self, pack: Pack, context: EmitContext) -> Iterator[Artifact]:
        """Yield the archive. Raises KeyError if `context` lacks a question's time or a question's image."""
        # genanki and SQLite are loaded only when a deck is written, not for a check.
        from packc.backends.anki.package import anki_package

        yield anki_package(pack, context)
