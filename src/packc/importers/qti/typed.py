"""Answers that are typed, or picked from lists in running text: short answers, numbers, clozes."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from packc.ast.keys import HUNDRED, BlankKey, DropdownKey, Number, NumberKey, Option
from packc.ast.question import ClozeQuestion, NumericQuestion, Question, ShortAnswerQuestion
from packc.ast.richtext import Blank, Inline, Math
from packc.importers.qti.declared import Band, Response
from packc.intake.credit import Typed, decimal, rounded, text_key
from packc.intake.fault import LeftOut
from packc.intake.richtext import as_line
from packc.intake.tree import Child, Element

if TYPE_CHECKING:
    from packc.importers.qti.item import Item

_NUMBERS = ("float", "integer", "duration")
_UNIT = re.compile(r"(?:[^\W\d_]|[%‰°′″€$£¥])[^\s,;:!?|{}*_`\\<>\[\]&~^]{0,19}(?<!\.)")


def question(item: Item, body: Element, asked: list[Element], metadata: dict[str, Any]) -> Question:
    """Return the question that one field, or several in running text, make. Raises LeftOut."""
    keys = [_key(item, each) for each in asked]
    numbers = {id(each): number for number, each in enumerate(asked)}
    hints = _hints(item, asked)

    def blank(element: Element) -> Inline | None:
        at = numbers.get(id(element))
        if at is None:
            return None
        hint = hints.get(at, "")
        return Blank(key=keys[at], number=at + 1 if hint else None, hint=hint)

    first = next(n for n, child in enumerate(body.children) if _holds(child, asked))
    if len(asked) == 1 and asked[0].name == "textEntryInteraction":
        unit = _alone(body.children[first])
        rest = body.children[first + 1 :]
        if unit is not None and not any(isinstance(child, str) and child.strip() for child in rest):
            own = _field(item, keys[0], unit, body.children[:first] + rest, metadata)
            if own is not None:
                return own
    prompt = item.blocks(body.children[:first])
    item.blank = blank
    text = item.blocks(body.children[first:])
    shared, said = item.shared(prompt, metadata, frozenset(), asks=False)
    if any(each.name == "inlineChoiceInteraction" and each.get("shuffle") != "true" for each in asked):
        shared["shuffle"] = False
    return ClozeQuestion(**shared, text=text, feedback=item.verdicts(said))


def _field(
    item: Item, key: BlankKey, unit: str, rest: list[Child], metadata: dict[str, Any]
) -> Question | None:
    """Return the question of a field that stands alone, None if what stands behind it is no unit."""
    if unit and not (isinstance(key, NumberKey) and _UNIT.fullmatch(unit)):
        return None
    shared, said = item.shared(item.blocks(rest), metadata, frozenset())
    feedback = item.verdicts(said)
    if isinstance(key, NumberKey):
        return NumericQuestion(**shared, key=NumberKey(numbers=key.numbers, unit=unit), feedback=feedback)
    assert not isinstance(key, DropdownKey)  # a field is typed into
    return ShortAnswerQuestion(**shared, key=key, feedback=feedback)


def _holds(child: Child, asked: list[Element]) -> bool:
    return isinstance(child, Element) and any(each is one for each in child.walk() for one in asked)


def _alone(child: Child) -> str | None:
    """Return the text behind a field that has its paragraph for itself, None for one in running text."""
    if not isinstance(child, Element):
        return None
    node = child
    while node.name in ("div", "p", "span"):
        parts = [each for each in node.children if not isinstance(each, str) or each.strip()]
        if not parts or not isinstance(parts[0], Element):
            return None
        if parts[0].name == "textEntryInteraction":
            behind = parts[1:]
            if any(not isinstance(each, str) for each in behind):
                return None
            return " ".join("".join(str(each) for each in behind).split())
        if len(parts) > 1:
            return None
        node = parts[0]
    return "" if node.name == "textEntryInteraction" else None


def _hints(item: Item, asked: list[Element]) -> dict[int, str]:
    """Return the hint behind each blank: a button, then a text that shows when it is pressed."""
    found: dict[int, str] = {}
    last: int | None = None
    for each in item.root.walk():
        at = next((number for number, one in enumerate(asked) if one is each), None)
        if at is not None:
            last = at
        elif each.name == "feedbackInline" and last is not None and last not in found:
            hint = " ".join(each.text().split())
            if re.search(r"[{}|]|::|^:|:$|\\$", hint):
                place = item.document.span(each)
                item.remarks.lost("the hint of a blank", "no blank's hint can be written like that", place)
            elif hint:
                found[last] = hint
    return found


def _key(item: Item, asked: Element) -> BlankKey:
    response = item.declared.response(asked)
    if asked.name == "inlineChoiceInteraction":
        return _list(item, asked, response)
    if response.base_type in _NUMBERS:
        return _numbers(item, response)
    if response.mapping:
        best = max((entry.value for entry in response.mapping.values()), default=Decimal(0))
        typed = [
            Typed(key, entry.value * HUNDRED / best if best > 0 else Decimal(0), item.span)
            for key, entry in response.mapping.items()
        ]
    else:
        typed = [Typed(value, HUNDRED, item.span) for value in response.correct]
    case = not item.declared.ignores_case(response)
    key = text_key(typed, case=case, remarks=item.remarks)
    if not key.accepted:
        raise LeftOut("what is right in one of its fields is not said", asked.line)
    return key


def _numbers(item: Item, response: Response) -> NumberKey:
    bands = item.declared.bands(response)
    if not bands:
        raise LeftOut("what is right in one of its fields is not said")
    earned = [band.earns for band in bands if band.earns is not None]
    best = max(earned, default=None)
    correct = decimal(response.correct[0]) if response.correct else None
    numbers = [_number(band, best, correct if n == 0 else None) for n, band in enumerate(bands)]
    return NumberKey(numbers=tuple(numbers))


def _number(band: Band, best: Decimal | None, correct: Decimal | None) -> Number:
    share = HUNDRED if band.earns is None or not best else band.earns * HUNDRED / best
    weight = None if share >= HUNDRED else rounded(share)
    if band.low == band.high:
        return Number(value=band.low, weight=weight)
    if correct is not None and not band.is_range and correct - band.low == band.high - correct:
        return Number(value=correct, tolerance=correct - band.low, weight=weight)
    return Number(value=band.low, upper=band.high, weight=weight)


def _list(item: Item, asked: Element, response: Response) -> DropdownKey:
    rights = response.rights()
    options = []
    for each in asked.elements("inlineChoice"):
        line = as_line(item.blocks(each.children), item.remarks, item.document.span(each))
        if not line:
            raise LeftOut("an entry of a list in it is empty", each.line)
        line = tuple(Math(node.tex) if isinstance(node, Math) else node for node in line)  # none is displayed
        options.append(Option(children=line, correct=each.get("identifier") in rights))
    if sum(option.correct for option in options) != 1 or len(options) < 2:
        raise LeftOut("a list in it has not exactly one right entry", asked.line)
    return DropdownKey(options=tuple(options))
