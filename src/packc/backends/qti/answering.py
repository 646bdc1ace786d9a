"""What a learner does to answer, kind by kind: the responses, and the parts of the body that ask for them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import assert_never

from packc.ast.keys import BlankKey, DropdownKey, NumberKey, TextKey
from packc.ast.question import (
    CategorisingQuestion,
    Choice,
    ChoiceQuestion,
    ClozeQuestion,
    MatchingQuestion,
    NumericQuestion,
    OpenQuestion,
    OrderingQuestion,
    Pin,
    Question,
    ShortAnswerQuestion,
    TrueFalseQuestion,
)
from packc.ast.richtext import Blank, Inlines
from packc.backends.qti import credit
from packc.backends.qti.hints import Hints
from packc.backends.qti.model import (
    RESPONSE,
    Choose,
    Entered,
    Entry,
    Exact,
    Flow,
    Inline,
    Mapped,
    Match,
    Option,
    Order,
    Part,
    Picked,
    Response,
    Scoring,
    Write,
)
from packc.backends.qti.xhtml import PLAIN_TEX, QtiRenderer, letters, plain, slot
from packc.named import NamedTuple
from packc.record import record
from packc.render.neutral import neutral
from packc.words import Words

EXPECTED_LINES = 6  # of an answer in one's own words: how tall the field is, not a limit


class Answering(NamedTuple):
    parts: tuple[Part, ...]
    responses: tuple[Response, ...] = ()
    inline: tuple[tuple[str, Inline], ...] = ()


@record
class Asking:
    """Lowers the answers of one item. `hints` collects what blanks have to say on demand."""

    points: Decimal
    render: QtiRenderer
    words: Words
    hints: Hints

    def answering(self, question: Question) -> Answering:
        """Return how `question` is answered."""
        match question:
            case OpenQuestion():
                lines = question.lines or EXPECTED_LINES
                response = Response(RESPONSE, "single", "string")
                return Answering((Write(RESPONSE, lines),), (response,))
            case ChoiceQuestion():
                return self._choices(question)
            case TrueFalseQuestion():
                return self._true_false(question)
            case ShortAnswerQuestion():
                return self._field(question.key)
            case NumericQuestion():
                return self._field(question.key)
            case ClozeQuestion():
                return self._cloze(question)
            case MatchingQuestion() | CategorisingQuestion():
                return self._pairs(question)
            case OrderingQuestion():
                return self._order(question)
            case _:
                assert_never(question)

    def _choices(self, question: ChoiceQuestion) -> Answering:
        shuffle = question.shuffle is not False
        choices = question.choices
        names = choice_identifiers(choices)
        options = [
            Option(name, self.render.choice(choice.blocks), fixed=shuffle and choice.pin is not Pin.NONE)
            for name, choice in zip(names, choices, strict=True)
        ]
        if shuffle:
            options = [options[index] for index in pinned_order(choices)]
        right = tuple(name for name, choice in zip(names, choices, strict=True) if choice.correct)
        scoring = self._choice_scoring(question, names)
        response = Response(
            RESPONSE, "multiple" if question.multiple else "single", "identifier", right, scoring
        )
        part = Choose(RESPONSE, tuple(options), shuffle=shuffle, several=question.multiple)
        return Answering((part,), (response,))

    def _choice_scoring(self, question: ChoiceQuestion, names: Sequence[str]) -> Scoring:
        choices = question.choices
        if question.multiple:
            values = credit.choice_credits(choices, self.points)
            entries = tuple(Entry(name, value) for name, value in zip(names, values, strict=True))
            return Mapped(entries, Decimal(0), self.points)
        if all(choice.weight is None for choice in choices):
            return Exact(self.points)
        values = credit.single_credits(choices, self.points)
        return credit.mapped([Entry(*pair) for pair in zip(names, values, strict=True)], self.points)

    def _true_false(self, question: TrueFalseQuestion) -> Answering:
        options = tuple(
            Option(name, f"<div>{plain(word)}</div>")
            for name, word in (("true", self.words.true), ("false", self.words.false))
        )
        right = "true" if question.answer else "false"
        response = Response(RESPONSE, "single", "identifier", (right,), Exact(self.points))
        return Answering((Choose(RESPONSE, options, shuffle=False, several=False),), (response,))

    def _field(self, key: TextKey | NumberKey) -> Answering:
        """One field of its own; the unit stands beside it."""
        unit = key.unit if isinstance(key, NumberKey) else ""
        xhtml = f"<p>{slot(RESPONSE)}{f' {plain(unit)}' if unit else ''}</p>\n"
        response = self._typed(RESPONSE, key, self.points)
        return Answering((Flow(xhtml),), (response,), ((RESPONSE, Entered(RESPONSE)),))

    def _typed(self, name: str, key: TextKey | NumberKey, points: Decimal) -> Response:
        if isinstance(key, NumberKey):
            near = credit.near(key, points)
            correct = tuple(band.value for band in near.bands[:1])
            return Response(name, "single", "float", correct, near if near.bands else None)
        entries = credit.text_entries(key, points)
        correct = tuple(entry.key for entry in entries[:1])
        scoring = credit.mapped(entries, points) if entries else None
        return Response(name, "single", "string", correct, scoring)

    def _cloze(self, question: ClozeQuestion) -> Answering:
        """The text with a field in the place of each blank; every blank earns the same share."""
        keys: list[BlankKey] = []
        inline: list[tuple[str, Inline]] = []

        def place(blank: Blank) -> str:
            keys.append(blank.key)
            name = f"BLANK_{len(keys)}"
            inline.append((name, self._blank(name, blank.key, shuffle=question.shuffle is not False)))
            unit = blank.key.unit if isinstance(blank.key, NumberKey) else ""
            hint = self.hints.of_blank(blank.hint) if blank.hint else ""
            return slot(name) + (f" {plain(unit)}" if unit else "") + hint

        xhtml = self.render.with_blanks(question.text, place)
        shares = credit.shares(self.points, len(keys))
        responses = tuple(
            self._response(name, key, points)
            for (name, _), key, points in zip(inline, keys, shares, strict=True)
        )
        return Answering((Flow(xhtml),), responses, tuple(inline))

    def _blank(self, name: str, key: BlankKey, *, shuffle: bool) -> Inline:
        if not isinstance(key, DropdownKey):
            return Entered(name)
        texts = [PLAIN_TEX.inlines(option.children).strip() for option in key.options]
        options = list(zip(credit.numbered("option", len(texts)), texts, strict=True))
        order = neutral(map(plain, texts), letters) if shuffle else range(len(texts))
        return Picked(name, tuple(options[index] for index in order), shuffle)

    def _response(self, name: str, key: BlankKey, points: Decimal) -> Response:
        if not isinstance(key, DropdownKey):
            return self._typed(name, key, points)
        names = credit.numbered("option", len(key.options))
        right = [one for one, option in zip(names, key.options, strict=True) if option.correct]
        scoring: Scoring = Exact(points)
        if len(right) > 1:
            scoring = credit.mapped([Entry(one, points) for one in right], points)
        return Response(name, "single", "identifier", tuple(right[:1]), scoring if right else None)

    def _pairs(self, question: MatchingQuestion | CategorisingQuestion) -> Answering:
        """Left texts as the author ordered them, right ones in an order that says nothing of the key."""
        rights = list(dict.fromkeys((*(pair.right for pair in question.pairs), *question.distractors)))
        shown = [self.render.option(right) for right in rights]
        names = {}
        right_options = []
        for name, index in zip(credit.numbered("right", len(rights)), neutral(shown, letters), strict=True):
            names[rights[index]] = name
            right_options.append(Option(name, shown[index]))
        lefts = list(credit.numbered("left", len(question.pairs)))
        left_options = tuple(
            Option(name, self.render.option(pair.left), fixed=True)
            for name, pair in zip(lefts, question.pairs, strict=True)
        )
        keys = [f"{left} {names[pair.right]}" for left, pair in zip(lefts, question.pairs, strict=True)]
        values = credit.shares(self.points, len(keys))
        entries = tuple(Entry(key, value) for key, value in zip(keys, values, strict=True))
        scoring = Mapped(entries, Decimal(0), self.points) if entries else None
        part = Match(
            RESPONSE,
            self._heads(question.heads),
            left_options,
            tuple(right_options),
            shuffle=question.shuffle is not False,
        )
        response = Response(RESPONSE, "multiple", "directedPair", tuple(keys), scoring)
        return Answering((part,), (response,))

    def _heads(self, heads: tuple[Inlines, Inlines]) -> str:
        shown = [f"<strong>{html}</strong>" for head in heads if (html := self.render.inlines(head))]
        return self.render.line(" – ".join(shown)) if shown else ""

    def _order(self, question: OrderingQuestion) -> Answering:
        shown = [self.render.choice(item.blocks) for item in question.items]
        order = neutral(shown, letters)
        names = dict(zip(order, credit.numbered("item", len(shown)), strict=True))
        options = tuple(Option(names[index], shown[index]) for index in order)
        right = tuple(names[index] for index in range(len(shown)))
        scoring = Exact(self.points) if right else None
        response = Response(RESPONSE, "ordered", "identifier", right, scoring)
        part = Order(RESPONSE, options, shuffle=question.shuffle is not False)
        return Answering((part,), (response,))


_PINNED = {Pin.FIRST: -1, Pin.LAST: 1}


def choice_identifiers(choices: Sequence[Choice]) -> tuple[str, ...]:
    """Return each choice's identifier, by its place in the source."""
    return _choice_identifiers(len(choices))


@lru_cache(maxsize=64)
def _choice_identifiers(count: int) -> tuple[str, ...]:
    return tuple(credit.numbered("choice", count))


def pinned_order(choices: Sequence[Choice]) -> list[int]:
    """Return the places of the choices with those that stay first or last at the ends."""
    keys = [_PINNED.get(choice.pin, 0) for choice in choices]
    return sorted(range(len(choices)), key=keys.__getitem__) if any(keys) else list(range(len(choices)))
