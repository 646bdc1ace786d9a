"""The kinds of question, by the names that people know."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """The kinds of question as a summary counts them, and as `Type:` names them."""

    OPEN = "open"
    ESSAY = "essay"
    SINGLE = "single choice"
    MULTIPLE = "multiple choice"
    TRUE_FALSE = "true/false"
    SHORT = "short answer"
    NUMERIC = "numeric"
    CLOZE = "cloze"
    MATCHING = "matching"
    CATEGORISING = "categorising"
    ORDERING = "ordering"
