"""The target `canvas`: one package per pack."""

from __future__ import annotations

from collections.abc import Iterator

from packc.ast.pack import Pack
from packc.backends.base import Archive, Artifact, Capabilities, EmitContext, Info, Loss, ValueLoss
from packc.backends.options import DEFAULTS, Options
from packc.backends.qti.canvas.losses import CAPABILITIES, VALUE_LOSSES, value_losses


class CanvasBackend:
    """A quiz in Canvas' own dialect of QTI 1.2, which keeps more than its readers take from 2.1."""

    def __init__(self, info: Info) -> None:
        self.info = info

    def capabilities(self, options: Options = DEFAULTS) -> Capabilities:  # noqa: ARG002
        return CAPABILITIES

    def value_losses(self) -> tuple[ValueLoss, ...]:
        return VALUE_LOSSES

    def losses(self, pack: Pack, context: EmitContext) -> Iterator[Loss]:  # noqa: ARG002
        return value_losses(pack)

    def emit(self, pack: Pack, context: EmitContext) -> Iterator[Artifact]:
        # A check writes nothing.
        from packc.backends.qti.canvas.package import package_files

        yield Archive(f"{pack.id}.zip", package_files(pack, context))
