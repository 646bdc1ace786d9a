"""Shares of the points, as other programs give them, to right and wrong choices and to accepted answers."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from packc.ast.keys import HUNDRED, Accepted, TextKey
from packc.ast.question import Choice, Pin
from packc.ast.richtext import Blocks, Divider, Quote
from packc.intake.remarks import Remarks
from packc.intake.richtext import ACROSS, plain_line, tidied
from packc.named import NamedTuple
from packc.source import Span

_NEAR = Decimal("0.01")
_MOST_WRONG = 10  # past ten wrong choices, each still costs a tenth
_DIGITS = 28
_LEAST_HEADING = 6  # however deep the question stands


class Draft(NamedTuple):
    """A choice as another program has it; `fraction` is the share of the points in percent."""

    blocks: Blocks
    fraction: Decimal
    feedback: Blocks = ()
    pin: Pin = Pin.NONE
    span: Span | None = None


class Choices(NamedTuple):
    choices: tuple[Choice, ...]
    several: bool


def decimal(text: str) -> Decimal | None:
    """Return the number that a text is, or None; numbers that no double holds are none."""
    text = text.strip()
    if len(text) > 100 or not text.isascii() or "_" in text:
        return None
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    if not found.is_finite() or abs(found.adjusted()) > 300 or len(found.as_tuple().digits) > _DIGITS:
        return None
    return found.normalize() + 0 if found else Decimal(0)


def choices_of(
    drafts: Sequence[Draft], *, single: bool, remarks: Remarks, span: Span | None, near: Decimal = _NEAR
) -> Choices:
    """Return the choices of a question; `single`: the learner picks one.

    `near` is how far off a share may be that was rounded.
    """
    drafts = [
        draft._replace(blocks=_without_quote(draft, remarks), fraction=_at_most_all(draft, remarks))
        for draft in drafts
    ]
    if single:
        right = [draft for draft in drafts if draft.fraction >= HUNDRED - _NEAR]
        if len(right) > 1:
            remarks.lost(
                "several right answers, of which one is picked", "all of them have to be picked here", span
            )
            return Choices(tuple(_picked(draft) for draft in drafts), several=False)
        best = max((draft.fraction for draft in drafts), default=Decimal(0))
        return Choices(tuple(_single(draft, best) for draft in drafts), several=False)
    right = [draft for draft in drafts if draft.fraction > 0]
    wrong = [draft for draft in drafts if draft.fraction <= 0]
    equal = all(abs(draft.fraction - HUNDRED / len(right)) <= near for draft in right)
    usual = -HUNDRED / min(max(len(wrong), 1), _MOST_WRONG)
    is_usual = all(abs(draft.fraction - usual) <= near for draft in wrong)
    made = tuple(
        _choice(
            draft,
            draft.fraction > 0,
            None if (equal if draft.fraction > 0 else is_usual) else rounded(draft.fraction),
        )
        for draft in drafts
    )
    return Choices(made, several=len(right) == 1)


def _at_most_all(draft: Draft, remarks: Remarks) -> Decimal:
    """Return the share of a choice; no choice earns or costs more than all the points."""
    if abs(draft.fraction) <= HUNDRED:
        return draft.fraction
    remarks.lost(f"the weight {draft.fraction:f} %", "no choice earns or costs more than 100 %", draft.span)
    return HUNDRED.copy_sign(draft.fraction)


def all_or_nothing(right: Sequence[str], wrong: Sequence[str]) -> dict[str, Decimal]:
    """Return the shares of choices of which only all right ones together earn anything: what is usual."""
    costs = -HUNDRED / min(max(len(wrong), 1), _MOST_WRONG)
    return dict.fromkeys(right, HUNDRED / max(len(right), 1)) | dict.fromkeys(wrong, costs)


def _single(draft: Draft, best: Decimal) -> Choice:
    correct = draft.fraction == best and best > 0
    whole = draft.fraction >= HUNDRED - _NEAR if correct else draft.fraction == 0
    return _choice(draft, correct, None if whole else rounded(draft.fraction))


def _picked(draft: Draft) -> Choice:
    """Return a choice of a question that had several right answers of which one was picked."""
    correct = draft.fraction >= HUNDRED - _NEAR
    return _choice(draft, correct, None if correct else rounded(min(draft.fraction, Decimal(0))))


def _choice(draft: Draft, correct: bool, weight: Decimal | None) -> Choice:
    return Choice(
        blocks=draft.blocks,
        correct=correct,
        feedback=draft.feedback,
        weight=weight,
        pin=draft.pin,
        span=draft.span,
    )


def _without_quote(draft: Draft, remarks: Remarks) -> Blocks:
    """Return a choice that ends in no quotation: that would be its feedback."""
    blocks = draft.blocks
    while not draft.feedback and blocks and isinstance(blocks[-1], Quote):
        inner = tidied(blocks[-1].blocks, _LEAST_HEADING)
        if any(isinstance(block, Divider) for block in inner):
            remarks.lost(*ACROSS, draft.span)
        blocks = tidied((*blocks[:-1], *(block for block in inner if not isinstance(block, Divider))), 1)
    return blocks


def rounded(value: Decimal) -> Decimal:
    """Return a share with the five decimals that a pack can hold."""
    found = value.quantize(Decimal("0.00001")).normalize()
    return found + 0 if found else Decimal(0)


class Typed(NamedTuple):
    """An accepted answer as another program has it."""

    text: str
    fraction: Decimal
    span: Span | None = None


def text_key(answers: Sequence[Typed], *, case: bool, remarks: Remarks) -> TextKey:
    """Return the key of a short answer: the best first; what earns nothing is reported by the caller."""
    accepted: list[Accepted] = []
    seen: set[str] = set()
    for answer in sorted(answers, key=lambda one: -one.fraction):
        children = plain_line(answer.text)
        said = " ".join(answer.text.split())
        said = said if case else said.casefold()
        if not children or answer.fraction <= 0:
            continue
        if said in seen:
            remarks.lost(f"the answer `{answer.text}`", "it is accepted already", answer.span)
            continue
        seen.add(said)
        weight = None if answer.fraction >= HUNDRED - _NEAR else rounded(answer.fraction)
        accepted.append(Accepted(children=children, weight=weight, span=answer.span))
    return TextKey(accepted=tuple(accepted), case=case)
