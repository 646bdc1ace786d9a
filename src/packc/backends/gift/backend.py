"""The GIFT target: what it keeps, what it loses, and its one file."""

from __future__ import annotations

from collections.abc import Iterator

from packc.ast.pack import Pack, questions
from packc.ast.question import ClozeQuestion
from packc.ast.richtext import Image
from packc.backends.base import (
    KEPT,
    Artifact,
    Capabilities,
    EmitContext,
    Feature,
    Info,
    Loss,
    Stream,
    ValueLoss,
    degraded,
    dropped,
)
from packc.backends.gift import IMAGES, INFOS, limits
from packc.backends.gift.answers import verdict
from packc.backends.gift.html import GiftRenderer
from packc.backends.options import DEFAULTS, Options
from packc.backends.shared.moodle import losses as moodle_losses
from packc.backends.shared.moodle.losses import (
    ANSWER,
    CHARACTER,
    DIGITS,
    FORMATTING,
    GRADERS,
    ID,
    NAME,
    REFUSED,
    RIGHT_WEIGHT,
    TAG,
    TWIN,
    VERDICTS,
    WEIGHT,
)
from packc.render.html import ImageSource
from packc.words import Words

_COMMENT = degraded("only a comment in the file, which Moodle does not keep")

_NO_PLACE = "GIFT has no place for them"

CAPABILITIES = dict.fromkeys(Feature, KEPT) | {
    Feature.DESCRIPTION: _COMMENT,
    Feature.AUTHORS: _COMMENT,
    Feature.LICENSE: _COMMENT,
    Feature.VERSION: _COMMENT,
    Feature.SOURCE_URL: _COMMENT,
    Feature.LANGUAGE: degraded("only texts from right to left say so themselves; a comment names it"),
    Feature.IMAGE: degraded("a GIFT file carries no files, so only their alternative text is shown"),
    Feature.CLOZE: dropped("GIFT has no cloze questions"),
    Feature.ORDERING: degraded("a matching question: every item is given its place"),
    Feature.CATEGORISING: degraded("a matching question: every item is given its category"),
    Feature.HINT: dropped("GIFT has no hints"),
    Feature.RUBRIC: dropped("GIFT has no place that only graders see"),
    Feature.DIFFICULTY: degraded("a tag"),
    Feature.POINTS: dropped("every question of a GIFT file is worth one point"),
    Feature.MINUTES: dropped(_NO_PLACE),
    Feature.SHUFFLE: dropped("the quiz decides"),
    Feature.LINES: dropped(_NO_PLACE),
    Feature.WORD_LIMIT: dropped(_NO_PLACE),
    Feature.PIN: dropped("where a quiz shuffles choices, it shuffles them all"),
    Feature.CASE: dropped("GIFT's short answers know no case"),
    Feature.UNIT: degraded("they stand below the question's text, and must not be typed"),
    Feature.HEADS: degraded("they stand in one line below the question's text"),
    Feature.IMAGE_SIZE: dropped("there are no images"),
    Feature.DROPDOWN: dropped("GIFT has no cloze questions"),
    Feature.BLANK_HINT: dropped("GIFT has no cloze questions"),
    Feature.BLANK_NUMBER: dropped("GIFT has no cloze questions"),
    Feature.RELATIVE_LINK: degraded("only their text is kept where no `source_url` makes them absolute"),
}

_WITH_IMAGES: Capabilities = CAPABILITIES | {Feature.IMAGE: KEPT, Feature.IMAGE_SIZE: KEPT}
VALUE_LOSSES = (
    REFUSED,
    ANSWER,
    WEIGHT,
    RIGHT_WEIGHT,
    DIGITS,
    VERDICTS,
    GRADERS,
    FORMATTING,
    TWIN,
    ID,
    NAME,
    TAG,
    CHARACTER,
)


class GiftBackend:
    """Moodle GIFT. Introductions and section texts become descriptions, sections become categories."""

    @property
    def info(self) -> Info:
        return INFOS[0]

    def capabilities(self, options: Options = DEFAULTS) -> Capabilities:
        return _WITH_IMAGES if options.get(IMAGES) == "data" else CAPABILITIES

    def value_losses(self) -> tuple[ValueLoss, ...]:
        return VALUE_LOSSES

    def losses(self, pack: Pack, context: EmitContext) -> Iterator[Loss]:
        yield from _question_losses(pack, context.words)
        yield from moodle_losses.tag_losses(pack, limits.tag_fault)
        yield from moodle_losses.category_losses(pack, limits.category_name)
        yield from moodle_losses.character_losses(pack)

    def emit(self, pack: Pack, context: EmitContext) -> Iterator[Artifact]:
        from packc.backends.gift.document import gift_pieces  # a check writes nothing

        source = _data(context) if context.options.get(IMAGES) == "data" else None
        yield Stream(f"{pack.id}.txt", gift_pieces(pack, context.words, source))


def _data(context: EmitContext) -> ImageSource:
    """Return what writes an image's own bytes as its address. Moodle stores and shows such images whole."""
    from base64 import b64encode

    def source(image: Image) -> str:
        media = context.media[image.src]
        return f"data:{media.mime};base64,{b64encode(media.data).decode('ascii')}"

    return source


def _question_losses(pack: Pack, words: Words) -> Iterator[Loss]:
    renderer = GiftRenderer(pack, words)
    ids = limits.IdNumbers()
    for question in questions(pack):
        if isinstance(question, ClozeQuestion):
            continue  # declared: the format has none
        said = verdict(question, renderer)
        refusal = said.refusal or ("" if renderer.shows(question.prompt) else "it asks nothing")
        if refusal:
            yield REFUSED.at(question.span, f"question {question.id}", refusal)
            continue
        yield from said.losses
        if why := ids.fault(question.id):
            how = f"{why}, so the question comes without an id number"
            yield ID.at(question.span, f"the id {question.id!r}", how)
        else:
            yield from moodle_losses.name_loss(question, limits.name(question.id))
        yield from moodle_losses.grader_losses(question)
        if not said.carries_verdicts:
            yield from moodle_losses.verdict_losses(question)
