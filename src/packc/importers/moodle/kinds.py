"""Moodle's question types, one after the other."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from packc.ast.keys import HUNDRED, DropdownKey, Number, NumberKey, Option
from packc.ast.question import (
    ChoiceQuestion,
    ClozeQuestion,
    Feedback,
    NumericQuestion,
    OpenQuestion,
    OrderingQuestion,
    Pair,
    Question,
    ShortAnswerQuestion,
    TrueFalseQuestion,
)
from packc.ast.richtext import (
    Blank,
    Blocks,
    ListItem,
    Para,
    Strong,
    Text,
)
from packc.importers.moodle.texts import Reading, flag, number, written
from packc.intake.cloze import ClozeText
from packc.intake.credit import Draft, Typed, choices_of, decimal, rounded, text_key
from packc.intake.fault import LeftOut
from packc.intake.pairs import matched
from packc.intake.richtext import html_blocks, html_line, plain_line, span_place
from packc.intake.rubric import rubric_of
from packc.intake.tree import Element
from packc.intake.verdicts import Verdicts

Shared = dict[str, Any]
_USUAL_LINES = 15
_MOST_LINES = 200
_GAP = re.compile(r"\[\[([0-9]{1,3})\]\]")
_MARK = "packc-gap"


def multichoice(element: Element, read: Reading, shared: Shared) -> Question:
    drafts = []
    for answer in element.elements("answer"):
        blocks, span = read.blocks(answer), read.span(answer)
        fraction = number(answer.get("fraction"), Decimal(0))
        assert fraction is not None  # there is a default
        if blocks:
            drafts.append(Draft(blocks, fraction, read.blocks(answer.child("feedback")), span=span))
        else:
            read.remarks.lost("an empty choice", "it is left out", span)
    if len(drafts) < 2:
        raise LeftOut("there are not two choices")
    if all(draft.fraction <= 0 for draft in drafts):
        raise LeftOut("none of its choices is right")
    single = flag(element, "single") is not False
    made = choices_of(drafts, single=single, remarks=read.remarks, span=shared["span"])
    feedback = combined(element, read)
    return ChoiceQuestion(**shared, choices=made.choices, several=made.several, feedback=feedback)


def true_false(element: Element, read: Reading, shared: Shared) -> Question:
    said: dict[bool, Blocks] = {}
    right: bool | None = None
    for answer in element.elements("answer"):
        word = written(answer).strip().lower()
        if word not in ("true", "false"):
            raise LeftOut(f"`{word}` is neither true nor false")
        said[word == "true"] = read.blocks(answer.child("feedback"))
        if (number(answer.get("fraction")) or 0) > 0:
            right = word == "true"
    if right is None:
        raise LeftOut("neither answer is right")
    feedback = Feedback(right=said.get(right, ()), wrong=said.get(not right, ()))
    return TrueFalseQuestion(**shared, answer=right, feedback=feedback)


def short_answer(element: Element, read: Reading, shared: Shared) -> Question:
    typed, verdicts = [], Verdicts(read.remarks)
    for answer in element.elements("answer"):
        text, span = " ".join(written(answer).split()), read.span(answer)
        fraction = number(answer.get("fraction")) or Decimal(0)
        said = read.blocks(answer.child("feedback"))
        if text == "*" and fraction <= 0:
            verdicts.wrong(said)
        elif fraction <= 0:
            read.remarks.lost(f"the wrong answer `{text}`", "only right ones are listed here", span)
            verdicts.other(said, text, span)
        else:
            if "*" in text.replace(r"\*", ""):
                read.remarks.lost(f"the wild card in `{text}`", "it is a character here", span)
            verdicts.answer(said, text, whole=fraction >= HUNDRED, span=span)
            typed.append(Typed(text.replace(r"\*", "*"), fraction, span))
    key = text_key(typed, case=bool(flag(element, "usecase")), remarks=read.remarks)
    if not key.accepted:
        raise LeftOut("none of its answers is right")
    return ShortAnswerQuestion(**shared, key=key, feedback=verdicts.feedback())


def numerical(element: Element, read: Reading, shared: Shared) -> Question:
    numbers, verdicts = [], Verdicts(read.remarks)
    for answer in element.elements("answer"):
        text, span = written(answer).strip(), read.span(answer)
        fraction = number(answer.get("fraction")) or Decimal(0)
        said = read.blocks(answer.child("feedback"))
        if text == "*":
            verdicts.wrong(said)
            continue
        value, tolerance = decimal(text), decimal(answer.said("tolerance", "0") or "0")
        if value is None or tolerance is None or tolerance < 0:
            raise LeftOut(f"`{text}` is no number with a tolerance", answer.line)
        if fraction <= 0:
            read.remarks.lost(f"the wrong answer `{text}`", "only right ones are listed here", span)
            verdicts.other(said, text, span)
            continue
        verdicts.answer(said, text, whole=fraction >= HUNDRED, span=span)
        weight = None if fraction >= HUNDRED else rounded(fraction)
        numbers.append(Number(value=value, tolerance=tolerance, weight=weight, span=span))
    if not numbers:
        raise LeftOut("it has no number that is right")
    unit = _unit(element, read)
    if unit and shared["prompt"][-1:] == (Para((Strong((Text(f"[{unit}]"),)),)),):
        shared["prompt"] = shared["prompt"][:-1]  # a pack shows the unit beside the field
    key = NumberKey(numbers=tuple(numbers), unit=unit)
    return NumericQuestion(**shared, key=key, feedback=verdicts.feedback())


def _unit(element: Element, read: Reading) -> str:
    units = [each for holder in element.elements("units") for each in holder.elements("unit")]
    names = [(each.said("unit_name"), number(each.said("multiplier"), Decimal(1))) for each in units]
    own = [name for name, factor in names if factor == 1 and name]
    for each, (name, _) in zip(units, names, strict=True):
        if name not in own[:1]:
            read.remarks.lost(f"the unit `{name}`", "a pack has one unit for a number", read.span(each))
    unit = " ".join(own[0].split()) if own else ""
    if unit and not re.fullmatch(r"(?:[^\W\d_]|[%‰°′″€$£¥])[^\s,;:!?|{}*_`\\<>\[\]&~^]{0,19}(?<!\.)", unit):
        read.remarks.lost(f"the unit `{unit}`", "it is no unit here, and is left out", read.span(element))
        return ""
    return unit


def matching(element: Element, read: Reading, shared: Shared) -> Question:
    pairs, distractors = [], []
    for one in element.elements("subquestion"):
        answer = one.child("answer")
        right = plain_line(written(answer)) if answer is not None else ()
        left = read.line(one)
        if not right:
            raise LeftOut("one of its texts has no partner", one.line)
        if left:
            pairs.append(Pair(left=left, right=right, span=read.span(one)))
        else:
            distractors.append(right)
    return matched(pairs, distractors, shared | {"feedback": combined(element, read)})


def ordering(element: Element, read: Reading, shared: Shared) -> Question:
    items = [ListItem(blocks) for each in element.elements("answer") if (blocks := read.blocks(each))]
    if len(items) < 2:
        raise LeftOut("there are not two items to put in order")
    return OrderingQuestion(**shared, items=tuple(items), feedback=combined(element, read))


def cloze(element: Element, read: Reading, shared: Shared) -> Question:
    holder = element.child("questiontext")
    if holder is None:
        raise LeftOut("it has no text")
    setting, place = read.setting(holder)
    found = ClozeText(written(holder), setting, shared["span"])
    text = found.blocks(place)
    if shared["points"] == found.points:
        shared["points"] = None
    return ClozeQuestion(**shared | {"prompt": ()}, text=text)


def gaps(element: Element, read: Reading, shared: Shared) -> Question:
    """Words to choose from, or to drag, for each gap: lists in running text."""
    boxes = [*element.elements("selectoption"), *element.elements("dragbox")]
    words = [(each.said("text"), each.said("group", "1")) for each in boxes]
    holder = element.child("questiontext")
    if holder is None or not words:
        raise LeftOut("it has no text, or no words for its gaps")
    setting, place = read.setting(holder)
    lines = [html_line(text, setting, span_place(shared["span"])) for text, _ in words]

    def blank(found: Element) -> Blank | None:
        if found.name != _MARK:
            return None
        right = int(found.get("n")) - 1
        group = words[right][1]
        options = [
            Option(children=lines[n], correct=n == right)
            for n, (_, own) in enumerate(words)
            if own == group and lines[n]
        ]
        return Blank(key=DropdownKey(options=tuple(options)))

    html = written(holder).replace(_MARK, "packc gap")
    numbers = [int(found) for found in _GAP.findall(html)]
    if not numbers or any(not 0 < one <= len(words) or not lines[one - 1] for one in numbers):
        raise LeftOut("a gap in it has no word, or there is none")
    html = _GAP.sub(rf'<{_MARK} n="\1"></{_MARK}>', html)
    text = html_blocks(html, setting._replace(own=blank), place)
    feedback = combined(element, read)
    return ClozeQuestion(**shared | {"prompt": (), "feedback": feedback}, text=text)


def essay(element: Element, read: Reading, shared: Shared) -> Question:
    if read.blocks(element.child("responsetemplate")):
        read.remarks.lost("the template of the answer", "a pack has none", shared["span"])
    if (number(element.said("attachments")) or 0) != 0:
        read.remarks.lost("files that learners attach", "an answer is text here", shared["span"])
    rubric = rubric_of(read.blocks(element.child("graderinfo")))
    lines = number(element.said("responsefieldlines"))
    if lines is None or lines == _USUAL_LINES or not 0 < lines <= _MOST_LINES:
        lines = None
    least, most = (_count(element, name) for name in ("minwordlimit", "maxwordlimit"))
    return OpenQuestion(
        **shared,
        essay=not shared["solution"] or bool(rubric) or least is not None or most is not None,
        rubric=rubric,
        lines=int(lines) if lines is not None else None,
        least_words=least,
        most_words=most,
    )


def _count(element: Element, name: str) -> int | None:
    found = number(element.said(name))
    return int(found) if found is not None and 0 < found <= 100_000 else None


def combined(element: Element, read: Reading) -> Feedback:
    """Return the feedback on right and on wrong answers; that on partly right ones has no place."""
    right = read.blocks(element.child("correctfeedback"))
    wrong = read.blocks(element.child("incorrectfeedback"))
    partly = element.child("partiallycorrectfeedback")
    said = read.blocks(partly)
    if partly is not None and said and said != wrong:
        read.remarks.setting("the feedback on answers that are right in part", read.span(partly))
    return Feedback(right=right, wrong=wrong)


KINDS: dict[str, Callable[[Element, Reading, Shared], Question]] = {
    "multichoice": multichoice,
    "truefalse": true_false,
    "shortanswer": short_answer,
    "numerical": numerical,
    "matching": matching,
    "ordering": ordering,
    "cloze": cloze,
    "multianswer": cloze,
    "gapselect": gaps,
    "ddwtos": gaps,
    "essay": essay,
}
