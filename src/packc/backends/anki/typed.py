"""The fields of questions whose answer is typed, and what counts as right in words that a learner reads.

Anki compares what is typed with exactly one text; whatever else counts stands on the back.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import assert_never

from packc.ast.keys import BlankKey, DropdownKey, NumberKey, TextKey
from packc.ast.question import NumericQuestion, ShortAnswerQuestion
from packc.ast.richtext import BulletList, Inlines, ListItem, Para, Text
from packc.backends.anki.cardtexts import CardTexts
from packc.backends.anki.numbers import left_to_right, number_text, range_text
from packc.render import escape
from packc.render.plain import PLAIN


def typed_fields(
    question: ShortAnswerQuestion | NumericQuestion, texts: CardTexts
) -> Iterator[tuple[str, str]]:
    """Yield what to do, the text that Anki compares with, and what counts if that is not all."""
    key = question.key
    typed = typed_text(key)
    yield "How", texts.in_language(texts.how(texts.words.type_answer))
    yield "Unit", escape.text(key.unit) if isinstance(key, NumberKey) else ""
    yield "Answer", escape.text(typed)
    counting = accepted(key)
    plain = all(isinstance(node, Text) for node in counting[0])
    if counting != [best(key)] or minds_case(key) or not plain:
        word = texts.words.answers if len(counting) > 1 else texts.words.answer
        listed = texts.renderer.blocks((BulletList(tuple(ListItem((Para(entry),)) for entry in counting)),))
        case = texts.how(texts.words.case_counts) if minds_case(key) else ""
        yield "Answers", texts.in_language(f'<p class="pk-label">{texts.word(word)}</p>{listed}{case}')


def typed_text(key: TextKey | NumberKey) -> str:
    """Return the one text that a typed answer is compared with."""
    if isinstance(key, TextKey):
        return " ".join(PLAIN.inlines(key.accepted[0].children).split())
    first = key.numbers[0]
    return number_text(first.value) if first.upper is None else range_text(first)


def best(key: BlankKey) -> Inlines:
    """Return the answer that a turned card shows."""
    match key:
        case TextKey():
            return key.accepted[0].children
        case NumberKey():
            return (Text(left_to_right(number_text(key.numbers[0].value))),)
        case DropdownKey():
            return next((option for option in key.options if option.correct), key.options[0]).children
        case _:
            assert_never(key)


def accepted(key: BlankKey) -> list[Inlines]:
    """Return everything that counts as right, the best first."""
    match key:
        case TextKey():
            return [(*answer.children, *_weight(answer.weight)) for answer in key.accepted]
        case NumberKey():
            return [
                (Text(left_to_right(range_text(number, key.unit))), *_weight(number.weight))
                for number in key.numbers
            ]
        case DropdownKey():
            return [option.children for option in key.options if option.correct]
        case _:
            assert_never(key)


def minds_case(key: BlankKey) -> bool:
    """Whether upper and lower case are told apart."""
    return isinstance(key, TextKey) and key.case


def _weight(weight: Decimal | None) -> Inlines:
    return () if weight is None else (Text(f" ({number_text(weight)}%)"),)
