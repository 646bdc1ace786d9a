"""What Canvas' QTI 1.2 cannot carry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from packc.ast.keys import DropdownKey, NumberKey
from packc.ast.pack import Pack, questions
from packc.ast.question import (
    CategorisingQuestion,
    ClozeQuestion,
    MatchingQuestion,
    OpenQuestion,
    OrderingQuestion,
    Question,
    Side,
)
from packc.ast.richtext import Blank, Blocks, Inlines, Para, SoftBreak, Text
from packc.ast.walk import walk
from packc.backends.base import KEPT, Capabilities, Feature, Level, Loss, ValueLoss, degraded, dropped
from packc.backends.qti import characters
from packc.backends.qti.losses import LINK, link_losses
from packc.backends.qti.questionlosses import ANSWER_LOSSES, ENTRY, answer_losses
from packc.source import Span

_DESCRIPTION = degraded("they stand in the description of the quiz")

CAPABILITIES: Capabilities = {
    **dict.fromkeys(Feature, KEPT),
    Feature.ORDERING: degraded("a matching question: every item is given its place"),
    Feature.CATEGORISING: degraded("a matching question: every item is given its category"),
    Feature.HINT: degraded("they stand in the feedback after the answer: nobody can ask for one"),
    Feature.BLANK_HINT: degraded("they stand in the feedback after the answer: nobody can ask for one"),
    Feature.RUBRIC: dropped("Canvas keeps rubrics beside its quizzes, not in them"),
    Feature.WEIGHT: dropped("Canvas counts answers as right or wrong; the best ones are right"),
    Feature.CASE: degraded("New Quizzes tell upper from lower case, Classic Quizzes never do"),
    Feature.PIN: degraded("New Quizzes keep them in place; Classic Quizzes then shuffle nothing"),
    Feature.SHUFFLE: degraded("New Quizzes decide it for each question, Classic Quizzes for all at once"),
    Feature.UNIT: degraded("they stand beside the field, and must not be typed"),
    Feature.LINES: dropped("Canvas decides how tall a field is"),
    Feature.WORD_LIMIT: degraded("they stand below the question, and nobody counts the words"),
    Feature.BLANK_NUMBER: dropped("blanks are numbered as they come"),
    Feature.HEADS: degraded("they stand in one line above the pairs"),
    Feature.SECTIONS: degraded("a quiz is flat; a section's title is a text before its questions"),
    Feature.SECTION_TEXT: degraded("a quiz is flat; it is a text before the section's questions"),
    Feature.INTRO: degraded("it stands in the description of the quiz"),
    Feature.TAGS: _DESCRIPTION,
    Feature.AUTHORS: _DESCRIPTION,
    Feature.LICENSE: _DESCRIPTION,
    Feature.VERSION: _DESCRIPTION,
    Feature.QUESTION_TAGS: dropped("Canvas has no place for them"),
    Feature.DIFFICULTY: dropped("Canvas has no place for them"),
    Feature.MINUTES: dropped("Canvas has no place for them"),
    Feature.SOURCE_URL: dropped("they only serve to complete relative links"),
    Feature.RELATIVE_LINK: degraded("without a `source_url` only their text is kept"),
    Feature.CALLOUT: degraded("quotations with the title in bold; one that folds stands open"),
    Feature.KBD: degraded("shown as code"),
    Feature.CODE_LANGUAGE: degraded("a class that Canvas does not colour by"),
}

GRADERS = ValueLoss("own fields for graders", Level.DROPPED, "a quiz has no place that only graders see")
VERDICTS = ValueLoss(
    "feedback on right and wrong answers to open questions and essays",
    Level.DROPPED,
    "Canvas shows it after a score, and here people score",
)
MATCHED = ValueLoss(
    "markup in what is matched", Level.DEGRADED, "Canvas has lists of plain text there, with formulas as TeX"
)
SEVERAL = ValueLoss("several blocks in what is matched", Level.DEGRADED, "they become one line of text")
PICKED = ValueLoss(
    "drop-down blanks beside other blanks",
    Level.DEGRADED,
    "in a text with other blanks it is typed into, and the right entries count",
)
FILLED = ValueLoss(
    "numbers in a cloze",
    Level.DEGRADED,
    "they are texts there: what is near enough, or written otherwise, does not count",
)
VALUE_LOSSES = (
    GRADERS,
    VERDICTS,
    *ANSWER_LOSSES,
    ENTRY,
    MATCHED,
    SEVERAL,
    PICKED,
    FILLED,
    LINK,
    characters.CHARACTER,
)


def value_losses(pack: Pack) -> Iterator[Loss]:
    """Yield the losses that only the values of `pack` tell."""
    yield from characters.in_meta(pack)
    yield from link_losses(pack)
    yield from characters.in_texts(pack)
    for question in questions(pack):
        yield from answer_losses(question)
        yield from _question_losses(question)
        yield from characters.in_question(question)


def _question_losses(question: Question) -> Iterator[Loss]:
    for note in question.notes:
        if note.side is Side.GRADERS:
            yield GRADERS.at(note.span, "a note for graders")
    match question:
        case OpenQuestion():
            for what, blocks in (("right", question.feedback.right), ("wrong", question.feedback.wrong)):
                if blocks:
                    yield VERDICTS.at(blocks[0].span, f"feedback on {what} answers")
        case MatchingQuestion() | CategorisingQuestion():
            for pair in question.pairs:
                yield from _markup((pair.left, pair.right), pair.span or question.span)
            yield from _markup(question.distractors, question.span)
        case OrderingQuestion():
            for item in question.items:
                yield from _markup_of_blocks(item.blocks, item.span or question.span)
        case ClozeQuestion():
            yield from _cloze_losses(question)
        case _:
            pass


def _markup(texts: Sequence[Inlines], span: Span | None) -> Iterator[Loss]:
    if not all(isinstance(node, Text | SoftBreak) for text in texts for node in text):
        yield MATCHED.at(span)


def _markup_of_blocks(blocks: Blocks, span: Span | None) -> Iterator[Loss]:
    if len(blocks) == 1 and isinstance(blocks[0], Para):
        yield from _markup((blocks[0].children,), span)
    else:
        yield SEVERAL.at(span)


def _cloze_losses(question: ClozeQuestion) -> Iterator[Loss]:
    blanks = [node for node in walk(question.text) if isinstance(node, Blank)]
    picked = [blank for blank in blanks if isinstance(blank.key, DropdownKey)]
    if len(picked) < len(blanks):
        for blank in picked:
            yield PICKED.at(blank.span, "a drop-down blank")
    for blank in blanks:
        if isinstance(blank.key, NumberKey):
            how = "it is a text there: what is near enough, or written otherwise, does not count"
            yield FILLED.at(blank.span, "a number to fill in", how)
