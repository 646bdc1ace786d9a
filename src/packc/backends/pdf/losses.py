"""What a PDF cannot carry beyond what paper cannot: signs without a typeface, unreadable images, depth."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from packc.ast.keys import NumberKey
from packc.ast.pack import Pack, questions
from packc.ast.question import NumericQuestion
from packc.ast.richtext import Blank, Code, CodeBlock, Image, Link, Math, MathBlock, Text
from packc.ast.walk import RichNode, nodes_of, pack_nodes
from packc.backends.base import EmitContext, Feature, Level, Loss, ValueLoss
from packc.backends.handoutlosses import VALUE_LOSSES as ON_PAPER
from packc.backends.handoutlosses import value_losses
from packc.backends.handouts import LARGE_PRINT
from packc.render.maths import MathFault, mathml
from packc.words import Words

SERIFS = ValueLoss("large print", Level.DEGRADED, "it has serifs where the machine has no typeface without")
BOXES = ValueLoss("text", Level.DEGRADED, "a box stands for each sign that no typeface on the machine has")
UNREAD = ValueLoss(Feature.IMAGE.value, Level.DEGRADED, "shown as its words where Typst cannot read it")
TOO_DEEP = ValueLoss(
    "things deep inside each other",
    Level.DEGRADED,
    "inside eight quotes or sixteen lists, or as many other things, all is plain text, and a formula its TeX",
)
VALUE_LOSSES = (*ON_PAPER, SERIFS, BOXES, UNREAD, TOO_DEEP)


def pdf_losses(pack: Pack, context: EmitContext) -> Iterator[Loss]:
    """Yield the losses that only the values tell, and this machine's typefaces."""
    from packc.backends.pdf.depth import too_deep
    from packc.backends.pdf.typesetting import sans, unprintable

    yield from value_losses(pack, context.options)
    if context.options.get(LARGE_PRINT) and sans() is None:
        yield SERIFS.at(pack.span, how="no sans serif typeface on this machine: it has serifs")
    missing = unprintable(printed_texts(pack, context.words))
    if missing:
        listed = " ".join(sorted(missing)[:5]) + (" …" if len(missing) > 5 else "")
        how = f"no typeface on this machine has {listed}: a box stands for each sign"
        nodes = [node for node in pack_nodes(pack) if _holds(_texts_of(node), missing)]
        places = [node.span for node in nodes] or [pack.span]
        yield from (BOXES.at(place, how=how) for place in places)
    yield from map(TOO_DEEP.at, too_deep(pack, context))
    yield from _images(pack, context)


def printed_texts(pack: Pack, words: Words) -> Iterator[str]:
    """Yield all texts that a handout may show."""
    meta = pack.meta
    yield from (pack.title, meta.description, meta.collection, meta.license, meta.version, meta.source_url)
    yield from (*meta.authors, *meta.tags, *words)
    for question in questions(pack):
        yield from (question.id, question.difficulty, *question.tags)
        if isinstance(question, NumericQuestion):
            yield question.key.unit
        yield from (note.label for note in question.notes)
    for node in pack_nodes(pack):
        yield from _texts_of(node)


def _texts_of(node: RichNode) -> tuple[str, ...]:
    match node:
        case Text() | Code() | CodeBlock():
            return (node.text,)
        case Math() | MathBlock():
            return (node.tex, _signs(node))
        case Image():
            return (node.alt,)
        case Link():
            return (node.href,)
        case Blank():
            return (node.hint, node.key.unit if isinstance(node.key, NumberKey) else "")
        case _:
            return ()


def _signs(node: Math | MathBlock) -> str:
    """Return the characters of a formula as they are shown, without what only selects a form of them."""
    try:
        written = mathml(node.tex, isinstance(node, MathBlock) or node.display)
    except MathFault:
        return ""
    shown = re.sub(r"<annotation.*?</annotation>|<[^>]*>|[\ufe00-\ufe0f\u2061-\u2064]", " ", written)
    return re.sub(r"&[^;]*;", " ", shown)


def _holds(texts: Iterable[str], pieces: Iterable[str]) -> bool:
    return any(piece in text for text in texts for piece in pieces)


def _images(pack: Pack, context: EmitContext) -> Iterator[Loss]:
    for image in nodes_of(pack, Image):
        from packc.backends.pdf.pictures import fault

        reason = fault(context.media[image.src])
        if reason:
            yield UNREAD.at(image.span, how=f"shown as its words, because Typst says: {reason}")
