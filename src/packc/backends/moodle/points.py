"""What a question is worth, as Moodle stores it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from packc.ast.question import ClozeQuestion, OpenQuestion, Question
from packc.backends.base import Loss
from packc.backends.moodle.losses import POINTS
from packc.backends.shared.moodle.grades import plain

ONE = Decimal(1)
_STEP = Decimal("0.0000001")
_MOST = Decimal(99_999)


def default_grade(question: Question) -> str:
    """Return the points: what the author says, else what the rubric adds up to, else one."""
    return plain(_stored(_points(question)))


def points_losses(question: Question) -> Iterator[Loss]:
    """Yield a loss where Moodle stores other points. Those of a cloze are its blanks'."""
    points = _points(question)
    stored = _stored(points)
    if stored != points and not isinstance(question, ClozeQuestion):
        span = question.places.get("points", question.span)
        yield POINTS.at(span, f"{plain(points)} points", f"Moodle stores {plain(stored)}")


def _points(question: Question) -> Decimal:
    if question.points is not None:
        return question.points
    if isinstance(question, OpenQuestion):
        marks = [criterion.points for criterion in question.rubric if criterion.points is not None]
        return sum(marks, Decimal(0)) or ONE
    return ONE


def _stored(points: Decimal) -> Decimal:
    return min(max(points, Decimal(0)), _MOST).quantize(_STEP)
