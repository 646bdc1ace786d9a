"""Which line begins a field, and with which label."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cached_property

from packc.named import NamedTuple
from packc.reader.fences import outside_fences
from packc.reader.grammar import DIRECTION_MARKS, FieldKey, Grammar, OwnField, fold


class Dress(StrEnum):
    """How a label is written."""

    BOLD = "bold"
    PLAIN = "plain"
    ODD = "odd"  # bold or italic in a way that is no label: an error, never text


class LabelLine(NamedTuple):
    """A line that begins with a known label. `end` is where the value begins, in characters of the line."""

    key: FieldKey
    label: str  # as written, without marks and colon
    written: str  # with its marks
    dress: Dress
    end: int
    spaced: bool  # false: a space is missing after the label
    own: OwnField | None = None  # which one, if the key is `OWN`

    @property
    def field(self) -> str:
        """The key of the field, the project's own one for a field of its own."""
        return self.own.key if self.own else self.key


_WORDS = r"[^\W\d_][^*_:：\n]{0,60}?"
# French puts a space that does not break before a colon.
_BEFORE_BOLD = frozenset(f"*_{DIRECTION_MARKS}")
_RARE = ("：", "\u00a0", "\u202f", *DIRECTION_MARKS)


class _Patterns:
    """The shapes of labels in a line. `re` compiles each when a pack first needs it."""

    def __init__(self, marks: str, spaces: str, colons: str) -> None:
        words = rf"[^\W\d_][^*_{colons}\n]{{0,60}}?"
        colon = rf"[{spaces}]?{marks}[{colons}]"
        self._bold = (
            rf"{marks}(?P<m>\*\*|__)[ ]?{marks}(?P<l>{words})(?P<c1>{colon})?{marks}[ ]?(?P=m)"
            rf"(?(c1)|(?P<c2>{colon})?)"
        )
        self._plain = rf"{marks}(?P<l>{words}){colon}(?={marks}(?:[ \t]|$))"
        self._odd = (
            rf"{marks}(?P<m>\*{{1,3}}|_{{1,3}}){marks}(?P<l>{words})(?:(?P<c>{colon})(?P<inner>[^*_\n]*))?"
            rf"(?P=m)(?(c)|(?P<c2>{colon})?)(?=[\s\w]|$)"
        )

    @cached_property
    def bold(self) -> re.Pattern[str]:
        return re.compile(self._bold)

    @cached_property
    def plain(self) -> re.Pattern[str]:
        return re.compile(self._plain)

    @cached_property
    def odd(self) -> re.Pattern[str]:
        return re.compile(self._odd)


_SIMPLE = _Patterns("", " ", ":")
_FULL = _Patterns(f"[{DIRECTION_MARKS}]{{0,2}}", " \u00a0\u202f", ":：")


def _patterns(line: str) -> _Patterns:
    """Return what reads `line`. The full patterns take a millisecond to compile, which few packs need."""
    return _SIMPLE if line.isascii() or not any(rare in line for rare in _RARE) else _FULL


def label_line(line: str, grammar: Grammar, *, plain: bool) -> LabelLine | None:
    """Return the known label that `line` begins with, or None. `plain`: labels may do without bold."""
    first = line[:1]
    if first in DIRECTION_MARKS:
        first = line.lstrip(DIRECTION_MARKS)[:1]
    if first in ("*", "_"):
        return _bold_label(line, grammar) or _odd_label(line, grammar)
    if plain and first.isalpha():
        match = _patterns(line).plain.match(line)
        if match and fold(match["l"]) in grammar.plain:
            return _line(match, line, grammar, Dress.PLAIN, match.end())
    return None


def can_be_label(text: str) -> bool:
    """Tell whether `text` may be a label: a letter, then up to 60 characters that are no mark of ours."""
    return re.fullmatch(_WORDS, text) is not None


def whole_label(text: str, grammar: Grammar) -> LabelLine | None:
    """Return the label that `text` is, as in a heading or a title: `Solution`, `**Solution:**`."""
    marks = f"*_ \u00a0\u202f{DIRECTION_MARKS}"
    words = text.strip(marks).rstrip(f":：{marks}").strip(marks)
    folded = fold(words)
    key = grammar.labels.get(folded)
    if key is None:
        return None
    own = grammar.own.get(folded)
    return LabelLine(key, words, text, Dress.BOLD, len(text), spaced=True, own=own)


def bold_words(line: str) -> tuple[str, int] | None:
    """Return the words of a line that begins like `**Words:**`, known or not, and where that ends."""
    if line[:1] not in _BEFORE_BOLD:
        return None
    match = _patterns(line).bold.match(line)
    return (match["l"].strip(), match.end()) if match and (match["c1"] or match["c2"]) else None


def plain_words(line: str, grammar: Grammar) -> str | None:
    """Return the words of a line that begins with one of the labels that need no bold, else None."""
    if ":" not in line and "：" not in line:
        return None
    match = _patterns(line).plain.match(line)
    return match["l"].strip() if match and fold(match["l"]) in grammar.plain else None


def has_bold_label(text: str, grammar: Grammar, start: int = 0) -> bool:
    """Tell whether a line of `text` from `start` on, outside code fences, begins with a known bold label."""
    if "**" not in text and "__" not in text:
        return False
    return any(
        line.lstrip(DIRECTION_MARKS)[:2] in ("**", "__") and _bold_label(line, grammar) is not None
        for _, line in outside_fences(text, start)
    )


def _bold_label(line: str, grammar: Grammar) -> LabelLine | None:
    match = _patterns(line).bold.match(line)
    if not match or fold(match["l"]) not in grammar.labels:
        return None
    alone = not line[match.end() :].strip()
    if not (match["c1"] or match["c2"] or alone):
        return None
    return _line(match, line, grammar, Dress.BOLD, match.end())


def _odd_label(line: str, grammar: Grammar) -> LabelLine | None:
    if not line.lstrip(f"*_{DIRECTION_MARKS}")[:1].isalnum():  # an item of a list, mostly
        return None
    match = _patterns(line).odd.match(line)
    if not match or fold(match["l"]) not in grammar.labels:
        return None
    end = match.start("inner") if match["inner"] else match.end()
    return _line(match, line, grammar, Dress.ODD, end)


def _line(match: re.Match[str], line: str, grammar: Grammar, dress: Dress, end: int) -> LabelLine:
    rest = line[end:]
    if rest[:1] in DIRECTION_MARKS:
        bare = rest.lstrip(DIRECTION_MARKS)
        if not bare or bare[0].isspace():
            end += len(rest) - len(bare)
            rest = bare
    folded = fold(match["l"])
    return LabelLine(
        key=grammar.labels[folded],
        label=match["l"].strip(f" \t\u00a0\u202f{DIRECTION_MARKS}"),
        written=match[0],
        dress=dress,
        end=end + len(rest) - len(rest.lstrip()),
        spaced=not rest or rest[0].isspace(),
        own=grammar.own.get(folded),
    )
