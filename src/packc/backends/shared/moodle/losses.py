"""What Moodle's question bank loses for some values only, whichever format brings a question there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from packc.ast.pack import Pack, questions, sections
from packc.ast.question import NumericQuestion, OrderingQuestion, Question, Side
from packc.ast.richtext import Inlines, SoftBreak, Text
from packc.ast.walk import unprintable
from packc.backends.base import Feature, Level, Loss, ValueLoss
from packc.backends.shared.moodle.names import one_line
from packc.render.plain import PLAIN
from packc.source import Span, refused_character

WEIGHT = ValueLoss("weights that Moodle's list of grades lacks", Level.DEGRADED, "the nearest one is taken")
RIGHT_WEIGHT = ValueLoss(
    "the weight of the right choice",
    Level.DROPPED,
    "the right answer of a single choice always earns all the points",
)
DIGITS = ValueLoss("numbers of more than 15 digits", Level.DEGRADED, "Moodle keeps 15 digits of a number")
REFUSED = ValueLoss(
    "questions that Moodle's import would trip over",
    Level.DROPPED,
    "one of them can stop an import or lose all that follows, so they are left out: less than two choices, "
    "pairs or items, no right choice or more than ten without weights, an empty text to choose, match or "
    "order, a partner of more than 255 characters, no answer that earns everything, numbers beyond 10³⁰⁰, "
    "a blank of more than 250 answers, a prompt that shows nothing",
)
ANSWER = ValueLoss("accepted answers that cannot be typed or written", Level.DROPPED, "they are left out")
ID = ValueLoss(
    "ids that Moodle cannot take",
    Level.DEGRADED,
    "the question comes without an id number: it is too long, was given before, or cannot be written",
)
NAME = ValueLoss(
    "titles and ids that no name of Moodle's can be",
    Level.DEGRADED,
    "a name has at most 255 characters, no tags, and its white space is that of one line",
)
TAG = ValueLoss(
    "tags that Moodle ignores or cuts",
    Level.DROPPED,
    "those with `<`, `>`, a backtick or a control character, and those of more than 255 characters",
)
FORMATTING = ValueLoss(
    "formatting of right-hand texts", Level.DEGRADED, "Moodle shows what is picked from a list as plain text"
)
TWIN = ValueLoss(
    "an item that occurs twice", Level.DEGRADED, "Moodle tells equal items apart, and takes one order only"
)
SHOWN_ORDER = ValueLoss(
    "the order as written", Level.DEGRADED, "what is to be put in order or matched is always mixed"
)
GRADERS = ValueLoss("own fields for graders", Level.DROPPED, "there is no place that only graders see")
VERDICTS = ValueLoss(
    "feedback on right and wrong answers of some kinds",
    Level.DEGRADED,
    "everybody sees it after answering, under a heading",
)
CHARACTER = ValueLoss(
    "characters that no text may hold (NUL and the like)", Level.DEGRADED, "U+FFFD stands in their place"
)


def tag_losses(pack: Pack, fault: Callable[[str], str]) -> Iterator[Loss]:
    """Yield the tags of `pack` and its questions in which `fault` finds one, and difficulties like that."""
    owners = [(pack.meta.tags, _place(pack, "tags"))]
    owners += [(question.tags, question.places.get("tags", question.span)) for question in questions(pack)]
    for tags, span in owners:
        for tag in tags:
            if why := fault(tag):
                yield TAG.at(span, f"the tag {tag!r}", why)
    for question in questions(pack):
        if question.difficulty and (why := fault(f"x {question.difficulty}")):
            span = question.places.get("difficulty", question.span)
            yield TAG.at(span, f"the difficulty {question.difficulty!r}", why)


def category_losses(pack: Pack, named: Callable[[str], str]) -> Iterator[Loss]:
    """Yield the titles that `named` changes when it makes names of categories of them."""
    titles = [(name, _place(pack, "collection")) for name in pack.meta.collection_path]
    titles.append((pack.title, _place(pack, "title")))
    titles += [
        (PLAIN.inlines(section.title), section.span)
        for section in sections(pack)
        if any(True for _ in questions(section))
    ]
    for title, span in titles:
        stored = named(title)
        if stored.replace("&amp;&", "&&") != one_line(title).replace("&amp;&", "&&"):
            yield NAME.at(span, f"the title {title!r}", f"Moodle's category is named {stored!r}")


def name_loss(question: Question, stored: str) -> Iterator[Loss]:
    """Yield a loss if the question's name is not its id."""
    if stored.replace("&amp;&", "&&") != question.id.replace("&amp;&", "&&"):
        how = f"Moodle's question is named {stored!r}"
        yield NAME.at(question.span, f"the id {question.id[:40]!r} as a name", how)


def verdict_losses(question: Question) -> Iterator[Loss]:
    """Yield the feedback on right and wrong answers, for a kind that has no place of its own for it."""
    for feature, blocks in (
        (Feature.RIGHT_FEEDBACK, question.feedback.right),
        (Feature.WRONG_FEEDBACK, question.feedback.wrong),
    ):
        if blocks:
            yield VERDICTS.at(blocks[0].span, feature.value)


def grader_losses(question: Question) -> Iterator[Loss]:
    """Yield the notes that only graders may see, for a kind that has no place for them."""
    for note in question.notes:
        if note.side is Side.GRADERS:
            yield GRADERS.at(note.span, f"the field `{note.label}`")


def formatting_losses(texts: Iterable[Inlines], span: Span | None = None) -> Iterator[Loss]:
    """Yield the texts of which plain text keeps only the words. `span` serves where a node has none."""
    for text in dict.fromkeys(texts):
        formatted = next((node for node in text if not isinstance(node, Text | SoftBreak)), None)
        if formatted is not None:
            yield FORMATTING.at(formatted.span or span)


def twin_losses(question: OrderingQuestion, written: Sequence[str]) -> Iterator[Loss]:
    """Yield the items that an earlier one equals. `written`: what is written of each; Moodle strips it."""
    seen = set()
    for item, text in zip(question.items, map(str.strip, written), strict=True):
        if text in seen:
            yield TWIN.at(item.span or question.span)
        seen.add(text)


def character_losses(pack: Pack) -> Iterator[Loss]:
    """Yield every text that holds a character which no text file may hold. No reader lets one through."""
    for node, text in unprintable(pack):
        yield from _characters((text,), node.span)
    for question in questions(pack):
        unit = question.key.unit if isinstance(question, NumericQuestion) else ""
        yield from _characters((unit, *(note.label for note in question.notes)), question.span)
    meta = pack.meta
    told = (pack.title, meta.collection, meta.description, meta.license, meta.version, *meta.authors)
    yield from _characters(told, meta.span or pack.span)


def _characters(texts: Iterable[str], span: Span | None) -> Iterator[Loss]:
    for text in texts:
        character = None if text.isprintable() else refused_character(text)
        if character is not None:
            yield CHARACTER.at(span, f"the character U+{ord(character):04X}")


def _place(pack: Pack, key: str) -> Span | None:
    return pack.meta.places.get(key, pack.meta.span or pack.span)
