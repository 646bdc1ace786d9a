"""The GIFT target: what it keeps, what it loses, and its one file."""

from __future__ import annotations

from collections.abc import Iterator

from packc.ast.pack import Pack, questions, sections
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
from packc.backends.gift import INFOS, escape, limits
from packc.backends.gift.richtext import GiftRenderer
from packc.render.plain import PLAIN
from packc.source import Span

_COMMENT = degraded("only a comment in the file, which Moodle does not keep")

CAPABILITIES: Capabilities = dict.fromkeys(Feature, KEPT) | {
    Feature.DESCRIPTION: _COMMENT,
    Feature.AUTHORS: _COMMENT,
    Feature.LICENSE: _COMMENT,
    Feature.VERSION: _COMMENT,
    Feature.SOURCE_URL: _COMMENT,
    Feature.LANGUAGE: _COMMENT,
    Feature.IMAGE: degraded("a GIFT file carries no files, so only their alternative text is shown"),
    Feature.RELATIVE_LINK: degraded("only their text is kept where no `source_url` makes them absolute"),
}


class GiftBackend:
    """Moodle GIFT. Introductions and section texts become descriptions, sections become categories."""

    @property
    def info(self) -> Info:
        return INFOS[0]

    def capabilities(self) -> Capabilities:
        return CAPABILITIES

    def losses(self, pack: Pack, context: EmitContext) -> Iterator[Loss]:  # noqa: ARG002
        yield from _question_losses(pack)
        yield from _tag_losses(pack)
        yield from _category_losses(pack)

    def emit(self, pack: Pack, context: EmitContext) -> Iterator[Artifact]:  # noqa: ARG002
        from packc.backends.gift.document import gift_text  # a check writes nothing

        yield File(f"{pack.id}.txt", gift_text(pack).encode("utf-8"))


def _question_losses(pack: Pack) -> Iterator[Loss]:
    renderer = GiftRenderer(source_url=pack.meta.source_url)
    ids = limits.IdNumbers()
    for question in questions(pack):
        if why := limits.refusal(question, renderer):
            yield Loss(f"question {question.id}", Level.DROPPED, why, question.span)
        elif why := ids.fault(question.id):
            how = f"{why}, so the question comes without an id number"
            yield Loss(f"the id {question.id!r}", Level.DEGRADED, how, question.span)


def _tag_losses(pack: Pack) -> Iterator[Loss]:
    for tag in pack.meta.tags:
        if why := limits.tag_fault(tag):
            yield Loss(f"the tag {tag!r}", Level.DROPPED, why, _place(pack, "tags"))


def _category_losses(pack: Pack) -> Iterator[Loss]:
    for name in pack.meta.collection_path:
        yield from _name_loss(name, _place(pack, "collection"))
    yield from _name_loss(pack.title, _place(pack, "title"))
    for section in sections(pack):
        if any(True for _ in questions(section)):
            yield from _name_loss(PLAIN.inlines(section.title), section.span)


def _name_loss(title: str, span: Span | None) -> Iterator[Loss]:
    written = escape.one_line(title)
    stored = limits.category_name(title)
    if stored != escape.without_placeholders(written):
        yield Loss(f"the title {title!r}", Level.DEGRADED, f"Moodle's category is named {stored!r}", span)


def _place(pack: Pack, key: str) -> Span | None:
    return pack.meta.places.get(key, pack.meta.span or pack.span)
