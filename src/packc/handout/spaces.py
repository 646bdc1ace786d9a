"""Where a learner answers on paper: one space per kind of question. None has a place for a key."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import count
from typing import ClassVar, TypeAlias, assert_never

from packc.ast.keys import DropdownKey, NumberKey, TextKey
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
from packc.ast.richtext import Blank, Blocks, Inlines
from packc.ast.walk import walk
from packc.handout.document import Press
from packc.record import record
from packc.render import escape
from packc.render.templating import Markup

# Ruled lines. Never by the length of the model answer: that would be a hint.
OPEN_LINES = 6
ESSAY_LINES = 18
FEWEST_LINES, MOST_LINES = 4, 26  # the most that fit on a page with their question
LINES_PER_POINT = 3
WORDS_PER_LINE = 10


@record
class Lines:
    """Ruled lines; `limit` says how long the answer may be."""

    kind: ClassVar[str] = "lines"
    count: int
    limit: Markup


@record
class Lettered:
    letter: str
    text: Markup


@record
class Choices:
    kind: ClassVar[str] = "choices"
    choices: tuple[Lettered, ...]
    multiple: bool


@record
class Truth:
    kind: ClassVar[str] = "truth"


@record
class Line:
    """A line for a few words, or a short one for a number, its unit behind it."""

    kind: ClassVar[str] = "line"
    number: bool = False
    unit: str = ""
    case: bool = False


@record
class Gaps:
    """A text with its blanks; `alone`: no prompt says what to do."""

    kind: ClassVar[str] = "gaps"
    text: Markup
    alone: bool
    case: bool


@record
class Columns:
    """Texts to be given the letters of their partners."""

    kind: ClassVar[str] = "columns"
    heads: tuple[Markup, Markup]
    left: tuple[Markup, ...]
    right: tuple[Lettered, ...]


@record
class Groups:
    """Items, and categories that take their letters."""

    kind: ClassVar[str] = "groups"
    heads: tuple[Markup, Markup]
    items: tuple[Lettered, ...]
    categories: tuple[Markup, ...]


@record
class Steps:
    """Items to be numbered."""

    kind: ClassVar[str] = "steps"
    items: tuple[Markup, ...]


Space: TypeAlias = Lines | Choices | Truth | Line | Gaps | Columns | Groups | Steps


def space_of(question: Question, level: int, press: Press) -> Space:
    """Return the room for the answer to `question`, whose heading has `level`."""
    renderer, wording, order = press
    match question:
        case OpenQuestion():
            limit = wording.words.word_limit(question.least_words, question.most_words)
            return Lines(line_count(question), wording.say(limit))
        case ChoiceQuestion():
            choices = tuple(
                Lettered(wording.letter(index), renderer.under(level, choice.blocks))
                for index, choice in enumerate(order.choices_shown(question))
            )
            return Choices(choices, question.multiple)
        case TrueFalseQuestion():
            return Truth()
        case ShortAnswerQuestion():
            return Line(case=question.key.case)
        case NumericQuestion():
            return Line(number=True, unit=question.key.unit)
        case ClozeQuestion():
            return _gaps(question, level, press)
        case MatchingQuestion():
            return Columns(
                heads=_heads(question, press),
                left=tuple(renderer.line(pair.left) for pair in order.pairs(question)),
                right=tuple(_lettered(order.right_column(question), press)),
            )
        case CategorisingQuestion():
            items = tuple(pair.left for pair in order.items_to_sort(question))
            return Groups(
                heads=_heads(question, press),
                items=tuple(_lettered(items, press)),
                categories=tuple(renderer.line(text) for text in order.category_column(question)),
            )
        case OrderingQuestion():
            shown = order.items_to_order(question)
            return Steps(tuple(renderer.under(level, item.blocks) for item in shown))
        case _:
            assert_never(question)


def line_count(question: OpenQuestion) -> int:
    """Return the lines that the author asks for, else as many as the word limit or the points suggest."""
    if question.lines is not None:
        return question.lines
    words = question.most_words or question.least_words
    if words:
        return _bounded(Decimal(words) / WORDS_PER_LINE)
    if question.points is not None:
        return _bounded(min(question.points, Decimal(MOST_LINES)) * LINES_PER_POINT)
    return ESSAY_LINES if question.essay else OPEN_LINES


def _bounded(lines: Decimal) -> int:
    return int(min(max(lines, Decimal(FEWEST_LINES)), Decimal(MOST_LINES)))


def _gaps(question: ClozeQuestion, level: int, press: Press) -> Gaps:
    numbers = count(1)

    def gap(blank: Blank) -> str:
        return _gap(blank, next(numbers), question, press)

    return Gaps(
        text=press.renderer.with_blanks(level, question.text, gap),
        alone=not question.prompt,
        case=any(isinstance(blank.key, TextKey) and blank.key.case for blank in blanks_of(question.text)),
    )


def blanks_of(text: Blocks) -> Iterator[Blank]:
    return (node for node in walk(text) if isinstance(node, Blank))


def _gap(blank: Blank, number: int, question: ClozeQuestion, press: Press) -> str:
    """Return a blank. All are equally wide: the width of an answer is a hint."""
    renderer, wording, order = press
    name = f'<span class="spoken">{wording.say(wording.words.blank)} </span><small>{number}</small>'
    match blank.key:
        case TextKey():
            return f'<span class="gap">{name}</span>'
        case NumberKey(unit=unit):
            behind = f" <bdi>{escape.text(unit)}</bdi>" if unit else ""
            return f'<span class="gap">{name}</span>{behind}'
        case DropdownKey(options=options):
            shown = (renderer.inlines(option.children) for option in order.options_shown(question, options))
            entries = [f'<span class="circle"></span> {text}' for text in shown] or [""]
            # The number stays with the first entry where the line ends.
            named = " ".join(f"<span>{entry}</span>" for entry in (f"{name} {entries[0]}", *entries[1:]))
            return f'<span class="options">{named}</span>'
        case _:
            assert_never(blank.key)


def _lettered(texts: tuple[Inlines, ...], press: Press) -> Iterator[Lettered]:
    for index, text in enumerate(texts):
        yield Lettered(press.wording.letter(index), press.renderer.line(text))


def _heads(question: MatchingQuestion | CategorisingQuestion, press: Press) -> tuple[Markup, Markup]:
    return press.renderer.line(question.heads[0]), press.renderer.line(question.heads[1])
