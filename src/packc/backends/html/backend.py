"""The backend: what a handout carries, and its two files."""

from __future__ import annotations

from collections.abc import Iterator

from packc.ast.pack import Pack
from packc.backends.base import Artifact, Capabilities, EmitContext, File, Info, Loss
from packc.backends.html import INFOS
from packc.backends.html.losses import CAPABILITIES, value_losses
from packc.backends.options import DEFAULTS, Options


class HtmlBackend:
    """The handout. Between them the sheet and the key hold the whole pack."""

    @property
    def info(self) -> Info:
        return INFOS[0]

    def capabilities(self, options: Options = DEFAULTS) -> Capabilities:  # noqa: ARG002
        return CAPABILITIES

    def losses(self, pack: Pack, context: EmitContext) -> Iterator[Loss]:  # noqa: ARG002
        return value_losses(pack)

    def emit(self, pack: Pack, context: EmitContext) -> Iterator[Artifact]:
        """Yield the student sheet, then the answer key."""
        # The views and Jinja are loaded only when a handout is written, not for a check.
        from packc.backends.html.document import Wording
        from packc.backends.html.key import answer_key
        from packc.backends.html.richtext import HandoutRenderer
        from packc.backends.html.student import student_sheet

        renderer = HandoutRenderer(context.media, pack.meta.source_url, context.words)
        wording = Wording(context.words, pack.meta.lang)
        yield File(f"{pack.id}.html", student_sheet(pack, renderer, wording, context.options))
        yield File(f"{pack.id}.key.html", answer_key(pack, renderer, wording, context.options))
