"""Why a question of a bank is left out."""

from __future__ import annotations


class LeftOut(ValueError):
    """A question that cannot be read, or that no pack can hold. The message is one clause.

    `line` is the number, from 0, of the line that is to blame; None: all of the question.
    """

    def __init__(self, why: str, line: int | None = None) -> None:
        super().__init__(why)
        self.line = line
