"""A question as the fields of a note."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from packc.ast.question import (
    CategorisingQuestion,
    ChoiceQuestion,
    ClozeQuestion,
    MatchingQuestion,
    NumericQuestion,
    OpenQuestion,
    OrderingQuestion,
    Question,
    ShortAnswerQuestion,
    TrueFalseQuestion,
)
from packc.ast.richtext import Blocks
from packc.backends.anki.arrange import ordering_fields, pair_fields
from packc.backends.anki.cardtexts import CardTexts
from packc.backends.anki.choices import choice_fields, true_false_fields
from packc.backends.anki.cloze import cloze_fields
from packc.backends.anki.notetypes import note_type_of
from packc.backends.anki.richtext import inert
from packc.backends.anki.typed import typed_fields


def note_fields(question: Question, texts: CardTexts, stimulus: Blocks = ()) -> tuple[str, ...]:
    """Return the field values in the order of the question's note type; fields without content are ''.

    The first field is the id. Raises KeyError for an image that is not among the pack's.
    """
    values = dict(texts.common(question, stimulus)) | dict(_kind_fields(question, texts))
    return tuple([inert(values.get(name, "")) for name in note_type_of(question).fields])


def _kind_fields(question: Question, texts: CardTexts) -> Iterator[tuple[str, str]]:
    match question:
        case OpenQuestion():
            return texts.open_fields(question)
        case ChoiceQuestion():
            return choice_fields(question, texts)
        case TrueFalseQuestion():
            return true_false_fields(question, texts)
        case ShortAnswerQuestion() | NumericQuestion():
            return typed_fields(question, texts)
        case ClozeQuestion():
            return cloze_fields(question, texts)
        case MatchingQuestion() | CategorisingQuestion():
            return pair_fields(question, texts)
        case OrderingQuestion():
            return ordering_fields(question, texts)
        case _:
            assert_never(question)
