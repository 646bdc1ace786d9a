"""What an Anki deck does not carry as it was written."""

from __future__ import annotations

from collections.abc import Iterator

from packc.ast.pack import Pack, questions, sections
from packc.ast.question import ClozeQuestion, NumericQuestion, Question, ShortAnswerQuestion, Side
from packc.ast.richtext import Blank, Blocks, Image, Math, MathBlock
from packc.ast.walk import walk
from packc.backends.anki.media import question_images
from packc.backends.anki.tags import anki_tag
from packc.backends.base import (
    KEPT,
    Capabilities,
    EmitContext,
    Feature,
    Level,
    Loss,
    ValueLoss,
    degraded,
    dropped,
)
from packc.source import Span

_IN_THE_HEAD = "they are solved in the head: the back shows how it belongs"

CAPABILITIES: Capabilities = dict.fromkeys(Feature, KEPT) | {
    Feature.MATCHING: degraded(_IN_THE_HEAD),
    Feature.CATEGORISING: degraded(_IN_THE_HEAD),
    Feature.ORDERING: degraded(_IN_THE_HEAD),
    Feature.POINTS: dropped("Anki counts no points"),
    Feature.MINUTES: dropped("a card knows no time for its question"),
    Feature.LINES: dropped("nothing is written on a card"),
    Feature.WEIGHT: degraded("the back shows them; Anki counts no points"),
    Feature.TOLERANCE: degraded("the back shows them; Anki compares with the number itself"),
    Feature.DROPDOWN: degraded("the blank shows the entries; nothing is picked"),
    Feature.SECTION_TEXT: degraded("they stand in the deck's description, not on the cards"),
    Feature.RELATIVE_LINK: degraded("without a `source_url` only their text is kept"),
}


MOST_PIXELS = 1600  # across an image: more than a phone shows

GRADERS = ValueLoss("fields for graders", Level.DROPPED, "learners alone see a card")
FURTHER = ValueLoss(
    "further accepted answers", Level.DEGRADED, "the back shows them; Anki compares with the first alone"
)
NUMBER = ValueLoss(
    "fixed numbers of blanks beyond those that Anki knows", Level.DEGRADED, "the blank takes a free one"
)
PIXELS = ValueLoss(
    f"pixels of an image beyond {MOST_PIXELS:,}",
    Level.DEGRADED,
    "a phone shows it smaller and loads it slowly",
)
TAG_DROPPED = ValueLoss("tags of marks alone", Level.DROPPED, "nothing of them can stand in an Anki tag")
TAG_CHANGED = ValueLoss(
    "tags with other characters than Anki's have", Level.DEGRADED, "they take Anki's form"
)
IMAGES = ValueLoss(
    "images outside questions", Level.DROPPED, "a deck's description shows only their alternative text"
)
FORMULAS = ValueLoss(
    "formulas outside questions", Level.DEGRADED, "a deck's description shows their TeX source"
)
VALUE_LOSSES = (GRADERS, FURTHER, NUMBER, PIXELS, TAG_DROPPED, TAG_CHANGED, IMAGES, FORMULAS)


def value_losses(pack: Pack, context: EmitContext) -> Iterator[Loss]:
    """Yield what only the values tell: of descriptions, tags, typed answers, numbers of blanks, images."""
    if context.media:
        yield from _image_losses(pack, context)
    yield from _description_losses(pack.intro)
    for section in sections(pack):
        if not (section.stimulus and any(questions(section))):
            yield from _description_losses(section.blocks)
    yield from _tag_losses(pack.meta.tags, pack.meta.places.get("tags", pack.meta.span))
    for question in questions(pack):
        yield from _tag_losses(question.tags, question.places.get("tags", question.span))
        yield from _question_losses(question)


def _question_losses(question: Question) -> Iterator[Loss]:
    for note in question.notes:
        if note.side is Side.GRADERS:
            yield GRADERS.at(note.span)
    match question:
        case ShortAnswerQuestion() | NumericQuestion():
            from packc.backends.anki.typed import accepted  # most packs have no such question

            if len(accepted(question.key)) > 1:
                yield FURTHER.at(question.places.get("answer", question.span))
        case ClozeQuestion():
            from packc.backends.anki.cloze import MOST_NUMBERS, fits

            for node in walk(question.text):
                if isinstance(node, Blank) and not fits(node):
                    how = f"Anki knows the numbers 1 to {MOST_NUMBERS}; the blank takes a free one"
                    yield NUMBER.at(node.span, f"the number {node.number} of a blank", how)
        case _:
            pass


def _image_losses(pack: Pack, context: EmitContext) -> Iterator[Loss]:
    # The image of a stimulus is on the card of each question below it, and written once.
    for source, place in dict.fromkeys((node.src, node.span) for node in question_images(pack)):
        media = context.media[source]
        if media.width > MOST_PIXELS and not media.is_vector:
            how = f"it is {media.width:,} wide: {PIXELS.how}"
            yield PIXELS.at(place, how=how)


def _tag_losses(tags: tuple[str, ...], place: Span | None) -> Iterator[Loss]:
    for tag in tags:
        written = anki_tag(tag)
        if not written:
            yield TAG_DROPPED.at(place, f"the tag `{tag}`", "nothing of it can stand in an Anki tag")
        elif written != tag.lower():
            yield TAG_CHANGED.at(place, f"the tag `{tag}`", f"Anki's form of it is `{written}`")


def _description_losses(blocks: Blocks) -> Iterator[Loss]:
    for node in walk(blocks):
        if isinstance(node, Image):
            yield IMAGES.at(node.span)
        elif isinstance(node, Math | MathBlock):
            yield FORMULAS.at(node.span)
