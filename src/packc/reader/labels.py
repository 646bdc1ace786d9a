"""Which words are labels, and which line begins a field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple


class FieldKey(StrEnum):
    """The fields of a question. The value is the key that `required:` and `places` use."""

    PROMPT = "prompt"
    CHOICES = "choices"
    ANSWER = "answer"
    ACCEPT = "accept"
    CLOZE = "cloze"
    MATCH = "match"
    SORT = "sort"
    ORDER = "order"
    SOLUTION = "solution"
    COLD_TARGET = "cold_target"
    WHY = "why"
    MISCONCEPTION = "misconception"
    SOURCE = "source"
    HINT = "hint"
    FEEDBACK = "feedback"
    RIGHT_FEEDBACK = "right_feedback"
    WRONG_FEEDBACK = "wrong_feedback"
    RUBRIC = "rubric"
    ALIAS = "alias"
    TAGS = "tags"
    DIFFICULTY = "difficulty"
    POINTS = "points"
    TIME = "time"
    TYPE = "type"
    SHUFFLE = "shuffle"
    LINES = "lines"
    WORDS = "words"
    OWN = "own"  # a field that the project defines


# Each takes the rest of its own line, and no more.
META = frozenset(
    {
        *(FieldKey.ALIAS, FieldKey.TAGS, FieldKey.DIFFICULTY, FieldKey.POINTS, FieldKey.TIME),
        *(FieldKey.TYPE, FieldKey.SHUFFLE, FieldKey.LINES, FieldKey.WORDS),
    }
)

LABELS: Mapping[str, FieldKey] = {
    "question": FieldKey.PROMPT,
    "prompt": FieldKey.PROMPT,
    "choices": FieldKey.CHOICES,
    "options": FieldKey.CHOICES,
    "answer": FieldKey.ANSWER,
    "answers": FieldKey.ANSWER,
    "correct answer": FieldKey.ANSWER,
    "accept": FieldKey.ACCEPT,
    "cloze": FieldKey.CLOZE,
    "match": FieldKey.MATCH,
    "sort": FieldKey.SORT,
    "order": FieldKey.ORDER,
    "solution": FieldKey.SOLUTION,
    "model answer": FieldKey.SOLUTION,
    "explanation": FieldKey.SOLUTION,
    "reveal academy answer": FieldKey.SOLUTION,
    "cold target": FieldKey.COLD_TARGET,
    "why it matters": FieldKey.WHY,
    "common wrong answer": FieldKey.MISCONCEPTION,
    "common mistake": FieldKey.MISCONCEPTION,
    "source family": FieldKey.SOURCE,
    "source": FieldKey.SOURCE,
    "reference": FieldKey.SOURCE,
    "references": FieldKey.SOURCE,
    "reference(s)": FieldKey.SOURCE,
    "hint": FieldKey.HINT,
    "feedback": FieldKey.FEEDBACK,
    "correct feedback": FieldKey.RIGHT_FEEDBACK,
    "incorrect feedback": FieldKey.WRONG_FEEDBACK,
    "rubric": FieldKey.RUBRIC,
    "marking": FieldKey.RUBRIC,
    "alias": FieldKey.ALIAS,
    "tags": FieldKey.TAGS,
    "difficulty": FieldKey.DIFFICULTY,
    "points": FieldKey.POINTS,
    "time": FieldKey.TIME,
    "type": FieldKey.TYPE,
    "shuffle": FieldKey.SHUFFLE,
    "lines": FieldKey.LINES,
    "words": FieldKey.WORDS,
    "word limit": FieldKey.WORDS,
}

# Without bold only these are labels: `Type:` alone would be a false alarm in ordinary prose.
PLAIN_LABELS = frozenset(
    {
        *("question", "solution", "answer", "hint", "why it matters"),
        *("common wrong answer", "cold target", "source family"),
    }
)


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


_WORDS = r"[^\W\d_][^*_:：\n]{0,60}?"
_BOLD = re.compile(rf"(?P<m>\*\*|__)[ ]?(?P<l>{_WORDS})[ ]?(?P<c1>[:：])?[ ]?(?P=m)(?P<c2>[ ]?[:：])?")

# Patterns as text: `re` compiles them when a pack first needs them.
_PLAIN = rf"(?P<l>{_WORDS})[:：](?=[ \t]|$)"
_ODD = (
    rf"(?P<m>\*{{1,3}}|_{{1,3}})(?P<l>{_WORDS})(?:[ ]?(?P<c>[:：])(?P<inner>[^*_\n]*))?"
    r"(?P=m)(?P<c2>[:：])?(?=[\s\w]|$)"
)


def label_line(line: str, *, plain: bool) -> LabelLine | None:
    """Return the known label that `line` begins with, or None. `plain`: labels may do without bold."""
    first = line[:1]
    if first in ("*", "_"):
        return _bold_label(line) or _odd_label(line)
    if plain and first.isalpha():
        match = re.match(_PLAIN, line)
        if match and fold(match["l"]) in PLAIN_LABELS:
            return _line(match, line, Dress.PLAIN, match.end())
    return None


def fold(label: str) -> str:
    """Return a label as `LABELS` spells it: case folded, single spaces."""
    return " ".join(label.casefold().split())


def bold_words(line: str) -> tuple[str, int] | None:
    """Return the words of a line that begins like `**Words:**`, known or not, and where that ends."""
    match = _BOLD.match(line)
    return (match["l"].strip(), match.end()) if match and (match["c1"] or match["c2"]) else None


def plain_words(line: str) -> str | None:
    """Return the words of a line that begins with one of the labels that need no bold, else None."""
    match = re.match(_PLAIN, line)
    return match["l"].strip() if match and fold(match["l"]) in PLAIN_LABELS else None


def has_bold_label(text: str) -> bool:
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
        elif line[:2] in ("**", "__") and _bold_label(line):
            return True
    return False


def _bold_label(line: str) -> LabelLine | None:
    match = _BOLD.match(line)
    if not match or fold(match["l"]) not in LABELS:
        return None
    alone = not line[match.end() :].strip()
    if not (match["c1"] or match["c2"] or alone):
        return None
    return _line(match, line, Dress.BOLD, match.end())


def _odd_label(line: str) -> LabelLine | None:
    match = re.match(_ODD, line)
    if not match or fold(match["l"]) not in LABELS:
        return None
    return _line(match, line, Dress.ODD, match.start("inner") if match["inner"] else match.end())


def _line(match: re.Match[str], line: str, dress: Dress, end: int) -> LabelLine:
    rest = line[end:]
    return LabelLine(
        key=LABELS[fold(match["l"])],
        label=match["l"].strip(),
        written=match[0],
        dress=dress,
        end=end + len(rest) - len(rest.lstrip()),
        spaced=not rest or rest[0].isspace(),
    )
