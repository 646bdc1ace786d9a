"""Markdown that packc reads as it is, from other hands: only its spelling changes."""

from __future__ import annotations

from packc.importers.base import Importer, Info

INFO = Info("markdown", "Markdown with questions, `???` blocks and `<details>` too", rank=1)


def load() -> Importer:
    """Return the importer."""
    from packc.importers.markdown.importer import MarkdownImporter

    return MarkdownImporter()
