"""Moodle's Cloze texts: blanks in running text, each in braces with a small language of its own.

`{2:SHORTANSWER:=one~%50%two#a remark}`: points, kind, then the answers. A mark right behind a backslash is a
character, whatever stands before the backslash; Moodle's pages say that `~`, `/` and `"` lose it, too.
"""

from __future__ import annotations

import re
from decimal import Decimal
from html import unescape

from packc.ast.keys import HUNDRED, BlankKey, DropdownKey, Number, NumberKey, Option, TextKey
from packc.ast.richtext import Blank, Blocks
from packc.ast.walk import walk
from packc.intake.credit import Typed, decimal, rounded, text_key
from packc.intake.fault import LeftOut
from packc.intake.richtext import Place, Setting, html_blocks, html_line
from packc.intake.tree import Element
from packc.named import NamedTuple
from packc.source import Span

_KINDS = {
    **dict.fromkeys(["SHORTANSWER", "SA", "MW"], "text"),
    **dict.fromkeys(["SHORTANSWER_C", "SAC", "MWC"], "case"),
    **dict.fromkeys(["NUMERICAL", "NM"], "number"),
    **dict.fromkeys(["MULTICHOICE", "MC", "MULTICHOICE_S", "MCS"], "list"),
    **dict.fromkeys(["MULTICHOICE_V", "MCV", "MULTICHOICE_VS", "MCVS"], "list"),
    **dict.fromkeys(["MULTICHOICE_H", "MCH", "MULTICHOICE_HS", "MCHS"], "list"),
    **dict.fromkeys(["MULTIRESPONSE", "MR", "MULTIRESPONSE_H", "MRH"], "several"),
    **dict.fromkeys(["MULTIRESPONSE_S", "MRS", "MULTIRESPONSE_HS", "MRHS"], "several"),
}
_BLANK = re.compile(
    rf"\{{\s*(?P<points>[0-9]{{0,6}}(?:\.[0-9]{{1,6}})?)\s*:\s*(?P<kind>{'|'.join(_KINDS)})\s*:"
    r"(?P<answers>(?:[^}]|(?<=\\)\})*)(?<!\\)\}",
    re.DOTALL,
)
_BEGIN = re.compile(rf"\{{\s*[0-9]*(?:\.[0-9]+)?\s*:\s*(?:{'|'.join(_KINDS)})\s*:")
_ANSWER = re.compile(r"\s*(?:(?P<right>=)|%(?P<share>-?[0-9]{1,3}(?:[.,][0-9]{0,7})?)%)?", re.DOTALL)
_MARK = "packc-blank"


class _Answer(NamedTuple):
    text: str
    share: Decimal
    feedback: str


def begins_blank(text: str) -> bool:
    """Tell whether there is a blank in `text`, or one that is never closed."""
    return _BEGIN.search(text) is not None


def is_blank(text: str) -> bool:
    """Tell whether `text` is a blank, from its first character on."""
    return _BEGIN.match(text) is not None


