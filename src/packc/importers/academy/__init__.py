"""The academy's pages as a browser shows them, pasted as text: headings end in a pilcrow."""

from __future__ import annotations

from packc.importers.base import Importer, Info

INFO = Info("academy", "a question page of the academy, copied from the browser as text", rank=2)


def load() -> Importer:
    """Return the importer."""
    from packc.importers.academy.importer import AcademyImporter

    return AcademyImporter()
