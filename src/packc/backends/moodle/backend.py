"""The `moodle` target: what it loses, and its one file."""

from __future__ import annotations

from collections.abc import Iterator

from packc.ast.pack import Pack, questions
from packc.ast.question import Question
from packc.backends.base import Artifact, Capabilities, EmitContext, File, Info, Loss, ValueLoss
from packc.backends.moodle import INFOS
from packc.backends.moodle.losses import CAPABILITIES, VALUE_LOSSES
from packc.backends.moodle.lowering import lower
from packc.backends.moodle.points import points_losses
from packc.backends.moodle.richtext import XmlRenderer
from packc.backends.options import DEFAULTS, Options
from packc.backends.shared.moodle import losses as moodle_losses
from packc.backends.shared.moodle import names as moodle_names
from packc.backends.shared.moodle.texts import Texts


class MoodleBackend:
    """Moodle XML. Introductions and section texts become descriptions, sections become categories."""

    @property
    def info(self) -> Info:
        return INFOS[0]

    def capabilities(self, options: Options = DEFAULTS) -> Capabilities:  # noqa: ARG002  (it has none)
        return CAPABILITIES

    def value_losses(self) -> tuple[ValueLoss, ...]:
        return VALUE_LOSSES

    def losses(self, pack: Pack, context: EmitContext) -> Iterator[Loss]:
        renderer = XmlRenderer(None, source_url=pack.meta.source_url, words=context.words)
        texts = Texts(pack, context.words, renderer, moodle_names.category_name)
        ids = moodle_names.IdNumbers()
        for question in questions(pack):
            yield from _question_losses(question, texts, renderer, ids)
        yield from moodle_losses.tag_losses(pack, moodle_names.tag_fault)
        yield from moodle_losses.category_losses(pack, moodle_names.category_name)
        yield from moodle_losses.character_losses(pack)

    def emit(self, pack: Pack, context: EmitContext) -> Iterator[Artifact]:
        from packc.backends.moodle.document import document  # a check does not load lxml

        yield File(f"{pack.id}.xml", document(pack, context))


def _question_losses(
    question: Question, texts: Texts, renderer: XmlRenderer, ids: moodle_names.IdNumbers
) -> Iterator[Loss]:
    lowered = lower(question, texts, renderer)
    if lowered.refusal:
        yield moodle_losses.REFUSED.at(question.span, f"question {question.id}", lowered.refusal)
        return
    yield from lowered.losses
    yield from points_losses(question)
    if why := ids.fault(question.id):
        how = f"{why}, so the question comes without an id number"
        yield moodle_losses.ID.at(question.span, f"the id {question.id!r}", how)
    else:
        yield from moodle_losses.name_loss(question, moodle_names.name(question.id))
