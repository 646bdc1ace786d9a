"""Moodle GIFT: the plain-text question format that Moodle and many other systems import."""

from __future__ import annotations

from packc.backends.base import Backend, Info
from packc.backends.options import Option

IMAGES = Option(
    "images",
    "alt",
    "what stands for an image: its alternative text, or its data inside the file",
    choices=("alt", "data"),
)
INFOS = (Info(name="gift", title="Moodle GIFT question bank", suffix=".txt", options=(IMAGES,)),)


def load(name: str) -> Backend:  # noqa: ARG001  (this folder holds one target)
    """Return the GIFT backend."""
    from packc.backends.gift.backend import GiftBackend

    return GiftBackend()
