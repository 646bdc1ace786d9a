"""The backend: the handout's views, set by Typst."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from packc.ast.pack import Pack
from packc.backends.base import Artifact, Capabilities, EmitContext, File, Info, Loss, ValueLoss
from packc.backends.handoutlosses import CAPABILITIES
from packc.backends.handouts import choices_of
from packc.backends.options import DEFAULTS, Options
from packc.backends.pdf import INFOS, PAPER
from packc.backends.pdf.losses import VALUE_LOSSES, pdf_losses

if TYPE_CHECKING:
    from packc.backends.pdf.setting import Setting


class PdfBackend:
    """The handout as PDF: the same files as the HTML handout's."""

    def __init__(self) -> None:
        self._tried: Setting | None = None

    @property
    def info(self) -> Info:
        return INFOS[0]

    def capabilities(self, options: Options = DEFAULTS) -> Capabilities:  # noqa: ARG002
        return CAPABILITIES

    def value_losses(self) -> tuple[ValueLoss, ...]:
        return VALUE_LOSSES

    def losses(self, pack: Pack, context: EmitContext) -> Iterator[Loss]:
        """Yield the losses. Files that had to be made to know them are kept until they are asked for."""
        self._tried = None

        def setting() -> Setting:
            from packc.backends.pdf.setting import Setting  # most packs need none

            self._tried = Setting(pack, context)
            return self._tried

        return pdf_losses(pack, context, setting)

    def emit(self, pack: Pack, context: EmitContext) -> Iterator[Artifact]:
        """Yield the files that the options ask for: at first the student sheet and the answer key."""
        from packc.backends.pdf.setting import Setting

        setting, self._tried = self._tried, None
        if setting is None or not setting.is_for(pack, context):
            setting = Setting(pack, context)
        for edition in choices_of(context.options, context.options.get(PAPER)).editions():
            yield File(edition.name(pack.id, ".pdf"), setting.file(edition))
