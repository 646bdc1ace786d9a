"""Right answers as a marker reads them, one view per kind of question."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import count
from typing import ClassVar, TypeAlias, assert_never

from packc.ast.keys import Accepted, BlankKey, DropdownKey, Number, NumberKey, TextKey
from packc.ast.question import (
    CategorisingQuestion,
    Choice,
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
from packc.ast.richtext import Blank, Inlines, ListItem
from packc.handout.document import NOTHING, Press
from packc.handout.spaces import Lettered, blanks_of
from packc.record import record
from packc.render.templating import Markup
from packc.writer.answers import number

_LTR = Markup('<bdi dir="ltr">{}</bdi>')


@record
class ChoiceView:
    letter: str
    text: Markup
    right: bool
    weight: Markup
    feedback: Markup


@record
class ChoicesKey:
    kind: ClassVar[str] = "choices"
    choices: tuple[ChoiceView, ...]
    glance: Markup


@record
class AnswersKey:
    """Accepted answers, the best one first; `case`: upper and lower case are told apart."""

    kind: ClassVar[str] = "answers"
    answers: tuple[Markup, ...]
    case: bool = False
    glance: Markup = NOTHING


@record
class BlankView:
    """What the text itself does not show of a blank's key."""

    number: int
    key: AnswersKey
    hint: str


@record
class GapsKey:
    """The text filled in, and the blanks of which there is more to say."""

    kind: ClassVar[str] = "gaps"
    text: Markup
    blanks: tuple[BlankView, ...]
    glance: Markup = NOTHING


@record
class ColumnsKey:
    """Each left text with its partner; `left_over` has none."""

    kind: ClassVar[str] = "columns"
    pairs: tuple[tuple[Markup, Lettered], ...]
    left_over: tuple[Lettered, ...]
    glance: Markup


@record
class GroupsKey:
    """Each category with its items, which may be none."""

    kind: ClassVar[str] = "groups"
    groups: tuple[tuple[Markup, tuple[Lettered, ...]], ...]
    glance: Markup = NOTHING


@record
class StepsKey:
    """The items in the right order. `glance` has their numbers as they stand on the sheet."""

    kind: ClassVar[str] = "steps"
    items: tuple[Markup, ...]
    glance: Markup


Key: TypeAlias = ChoicesKey | AnswersKey | GapsKey | ColumnsKey | GroupsKey | StepsKey


