"""What paper cannot carry, whatever makes it."""

from __future__ import annotations

from collections.abc import Iterator

from packc.ast.pack import Pack, questions
from packc.ast.question import CategorisingQuestion, MatchingQuestion, OrderingQuestion
from packc.ast.richtext import Callout, Math, MathBlock
from packc.ast.walk import RichNode, pack_nodes
from packc.backends.base import KEPT, Capabilities, Feature, Level, Loss, ValueLoss, degraded, dropped
from packc.backends.handouts import CARDS
from packc.backends.options import Options
from packc.render.maths import MathFault, mathml

CAPABILITIES: Capabilities = dict.fromkeys(Feature, KEPT) | {
    Feature.RELATIVE_LINK: degraded("without a `source_url` only their text is kept"),
    Feature.HINT: degraded("they stand in the key: paper cannot show them on demand"),
    Feature.BLANK_HINT: degraded("they stand in the key: paper cannot show them on demand"),
    Feature.BLANK_NUMBER: dropped("blanks are numbered as they come"),
}

TOO_LONG = ValueLoss(
    "questions on flashcards", Level.DROPPED, "too long for a card, it is not among the flashcards"
)
ORDER = ValueLoss(
    Feature.SHUFFLE.value,
    Level.DROPPED,
    "what is to be arranged is always shuffled: the author's order is the answer",
)
FORMULAS = ValueLoss("formulas", Level.DEGRADED, "shown as TeX, where MathML has no word for a command")
FOLDED = ValueLoss(Feature.CALLOUT.value, Level.DEGRADED, "a folded one is printed open")
_WITH_LOSSES = frozenset([Math, MathBlock, Callout])
VALUE_LOSSES = (TOO_LONG, ORDER, FORMULAS, FOLDED)


def value_losses(pack: Pack, options: Options) -> Iterator[Loss]:
    """Yield the losses that only the values of `pack` tell."""
    if options.get(CARDS):
        from packc.handout.cardsize import left_off  # most people want no cards

        for place in left_off(pack):
            yield TOO_LONG.at(place)
    for question in questions(pack):
        arranged = isinstance(question, MatchingQuestion | CategorisingQuestion | OrderingQuestion)
        if arranged and question.shuffle is False:
            yield ORDER.at(question.places.get("shuffle", question.span))
    for node in pack_nodes(pack):
        if type(node) in _WITH_LOSSES:
            yield from _node_losses(node)


def _node_losses(node: RichNode) -> Iterator[Loss]:
    match node:
        case Math() | MathBlock():
            try:
                mathml(node.tex, isinstance(node, MathBlock) or node.display)
            except MathFault as fault:
                yield FORMULAS.at(node.span, how=f"shown as TeX, because {fault}")
        case Callout(folded=True):
            yield FOLDED.at(node.span)
        case _:
            pass
