"""What QTI 1.2 asks for: choices, pairs, orders, fields, and gaps in running text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from packc.ast.keys import HUNDRED, BlankKey, DropdownKey, Number, NumberKey, Option
from packc.ast.question import (
    ChoiceQuestion,
    ClozeQuestion,
    NumericQuestion,
    OrderingQuestion,
    Pair,
    Question,
    ShortAnswerQuestion,
    TrueFalseQuestion,
)
from packc.ast.richtext import Blank, Blocks, Inlines, ListItem
from packc.importers.qti.scoring1 import Test
from packc.intake.credit import Draft, Typed, all_or_nothing, choices_of, decimal, rounded, text_key
from packc.intake.fault import LeftOut
from packc.intake.pairs import matched
from packc.intake.richtext import as_line, html_blocks
from packc.intake.tree import Element
from packc.render.plain import PLAIN

if TYPE_CHECKING:
    from packc.importers.qti.version1 import Item1

_ROUNDED = Decimal("0.1")
_MARK = "packc-blank"


def question(item: Item1, parts: list[Element], asked: list[Element], texts: list[Element]) -> Question:
    """Return the question. `parts` are texts and responses in their order. Raises LeftOut."""
    names = {each.get("ident").removeprefix("response_"): each for each in asked}
    written = "".join(text.text() for each in texts for text in each.below("mattext"))
    if any(f"[{name}]" in written for name in names):
        return _named_gaps(item, names, texts)
    if all(each.name == "response_lid" for each in asked):
        if len(asked) == 1:
            ordered = asked[0].get("rcardinality").lower() == "ordered"
            return (_order if ordered else _choice)(item, asked[0], texts)
        return _pairs(item, asked, texts)
    if len(asked) == 1 and parts[-1] is asked[0]:
        return _field(item, asked[0], texts)
    if any(each.name == "response_lid" for each in asked):
        raise LeftOut("it asks for answers of different kinds")
    return _running(item, parts)


def _labels(item: Item1, response: Element) -> dict[str, tuple[Element, Blocks]]:
    return {
        each.get("ident"): (each, item.material(*each.below("material")))
        for each in response.below("response_label")
    }


def _shuffle(response: Element) -> bool | None:
    shown = response.first("render_choice")
    return None if shown is not None and shown.get("shuffle").lower() == "yes" else False


def _choice(item: Item1, response: Element, texts: list[Element]) -> Question:
    labels = _labels(item, response)
    several = response.get("rcardinality").lower() == "multiple"
    shares = _shares(item, response.get("ident"), several=several)
    shared = item.shared(item.material(*texts))
    words = {name: PLAIN.blocks(blocks).strip().casefold() for name, (_, blocks) in labels.items()}
    rights = [name for name in labels if shares.get(name, 0) > 0]
    told = any(item.feedback("choice", name) for name in labels)
    if not several and sorted(words.values()) == ["false", "true"] and len(rights) == 1 and not told:
        answer = words[rights[0]] == "true"
        return TrueFalseQuestion(**shared, answer=answer, feedback=item.verdicts())
    shared["shuffle"] = _shuffle(response)
    drafts = []
    for name, (element, blocks) in labels.items():
        if not blocks:
            raise LeftOut("one of its choices is empty", element.line)
        said = item.feedback("choice", name)
        place = item.document.span(element)
        drafts.append(Draft(blocks, shares.get(name, Decimal(0)), said, span=place))
    if len(drafts) < 2:
        raise LeftOut("there are not two choices")
    if not rights:
        raise LeftOut("none of its choices is right")
    made = choices_of(drafts, single=not several, remarks=item.remarks, span=item.span, near=_ROUNDED)
    return ChoiceQuestion(**shared, choices=made.choices, several=made.several, feedback=item.verdicts())


def _shares(item: Item1, response: str, *, several: bool) -> dict[str, Decimal]:
    """Return what each choice earns, in percent."""
    found: dict[str, Decimal] = {}
    for condition in item.scoring.conditions:
        tests = [test for test in condition.tests if test.response == response and test.kind == "varequal"]
        positive = [test.value for test in tests if not test.negated]
        if several and condition.earns > 0 and (len(positive) > 1 or len(tests) > len(positive)):
            wrong = [test.value for test in tests if test.negated]
            return all_or_nothing(positive, wrong)
        for name in positive if condition.earns else ():
            share = condition.earns * HUNDRED / item.scoring.whole
            if name not in found or abs(share) > abs(found[name]):
                found[name] = share
    whole = sum((share for share in found.values() if share > 0), Decimal(0))
    if several and whole > 0:
        return {name: share * HUNDRED / whole if share > 0 else share for name, share in found.items()}
    return found


def _order(item: Item1, response: Element, texts: list[Element]) -> Question:
    labels = _labels(item, response)
    best = max(item.scoring.rewarding(response.get("ident")), key=lambda one: one[0].earns, default=None)
    names = [test.value for test in best[1] if not test.negated] if best else []
    items = [labels[name][1] for name in names if name in labels and labels[name][1]]
    if len(items) < 2 or len(items) < len(labels):
        raise LeftOut("the right order of its items is not complete")
    shared = item.shared(item.material(*texts))
    return OrderingQuestion(
        **shared, items=tuple(ListItem(blocks) for blocks in items), feedback=item.verdicts()
    )


def _pairs(item: Item1, asked: list[Element], texts: list[Element]) -> Question:
    pairs: list[Pair] = []
    rights: list[Inlines] = []
    for response in asked:
        own = list(response.elements("material"))
        left = as_line(item.material(*own), item.remarks, item.document.span(response))
        lines = {
            name: as_line(blocks, item.remarks, item.document.span(element))
            for name, (element, blocks) in _labels(item, response).items()
        }
        right = [value for value, _, _ in item.scoring.texts(response.get("ident")) if lines.get(value)]
        if not left or len(right) != 1:
            raise LeftOut("one of its texts has no partner, or several", response.line)
        pairs.append(Pair(left=left, right=lines[right[0]], span=item.document.span(response)))
        rights += [line for line in lines.values() if line not in rights]
    shared = item.shared(item.material(*texts))
    return matched(pairs, rights, shared | {"feedback": item.verdicts()})


def _field(item: Item1, response: Element, texts: list[Element]) -> Question:
    prompt = item.material(*texts)
    key = _typed_key(item, response)
    if isinstance(key, NumberKey):
        shared = item.shared(prompt)
        return NumericQuestion(**shared, key=key, feedback=item.verdicts())
    assert not isinstance(key, DropdownKey)  # a field is typed into
    shared = item.shared(prompt)
    return ShortAnswerQuestion(**shared, key=key, feedback=item.verdicts())


def _typed_key(item: Item1, response: Element) -> BlankKey:
    shown = response.first("render_fib")
    kind = shown.get("fibtype").lower() if shown is not None else ""
    is_number = "numeric" in item.kind or kind in ("decimal", "integer") or response.name == "response_num"
    if is_number or item.scoring.has_bounds:
        return _numbers(item, response.get("ident"))
    found = item.scoring.texts(response.get("ident"))
    best = max((share for _, share, _ in found), default=Decimal(0))
    typed = [Typed(text, share * HUNDRED / best, item.span) for text, share, _ in found]
    key = text_key(typed, case=any(case for _, _, case in found), remarks=item.remarks)
    if not key.accepted:
        raise LeftOut("what is right in one of its fields is not said", response.line)
    return key


def _numbers(item: Item1, response: str) -> NumberKey:
    numbers = []
    for condition, tests in item.scoring.rewarding(response):
        share = condition.earns * HUNDRED / item.scoring.whole
        number = _number([test for test in tests if not test.negated])
        if number is not None:
            weight = None if share >= HUNDRED else rounded(share)
            numbers.append(replace(number, weight=weight))
    if not numbers:
        raise LeftOut("it has no number that is right")
    return NumberKey(numbers=tuple(numbers))


def _number(tests: Sequence[Test]) -> Number | None:
    """Return the number that comparisons accept: a value with its bounds, a value, or a range."""
    values: dict[str, Decimal] = {}
    for test in tests:
        found = decimal(test.value)
        if found is not None:
            values.setdefault(test.kind[:5], found)
    value, low, high = values.get("vareq"), values.get("vargt"), values.get("varlt")
    if low is not None and high is not None and low <= high:
        if value is not None and value - low == high - value:
            return Number(value=value, tolerance=value - low)
        return Number(value=low, upper=high) if low < high else Number(value=low)
    return Number(value=value) if value is not None else None


def _named_gaps(item: Item1, names: dict[str, Element], texts: list[Element]) -> Question:
    """Return a text with gaps in square brackets, as Canvas writes it."""
    keys = {name: _gap_key(item, response) for name, response in names.items()}
    html = "".join(text.text() for each in texts for text in each.below("mattext"))
    for number, name in enumerate(names):
        html = html.replace(f"[{name}]", f'<{_MARK} n="{number}"></{_MARK}>')
    return _cloze(item, html, list(keys.values()), texts[0].line)


def _gap_key(item: Item1, response: Element) -> BlankKey:
    labels = _labels(item, response)
    rewarded = {value: share for value, share, _ in item.scoring.texts(response.get("ident"))}
    lines = {
        name: as_line(blocks, item.remarks, item.document.span(element))
        for name, (element, blocks) in labels.items()
    }
    if "dropdown" in item.kind:
        options = [Option(children=line, correct=name in rewarded) for name, line in lines.items() if line]
        if sum(option.correct for option in options) != 1 or len(options) < 2:
            raise LeftOut("a list in it has not exactly one right entry", response.line)
        return DropdownKey(options=tuple(options))
    typed = [
        Typed(PLAIN.inlines(lines[name]), HUNDRED, item.span) for name in rewarded if lines.get(name)
    ] or [Typed(value, HUNDRED, item.span) for value in rewarded]
    key = text_key(typed, case=False, remarks=item.remarks)
    if not key.accepted:
        raise LeftOut("what is right in one of its gaps is not said", response.line)
    return key


def _running(item: Item1, parts: list[Element]) -> Question:
    """Return texts and fields that follow each other as one text with blanks."""
    keys: list[BlankKey] = []
    html = ""
    for part in parts:
        if part.name == "material":
            text = "".join(text.text() for text in part.below("mattext"))
            html += f" {text}" if keys and text[:1].isalnum() else text
        else:
            gap = "" if not html or html[-1:].isspace() else " "
            html += f'{gap}<{_MARK} n="{len(keys)}"></{_MARK}>'
            keys.append(_typed_key(item, part))
    return _cloze(item, html, keys, parts[0].line)


def _cloze(item: Item1, html: str, keys: list[BlankKey], line: int) -> Question:
    def own(element: Element) -> Blank | None:
        number = element.get("n")
        if element.name != _MARK or not number.isdecimal() or int(number) >= len(keys):
            return None
        return Blank(key=keys[int(number)])

    text = html_blocks(html, item.setting._replace(own=own), lambda own_line: item.place(line + own_line))
    shared = item.shared((), asks=False)
    return ClozeQuestion(**shared, text=text, feedback=item.verdicts())
