"""Pairs of other programs: a matching, or where one partner belongs to several, a categorising question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from packc.ast.question import CategorisingQuestion, MatchingQuestion, Pair, Question
from packc.ast.richtext import Inlines
from packc.intake.fault import LeftOut


def matched(pairs: Sequence[Pair], distractors: Sequence[Inlines], shared: dict[str, Any]) -> Question:
    """Return the question; `shared` is what questions of all kinds have. Raises LeftOut."""
    rights = [pair.right for pair in pairs]
    extra = tuple(dict.fromkeys(one for one in distractors if one not in rights))
    if len(pairs) < 2:
        raise LeftOut("there are not two pairs")
    if len(set(rights)) < len(rights):
        return CategorisingQuestion(**shared, pairs=tuple(pairs), distractors=extra)
    return MatchingQuestion(**shared, pairs=tuple(pairs), distractors=extra)
