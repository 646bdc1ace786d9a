"""`Answer` and `Accept`: which of them is a key, and what it accepts."""

from __future__ import annotations

import re
from typing import TypeAlias

from packc.ast.keys import Accepted, NumberKey, TextKey
from packc.ast.kinds import Kind
from packc.ast.richtext import BulletList, OrderedList, Para
from packc.diagnostics import Fix, Sink
from packc.diagnostics.rules.keys import (
    AcceptNeedsList,
    BadNumber,
    CaseNotLast,
    EmptyAlternative,
    NumberIsText,
)
from packc.reader.braces import report_misplaced, take_brace
from packc.reader.fields import Field
from packc.reader.grammar import fold
from packc.reader.numbers import NumberFault, read_numbers
from packc.reader.written import Written
from packc.source import SourceFile, Span
from packc.words.languages import words_for

_TRUTH = {"true": True, "false": False, "yes": True, "no": False, "t": True, "f": False}
_LONGEST_KEY = 60  # characters of an answer that is a key and no solution
_SEPARATOR = r"(?<=\s)\|(?=\s)|^\|(?=\s)|(?<=\s)\|$"
_JOINED_UNIT = r"[+\-−]?[0-9]+(?:\.[0-9]+)?(?:[kcmµMGTn]?(?:m|g|s|V|A|W|J|N|Hz|Pa|bit|B)|min|h|ms)"

Key: TypeAlias = "bool | NumberKey | TextKey"


class AnswerLine:
    """An answer of one line, and the alternatives in it."""

    def __init__(self, para: Para, source: SourceFile) -> None:
        self.written = Written(para.children, source)
        self.text = self.written.text.strip()

    @classmethod
    def of(cls, field: Field | None, source: SourceFile) -> AnswerLine | None:
        """Return the answer in `field`, or None if it is not one line."""
        if field is None or len(field.body) != 1 or not isinstance(field.body[0], Para):
            return None
        line = cls(field.body[0], source)
        return line if line.text and "\n" not in line.text else None

    def parts(self) -> list[tuple[int, int]]:
        """Return the bounds of the alternatives, which ` | ` separates."""
        text = self.written.text
        bounds: list[tuple[int, int]] = []
        start = 0
        for mark in re.finditer(_SEPARATOR, text):
            bounds.append(self.written.stripped(start, mark.start()))
            start = mark.end()
        return [*bounds, self.written.stripped(start, len(text))]

    def is_short(self) -> bool:
        """Tell whether each alternative is short and no sentence, so that this is a key."""
        text = self.written.text
        return all(
            end - start <= _LONGEST_KEY and not text[start:end].endswith((".", "!", "?"))
            for start, end in self.parts()
        )


