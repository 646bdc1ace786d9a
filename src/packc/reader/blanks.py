"""Blanks of a cloze text: `{{a | b {50%}}}`, `{{=9.81 ± 0.01}}`, `{{[x] a | [ ] b}}`, `{{c2::answer::hint}}`.

The inline rule runs before all others, cuts a blank into its parts and has each part read as text of its
own; the reader makes the key of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from packc.ast.keys import HUNDRED, Accepted, BlankKey, DropdownKey, Option, TextKey
from packc.ast.richtext import Blank, Text
from packc.diagnostics import Fix, Rule
from packc.diagnostics.rules.blanks import BadBlank, BlankOutsideCloze, EmptyBlank, UnclosedBlank
from packc.diagnostics.rules.keys import BadNumber
from packc.named import NamedTuple
from packc.reader.grammar import META, FieldKey, fold
from packc.reader.inlinerules import code_end, dollars
from packc.reader.numbers import NumberFault, read_numbers

if TYPE_CHECKING:
    from packc.reader.inlines import InlineReader

_LONGEST = 2_000  # characters of a blank; keeps the search for a missing closer linear
_HIGHEST = 499  # the last card that Anki can make of one note is the 500th
# Patterns as text: `re` compiles them when a pack first needs them.
_STOPS = r"[\\`$|:{}]"
_NUMBERED = r"\s*c([0-9]{1,9})::"
_BOX = r"\[(?P<mark>[ xX])\](?=\s|$)"
_WEIGHT = r"\{\s*(?P<weight>[0-9]{1,3}(?:\.[0-9]{1,6})?)\s*%\s*\}$"
_CASE = r"\{case\}\s*$"


class Cut(NamedTuple):
    """A blank in the content: where it ends, and where `|` and `::` stand in it."""

    end: int
    bars: list[int]
    colons: list[int]


def blank(state: StateInline, silent: bool) -> bool:
    """`{{…}}` in a cloze text is a blank; anywhere else it is text, and so is one that is never closed."""
    start = state.pos
    if not state.src.startswith("{{", start):
        return False
    rule: Rule
    if not state.env["cloze"]:
        rule = BlankOutsideCloze()
    else:
        cut = _cut(state.src, start + 2, min(state.posMax, start + _LONGEST))
        if cut is not None:
            if not silent:
                _push(state, start, cut)
            state.pos = cut.end
            return True
        rule = UnclosedBlank()
    if not silent:
        token = state.push("text", "", 0)
        token.content = "{{"
        token.meta["fault"] = rule
    state.pos += 2
    return True


def _cut(text: str, position: int, limit: int) -> Cut | None:
    """Return the parts of the blank whose inside begins at `position`, or None if it is not closed.

    Code, formulas, escaped characters and balanced braces are passed over whole.
    """
    bars: list[int] = []
    colons: list[int] = []
    depth = 0
    stops = re.compile(_STOPS)
    while found := stops.search(text, position, limit):
        position = found.start()
        character = text[position]
        step = 1
        if character == "\\":
            step = 2
        elif character in "`$":
            step = _opaque(text, position, limit)
        elif character == "{":
            if depth == 0 and text.startswith("{{", position):
                return None
            depth += 1
        elif character == "}" and depth:
            depth -= 1
        elif character == "}" and text.startswith("}}", position):
            return Cut(position + 2, bars, colons) if position + 2 <= limit else None
        elif character == "|" and not depth:
            bars.append(position)
        elif character == ":" and not depth and text.startswith("::", position):
            colons.append(position)
            step = 2
        position += step
    return None


def _opaque(text: str, start: int, limit: int) -> int:
    """Return the length of the code span or formula at `start`; if there is none, of its mark."""
    if text[start] == "`":
        return code_end(text, start, limit) - start
    formula = dollars(text, start, limit)
    return formula[0] - start if formula else 1


def _push(state: StateInline, start: int, cut: Cut) -> None:
    """Push the tokens of a blank: each alternative is text of its own."""
    text, inner, end = state.src, start + 2, cut.end - 2
    meta: dict[str, object] = {"end": cut.end, "inner": inner}
    numbered = re.compile(_NUMBERED).match(text, inner, end)
    if numbered:
        meta["number"] = int(numbered[1])
        inner = numbered.end()
        last = [colon for colon in cut.colons if colon >= inner]
        if last:
            meta["hint"] = text[last[-1] + 2 : end].strip()
            end = last[-1]
    inner, end = _trimmed(text, inner, end)
    numeric = text.startswith("=", inner, end)
    meta["inside"] = (inner + numeric, end)
    meta["numeric"] = numeric
    opening = state.push("blank_open", "", 1)
    opening.meta = meta
    if not numeric:
        case = re.compile(_CASE).search(text, inner, end)
        if case:
            meta["case"] = True
            end = _trimmed(text, inner, case.start())[1]
        limit = state.posMax
        for first, last_ in _parts(inner, end, [bar for bar in cut.bars if inner <= bar < end]):
            _push_part(state, first, last_)
        state.posMax = limit
    state.push("blank_close", "", -1)


def _push_part(state: StateInline, start: int, end: int) -> None:
    text = state.src
    start, end = _trimmed(text, start, end)
    meta: dict[str, object] = {"place": (start, end)}
    box = re.compile(_BOX).match(text, start, end)
    if box:
        meta["box"] = box["mark"] != " "
        start = _trimmed(text, box.end(), end)[0]
    weight = re.compile(_WEIGHT).search(text, start, end)
    if weight and not box:
        meta["weight"] = weight["weight"]
        end = _trimmed(text, start, weight.start())[1]
    meta["inner"] = start
    meta["text"] = (start, end)
    opening = state.push("part_open", "", 1)
    opening.meta = meta
    state.pos, state.posMax = start, end
    state.md.inline.tokenize(state)
    state.push("part_close", "", -1)


def _parts(start: int, end: int, bars: list[int]) -> Iterator[tuple[int, int]]:
    for bar in (*bars, end):
        yield start, bar
        start = bar + 1


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    start += len(part) - len(part.lstrip())
    return start, start + len(part.strip())


def mark_cloze(state: StateCore) -> None:
    """Mark the texts of cloze fields: from the label, or the heading that is one, to the next field."""
    labels = state.env["grammar"].labels
    cloze, level = state.env["around"]
    notes = 0
    meta_line = -1  # of a field that takes no more than its line; what follows belongs to the one before
    for index, token in enumerate(state.tokens):
        if token.type == "field":
            assert token.map is not None
            key = token.meta["label"].key
            if key in META:
                meta_line = token.map[0]
            else:
                cloze = key is FieldKey.CLOZE
        elif token.type == "heading_open" and token.level == 0:
            words = state.tokens[index + 1].content.strip("*_ ").rstrip(":： ").strip("*_ ")
            depth = int(token.tag[1:])
            key = labels.get(fold(words))
            if key is not None:
                cloze = key is FieldKey.CLOZE
            elif depth <= level or not cloze:
                cloze = False
                level = depth
        elif token.type in ("footnote_open", "footnote_close"):
            notes += token.nesting
        elif token.type == "inline":
            assert token.map is not None
            token.meta["cloze"] = cloze and not notes and token.map[0] != meta_line
    state.env["around"] = cloze, level


def text(state: StateInline, silent: bool) -> bool:
    """Take text up to what may be more than text, as markdown-it does, but not past the end of a part."""
    found = state.md.inline.terminator_re.search(state.src, state.pos, state.posMax)
    end = found.start() if found else state.posMax
    if end == state.pos:
        return False
    if not silent:
        state.pending += state.src[state.pos : end]
    state.pos = end
    return True


class BlankReader:
    """Makes a `Blank` of the tokens that follow a `blank_open`."""

    def __init__(self, inlines: InlineReader, opening: Token) -> None:
        self._inlines = inlines
        self._meta = opening.meta
        self._parts: list[_Part] = []

    def read(self) -> Blank | Text:
        """Return the blank; where it is none, report it and return its answer as text."""
        start, end = self._meta["at"]
        token = self._inlines.take()
        while token.type == "part_open":
            self._parts.append(self._part(token))
            token = self._inlines.take()
        self._inlines.resume(end)
        span = self._inlines.span(start, end)
        number = self._meta.get("number")
        if number is not None and not 1 <= number <= _HIGHEST:
            self._inlines.report(BadBlank(f"a blank has a number from 1 to {_HIGHEST}"), start, end)
            number = None
        key = self._number_key() if self._meta["numeric"] else self._text_key()
        if key is None:
            return Text(self._inlines.written(start, end), span=span)
        return Blank(key=key, number=number, hint=self._meta.get("hint", ""), span=span)

    def _part(self, opening: Token) -> _Part:
        meta = opening.meta
        self._inlines.resume(meta["inner"])
        children = self._inlines.until("part_close")
        self._inlines.take()
        weight = Decimal(meta["weight"]) if "weight" in meta else None
        return _Part(
            Accepted(children=children, weight=weight, span=self._inlines.span(*meta["place"])), meta
        )

    def _number_key(self) -> BlankKey | None:
        start, end = self._meta["inside"]
        try:
            return read_numbers(
                self._inlines.written(start, end),
                lambda first, last: self._inlines.span(start + first, start + last),
                stated=True,
            )
        except NumberFault as fault:
            place = start + fault.start, max(start + fault.end, start + fault.start + 1)
            fix = (
                Fix.replacing(self._inlines.span(*place), fault.instead, safe=fault.certain)
                if fault.instead
                else None
            )
            self._inlines.report(BadNumber(fault.why, fault.fix), *place, fix=fix)
            return None

    def _text_key(self) -> BlankKey | None:
        for part in self._parts:
            if not part.accepted.children:
                self._inlines.report(EmptyBlank(), *self._meta["at"])
                return None
            if part.accepted.weight is not None and not 0 < part.accepted.weight <= HUNDRED:
                why = "a weight is more than 0% and at most 100%"
                self._inlines.report(BadBlank(why), *part.meta["place"])
        if not any("box" in part.meta for part in self._parts):
            accepted = tuple(part.accepted for part in self._parts)
            return TextKey(accepted=accepted, case="case" in self._meta)
        for part in self._parts:
            if "box" not in part.meta:
                self._inlines.report(BadBlank("every entry of a list has a box"), *part.meta["place"])
                return None
        return DropdownKey(
            options=tuple(
                Option(children=part.accepted.children, correct=part.meta["box"], span=part.accepted.span)
                for part in self._parts
            )
        )


class _Part(NamedTuple):
    accepted: Accepted
    meta: dict[str, Any]
