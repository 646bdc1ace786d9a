"""The labels that are written, by the key of the field."""

from __future__ import annotations

from collections.abc import Mapping

from packc.ast.question import Note, Role

CANONICAL: Mapping[str, str] = {
    "prompt": "Question",
    "choices": "Choices",
    "answer": "Answer",
    "accept": "Accept",
    "cloze": "Cloze",
    "match": "Match",
    "sort": "Sort",
    "order": "Order",
    "solution": "Solution",
    "cold_target": "Cold target",
    "why": "Why it matters",
    "misconception": "Common wrong answer",
    "source": "Source",
    "hint": "Hint",
    "feedback": "Feedback",
    "right_feedback": "Correct feedback",
    "wrong_feedback": "Incorrect feedback",
    "rubric": "Rubric",
    "alias": "Alias",
    "tags": "Tags",
    "difficulty": "Difficulty",
    "points": "Points",
    "time": "Time",
    "type": "Type",
    "shuffle": "Shuffle",
    "lines": "Lines",
    "words": "Words",
}

# What else an author may call a note and get back as they wrote it.
_NOTE_LABELS: Mapping[Role, frozenset[str]] = {
    Role.WHY: frozenset({"why it matters"}),
    Role.SOURCE: frozenset({"source family", "source", "reference", "references", "reference(s)"}),
    Role.MISCONCEPTION: frozenset({"common wrong answer", "common mistake"}),
    Role.COLD_TARGET: frozenset({"cold target"}),
    Role.OWN: frozenset(),
}

_META = ("alias", "tags", "difficulty", "points", "time", "type", "shuffle", "lines", "words")
_META_ENGLISH = frozenset({*_META, "word limit"})

# Every other word that begins a field: text that looks like one has to be kept apart from it.
_OTHERS = (
    *("prompt", "options", "answers", "correct answer", "model answer", "explanation"),
    *("reveal academy answer", "marking", "word limit"),
)


class Labels:
    """The labels of one pack: the author's own where they use others than packc's English ones."""

    def __init__(self, own: Mapping[str, str]) -> None:
        self._own = own
        known = (*CANONICAL.values(), *_OTHERS, *own.values())
        self._known = {_fold(label) for label in known} | frozenset().union(*_NOTE_LABELS.values())

    def of(self, key: str) -> str:
        """Return the label of the field with this key."""
        return self._own.get(key) or CANONICAL[key]

    def of_note(self, note: Note) -> str:
        """Return the author's label of a note if it would be read as that note again, else the usual one.

        Where the pack has labels of its own for such notes, the author's is one of them.
        """
        if note.role is Role.OWN or _fold(note.label) in _NOTE_LABELS[note.role] or note.role in self._own:
            return note.label
        return self.of(note.role)

    def learn(self, label: str) -> None:
        """Count `label`, of a field of the project's own, among the known ones."""
        self._known.add(_fold(label))

    def is_content(self, words: str) -> bool:
        """Tell whether these words begin a field that makes a question of the text around it."""
        return (
            self.is_known(words)
            and _fold(words) not in {_fold(self.of(key)) for key in _META} | _META_ENGLISH
        )

    def is_known(self, words: str) -> bool:
        return _fold(words) in self._known


def _fold(label: str) -> str:
    return " ".join(label.casefold().split())
