"""What follows from a fault that was reported already. One mistake makes one message."""

from __future__ import annotations

from bisect import bisect_left

from packc.ast.pack import Pack, questions, sections
from packc.ast.question import Question
from packc.diagnostics import Sink

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
_ALL = frozenset(code for codes in _CAUSES.values() for code in codes)


class Causes:
    """The faults of one pack that the reader found. False if none of them explains anything."""

    def __init__(self, pack: Pack, sink: Sink) -> None:
        self._found = sorted(
            (found.span.start, found.code) for found in sink if found.span is not None and found.code in _ALL
        )
        parts = (*questions(pack), *sections(pack)) if self._found else ()
        self._starts = sorted(part.span.start for part in parts if part.span)

    def __bool__(self) -> bool:
        return bool(self._found)

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
