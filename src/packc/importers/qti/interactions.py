"""Interactions that stand by themselves: choices, orders, pairs, words for gaps."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from packc.ast.keys import HUNDRED, DropdownKey, Option
from packc.ast.question import (
    ChoiceQuestion,
    ClozeQuestion,
    OrderingQuestion,
    Pair,
    Pin,
    Question,
    TrueFalseQuestion,
)
from packc.ast.richtext import Blank, Blocks, Inline, Inlines, ListItem, Para, Strong, Text
from packc.importers.qti.declared import Response
from packc.intake.credit import Draft, all_or_nothing, choices_of
from packc.intake.fault import LeftOut
from packc.intake.pairs import matched
from packc.intake.richtext import as_line
from packc.intake.tree import Element

if TYPE_CHECKING:
    from packc.importers.qti.item import Item

Metadata = dict[str, Any]
_ROUNDED = Decimal("0.1")  # points of thousandths, as a share
_STEP = Decimal("0.05")  # half of that: the last of several equal shares makes up for each of the others


def choice(item: Item, asked: Element, prompt: Blocks, metadata: Metadata) -> Question:
    response = item.declared.response(asked)
    found = list(asked.elements("simpleChoice"))
    names = [each.get("identifier") for each in found]
    rights = response.rights()
    single = asked.get("maxChoices", "1") == "1" and response.cardinality != "multiple"
    shared, said = item.shared(prompt, metadata, frozenset(names))
    shared["shuffle"] = None if asked.get("shuffle") == "true" else False
    is_truth = sorted(name.lower() for name in names) == ["false", "true"] and not said.choices
    if single and is_truth and len(rights) == 1:
        shared["shuffle"] = None
        answer = rights[0].lower() == "true"
        return TrueFalseQuestion(**shared, answer=answer, feedback=item.verdicts(said))
    drafts = []
    shares = _shares(response, names, single=single, points=item.declared.points)
    for each in found:
        name = each.get("identifier")
        own = list(each.elements("feedbackInline"))
        blocks = item.blocks([child for child in each.children if child not in own])
        told = said.choices.get(name, ())
        for inline in own:
            told += item.blocks(inline.children)
        if not blocks:
            raise LeftOut("one of its choices is empty", each.line)
        fraction = shares.get(name, Decimal(0))
        pin = Pin.FIXED if each.get("fixed") == "true" and shared["shuffle"] is None else Pin.NONE
        drafts.append(Draft(blocks, fraction, told, pin, item.document.span(each)))
    if len(drafts) < 2:
        raise LeftOut("there are not two choices")
    if all(draft.fraction <= 0 for draft in drafts):
        raise LeftOut("none of its choices is right")
    near = max(_ROUNDED, _STEP * len(drafts) / (item.declared.points or 1))
    made = choices_of(drafts, single=single, remarks=item.remarks, span=item.span, near=near)
    return ChoiceQuestion(**shared, choices=made.choices, several=made.several, feedback=item.verdicts(said))


def _shares(
    response: Response, names: list[str], *, single: bool, points: Decimal | None
) -> dict[str, Decimal]:
    """Return the share of the points that each choice earns, in percent."""
    if not response.mapping:
        if single:
            return dict.fromkeys(response.correct, HUNDRED)
        return all_or_nothing(response.correct, [name for name in names if name not in response.correct])
    values = [each.value for each in response.mapping.values() if each.value > 0]
    whole = points or (max(values, default=None) if single else sum(values, Decimal(0))) or Decimal(1)
    return {name: entry.value * HUNDRED / whole for name, entry in response.mapping.items()}


def order(item: Item, asked: Element, prompt: Blocks, metadata: Metadata) -> Question:
    response = item.declared.response(asked)
    texts = {each.get("identifier"): item.blocks(each.children) for each in asked.elements("simpleChoice")}
    items = [texts[name] for name in response.correct if texts.get(name)]
    if len(items) < 2 or len(items) < len(texts):
        raise LeftOut("the right order of its items is not complete")
    shared, said = item.shared(prompt, metadata, frozenset())
    shared["shuffle"] = None if asked.get("shuffle") == "true" else False
    steps = tuple(ListItem(blocks) for blocks in items)
    return OrderingQuestion(**shared, items=steps, feedback=item.verdicts(said))


def match(item: Item, asked: Element, prompt: Blocks, metadata: Metadata) -> Question:
    sets = list(asked.elements("simpleMatchSet"))
    if len(sets) != 2:
        raise LeftOut("it has not two sets to match")
    left, right = (_lines(item, one) for one in sets)
    heads: tuple[Inlines, Inlines] = ((), ())
    own = asked.child("prompt")
    if own is not None:
        told = item.blocks(own.children)
        heads = _heads(told) or heads
        prompt += () if _heads(told) else told
    pairs: list[Pair] = []
    for value in item.declared.response(asked).rights():
        first, _, second = value.partition(" ")
        if first not in left and second in left:
            first, second = second, first
        if first in left and second in right:
            pairs.append(Pair(left=left[first], right=right[second], span=item.span))
    used = {pair.left for pair in pairs}
    for line in left.values():
        if line not in used:
            item.remarks.lost("a text that has no partner", "it is left out", item.span)
    place = {line: number for number, line in enumerate(left.values())}
    pairs.sort(key=lambda pair: place[pair.left])
    if len({pair.left for pair in pairs}) < len(pairs):
        raise LeftOut("one of its texts has several partners")
    shared, said = item.shared(prompt, metadata, frozenset())
    shared["shuffle"] = None if asked.get("shuffle") == "true" else False
    shared |= {"heads": heads, "feedback": item.verdicts(said)}
    return matched(pairs, list(right.values()), shared)


def _lines(item: Item, holder: Element) -> dict[str, Inlines]:
    found = {}
    for each in holder.elements("simpleAssociableChoice"):
        line = as_line(item.blocks(each.children), item.remarks, item.document.span(each))
        if not line:
            raise LeftOut("one of its texts is empty", each.line)
        found[each.get("identifier")] = line
    return found


def _heads(told: Blocks) -> tuple[Inlines, Inlines] | None:
    """Return the headings of two columns, in the form in which packc writes them."""
    if len(told) == 1 and isinstance(told[0], Para):
        match told[0].children:
            case (Strong() as first, Text(" – "), Strong() as second):
                return first.children, second.children
            case _:
                return None
    return None


def gap_match(item: Item, asked: Element, prompt: Blocks, metadata: Metadata) -> Question:
    """Words that go into gaps: a list of all words in each gap."""
    words = {
        each.get("identifier"): as_line(item.blocks(each.children), item.remarks, item.span)
        for each in asked.elements("gapText", "gapImg")
    }
    pairs = (value.partition(" ") for value in item.declared.response(asked).rights())
    rights = {gap: word for word, _, gap in pairs}
    if any(not line for line in words.values()) or len(words) < 2:
        raise LeftOut("its words cannot be listed")

    def blank(element: Element) -> Inline | None:
        if element.name != "gap":
            return None
        right = rights.get(element.get("identifier"), "")
        options = tuple(Option(children=line, correct=name == right) for name, line in words.items())
        return Blank(key=DropdownKey(options=options))

    gaps = [each.get("identifier") for each in asked.below("gap")]
    if not gaps or any(rights.get(gap) not in words for gap in gaps):
        raise LeftOut("one of its gaps has no right word")
    item.blank = blank
    apart = ("prompt", "gapText", "gapImg")
    text = item.blocks([c for c in asked.children if not (isinstance(c, Element) and c.name in apart)])
    own = asked.child("prompt")
    prompt += item.blocks(own.children) if own is not None else ()
    shared, said = item.shared(prompt, metadata, frozenset(), asks=False)
    return ClozeQuestion(**shared, text=text, feedback=item.verdicts(said))


KINDS: dict[str, Callable[[Item, Element, Blocks, Metadata], Question]] = {
    "choiceInteraction": choice,
    "orderInteraction": order,
    "matchInteraction": match,
    "gapMatchInteraction": gap_match,
}
