"""What a PDF cannot carry beyond what paper cannot: signs without a typeface, unreadable images, depth."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import reduce
from itertools import repeat
from typing import TYPE_CHECKING

from packc.ast.keys import NumberKey
from packc.ast.pack import Pack, questions
from packc.ast.question import NumericQuestion
from packc.ast.richtext import Blank, Code, CodeBlock, Image, Kbd, Link, Math, MathBlock, Text
from packc.ast.walk import RichNode, nodes_of, pack_nodes, walk
from packc.backends.base import EmitContext, Feature, Level, Loss, ValueLoss
from packc.backends.handoutlosses import VALUE_LOSSES as ON_PAPER
from packc.backends.handoutlosses import value_losses
from packc.backends.handouts import LARGE_PRINT, choices_of
from packc.backends.pdf import PAPER
from packc.backends.pdf.glyphs import CONTROLS, Face, Texts, collected, joined
from packc.render.builtin import TemplateFault
from packc.render.maths import MathFault, mathml
from packc.words import Words

if TYPE_CHECKING:
    from packc.backends.pdf.setting import Setting

SERIFS = ValueLoss("large print", Level.DEGRADED, "it has serifs where the machine has no typeface without")
BOXES = ValueLoss(
    "text", Level.DEGRADED, "a box stands for each sign that no typeface on the machine has where it stands"
)
UNREAD = ValueLoss(Feature.IMAGE.value, Level.DEGRADED, "shown as its words where Typst cannot read it")
TOO_DEEP = ValueLoss(
    "things deep inside each other",
    Level.DEGRADED,
    "inside eight quotes or sixteen lists, or as many other things, all is plain text, and a formula its TeX",
)
VALUE_LOSSES = (*ON_PAPER, SERIFS, BOXES, UNREAD, TOO_DEEP)


def pdf_losses(pack: Pack, context: EmitContext, setting: Callable[[], Setting]) -> Iterator[Loss]:
    """Yield the losses that only the values tell, and this machine's typefaces.

    `setting` is asked for where only the files themselves tell whether they can be set.
    """
    from packc.backends.pdf.depth import too_deep
    from packc.backends.pdf.typesetting import sans

    yield from value_losses(pack, context.options)
    if context.options.get(LARGE_PRINT) and sans() is None:
        yield SERIFS.at(pack.span, how="no sans serif typeface on this machine: it has serifs")
    odd = collected(printed_texts(pack, context.words))
    if odd:
        yield from _boxes(pack, _missing(pack, odd, context, setting))
    yield from map(TOO_DEEP.at, too_deep(pack, context))
    yield from _images(pack, context)


def _missing(pack: Pack, odd: Texts, context: EmitContext, setting: Callable[[], Setting]) -> Texts:
    """Return what a box stands for. Raises Unmade."""
    from packc.backends.pdf.typefaces import all_shown, fonts_of

    controls = {face: set(CONTROLS.findall("".join(texts))) for face, texts in odd.items()}
    editions = list(choices_of(context.options, context.options.get(PAPER)).editions())
    styles = {edition.style: edition for edition in editions}
    if all_shown(odd, [fonts_of(pack, edition, odd) for edition in styles.values()]):
        return controls
    try:
        return reduce(joined, map(setting().tried, editions), controls)
    except TemplateFault:
        return controls  # of the project's: it is told of when the files are made


def _boxes(pack: Pack, missing: Texts) -> Iterator[Loss]:
    signs = {piece for pieces in missing.values() for piece in pieces}
    if not signs:
        return
    listed = " ".join(map(_visible, sorted(signs)[:5])) + (" …" if len(signs) > 5 else "")
    how = f"no typeface on this machine has {listed} where it stands: a box stands for each sign"
    nodes = [node for node in pack_nodes(pack) if _holds(_texts_of(node), missing)]
    yield from (BOXES.at(place, how=how) for place in [node.span for node in nodes] or [pack.span])


def _visible(piece: str) -> str:
    return piece if piece.isprintable() else " ".join(f"U+{ord(sign):04X}" for sign in piece)


def printed_texts(pack: Pack, words: Words) -> Iterator[tuple[Face, str]]:
    """Yield all texts that a handout may show, and what each is set in."""
    meta = pack.meta
    plain = [pack.title, meta.description, meta.collection, meta.license, meta.version, meta.source_url]
    plain += (*meta.authors, *meta.tags, *words)
    for question in questions(pack):
        plain += (question.id, question.difficulty, *question.tags)
        if isinstance(question, NumericQuestion):
            plain.append(question.key.unit)
        plain += (note.label for note in question.notes)
    yield from zip(repeat(Face.TEXT), plain)
    for node in pack_nodes(pack):
        yield from _texts_of(node)


def _texts_of(node: RichNode) -> Iterator[tuple[Face, str]]:
    match node:
        case Text():
            yield Face.TEXT, node.text
        case Code() | CodeBlock():
            yield Face.MONO, node.text
        case Kbd():
            yield from ((Face.MONO, each.text) for each in walk(node.children) if isinstance(each, Text))
        case Math() | MathBlock():
            yield Face.MONO, node.tex  # where it is too deep, or no formula
            yield from ((Face.MATH, sign) for sign in _signs(node).split())
        case Image():
            yield Face.TEXT, node.alt
        case Link():
            yield Face.TEXT, node.href
        case Blank():
            yield Face.TEXT, node.hint
            if isinstance(node.key, NumberKey):
                yield Face.TEXT, node.key.unit
        case _:
            pass


def _signs(node: Math | MathBlock) -> str:
    """Return the characters of a formula as they are shown, without what only selects a form of them."""
    try:
        written = mathml(node.tex, isinstance(node, MathBlock) or node.display)
    except MathFault:
        return ""
    shown = re.sub(r"<annotation.*?</annotation>|<[^>]*>|[\ufe00-\ufe0f\u2061-\u2064]", " ", written)
    return re.sub(r"&[^;]*;", " ", shown)


def _holds(texts: Iterable[tuple[Face, str]], missing: Texts) -> bool:
    return any(piece in text for face, text in texts for piece in missing.get(face, ()))


def _images(pack: Pack, context: EmitContext) -> Iterator[Loss]:
    for image in nodes_of(pack, Image):
        from packc.backends.pdf.pictures import fault

        reason = fault(context.media[image.src])
        if reason:
            yield UNREAD.at(image.span, how=f"shown as its words, because Typst says: {reason}")
