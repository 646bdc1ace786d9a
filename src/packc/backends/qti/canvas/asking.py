"""How each kind of question is asked and scored in QTI 1.2, as Canvas does it.

A score is a share of a hundred there. Answers have numbers for names, which is what Canvas' own have.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count
from typing import TypeVar, assert_never

from packc.ast.keys import Accepted, BlankKey, DropdownKey, Number, NumberKey, TextKey
from packc.ast.question import (
    CategorisingQuestion,
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
from packc.ast.richtext import Blank
from packc.backends.qti import credit
from packc.backends.qti.answering import pinned_order
from packc.backends.qti.canvas.markup import HTML, PLAIN, condition, equal, material
from packc.backends.qti.canvas.texts import CanvasRenderer, one_line, plain_line
from packc.backends.qti.elements import Element, element
from packc.backends.qti.typed import bounds, number_text, typed
from packc.backends.qti.xhtml import PLAIN_TEX, slot
from packc.named import NamedTuple
from packc.render import escape
from packc.render.neutral import neutral
from packc.words import Words

RESPONSE = "response1"
_FIRST_NUMBER = 1001  # of the answers of one question
_HUNDRED = Decimal(100)

Weighed = TypeVar("Weighed", Accepted, Number)


class Asked(NamedTuple):
    """A question's type, what asks for the answer, and the rules that score it.

    `whole`: the conditions of a right answer, one set for each way of being right; where the answer has
    several parts, `parts` are the rules that add up to the score. `numbers`: the number of each choice, by
    its place in the source. `stem`: HTML that belongs below the prompt. `named`: the lists to choose from
    have names.
    """

    type: str
    responses: Sequence[Element] = ()
    whole: Sequence[Sequence[Element]] = ()
    parts: Sequence[Element] = ()
    numbers: Sequence[str] = ()
    stem: str = ""
    named: bool = False


@dataclass(slots=True)
class Asking:
    """Asks one question."""

    render: CanvasRenderer
    words: Words
    _numbers: Iterator[int] = field(default_factory=lambda: count(_FIRST_NUMBER))

    def asked(self, question: Question) -> Asked:
        match question:
            case OpenQuestion():
                return Asked("essay_question", [_entry()])
            case ChoiceQuestion():
                return self._choices(question)
            case TrueFalseQuestion():
                return self._true_false(question)
            case ShortAnswerQuestion():
                return self._short(question.key)
            case NumericQuestion():
                return self._numeric(question.key)
            case ClozeQuestion():
                return self._cloze(question)
            case MatchingQuestion() | CategorisingQuestion():
                return self._pairs(question)
            case OrderingQuestion():
                return self._order(question)
            case _:
                assert_never(question)

    def _choices(self, question: ChoiceQuestion) -> Asked:
        choices = question.choices
        shuffle = question.shuffle is not False
        numbers = self._take(len(choices))
        labels = [
            _label(number, self.render.flow(choice.blocks), HTML, fixed=choice.pin is not Pin.NONE)
            for number, choice in zip(numbers, choices, strict=True)
        ]
        if shuffle:
            labels = [labels[index] for index in pinned_order(choices)]
        right = [choice.correct for choice in choices]
        cardinality = "Multiple" if question.multiple else "Single"
        asks = _list(RESPONSE, labels, shuffle=shuffle, cardinality=cardinality)
        if not question.multiple:
            one = [equal(RESPONSE, number) for number, yes in zip(numbers, right, strict=True) if yes][:1]
            return Asked("multiple_choice_question", [asks], [one] if one else [], numbers=numbers)
        every = [
            equal(RESPONSE, number) if yes else element("not", equal(RESPONSE, number))
            for number, yes in zip(numbers, right, strict=True)
        ]
        return Asked("multiple_answers_question", [asks], [[element("and", *every)]], numbers=numbers)

    def _true_false(self, question: TrueFalseQuestion) -> Asked:
        numbers = self._take(2)
        words = (self.words.true, self.words.false)
        labels = [_label(number, word, PLAIN) for number, word in zip(numbers, words, strict=True)]
        right = numbers[0] if question.answer else numbers[1]
        asks = _list(RESPONSE, labels, cardinality="Single")
        return Asked("true_false_question", [asks], [[equal(RESPONSE, right)]])

    def _short(self, key: TextKey) -> Asked:
        found = [equal(RESPONSE, text, case=key.case) for text in texts_of(key)]
        return Asked("short_answer_question", [_entry()], [found] if found else [])

    def _numeric(self, key: NumberKey) -> Asked:
        rules = [_number_rule(number) for number in full(key.numbers)]
        stem = f"<p>____ {escape.text(key.unit)}</p>\n" if key.unit else ""
        return Asked("numerical_question", [_entry("Decimal")], rules, stem=stem)

    def _cloze(self, question: ClozeQuestion) -> Asked:
        """Each blank is its name in brackets. Names are of one length, so that none is part of another."""
        blanks: list[Blank] = []

        def place(blank: Blank) -> str:
            blanks.append(blank)
            return slot(str(len(blanks))) + _unit(blank.key)

        html = without_brackets(self.render.with_blanks(question.text, place))
        if not blanks:
            return Asked("text_only_question", stem=html)
        width = len(str(len(blanks)))
        picked = all(isinstance(blank.key, DropdownKey) for blank in blanks)
        responses, parts = [], []
        for number, share in enumerate(credit.shares(_HUNDRED, len(blanks)), 1):
            name = f"blank{number:0{width}}"
            html = html.replace(slot(str(number)), f"[{name}]")
            response = f"response_{name}"
            entries = _entries(blanks[number - 1].key, everything=picked)
            numbers = self._take(len(entries))
            labels = [_label(own, text, PLAIN) for own, (text, _) in zip(numbers, entries, strict=True)]
            responses.append(_list(response, labels, name=name))
            right = (own for own, (_, yes) in zip(numbers, entries, strict=True) if yes)
            parts += [condition(equal(response, own), add=number_text(share)) for own in right]
        kind = "multiple_dropdowns_question" if picked else "fill_in_multiple_blanks_question"
        return Asked(kind, responses, parts=parts, stem=html, named=True)

    def _pairs(self, question: MatchingQuestion | CategorisingQuestion) -> Asked:
        lefts = [plain_line(pair.left) for pair in question.pairs]
        rights = [plain_line(pair.right) for pair in question.pairs]
        every = list(dict.fromkeys((*rights, *map(plain_line, question.distractors))))
        heads = " – ".join(html for head in question.heads if (html := self.render.inlines(head)))
        stem = self.render.line(f"<p><strong>{heads}</strong></p>\n") if heads else ""
        return self._matched(lefts, rights, [every[index] for index in neutral(every)], stem)

    def _order(self, question: OrderingQuestion) -> Asked:
        """Canvas has no such question: each item is matched with its place."""
        texts = [one_line(PLAIN_TEX.blocks(item.blocks)) for item in question.items]
        places = [str(number) for number in range(1, len(texts) + 1)]
        order = neutral(texts)
        return self._matched([texts[index] for index in order], [places[index] for index in order], places)

    def _matched(
        self, lefts: Sequence[str], rights: Sequence[str], shown: Sequence[str], stem: str = ""
    ) -> Asked:
        """Return a list of what is `shown` for each left text; each that is right earns its share."""
        if not lefts:
            return Asked("text_only_question", stem=stem)
        numbers = dict(zip(shown, self._take(len(shown)), strict=True))
        responses, parts = [], []
        shares = credit.shares(_HUNDRED, len(lefts))
        for left, right, own, share in zip(lefts, rights, self._take(len(lefts)), shares, strict=True):
            response = f"response_{own}"
            labels = [_label(number, text, PLAIN) for text, number in numbers.items()]
            responses.append(_list(response, labels, name=left))
            parts.append(condition(equal(response, numbers[right]), add=number_text(share)))
        return Asked("matching_question", responses, parts=parts, stem=stem, named=bool(lefts[0]))

    def _take(self, how_many: int) -> list[str]:
        return [str(next(self._numbers)) for _ in range(how_many)]


def full(answers: Sequence[Weighed]) -> list[Weighed]:
    """Return the answers that earn most: Canvas knows no other right ones."""
    weights = [Decimal(100) if answer.weight is None else answer.weight for answer in answers]
    return [answer for answer, weight in zip(answers, weights, strict=True) if weight == max(weights)]


def texts_of(key: TextKey) -> list[str]:
    """Return what may be typed, each text once."""
    found: dict[str, str] = {}
    for answer in full(key.accepted):
        text = typed(answer)
        if text:
            found.setdefault(text if key.case else text.casefold(), text)
    return list(found.values())


def without_brackets(html: str) -> str:
    """Return HTML of the same meaning, in which no reader can take brackets for those of a blank."""
    return html.replace("[", "&#91;").replace("]", "&#93;")


def _entries(key: BlankKey, *, everything: bool) -> list[tuple[str, bool]]:
    """Return what may be typed into or picked for a blank, and which is right.

    Not `everything`: the right ones alone, where some blanks are lists and others are typed into.
    """
    if isinstance(key, DropdownKey):
        options = [(plain_line(option.children), option.correct) for option in key.options]
        if everything:
            return [options[index] for index in neutral([text for text, _ in options])]
        return [option for option in options if option[1]]
    if isinstance(key, TextKey):
        return [(text, True) for text in texts_of(key)]
    ends = [end for number in full(key.numbers) for end in (number.value, number.upper) if end is not None]
    return [(text, True) for text in dict.fromkeys(map(number_text, ends))]


def _unit(key: BlankKey) -> str:
    return f" {escape.text(key.unit)}" if isinstance(key, NumberKey) and key.unit else ""


def _number_rule(number: Number) -> list[Element]:
    """Return the conditions of a number: a range, or a value with what is near enough."""
    low, high = map(number_text, bounds(number))
    near = [
        element("vargte", text=low, respident=RESPONSE),
        element("varlte", text=high, respident=RESPONSE),
    ]
    if number.upper is not None:
        return near
    return [element("or", equal(RESPONSE, number_text(number.value)), element("and", *near))]


def _entry(fibtype: str = "") -> Element:
    """Return a field to type into."""
    more = {"fibtype": fibtype} if fibtype else {}
    label = element("response_label", ident="answer1")
    return element(
        "response_str", element("render_fib", label, **more), ident=RESPONSE, rcardinality="Single"
    )


def _list(
    response: str, labels: Sequence[Element], *, name: str = "", shuffle: bool = False, cardinality: str = ""
) -> Element:
    """Return a list to choose from; `name` is what it is about."""
    more = {"rcardinality": cardinality} if cardinality else {}
    about = [material(name, PLAIN)] if name else []
    choices = element("render_choice", *labels, **({"shuffle": "Yes"} if shuffle else {}))
    return element("response_lid", *about, choices, ident=response, **more)


def _label(number: str, text: str, texttype: str, *, fixed: bool = False) -> Element:
    more = {"rshuffle": "No"} if fixed else {}
    return element("response_label", material(text, texttype), ident=number, **more)
