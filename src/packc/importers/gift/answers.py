"""What stands in the braces, kind by kind, in the order in which Moodle tells the kinds apart."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

from packc.ast.keys import HUNDRED, Number, NumberKey
from packc.ast.question import (
    ChoiceQuestion,
    Feedback,
    NumericQuestion,
    OpenQuestion,
    OrderingQuestion,
    Pair,
    Question,
    ShortAnswerQuestion,
    TrueFalseQuestion,
)
from packc.ast.richtext import Blocks, ListItem
from packc.importers.gift.escapes import shown, written
from packc.importers.gift.paragraphs import line_span
from packc.importers.gift.question import Formatted, Piece, formatted
from packc.intake.credit import Draft, Typed, choices_of, decimal, rounded, text_key
from packc.intake.fault import LeftOut
from packc.intake.moodle import blocks_of, line_in
from packc.intake.pairs import matched
from packc.intake.remarks import Remarks
from packc.intake.richtext import Setting, plain_blocks, plain_line, span_place
from packc.intake.verdicts import Verdicts
from packc.named import NamedTuple
from packc.source import SourceFile, Span

_WEIGHT = re.compile(r"%(-?(?:[0-9]{1,2}|100)(?:\.[0-9]{1,9})?)%")
_ORDER = re.compile(r"\s*>\s*[0-9]*(?:[ \t]+[A-Z_]+)*[ \t]*(?:\n|$)")
_TRUTH = {"T": True, "TRUE": True, "F": False, "FALSE": False}


class Answers:
    """Reads the answers of the questions of one file; `default` is the format of the question's text."""

    def __init__(self, source: SourceFile, setting: Setting, default: str) -> None:
        self._source = source
        self._setting = setting
        self._default = default
        self._remarks: Remarks = setting.remarks

    def question(self, block: Piece | None, shared: dict[str, Any]) -> Question:
        """Return the question. Raises LeftOut. `shared` is what questions of all kinds have."""
        if block is None or not block.text.strip():
            return OpenQuestion(**shared, essay=not shared["solution"])
        text = block.text.lstrip()
        if _ORDER.match(block.text) and text[0] == ">":
            return self._ordering(block, shared)
        if text.startswith("#"):
            return self._numeric(block, shared)
        if "~" in text:
            return self._choices(block, shared)
        if "=" in text and "->" in text:
            return self._matching(block, shared)
        answer, _, _ = block.stripped().partition("#")
        if answer.text.strip() in _TRUTH:
            return self._true_false(block.stripped(), shared)
        return self._short(block, shared)

    def blocks(self, found: Formatted) -> Blocks:
        """Return a text in its format, or the question's."""
        place = span_place(self._span(found.piece))
        return blocks_of(shown(found.piece.text), found.format or self._default, self._setting, place)

    def _span(self, piece: Piece) -> Span:
        return line_span(self._source, piece.line, piece.line)

    def _unlisted(self, text: str, span: Span) -> None:
        self._remarks.lost(f"the wrong answer `{text}`", "only right ones are listed here", span)

    def _ordering(self, block: Piece, shared: dict[str, Any]) -> Question:
        head = _ORDER.match(block.text)
        assert head is not None  # whoever calls has looked
        rest = block.cut(head.end())
        items = tuple(
            ListItem(blocks)
            for line in rest.text.split("\n")
            if (blocks := plain_blocks(written(line).strip()))
        )
        if len(items) < 2:
            raise LeftOut("there are not two items to put in order", block.line)
        return OrderingQuestion(**shared, items=items)

    def _choices(self, block: Piece, shared: dict[str, Any]) -> Question:
        marked = Piece(block.text.replace("=", "~="), block.line)
        drafts: list[Draft] = []
        single = "=" in block.text
        for piece in [one.stripped() for one in marked.split("~")[1:]]:
            right = piece.text[:1] == "="
            answer, weight = self._weighed(piece.cut(int(right)).stripped(), HUNDRED * right)
            text, _, feedback = answer.partition("#")
            blocks = self.blocks(formatted(text))
            if not blocks:
                if text.text.strip() or feedback.text.strip():
                    self._remarks.lost("an empty choice", "it is left out, as Moodle does", self._span(piece))
                continue
            said = self.blocks(formatted(feedback)) if feedback.text.strip() else ()
            drafts.append(Draft(blocks, weight, said, span=self._span(piece)))
        if len(drafts) < 2:
            raise LeftOut("there are not two choices", block.line)
        if all(draft.fraction <= 0 for draft in drafts):
            raise LeftOut("none of its choices is right", block.line)
        made = choices_of(drafts, single=single, remarks=self._remarks, span=self._span(block))
        return ChoiceQuestion(**shared, choices=made.choices, several=made.several)

    def _weighed(self, piece: Piece, default: Decimal) -> tuple[Piece, Decimal]:
        found = _WEIGHT.match(piece.text)
        if found is None:
            return piece, default
        return piece.cut(found.end()).stripped(), Decimal(found[1])

    def _true_false(self, block: Piece, shared: dict[str, Any]) -> Question:
        answer, *said = block.split("#")
        if len(said) > 2:
            self._remarks.lost("a third feedback of a true/false answer", "it is left out", self._span(block))
        texts = [self.blocks(formatted(piece)) for piece in said[:2]] + [(), ()]
        feedback = Feedback(right=texts[1], wrong=texts[0])
        return TrueFalseQuestion(**shared, answer=_TRUTH[answer.text.strip()], feedback=feedback)

    def _entries(self, block: Piece) -> list[_Entry]:
        """Return the answers that `=` begins, with their weights and feedback."""
        pieces = block.split("=") if "=" in block.text else [Piece("", block.line), block]
        before, *pieces = pieces
        if before.text.strip():
            what = f"`{shown(before.text).strip()[:60]}`"
            how = "it stands before the first answer, and is left out"
            self._remarks.lost(what, how, self._span(before))
        found = []
        for piece in pieces:
            answer, weight = self._weighed(piece.stripped(), HUNDRED)
            text, _, feedback = answer.partition("#")
            said = self.blocks(formatted(feedback)) if feedback.text.strip() else ()
            found.append(_Entry(formatted(text), weight, said, piece.stripped()))
        return found

    def _short(self, block: Piece, shared: dict[str, Any]) -> Question:
        typed: list[Typed] = []
        verdicts = Verdicts(self._remarks)
        for entry in self._entries(block):
            span = self._span(entry.piece)
            text = " ".join(shown(entry.text.piece.text).split())
            if not text:
                raise LeftOut("one of its answers is empty", entry.piece.line)
            if text == "*" and entry.weight <= 0:
                verdicts.wrong(entry.feedback)
                continue
            if entry.weight <= 0:
                self._unlisted(text, span)
                verdicts.other(entry.feedback, text, span)
                continue
            if "*" in text.replace(r"\*", ""):
                self._remarks.lost(f"the wild card in `{text}`", "it is a character here", span)
            verdicts.answer(entry.feedback, text, whole=entry.weight >= HUNDRED, span=span)
            typed.append(Typed(text.replace(r"\*", "*"), entry.weight, span))
        key = text_key(typed, case=False, remarks=self._remarks)
        if not key.accepted:
            raise LeftOut("none of its answers is right", block.line)
        return ShortAnswerQuestion(**shared, key=key, feedback=verdicts.feedback())

    def _numeric(self, block: Piece, shared: dict[str, Any]) -> Question:
        inner = block.stripped().cut(1)
        wrong_at = inner.text.find("~")
        wrong = inner.cut(wrong_at + 1) if wrong_at >= 0 else None
        verdicts = Verdicts(self._remarks)
        if not inner.text.strip() and wrong is None:
            raise LeftOut("it has no number that is right", block.line)
        if wrong is not None:
            inner = inner.cut(0, wrong_at)
            said, _, feedback = wrong.partition("#")
            if said.text.strip():
                self._unlisted(shown(said.text).strip(), self._span(wrong))
            verdicts.wrong(self.blocks(formatted(feedback)))
        numbers: list[Number] = []
        for entry in self._entries(inner):
            span = self._span(entry.piece)
            text = shown(entry.text.piece.text).strip()
            if text == "*":
                verdicts.wrong(entry.feedback)
                continue
            number = _number(text)
            if number is None:
                raise LeftOut(f"`{text}` is no number, and Moodle would take any for right", entry.piece.line)
            if entry.weight <= 0:
                self._unlisted(text, span)
                verdicts.other(entry.feedback, text, span)
                continue
            verdicts.answer(entry.feedback, text, whole=entry.weight >= HUNDRED, span=span)
            weight = None if entry.weight >= HUNDRED else rounded(entry.weight)
            numbers.append(replace(number, weight=weight))
        if not numbers:
            raise LeftOut("it has no number that is right", block.line)
        return NumericQuestion(**shared, key=NumberKey(numbers=tuple(numbers)), feedback=verdicts.feedback())

    def _matching(self, block: Piece, shared: dict[str, Any]) -> Question:
        pairs: list[Pair] = []
        distractors = []
        for piece in [one.stripped() for one in block.split("=")[1:]]:
            left, arrow, right = piece.partition("->")
            if not arrow:
                raise LeftOut("one of its pairs has no `->`", piece.line)
            partner = plain_line(shown(right.text))
            if not partner:
                raise LeftOut("one of its texts has no partner", piece.line)
            stem = formatted(left)
            span = self._span(piece)
            line = line_in(
                shown(stem.piece.text), stem.format or self._default, self._setting, span_place(span)
            )
            if line:
                pairs.append(Pair(left=line, right=partner, span=span))
            else:
                distractors.append(partner)
        return matched(pairs, distractors, shared)


class _Entry(NamedTuple):
    text: Formatted
    weight: Decimal
    feedback: Blocks
    piece: Piece


def _number(text: str) -> Number | None:
    """Return `v`, `v:t` or `a..b` as a number, None for what is none."""
    low, dots, high = text.partition("..")
    if dots:
        bounds = [decimal(low), decimal(high)]
        if bounds[0] is None or bounds[1] is None or bounds[0] > bounds[1]:
            return None
        return Number(value=bounds[0], upper=bounds[1])
    value, _, off = text.partition(":")
    number, tolerance = decimal(value), decimal(off) if off.strip() else Decimal(0)
    if number is None or tolerance is None or tolerance < 0:
        return None
    return Number(value=number, tolerance=tolerance)
