"""The backend: what a handout carries, and its two files."""

from __future__ import annotations

from collections.abc import Iterator

from packc.ast.pack import Pack
from packc.ast.richtext import Math, MathBlock
from packc.ast.walk import pack_nodes
from packc.backends.base import (
    KEPT,
    Artifact,
    Capabilities,
    EmitContext,
    Feature,
    File,
    Info,
    Level,
    Loss,
    degraded,
)
from packc.backends.html import INFOS
from packc.render.maths import MathFault, mathml


class HtmlBackend:
    """The handout. Between them the sheet and the key hold the whole pack."""

    @property
    def info(self) -> Info:
        return INFOS[0]

    def capabilities(self) -> Capabilities:
        """Return what becomes of every feature: all is kept, but a relative link may lead nowhere."""
        kept = dict.fromkeys(Feature, KEPT)
        return kept | {Feature.RELATIVE_LINK: degraded("without a `source_url` only their text is kept")}

    def losses(self, pack: Pack, context: EmitContext) -> Iterator[Loss]:  # noqa: ARG002
        """Yield every formula that MathML cannot say."""
        for node in pack_nodes(pack):
            if isinstance(node, Math | MathBlock):
                try:
                    mathml(node.tex, isinstance(node, MathBlock) or node.display)
                except MathFault as fault:
                    yield Loss("formulas", Level.DEGRADED, f"shown as TeX, because {fault}", node.span)

    def emit(self, pack: Pack, context: EmitContext) -> Iterator[Artifact]:
        """Yield the student sheet, then the answer key."""
        # The views and Jinja are loaded only when a handout is written, not for a check.
        from packc.backends.html.key import answer_key
        from packc.backends.html.richtext import HandoutRenderer
        from packc.backends.html.student import student_sheet

        renderer = HandoutRenderer(context.media, pack.meta.source_url)
        yield File(f"{pack.id}.html", student_sheet(pack, renderer))
        yield File(f"{pack.id}.key.html", answer_key(pack, renderer))
