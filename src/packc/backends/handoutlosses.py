"""What paper cannot carry, whatever makes it."""

from __future__ import annotations

from collections.abc import Iterator

from packc.ast.pack import Pack, questions
from packc.ast.question import CategorisingQuestion, MatchingQuestion, OrderingQuestion
from packc.ast.richtext import Callout, MathBlock
from packc.ast.walk import formulas_of, nodes_of
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
    for formula in formulas_of(pack):
        try:
            mathml(formula.tex, isinstance(formula, MathBlock) or formula.display)
        except MathFault as fault:
            yield FORMULAS.at(formula.span, how=f"shown as TeX, because {fault}")
    for callout in nodes_of(pack, Callout):
        if callout.folded:
            yield FOLDED.at(callout.span)
