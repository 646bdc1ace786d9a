"""What follows from a fault that was reported already. One mistake makes one message."""

from __future__ import annotations

from bisect import bisect_left

from packc.ast.pack import Pack, questions, sections
from packc.ast.question import Question
from packc.diagnostics import Diagnostic, Label, Sink
from packc.diagnostics.rules.fields import IndentedLabel, PlainLabel, UnknownLabel
from packc.reader.grammar import ENGLISH, FieldKey, fold

# For each rule about what is missing, by its code: the faults that explain why it is.
_CAUSES = {
    "PK102": ("PK116",),
    "PK103": ("PK116", "PK210", "PK225"),
    "PK201": ("PK203", "PK204", "PK211", "PK223", "PK225"),
    "PK202": ("PK203", "PK225"),
    "PK214": ("PK211", "PK212", "PK213"),
    "PK226": ("PK211", "PK212"),
    "PK232": ("PK229", "PK230", "PK231"),
    "PK235": ("PK231",),
    "PK238": ("PK236",),
    "PK240": ("PK215", "PK318", "PK319", "PK321"),
    "PK243": ("PK217", "PK218"),
}
# The fields that answer a question; without any of them it is an open one without a solution.
_ANSWERS = frozenset(
    {
        *(FieldKey.SOLUTION, FieldKey.ANSWER, FieldKey.ACCEPT, FieldKey.CHOICES),
        *(FieldKey.CLOZE, FieldKey.MATCH, FieldKey.SORT, FieldKey.ORDER),
    }
)
_ALL = frozenset(code for codes in _CAUSES.values() for code in codes)


class Causes:
    """The faults of one pack that the reader found. False if none of them explains anything."""

    def __init__(self, pack: Pack, sink: Sink) -> None:
        self._found = sorted(
            (found.span.start, found.code) for found in sink if found.span is not None and found.code in _ALL
        )
        self._sink = sink
        answers = {label for label, key in ENGLISH.items() if key in _ANSWERS}
        answers |= {fold(label) for key, label in pack.labels.items() if key in _ANSWERS}
        self._unread = [found for found in sink if fold(_unread_label(found)) in answers]
        parts = (*questions(pack), *sections(pack)) if self._found or self._unread else ()
        self._starts = sorted(part.span.start for part in parts if part.span)

    def __bool__(self) -> bool:
        return bool(self._found)

    def blame_label(self, question: Question) -> bool:
        """Tell whether a label in `question` was taken for text that would have begun its answer.

        The warning about that label is an error then: without it nothing would be wrong.
        """
        if question.span is None:
            return False
        start = question.span.start
        end = min((part for part in self._starts if part > start), default=None)
        for found in self._unread:
            if found.span and found.span.start >= start and (end is None or found.span.start < end):
                self._sink.worsen(found, Label(question.span, "so this question has no answer"))
                return True
        return False

    def explain(self, code: str, question: Question) -> bool:
        """Tell whether the fault `code` of `question` follows from one that was found in its text."""
        causes = _CAUSES.get(code)
        if not causes or not self._found or question.span is None:
            return False
        start = question.span.start
        following = bisect_left(self._starts, start + 1)
        low = bisect_left(self._found, (start, ""))
        high = len(self._found)
        if following < len(self._starts):
            high = bisect_left(self._found, (self._starts[following], ""))
        return any(found in causes for _, found in self._found[low:high])


def _unread_label(found: Diagnostic) -> str:
    """Return the known label that a text was nearly taken for, if that is what `found` reports."""
    match found.rule:
        case UnknownLabel(near=label) | PlainLabel(written=label) | IndentedLabel(written=label):
            return label.strip("*_:： ")
        case _:
            return ""
