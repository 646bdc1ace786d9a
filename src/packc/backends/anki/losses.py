"""What an Anki deck does not carry as it was written."""

from __future__ import annotations

from collections.abc import Iterator

from packc.ast.pack import Pack, sections
from packc.ast.richtext import Blocks, Image, Math, MathBlock
from packc.ast.walk import walk
from packc.backends.anki.tags import anki_tag
from packc.backends.base import KEPT, Capabilities, Feature, Level, Loss, degraded

CAPABILITIES: Capabilities = dict.fromkeys(Feature, KEPT) | {
    Feature.SECTION_TEXT: degraded("they stand in the deck's description, not on the cards"),
    Feature.RELATIVE_LINK: degraded("without a `source_url` only their text is kept"),
}


def value_losses(pack: Pack) -> Iterator[Loss]:
    """Yield what a deck's description and Anki's tags cannot show."""
    yield from _description_losses(pack.intro)
    for section in sections(pack):
        yield from _description_losses(section.blocks)
    for tag in pack.meta.tags:
        written = anki_tag(tag)
        if not written:
            yield Loss(
                f"the tag `{tag}`", Level.DROPPED, "nothing of it can stand in an Anki tag", pack.meta.span
            )
        elif written != tag.lower():
            yield Loss(
                f"the tag `{tag}`", Level.DEGRADED, f"Anki's form of it is `{written}`", pack.meta.span
            )


def _description_losses(blocks: Blocks) -> Iterator[Loss]:
    for node in walk(blocks):
        if isinstance(node, Image):
            how = "a deck's description shows only their alternative text"
            yield Loss("images outside questions", Level.DROPPED, how, node.span)
        elif isinstance(node, Math | MathBlock):
            how = "a deck's description shows their TeX source"
            yield Loss("formulas outside questions", Level.DEGRADED, how, node.span)
