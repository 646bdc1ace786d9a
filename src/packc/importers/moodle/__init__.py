"""Moodle XML, the format of Moodle's own exports, with images, marks, hints and settings."""

from __future__ import annotations

from packc.importers.base import Importer, Info

INFO = Info("moodle", "Moodle XML: a question bank as Moodle exports it, with its images")


def load() -> Importer:
    """Return the importer."""
    from packc.importers.moodle.importer import MoodleImporter

    return MoodleImporter()