class ClozeText:
    """One Cloze text: `html` has an element in the place of each blank, and `own` makes the blank of it."""

    def __init__(self, text: str, setting: Setting, span: Span | None) -> None:
        """Read `text`. Raises LeftOut."""
        self._setting = setting
        self._span = span
        self._blanks: list[Blank] = []
        self.points = Decimal(0)  # of all blanks together
        points: set[str] = set()
        text = text.replace(_MARK, "packc blank")
        parts: list[str] = []
        position = 0
        for found in _BLANK.finditer(text):
            parts += [text[position : found.start()], f'<{_MARK} n="{len(self._blanks)}"></{_MARK}>']
            position = found.end()
            points.add(found["points"] or "1")
            self.points += decimal(found["points"] or "1") or 1
            kind = _KINDS[found["kind"]]
            self._blanks.append(Blank(key=self._key(kind, self._answers(found["answers"]))))
        rest = "".join((*parts[::2], text[position:]))
        if _BEGIN.search(rest):
            raise LeftOut("one of its blanks is never closed, or is of no kind that a pack has")
        if not self._blanks:
            raise LeftOut("there is no blank in it")
        if len(points) > 1:
            setting.remarks.lost(
                "points that differ from blank to blank", "all blanks count the same here", span
            )
        self.html = "".join((*parts, text[position:]))

    def blocks(self, place: Place) -> Blocks:
        """Return the text with its blanks. Raises LeftOut where one of them would not be seen."""
        found = html_blocks(self.html, self._setting._replace(own=self.own), place)
        if sum(isinstance(node, Blank) for node in walk(found)) != len(self._blanks):
            raise LeftOut("one of its blanks stands where nothing is shown")
        return found

    def own(self, element: Element) -> Blank | None:
        """Return the blank that an element stands for."""
        if element.name != _MARK:
            return None
        number = element.get("n")
        return self._blanks[int(number)] if number.isdecimal() and int(number) < len(self._blanks) else None

    def _answers(self, written: str) -> list[_Answer]:
        found = []
        for part in _split(written, "~"):
            mark = _ANSWER.match(part)
            assert mark is not None  # every part of it is optional
            share = HUNDRED if mark["right"] else Decimal((mark["share"] or "0").replace(",", "."))
            answer, *feedback = _split(part[mark.end() :], "#")
            found.append(_Answer(_unescaped(answer), share, _unescaped("#".join(feedback))))
        if any(answer.feedback.strip() for answer in found):
            self._lost("feedback inside a Cloze blank", "a blank has none here")
        return found

    def _key(self, kind: str, answers: list[_Answer]) -> BlankKey:
        match kind:
            case "number":
                return self._numbers(answers)
            case "list":
                return self._list(answers)
            case "several":
                raise LeftOut("a blank where several entries are ticked is of no kind that a pack has")
            case _:
                return self._texts(answers, case=kind == "case")

    def _texts(self, answers: list[_Answer], *, case: bool) -> TextKey:
        typed = []
        for answer in answers:
            text = unescape(re.sub(r"<[^<>]*>", "", answer.text)).strip()
            if answer.share > 0 and "*" in text.replace(r"\*", ""):
                self._lost(f"the wild card in `{text}`", "it is a character here")
            if answer.share > 0:
                typed.append(Typed(text.replace(r"\*", "*"), answer.share, self._span))
            elif text != "*":
                self._lost(f"the wrong answer `{text}`", "only right ones are listed here")
        key = text_key(typed, case=case, remarks=self._setting.remarks)
        if not key.accepted:
            raise LeftOut("one of its blanks has no right answer")
        return key

    def _numbers(self, answers: list[_Answer]) -> NumberKey:
        numbers = []
        for answer in answers:
            value, _, off = unescape(answer.text).strip().partition(":")
            number, tolerance = decimal(value), decimal(off or "0")
            if answer.share <= 0:
                if value != "*":
                    self._lost(f"the wrong answer `{value}`", "only right ones are listed here")
                continue
            if number is None or tolerance is None or tolerance < 0:
                raise LeftOut(f"`{answer.text}` is no number")
            weight = None if answer.share >= HUNDRED else rounded(answer.share)
            numbers.append(Number(value=number, tolerance=tolerance, weight=weight))
        if not numbers:
            raise LeftOut("one of its blanks has no right answer")
        return NumberKey(numbers=tuple(sorted(numbers, key=lambda one: -(one.weight or HUNDRED))))

    def _list(self, answers: list[_Answer]) -> DropdownKey:
        best = max(answer.share for answer in answers)
        right = [answer for answer in answers if answer.share == best]
        if best <= 0 or len(right) > 1 or len(answers) < 2:
            raise LeftOut("a list in it has not exactly one right entry")
        if any(0 < answer.share < best for answer in answers):
            self._lost("an entry of a list that is right in part", "it is wrong here")
        place: Place = lambda _line: self._span  # noqa: E731 (a constant place)
        options = []
        for answer in answers:
            # Moodle decodes an entry once, whatever it was typed with, and takes what comes out for HTML.
            children = html_line(unescape(answer.text).strip(), self._setting, place)
            if not children:
                raise LeftOut("an entry of a list in it is empty")
            options.append(Option(children=children, correct=answer.share == best))
        return DropdownKey(options=tuple(options))

    def _lost(self, what: str, how: str) -> None:
        self._setting.remarks.lost(what, how, self._span)


def cloze_blocks(html: str, setting: Setting, place: Place, span: Span | None) -> Blocks:
    """Return the blocks of a Cloze text with its blanks. Raises LeftOut."""
    return ClozeText(html, setting, span).blocks(place)


def _split(text: str, mark: str) -> list[str]:
    """Split at the marks that are not escaped."""
    return re.split(rf"(?<!\\){mark}", text)


def _unescaped(text: str) -> str:
    return re.sub(r"\\([}#~])", r"\1", text)