class KeyReader:
    """Reads keys that are typed: truth words, numbers, short texts."""

    def __init__(self, source: SourceFile, sink: Sink, lang: str) -> None:
        self._source = source
        self._sink = sink
        self._lang = lang

    def key(self, answer: Field | None, accept: Field | None, stated: Kind | None) -> Key | None:
        """Return the key that these fields hold, or None if `answer` is prose, and there is no `accept`."""
        line = AnswerLine.of(answer, self._source)
        if accept is not None or stated is Kind.SHORT:
            return self._text_key(
                line if stated is Kind.SHORT or (line and line.is_short()) else None, accept
            )
        if line is None or stated in (Kind.OPEN, Kind.ESSAY):
            return None
        truth = self._truth(line.text, stated) if stated in (None, Kind.TRUE_FALSE) else None
        if truth is not None:
            return truth
        if stated in (None, Kind.NUMERIC):
            found = self._number_key(line, stated=stated is Kind.NUMERIC)
            if found is not None:
                return found
        return self._text_key(line, None) if line.is_short() else None

    def is_key(self, answer: Field | None, stated: Kind | None) -> bool:
        """Tell whether `answer` would be a key, so that it is no solution."""
        line = AnswerLine.of(answer, self._source)
        if line is None or stated in (Kind.OPEN, Kind.ESSAY):
            return False
        return stated is Kind.SHORT or line.is_short()

    def _truth(self, text: str, stated: Kind | None) -> bool | None:
        """Return what a truth word says, in English or in the pack's language."""
        said = fold(text)
        if said in _TRUTH or self._lang.lower().startswith("en"):
            return _TRUTH.get(said)
        words = words_for(self._lang)
        if words is None:
            return None
        # `richtig` alone may be a text; where the author says what it is, it is a truth word.
        right, wrong = (words.right, words.wrong) if stated else ("", "")
        if said in (fold(words.true), fold(right)):
            return True
        return False if said in (fold(words.false), fold(wrong)) else None

    def _number_key(self, line: AnswerLine, *, stated: bool) -> NumberKey | None:
        written = line.written

        def place(start: int, end: int) -> Span:
            last = len(written.text)
            start = min(start, last - 1)
            return written.span(start, max(start + 1, min(end, last)))

        if "|" in written.text and not stated and not self._all_numbers(line):
            return None
        try:
            found = read_numbers(written.text, place, stated=stated)
        except NumberFault as fault:
            at = place(fault.start, fault.end)
            fix = Fix.replacing(at, fault.instead, safe=fault.certain) if fault.instead else None
            self._sink.report(BadNumber(fault.why, fault.fix), at, fix=fix)
            return NumberKey(numbers=())
        if found is None and re.fullmatch(_JOINED_UNIT, line.text):
            self._sink.report(NumberIsText(line.text), place(*written.stripped(0, len(written.text))))
        return found

    def _all_numbers(self, line: AnswerLine) -> bool:
        """Tell whether every alternative is about a number: `4 | four` is text."""
        for start, end in line.parts():
            try:
                if read_numbers(line.written.text[start:end], _nowhere, stated=False) is None:
                    return False
            except NumberFault:
                continue
        return True

    def _text_key(self, line: AnswerLine | None, accept: Field | None) -> TextKey:
        accepted: list[Accepted] = []
        case_places: list[Span] = []
        if line is not None:
            for start, end in line.parts():
                self._accepted(line.written, start, end, accepted, case_places)
        for written in self._accept_lines(accept) if accept else ():
            self._accepted(written, *written.stripped(0, len(written.text)), accepted, case_places)
        last = accepted[-1].span if accepted else None
        for place in case_places:
            if last is None or place.end != last.end:
                self._sink.report(CaseNotLast(), place)
        return TextKey(accepted=tuple(accepted), case=bool(case_places))

    def _accepted(
        self, written: Written, start: int, end: int, accepted: list[Accepted], case_places: list[Span]
    ) -> None:
        brace = take_brace(written, start, end, self._sink, choice=False)
        report_misplaced(written, start, brace.end, self._sink)
        if start == brace.end:
            at = min(start, len(written.text) - 1)
            self._sink.report(EmptyAlternative(), written.span(at, at + 1) if at >= 0 else None)
            return
        span = written.span(start, end)
        if brace.case:
            case_places.append(span)
        children = written.cut(start, brace.end)
        accepted.append(Accepted(children=children, weight=brace.weight, span=span))

    def _accept_lines(self, accept: Field) -> list[Written]:
        """Return the spellings under `Accept`: the items of a list, or the alternatives of one line."""
        lines: list[Written] = []
        for block in accept.blocks:
            match block:
                case Para():
                    line = AnswerLine(block, self._source)
                    lines += [Written(line.written.cut(*bounds), self._source) for bounds in line.parts()]
                case BulletList() | OrderedList():
                    for item in block.items:
                        first = item.blocks[0] if len(item.blocks) == 1 else None
                        if isinstance(first, Para):
                            lines.append(Written(first.children, self._source))
                        else:
                            self._sink.report(AcceptNeedsList(), item.span)
                case _:
                    self._sink.report(AcceptNeedsList(), block.span)
        return lines


def _nowhere(start: int, end: int) -> Span:
    return Span(0, start, end)
