"""The GIFT target: what it keeps, what it loses, and its one file."""

from __future__ import annotations

from collections.abc import Iterator

from packc.ast.pack import Pack, questions, sections
from packc.ast.question import ClozeQuestion, Question, Side
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
    dropped,
)
from packc.backends.gift import INFOS, escape, limits
from packc.backends.gift.answers import Said, verdict
from packc.backends.moodle_html import MoodleRenderer
from packc.backends.moodle_names import one_line
from packc.backends.options import DEFAULTS, Options
from packc.render.plain import PLAIN
from packc.source import Span
from packc.words import Words

_COMMENT = degraded("only a comment in the file, which Moodle does not keep")

_NO_PLACE = "GIFT has no place for them"

CAPABILITIES: Capabilities = dict.fromkeys(Feature, KEPT) | {
    Feature.DESCRIPTION: _COMMENT,
    Feature.AUTHORS: _COMMENT,
    Feature.LICENSE: _COMMENT,
    Feature.VERSION: _COMMENT,
    Feature.SOURCE_URL: _COMMENT,
    Feature.LANGUAGE: _COMMENT,
    Feature.IMAGE: degraded("a GIFT file carries no files, so only their alternative text is shown"),
    Feature.CLOZE: dropped("GIFT has no cloze questions"),
    Feature.ORDERING: degraded("a matching question: every item is given its place"),
    Feature.CATEGORISING: degraded("a matching question: every item is given its category"),
    Feature.HINT: dropped("GIFT has no hints"),
    Feature.RUBRIC: dropped("GIFT has no place that only graders see"),
    Feature.DIFFICULTY: dropped(_NO_PLACE),
    Feature.POINTS: dropped("every question of a GIFT file is worth one point"),
    Feature.MINUTES: dropped(_NO_PLACE),
    Feature.SHUFFLE: dropped("the quiz decides"),
    Feature.LINES: dropped(_NO_PLACE),
    Feature.WORD_LIMIT: dropped(_NO_PLACE),
    Feature.PIN: dropped("where a quiz shuffles choices, it shuffles them all"),
    Feature.CASE: dropped("GIFT's short answers know no case"),
    Feature.UNIT: degraded("they stand below the question's text, and must not be typed"),
    Feature.HEADS: dropped(_NO_PLACE),
    Feature.IMAGE_SIZE: dropped("there are no images"),
    Feature.DROPDOWN: dropped("GIFT has no cloze questions"),
    Feature.BLANK_HINT: dropped("GIFT has no cloze questions"),
    Feature.BLANK_NUMBER: dropped("GIFT has no cloze questions"),
    Feature.RELATIVE_LINK: degraded("only their text is kept where no `source_url` makes them absolute"),
}


class GiftBackend:
    """Moodle GIFT. Introductions and section texts become descriptions, sections become categories."""

    @property
    def info(self) -> Info:
        return INFOS[0]

    def capabilities(self, options: Options = DEFAULTS) -> Capabilities:  # noqa: ARG002
        return CAPABILITIES

    def losses(self, pack: Pack, context: EmitContext) -> Iterator[Loss]:
        yield from _question_losses(pack, context.words)
        yield from _tag_losses(pack)
        yield from _category_losses(pack)

    def emit(self, pack: Pack, context: EmitContext) -> Iterator[Artifact]:
        from packc.backends.gift.document import gift_text  # a check writes nothing

        yield File(f"{pack.id}.txt", gift_text(pack, context.words).encode("utf-8"))


def _question_losses(pack: Pack, words: Words) -> Iterator[Loss]:
    renderer = MoodleRenderer(source_url=pack.meta.source_url, words=words)
    ids = limits.IdNumbers()
    for question in questions(pack):
        said = verdict(question, renderer)
        asks = renderer.shows(question.prompt)
        refusal = said.refusal or ("" if asks else "it asks nothing")
        if isinstance(question, ClozeQuestion):
            continue  # declared: the format has none
        yield from said.losses
        if refusal:
            yield Loss(f"question {question.id}", Level.DROPPED, refusal, question.span)
            continue
        if why := ids.fault(question.id):
            how = f"{why}, so the question comes without an id number"
            yield Loss(f"the id {question.id!r}", Level.DEGRADED, how, question.span)
        yield from _side_losses(question, said)


def _side_losses(question: Question, said: Said) -> Iterator[Loss]:
    for note in question.notes:
        if note.side is Side.GRADERS:
            how = "GIFT has no place that only graders see"
            yield Loss(f"the field `{note.label}`", Level.DROPPED, how, note.span)
    if said.carries_verdicts:
        return
    for feature, blocks in (
        (Feature.RIGHT_FEEDBACK, question.feedback.right),
        (Feature.WRONG_FEEDBACK, question.feedback.wrong),
    ):
        if blocks:
            how = "everybody sees it after answering, under a heading"
            yield Loss(feature.value, Level.DEGRADED, how, blocks[0].span)


def _tag_losses(pack: Pack) -> Iterator[Loss]:
    owners = [(pack.meta.tags, _place(pack, "tags"))]
    owners += [(question.tags, question.places.get("tags", question.span)) for question in questions(pack)]
    for tags, span in owners:
        for tag in tags:
            if why := limits.tag_fault(tag):
                yield Loss(f"the tag {tag!r}", Level.DROPPED, why, span)


def _category_losses(pack: Pack) -> Iterator[Loss]:
    for name in pack.meta.collection_path:
        yield from _name_loss(name, _place(pack, "collection"))
    yield from _name_loss(pack.title, _place(pack, "title"))
    for section in sections(pack):
        if any(True for _ in questions(section)):
            yield from _name_loss(PLAIN.inlines(section.title), section.span)


def _name_loss(title: str, span: Span | None) -> Iterator[Loss]:
    written = one_line(title)
    stored = limits.category_name(title)
    if stored != escape.without_placeholders(written):
        yield Loss(f"the title {title!r}", Level.DEGRADED, f"Moodle's category is named {stored!r}", span)


def _place(pack: Pack, key: str) -> Span | None:
    return pack.meta.places.get(key, pack.meta.span or pack.span)
