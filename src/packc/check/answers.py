"""Keys: what makes a choice question answerable."""

from __future__ import annotations

from packc.ast.pack import Pack, questions
from packc.ast.question import Choice, ChoiceQuestion
from packc.diagnostics import Label, Sink
from packc.diagnostics.rules.answers import NoCorrectChoice, OneChoice, SameChoice
from packc.render.plain import PLAIN


def check_answers(pack: Pack, sink: Sink) -> None:
    """Report choice questions without a key, with one choice, or with two equal choices."""
    for question in questions(pack):
        if not isinstance(question, ChoiceQuestion):
            continue
        if len(question.choices) == 1:
            sink.report(OneChoice(question.id), question.choices[0].span)
        if not any(choice.correct for choice in question.choices):
            span = question.choices[0].span if question.choices else question.span
            sink.report(NoCorrectChoice(question.id, len(question.choices)), span)
        _check_equal(question.choices, sink)


def _check_equal(choices: tuple[Choice, ...], sink: Sink) -> None:
    seen: dict[str, list[Choice]] = {}
    for choice in choices:
        text = PLAIN.blocks(choice.blocks).strip()
        alike = seen.setdefault(text, [])
        first = next((earlier for earlier in alike if earlier.blocks == choice.blocks), None)
        if first is not None and text:
            labels = (Label(first.span, "the first one is here"),) if first.span else ()
            sink.report(SameChoice(), choice.span, labels=labels)
        alike.append(choice)
