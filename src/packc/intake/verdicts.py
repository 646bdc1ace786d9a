"""Feedback that hangs on typed answers: a pack has one text for right answers, and one for all others."""

from __future__ import annotations

from packc.ast.question import NO_FEEDBACK, Feedback
from packc.ast.richtext import Blocks
from packc.intake.remarks import Remarks
from packc.source import Span


class Verdicts:
    """Collects the feedback of the answers of one question. What has no place is reported."""

    def __init__(self, remarks: Remarks) -> None:
        self._remarks = remarks
        self._right: list[Blocks] = []
        self._wrong: list[Blocks] = []

    def answer(self, said: Blocks, text: str, *, whole: bool, span: Span | None) -> None:
        """Take the feedback of an answer that earns everything (`whole`) or a part."""
        if said and whole:
            self._add(self._right, said)
        elif said:
            self.other(said, text, span)

    def wrong(self, said: Blocks) -> None:
        """Take the feedback of whatever no answer fits."""
        if said:
            self._add(self._wrong, said)

    def other(self, said: Blocks, text: str, span: Span | None) -> None:
        if said:
            what = f"the feedback on `{text}`"
            self._remarks.lost(what, "only all right and all wrong answers have feedback here", span)

    @staticmethod
    def _add(texts: list[Blocks], said: Blocks) -> None:
        if said not in texts:
            texts.append(said)

    def feedback(self) -> Feedback:
        """Return the feedback; several texts on right answers follow each other."""
        right = tuple(block for blocks in self._right for block in blocks)
        wrong = tuple(block for blocks in self._wrong for block in blocks)
        return Feedback(right=right, wrong=wrong) if right or wrong else NO_FEEDBACK
