"""The grammar of a pack's fields: which there are, and which labels begin them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache

from packc.ast.question import Side
from packc.named import NamedTuple

# Invisible marks that steer the direction of text. Editors put them beside brackets and colons.
DIRECTION_MARKS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


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

ENGLISH: Mapping[str, FieldKey] = {
    "question": FieldKey.PROMPT,
    "prompt": FieldKey.PROMPT,
    "choices": FieldKey.CHOICES,
    "options": FieldKey.CHOICES,
    "answer": FieldKey.ANSWER,
    "answers": FieldKey.ANSWER,
    "correct answer": FieldKey.ANSWER,
    "correct answers": FieldKey.ANSWER,
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
PLAIN = frozenset(
    {
        *("question", "solution", "answer", "hint", "why it matters"),
        *("common wrong answer", "cold target", "source family"),
    }
)


class OwnField(NamedTuple):
    """A field that the project or the pack defines. `key` is none of `FieldKey`'s values."""

    key: str
    labels: tuple[str, ...]
    side: Side = Side.BACK
    required: bool = False


class Grammar(NamedTuple):
    """The labels in force, folded. `own` has the field behind each label whose key is `OWN`.

    `plain` are the labels that need no bold.
    """

    labels: Mapping[str, FieldKey] = ENGLISH
    own: Mapping[str, OwnField] = {}
    plain: frozenset[str] = PLAIN

    def with_label(self, label: str, key: FieldKey) -> Grammar:
        """Return the grammar in which `label` begins field `key` as well."""
        folded = fold(label)
        needs_bold = key not in _PLAIN_KEYS
        return self._replace(
            labels={**self.labels, folded: key}, plain=self.plain if needs_bold else self.plain | {folded}
        )

    def with_field(self, field: OwnField) -> Grammar:
        """Return the grammar with this own field, in place of an earlier one with the same key."""
        own = {label: other for label, other in self.own.items() if other.key != field.key}
        added = dict.fromkeys((fold(label) for label in field.labels), field)
        labels = {label: key for label, key in self.labels.items() if label in own or key is not FieldKey.OWN}
        return self._replace(
            labels={**labels, **dict.fromkeys(added, FieldKey.OWN)},
            own={**own, **added},
        )

    def owner(self, label: str) -> str:
        """Return the key of the field that `label` begins, or ''."""
        folded = fold(label)
        own = self.own.get(folded)
        return own.key if own else self.labels[folded].value if folded in self.labels else ""

    @property
    def fields(self) -> tuple[OwnField, ...]:
        """The own fields, each once, in the order in which they were defined."""
        return tuple(dict.fromkeys(self.own.values()))


DEFAULT = Grammar()

# What may stand without bold in any language: the labels a project adds to these fields.
_PLAIN_KEYS = frozenset(
    {
        *(FieldKey.PROMPT, FieldKey.SOLUTION, FieldKey.ANSWER, FieldKey.HINT),
        *(FieldKey.WHY, FieldKey.MISCONCEPTION, FieldKey.COLD_TARGET),
    }
)


@lru_cache(maxsize=1024)  # a pack has few labels, each of them a thousand times
def fold(label: str) -> str:
    """Return a label as a grammar has it: composed, case folded, single spaces, no direction marks."""
    if label.isascii():
        return " ".join(label.casefold().split())
    bare = label.translate(dict.fromkeys(map(ord, DIRECTION_MARKS)))
    return " ".join(unicodedata.normalize("NFC", bare.casefold()).split())
