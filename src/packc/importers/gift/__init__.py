"""GIFT, the plain text that Moodle's question banks are written and exported in."""

from __future__ import annotations

from packc.importers.base import Importer, Info

INFO = Info("gift", "Moodle's GIFT: questions as plain text, `::name::text{=right ~wrong}`")


def load() -> Importer:
    """Return the importer."""
    from packc.importers.gift.importer import GiftImporter

    return GiftImporter()
