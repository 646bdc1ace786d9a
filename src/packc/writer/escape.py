"""Which characters of a text need an escape, so that it reads as the same text and stays pleasant to read.

The inline writer marks what it makes (`marks.py`); only when a whole paragraph stands there is it decided
what each of its characters needs, because `*` or `$` alone does no harm.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable
from enum import Enum

from packc.named import NamedTuple
from packc.writer.blockstarts import begins_block
from packc.writer.marks import CLOSER, DISPLAY, ENTITY, MATH, OPENER, TEXT, Piece, pieces

APART = "<!-- -->"  # between two constructs whose marks would run together
_PUNCTUATION = frozenset(string.punctuation)
_AFTER_DOLLAR = re.compile(r"(?:th|st|nd|rd|s)?(?![\w${])")
_WHITE = r"[^\S\x85\u2028\u2029]"
_ONLY_WORDS = re.compile(r"[A-Za-z ,.;:'’-]*[A-Za-z]{3}[A-Za-z ,.;:'’-]*")


class Place(Enum):
    """Where a text stands: in a paragraph of its own, in one that begins behind a label, or in one line."""

    PARAGRAPH = 1
    BEHIND_LABEL = 2
    LINE = 3


class Fields(NamedTuple):
    """What a line of text must not be mistaken for. `plain`: some labels of the pack need no bold."""

    is_label: Callable[[str], bool]
    plain: bool = False


NO_FIELDS = Fields(lambda _: False)


def resolve(marked: str, place: Place, fields: Fields = NO_FIELDS) -> str:
    """Return what is to be written for `marked`; it is no label that `fields` knows."""
    return _Resolver(marked, place, fields).resolve()


class _Delimiter(NamedTuple):
    start: int
    end: int
    opens: bool


class _Resolver:
    """One paragraph, heading or cell. `raw` is what it would be without any escape."""

    def __init__(self, marked: str, place: Place, fields: Fields) -> None:
        self._place = place
        self._fields = fields
        self._literal: list[bool] = []
        self._delimiters: list[_Delimiter] = []
        self._entities: set[int] = set()  # characters that have to be written by number
        self._escapes: set[int] = set()
        self._apart: set[int] = set()  # characters before which something has to stand
        parts: list[str] = []
        self._length = 0
        parted = [Piece("", ""), *pieces(marked), Piece("", "")]
        for number, (kind, piece) in enumerate(parted):
            written = piece
            if kind in (MATH, DISPLAY):
                before, after = parted[number - 1], parted[number + 1]
                written = self._formula(piece, kind == DISPLAY, before, after)
            elif kind in (OPENER, CLOSER):
                end = self._length + len(piece)
                self._delimiters.append(_Delimiter(self._length, end, kind == OPENER))
            parts.append(written)
            self._literal += [kind == TEXT] * len(written)
            self._length += len(written)
        self.raw = "".join(parts)
        self._seen = self.raw  # what stands beside a character once some are written by number
        self._backticks = self.raw.count("`")
        self._runs = {mark: len(re.findall(f"{re.escape(mark)}+", self.raw)) for mark in "_~"}
        self._last = {mark: self.raw.rfind(mark) for mark in (">", "==")}
        self._edges = len(self.raw) - len(self.raw.lstrip()), len(self.raw.rstrip())

    def resolve(self) -> str:
        length = self._length
        for at, character in enumerate(self.raw):
            if character.isspace() and self._literal[at]:
                self._keep_space(at, character)
        self._look_again()
        for delimiter in self._delimiters:
            self._flank(delimiter)
        self._look_again()
        self._survey()
        idle = re.findall(rf"(?<={_WHITE})\*(?={_WHITE})", f" {self._seen} ")
        self._stars = self.raw.count("*") - len(idle)
        for at, character in enumerate(self.raw):
            is_text = self._literal[at] and at not in self._entities
            if is_text and character in _PUNCTUATION and self._is_live(at, character):
                self._escapes.add(at)
        if self._place is not Place.LINE:
            self._line_starts()
        end = APART if length in self._apart else ""
        return "".join(map(self._written, range(length))) + end

    def _survey(self) -> None:
        """Note where runs of marks reach, words end, and a dollar could close a formula for the last time."""
        self._reach = {
            at: found.span() for found in re.finditer("_+|~+", self._seen) for at in range(*found.span())
        }
        self._word_ends: list[int] = []
        if "^" in self._seen:
            ends = [len(self._seen)] * (len(self._seen) + 1)
            for at in range(len(self._seen) - 1, -1, -1):
                ends[at] = at if self._seen[at].isspace() else ends[at + 1]
            self._word_ends = ends
        closers = [
            found.start()
            for found in re.finditer(r"(?<!\s)\$", self._seen)
            if _AFTER_DOLLAR.match(self._seen, found.end()) or self._is_escapable(found.end())
        ]
        self._last_closer = closers[-1] if closers else -1

    def _is_escapable(self, at: int) -> bool:
        """Tell whether an escape may come to stand before this character, and so behind a dollar."""
        return at < self._length and self._literal[at] and self.raw[at] in "_{"

    def _look_again(self) -> None:
        if self._entities:
            self._seen = "".join(
                ";" if at in self._entities else character for at, character in enumerate(self.raw)
            )

    def _written(self, at: int) -> str:
        character = self.raw[at]
        if at in self._entities:
            character = f"&#{ord(character)};"
        elif at in self._escapes:
            character = f"\\{character}"
        return APART + character if at in self._apart else character

    def _before(self, at: int) -> str:
        return self._seen[at - 1] if at > 0 else "\n"

    def _after(self, at: int) -> str:
        return self._seen[at + 1] if at + 1 < self._length else "\n"

    def _formula(self, tex: str, display: bool, before: Piece, after: Piece) -> str:
        """Return a formula with the delimiters that can stand between these neighbours."""
        first, last = before.text[-1:], after.text[:1]
        if display:
            free_before, free_after = first != "$", last != "$"
        else:
            free_before = not (first.isalnum() or first == "$")
            free_after = not re.match(r"[\w${]", last)
            if not (free_before and free_after) and not _ONLY_WORDS.fullmatch(tex):
                return f"\\({tex}\\)"
        mark = "$$" if display else "$"
        left = self._kept_off(free_before, before, self._length - 1)
        right = self._kept_off(free_after, after, self._length + len(left + tex) + 2 * len(mark))
        return f"{left}{mark}{tex}{mark}{right}"

    def _kept_off(self, is_free: bool, neighbour: Piece, at: int) -> str:
        """Return what has to stand between a formula and a neighbour that cannot be written by number."""
        if is_free:
            return ""
        if neighbour.kind == TEXT:
            self._entities.add(at)
            return ""
        return APART

    # One rule per character: would it be taken for syntax?

    def _is_live(self, at: int, character: str) -> bool:  # noqa: PLR0911, PLR0912 (one branch per character)
        raw, before, after = self._seen, self._before(at), self._after(at)
        match character:
            case "\\":
                return after in _PUNCTUATION or after == "\n"
            case "`":
                return self._backticks > 1
            case "*":
                return self._stars > 1 and not (_is_white(before) and _is_white(after))
            case "_":
                return self._touches_mark(at) or (self._runs["_"] > 1 and not self._is_idle_run(at))
            case "~":
                return self._tilde(at)
            case "^":
                return after == "[" or before == "[" or raw.rfind("^", at + 2, self._word_ends[at]) >= 0
            case "=":
                pair = after == "=" and before != "=" and raw[at + 2 : at + 3] not in ("=", "")
                return pair and not raw[at + 2].isspace() and self._last["=="] > at + 2
            case "$":
                return self._dollar(at)
            case "<":
                return after == "!" or (
                    ((after.isascii() and after.isalpha()) or after in "/?") and self._last[">"] > at
                )
            case "&":
                return bool(ENTITY.match(raw, at))
            case "[":
                return False
            case "]":
                return after == "("
            case "(":  # behind a footnote's mark it would make that a link
                if before == "]" and not self._literal[at - 1]:
                    self._entities.add(at)
                return False
            case "{":
                return self._brace(at)
            case "!":
                return before == "[" or (after == "[" and not self._literal[at + 1])
            case _:
                return False

    def _is_idle_run(self, at: int) -> bool:
        """Tell whether a run of `_` stands inside a word, or between spaces."""
        start, end = self._reach[at]
        before, after = self._before(start), self._after(end - 1)
        return (before.isalnum() and after.isalnum()) or (_is_white(before) and _is_white(after))

    def _touches_mark(self, at: int) -> bool:
        """Tell whether a mark of emphasis like this character goes on right beside it."""
        start, end = self._reach[at]
        return not all(self._literal[start:end])

    def _tilde(self, at: int) -> bool:
        if self._touches_mark(at):
            return True
        start, end = self._reach[at]
        if end - start > 1:
            between_spaces = _is_white(self._before(start)) and _is_white(self._after(end - 1))
            return self._runs["~"] > 1 and not between_spaces
        near = (self.raw.find("~", at + 1, at + 6), self.raw.rfind("~", max(0, at - 5), at))
        return any(found >= 0 for found in near)

    def _dollar(self, at: int) -> bool:
        before, after = self._before(at), self._after(at)
        if "$" in (before, after):
            return True
        return not (before.isalnum() or after.isspace()) and self._last_closer > at + 1

    def _brace(self, at: int) -> bool:
        """A brace may begin attributes, right behind a construct or at the end, and two a blank."""
        if self._after(at) == "{":
            return True
        closes = self._seen.find("}", at, at + _LONGEST_ATTRIBUTES)
        if closes < 0 or not re.match(_ATTRIBUTES, self._seen[at + 1 : closes]):
            return False
        behind = at > 0 and not self._literal[at - 1] and self._seen[at - 1] != "\n"
        return behind or closes + 1 >= self._edges[1] or self._after(closes) == "\n"

    def _keep_space(self, at: int, character: str) -> None:
        """Write white space by number where Markdown would drop it: at the edges of lines and of the text."""
        if character in "\n\r":
            self._entities.add(at)
            return
        before, after = self._before(at), self._after(at)
        first, end = self._edges
        if "\n" in (before, after) or at < first or at >= end:
            self._entities.add(at)

    def _flank(self, delimiter: _Delimiter) -> None:
        """Let a delimiter open or close (CommonMark's flanking) by writing its neighbours by number."""
        inner, outer = delimiter.end, delimiter.start - 1
        if not delimiter.opens:
            inner, outer = outer, inner
        inside = self._seen[inner] if 0 <= inner < self._length else "\n"
        outside = self._seen[outer] if 0 <= outer < self._length else "\n"
        if inside.isspace():
            self._number(inner)
            inside = "&"
        word_outside = not (_is_white(outside) or outside in _PUNCTUATION)
        is_underscore = self.raw[delimiter.start] == "_"
        if word_outside and (is_underscore or not inside.isalnum()) and not self._number(outer):
            self._apart.add(delimiter.start if delimiter.opens else delimiter.end)

    def _number(self, at: int) -> bool:
        """Write a character by number, and tell whether that is possible."""
        if self._literal[at] and not _has_no_number(self.raw[at]):
            self._entities.add(at)
            return True
        return False

    # What would begin a block at the start of a line.

    def _line_starts(self) -> None:
        if self._place is Place.BEHIND_LABEL and self.raw[:1] in (":", "："):
            self._number(0)  # else the label's own
        start = 0
        lines = self.raw.split("\n")
        for number, line in enumerate(lines):
            if number or self._place is Place.PARAGRAPH:
                at = begins_block(line, is_first=number == 0)
                if at is not None and self._literal[start + at]:
                    self._escapes.add(start + at)
                self._keep_from_label(start, line)
            start += len(line) + 1

    def _keep_from_label(self, start: int, line: str) -> None:
        """Break up what would be read as a label, or as its colon, at the start of this line."""
        colon = re.match(_SECOND_COLON, line)
        if colon:
            self._number(start + colon.start(1))
        found = re.match(_BOLD_LABEL, line)
        if found and self._fields.is_label(found["words"]):
            self._number(start + found.start("words"))
        found = re.match(_PLAIN_LABEL, line) if self._fields.plain else None
        if found and self._fields.is_label(found["words"]):
            if line[found.end("words")] in _PUNCTUATION:
                self._escapes.add(start + found.end("words"))
            else:  # only ASCII can be escaped
                self._number(start + found.end("words"))


_LONGEST_ATTRIBUTES = 200  # characters
_ATTRIBUTES = r"\s*(?:[.#][\w-]|[-+\d]|\w+=|case\b)"
_BOLD_LABEL = r"(?:\*{1,3}|_{1,3}) ?(?P<words>[^\W\d_][^*_:：\n]{0,60}?) ?(?:[:：*_])"
_SECOND_COLON = r"(?:\*\*|__)[^*_\n]{1,62}(?:\*\*|__) ?([:：])"
_PLAIN_LABEL = r"(?P<words>[^\W\d_][^*_:：\n]{0,60}?)[:：](?=[ \t]|$)"


def _is_white(character: str) -> bool:
    """Tell whether Markdown counts this as white space beside marks, as it does not some line ends."""
    return character.isspace() and character not in "\x85\u2028\u2029"


def _has_no_number(character: str) -> bool:
    """Tell whether Markdown takes the number of this character for a fault: a control, or no character."""
    code = ord(character)
    return 0x7F <= code <= 0x9F or 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE
