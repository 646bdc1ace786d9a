"""Characters that XML cannot carry, wherever a pack has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from packc.ast.keys import NumberKey
from packc.ast.pack import Pack
from packc.ast.question import NumericQuestion, Question
from packc.ast.richtext import Blank
from packc.ast.walk import nodes_of, unprintable
from packc.backends.base import Level, Loss, ValueLoss
from packc.source import Span, refused_character

CHARACTER = ValueLoss(
    "characters that XML cannot carry", Level.DEGRADED, "U+FFFD stands in the place of each"
)


def in_meta(pack: Pack) -> Iterator[Loss]:
    """Yield a loss for each such character in the front matter."""
    meta = pack.meta
    told = {
        "id": (pack.id,),
        "title": (pack.title,),
        "collection": (meta.collection,),
        "description": (meta.description,),
        "license": (meta.license,),
        "version": (meta.version,),
        "authors": meta.authors,
        "tags": meta.tags,
    }
    for key, texts in told.items():
        yield from _losses(texts, meta.places.get(key, meta.span))


def in_texts(pack: Pack) -> Iterator[Loss]:
    """Yield a loss for each such character in the pack's rich text."""
    for node, text in unprintable(pack):
        yield from _losses((text,), node.span)
    for blank in nodes_of(pack, Blank):
        if isinstance(blank.key, NumberKey):
            yield from _losses((blank.key.unit,), blank.span)


def in_question(question: Question) -> Iterator[Loss]:
    """Yield a loss for each such character in what of a question is no rich text."""
    yield from _losses((question.id, question.difficulty, *question.tags), question.span)
    if isinstance(question, NumericQuestion):
        yield from _losses((question.key.unit,), question.span)
    for note in question.notes:
        yield from _losses((note.label,), note.span)


def _losses(texts: Iterable[str], span: Span | None) -> Iterator[Loss]:
    for text in texts:
        character = None if text.isprintable() else refused_character(text)
        if character is not None:
            how = "XML cannot carry it; U+FFFD stands in its place"
            yield CHARACTER.at(span, f"the character U+{ord(character):04X}", how)