class KeyWriter:
    """Writes the keys of questions whose headings have `level`."""

    def __init__(self, level: int, press: Press) -> None:
        self.level = level
        self.renderer, self.wording, self.order = press

    def key(self, question: Question) -> Key | None:
        """Return the key, or None for a question without one."""
        match question:
            case OpenQuestion():
                return None
            case ChoiceQuestion():
                return self.choices(question)
            case TrueFalseQuestion():
                answer = self.truth(question)
                return AnswersKey((answer,), glance=answer)
            case ShortAnswerQuestion() | NumericQuestion():
                return self.answers(question.key)
            case ClozeQuestion():
                return self.gaps(question)
            case MatchingQuestion():
                return self.columns(question)
            case CategorisingQuestion():
                return self.groups(question)
            case OrderingQuestion():
                return self.steps(question)
            case _:
                assert_never(question)

    def glance(self, question: Question) -> Markup:
        """Return the answer where it fits into a line, else nothing. No text is rendered for it."""
        match question:
            case ChoiceQuestion():
                return self.right_letters(self.order.choices_shown(question))
            case TrueFalseQuestion():
                return self.truth(question)
            case MatchingQuestion():
                letters = self.letters(question)
                return _listed(letters[pair.right] for pair in self.order.pairs(question))
            case OrderingQuestion():
                return self.places_shown(question)
            case _:
                return NOTHING

    def truth(self, question: TrueFalseQuestion) -> Markup:
        words = self.wording.words
        return self.wording.say(words.true if question.answer else words.false)

    def right_letters(self, shown: Sequence[Choice]) -> Markup:
        return _listed(self.wording.letter(index) for index, choice in enumerate(shown) if choice.correct)

    def letters(self, question: MatchingQuestion) -> dict[Inlines, str]:
        """Return the letter of each right text, in the order of their column."""
        column = self.order.right_column(question)
        return {text: self.wording.letter(index) for index, text in enumerate(column)}

    def places_shown(self, question: OrderingQuestion) -> Markup:
        """Return which item each one on the sheet is, counted in the right order."""
        places: dict[ListItem, deque[int]] = {}  # equal items have several
        for place, item in enumerate(question.items, 1):
            places.setdefault(item, deque()).append(place)
        return _listed(str(places[item].popleft()) for item in self.order.items_to_order(question))

    def choices(self, question: ChoiceQuestion) -> ChoicesKey:
        shown = self.order.choices_shown(question)
        views = tuple(
            ChoiceView(
                self.wording.letter(index),
                self.renderer.under(self.level, choice.blocks),
                choice.correct,
                share(choice.weight),
                self.renderer.under(self.level, choice.feedback),
            )
            for index, choice in enumerate(shown)
        )
        return ChoicesKey(views, self.right_letters(shown))

    def answers(self, key: BlankKey) -> AnswersKey:
        match key:
            case TextKey():
                return AnswersKey(tuple(map(self.accepted, key.accepted)), case=key.case)
            case NumberKey():
                return AnswersKey(tuple(self.number(found, key.unit) for found in key.numbers))
            case DropdownKey():
                right = (option for option in key.options if option.correct)
                return AnswersKey(tuple(self.renderer.line(option.children) for option in right))
            case _:
                assert_never(key)

    def accepted(self, answer: Accepted) -> Markup:
        return self.renderer.line(answer.children) + behind(share(answer.weight))

    def number(self, found: Number, unit: str) -> Markup:
        if found.upper is not None:
            between = Markup.escape(self.wording.words.number_range)
            text = between.format(
                least=_LTR.format(_human(found.value)), most=_LTR.format(_human(found.upper))
            )
        else:
            off = f" ± {number(found.tolerance)}{' %' if found.percent else ''}" if found.tolerance else ""
            text = _LTR.format(_human(found.value) + off)
        if unit:
            text += Markup(" <bdi>{}</bdi>").format(unit)
        return text + behind(share(found.weight))

    def gaps(self, question: ClozeQuestion) -> GapsKey:
        numbers = count(1)

        def filled(blank: Blank) -> str:
            best = Markup(" / ").join(self.answers(blank.key).answers[: self.shown(blank.key)])
            return f'<strong class="filled"><small>{next(numbers)}</small> {best}</strong>'

        text = self.renderer.with_blanks(self.level, question.text, filled)
        return GapsKey(text, tuple(self.blanks(question)))

    def shown(self, key: BlankKey) -> int | None:
        """Return how many answers stand in the text itself: every right entry of a list, else the best."""
        return None if isinstance(key, DropdownKey) else 1

    def blanks(self, question: ClozeQuestion) -> Iterator[BlankView]:
        for place, blank in enumerate(blanks_of(question.text), 1):
            key = self.answers(blank.key)
            more = len(key.answers) > 1 and not isinstance(blank.key, DropdownKey)
            if more or key.case or blank.hint:
                yield BlankView(place, key, blank.hint)

    def columns(self, question: MatchingQuestion) -> ColumnsKey:
        letters = self.letters(question)
        pairs = tuple(
            (
                self.renderer.line(pair.left),
                Lettered(letters[pair.right], self.renderer.line(pair.right)),
            )
            for pair in self.order.pairs(question)
        )
        used = {pair.right for pair in question.pairs}
        left_over = tuple(
            Lettered(letter, self.renderer.line(text)) for text, letter in letters.items() if text not in used
        )
        return ColumnsKey(pairs, left_over, _listed(partner.letter for _, partner in pairs))

    def groups(self, question: CategorisingQuestion) -> GroupsKey:
        members: dict[Inlines, list[tuple[str, Inlines]]] = {text: [] for text in question.categories}
        for index, pair in enumerate(self.order.items_to_sort(question)):
            members[pair.right].append((self.wording.letter(index), pair.left))
        line = self.renderer.line
        return GroupsKey(
            tuple(
                (line(category), tuple(Lettered(letter, line(text)) for letter, text in members[category]))
                for category in self.order.category_column(question)
            )
        )

    def steps(self, question: OrderingQuestion) -> StepsKey:
        items = tuple(self.renderer.under(self.level, item.blocks) for item in question.items)
        return StepsKey(items, self.places_shown(question))


def share(weight: Decimal | None) -> Markup:
    """Return a weight as `50 %`, or nothing."""
    return NOTHING if weight is None else _LTR.format(f"{_human(weight)} %")


def behind(text: Markup) -> Markup:
    """Return what stands behind an answer: ` (50 %)`."""
    return Markup(" ({})").format(text) if text else NOTHING


def _human(value: Decimal) -> str:
    return number(value).replace("-", "−", 1) if value < 0 else number(value)


def _listed(signs: Iterator[str]) -> Markup:
    return Markup(", ").join(signs)
