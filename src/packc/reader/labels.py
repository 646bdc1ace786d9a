"""Which line begins a field, and with which label."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

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
_MARKS = f"[{DIRECTION_MARKS}]{{0,2}}"
_COLON = rf"[ \u00a0\u202f]?{_MARKS}[:：]"  # French puts a space that does not break before it
_BOLD = re.compile(
    rf"{_MARKS}(?P<m>\*\*|__)[ ]?{_MARKS}(?P<l>{_WORDS})(?P<c1>{_COLON})?{_MARKS}[ ]?(?P=m)"
    rf"(?(c1)|(?P<c2>{_COLON})?)"
)

# Patterns as text: `re` compiles them when a pack first needs them.
_PLAIN = rf"{_MARKS}(?P<l>{_WORDS}){_COLON}(?={_MARKS}(?:[ \t]|$))"
_ODD = (
    rf"{_MARKS}(?P<m>\*{{1,3}}|_{{1,3}}){_MARKS}(?P<l>{_WORDS})(?:(?P<c>{_COLON})(?P<inner>[^*_\n]*))?"
    rf"(?P=m)(?(c)|(?P<c2>{_COLON})?)(?=[\s\w]|$)"
)


def label_line(line: str, grammar: Grammar, *, plain: bool) -> LabelLine | None:
    """Return the known label that `line` begins with, or None. `plain`: labels may do without bold."""
    first = line[:1]
    if first in DIRECTION_MARKS:
        first = line.lstrip(DIRECTION_MARKS)[:1]
    if first in ("*", "_"):
        return _bold_label(line, grammar) or _odd_label(line, grammar)
    if plain and first.isalpha():
        match = re.match(_PLAIN, line)
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
    match = _BOLD.match(line)
    return (match["l"].strip(), match.end()) if match and (match["c1"] or match["c2"]) else None


def plain_words(line: str, grammar: Grammar) -> str | None:
    """Return the words of a line that begins with one of the labels that need no bold, else None."""
    match = re.match(_PLAIN, line)
    return match["l"].strip() if match and fold(match["l"]) in grammar.plain else None


def has_bold_label(text: str, grammar: Grammar) -> bool:
    """Tell whether any line of `text` outside code fences begins with a known bold label."""
    if "**" not in text and "__" not in text:
        return False
    fence = ""
    for line in text.split("\n"):
        mark = line.lstrip()[:3]
        if fence:
            if mark == fence:
                fence = ""
        elif mark in ("```", "~~~"):
            fence = mark
        elif line.lstrip(DIRECTION_MARKS)[:2] in ("**", "__") and _bold_label(line, grammar):
            return True
    return False


def _bold_label(line: str, grammar: Grammar) -> LabelLine | None:
    match = _BOLD.match(line)
    if not match or fold(match["l"]) not in grammar.labels:
        return None
    alone = not line[match.end() :].strip()
    if not (match["c1"] or match["c2"] or alone):
        return None
    return _line(match, line, grammar, Dress.BOLD, match.end())


def _odd_label(line: str, grammar: Grammar) -> LabelLine | None:
    match = re.match(_ODD, line)
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
