"""Moodle XML: the format of Moodle's own question bank, with images, marks, hints and all settings."""

from __future__ import annotations

from packc.backends.base import Backend, Info

INFOS = (Info(name="moodle", title="Moodle XML question bank, with images", suffix=".xml"),)


def load(name: str) -> Backend:  # noqa: ARG001  (this folder holds one target)
    """Return the Moodle XML backend."""
    from packc.backends.moodle.backend import MoodleBackend

    return MoodleBackend()
