"""The backend: what a handout carries, and its two files."""

from __future__ import annotations

from collections.abc import Iterator

from packc.ast.pack import Pack
from packc.backends.base import Artifact, Capabilities, EmitContext, Info, Loss, Stream, ValueLoss
from packc.backends.handoutlosses import CAPABILITIES, VALUE_LOSSES, value_losses
from packc.backends.handouts import choices_of
from packc.backends.html import INFOS, PAPER
from packc.backends.options import DEFAULTS, Options


class HtmlBackend:
    """The handout. Between them the sheet and the key hold the whole pack."""

    @property
    def info(self) -> Info:
        return INFOS[0]

    def capabilities(self, options: Options = DEFAULTS) -> Capabilities:  # noqa: ARG002
        return CAPABILITIES

    def value_losses(self) -> tuple[ValueLoss, ...]:
        return VALUE_LOSSES

    def losses(self, pack: Pack, context: EmitContext) -> Iterator[Loss]:
        return value_losses(pack, context.options)

    def emit(self, pack: Pack, context: EmitContext) -> Iterator[Artifact]:
        """Yield the files that the options ask for: at first the student sheet and the answer key."""
        # The views and Jinja are loaded only when a handout is written, not for a check.
        from packc.backends.html.pages import page
        from packc.handout.document import Press, Wording
        from packc.handout.richtext import HandoutRenderer
        from packc.handout.sheets import sheet_of

        renderer = HandoutRenderer(context.media, pack.meta.source_url, context.words)
        press = Press(renderer, Wording(context.words, pack.meta.lang))
        for edition in choices_of(context.options, context.options.get(PAPER)).editions():
            pieces = page(sheet_of(pack, edition, press), press.wording, context.templates)
            yield Stream(edition.name(pack.id, ".html"), pieces)
            del pieces  # before the next is made
