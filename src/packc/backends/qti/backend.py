"""The targets `qti`, `qti22` and `qti30`: one package per pack."""

from __future__ import annotations

from collections.abc import Iterator

from packc.ast.pack import Pack, questions
from packc.backends.base import Archive, Artifact, Capabilities, EmitContext, Info, Loss, ValueLoss
from packc.backends.options import DEFAULTS, Options
from packc.backends.qti import PROFILE
from packc.backends.qti.losses import capabilities, named_losses, value_losses
from packc.backends.qti.profile import Importer, Profile
from packc.backends.qti.restricted import carried


class QtiBackend:
    """One version of QTI: a manifest, a test, one item per question, and the images."""

    def __init__(self, info: Info, profile: Profile) -> None:
        self.info = info
        self._profile = profile

    def capabilities(self, options: Options = DEFAULTS) -> Capabilities:
        return capabilities(self._read(options))

    def value_losses(self) -> tuple[ValueLoss, ...]:
        return named_losses(self._profile, PROFILE in self.info.options)

    def losses(self, pack: Pack, context: EmitContext) -> Iterator[Loss]:
        return value_losses(pack, self._read(context.options))

    def emit(self, pack: Pack, context: EmitContext) -> Iterator[Artifact]:
        # A check writes nothing.
        from packc.backends.qti.package import package_files

        profile = self._read(context.options)
        shown = carried(pack, profile.importer)
        least = sum(1 for _ in questions(shown)) + 2  # a manifest, a test, and images
        yield Archive(f"{pack.id}.zip", package_files(shown, context, profile), least)

    def _read(self, options: Options) -> Profile:
        return self._profile.read_by(Importer(options.get(PROFILE)))
