"""The fields of questions with choices. The script on the card mixes the choices and takes what is tapped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from packc.ast.question import Choice, ChoiceQuestion, Pin, TrueFalseQuestion
from packc.backends.anki.cardtexts import CardTexts
from packc.backends.anki.numbers import number_text


def choice_fields(question: ChoiceQuestion, texts: CardTexts) -> Iterator[tuple[str, str]]:
    """Yield what is offered, and the same with what is right and why."""
    shown = [texts.renderer.blocks(choice.blocks) for choice in question.choices]
    mixed = question.shuffle is not False
    offer = _Offer(texts, texts.seed(question), several=question.multiple, mixed=mixed)
    yield from offer.fields(question.choices, shown)


def true_false_fields(question: TrueFalseQuestion, texts: CardTexts) -> Iterator[tuple[str, str]]:
    """Yield True and False as two choices that keep their order."""
    choices = (Choice(blocks=(), correct=question.answer), Choice(blocks=(), correct=not question.answer))
    shown = [f"<p>{texts.word(word)}</p>" for word in (texts.words.true, texts.words.false)]
    yield from _Offer(texts, texts.seed(question), several=False, mixed=False).fields(choices, shown)


class _Offer:
    """The choices of one question."""

    def __init__(self, texts: CardTexts, seed: str, *, several: bool, mixed: bool) -> None:
        self.texts = texts
        self.words = texts.words
        # `type` keeps the letters where the style sheet, which draws them, is not read.
        kind = "several" if several else "one"
        order = "mixed" if mixed else "kept"
        self.data = f'type="A" data-seed="{seed}" data-pick="{kind}" data-order="{order}"'
        self.how = texts.how(self.words.choose_several if several else self.words.choose_one)

    def fields(self, choices: tuple[Choice, ...], shown: Iterable[str]) -> Iterator[tuple[str, str]]:
        items = [f'<div class="pk-choice">{html}</div>' for html in shown]
        offered = "".join(
            f"<li{_pin(choice)}>{item}</li>" for choice, item in zip(choices, items, strict=True)
        )
        answered = "".join(map(self.answer, choices, items))
        listed = f'<ol class="pk-choices" {self.data}>{offered}</ol>'
        yield "Choices", self.texts.in_language(self.how + listed)
        yield "Correct", ",".join(str(n) for n, choice in enumerate(choices, 1) if choice.correct)
        results = self.result("right", self.words.right) + self.result("wrong", self.words.wrong)
        listed = f'<ol class="pk-choices pk-answers" {self.data}>{answered}</ol>'
        yield "Answers", self.texts.in_language(results + listed)

    def result(self, kind: str, word: str) -> str:
        """Return how it went, for the script to show."""
        return f'<p class="pk-result pk-{kind}" hidden="">{self.texts.word(word)}</p>'

    def answer(self, choice: Choice, item: str) -> str:
        kind, word = ("right", self.words.right) if choice.correct else ("wrong", self.words.wrong)
        weight = f" <span>({number_text(choice.weight)}%)</span>" if choice.weight is not None else ""
        yours = f'<span class="pk-yours" hidden="">{self.texts.word(self.words.your_choice)}</span>'
        verdict = f'<p class="pk-verdict">{self.texts.word(word)}{weight}{yours}</p>'
        feedback = self.texts.renderer.blocks(choice.feedback)
        if feedback:
            feedback = f'<div class="pk-feedback">{feedback}</div>'
        return f'<li class="pk-{kind}"{_pin(choice)}>{item}{verdict}{feedback}</li>'


def _pin(choice: Choice) -> str:
    return f' data-pin="{choice.pin.value}"' if choice.pin is not Pin.NONE else ""
