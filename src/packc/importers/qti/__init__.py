"""QTI, what learning systems exchange: packages of 2.1, 2.2 and 3.0, and files of 1.2."""

from __future__ import annotations

from packc.importers.base import Importer, Info

INFO = Info("qti", "QTI 1.2, 2.1, 2.2 or 3.0: a package (zip or folder), or one file of it")


def load() -> Importer:
    """Return the importer."""
    from packc.importers.qti.importer import QtiImporter

    return QtiImporter()
