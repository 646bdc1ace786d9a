"""Rich text as it stands in a GIFT file."""

from __future__ import annotations

from packc.ast.pack import Pack
from packc.backends.gift import escape
from packc.backends.shared.moodle.html import MoodleRenderer, directed
from packc.render.html import ImageSource
from packc.words import Words


class GiftRenderer(MoodleRenderer):
    """HTML for the file of one pack."""

    def __init__(self, pack: Pack, words: Words, image_source: ImageSource | None = None) -> None:
        super().__init__(image_source, source_url=pack.meta.source_url, words=words)
        self._meta = pack.meta if pack.meta.direction == "rtl" else None

    def written(self, html: str) -> str:
        """Return `html` with its format before it, on one line."""
        return f"[html]{escape.text(directed(html, self._meta) if self._meta else html)}"
