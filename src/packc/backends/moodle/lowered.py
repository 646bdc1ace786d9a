"""What a question becomes in Moodle XML, before it is XML."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum, auto

from packc.backends.base import Loss
from packc.named import NamedTuple


class Verdicts(Enum):
    """Where the feedback on right and on wrong answers stands."""

    COMBINED = auto()  # in fields of the question
    ANSWERS = auto()  # with the answers that call it up
    GENERAL = auto()  # nowhere of its own: in the general feedback, which everybody sees


class Answer(NamedTuple):
    """One answer. `text` is HTML where `rich`, else plain; `tolerance` is a number's."""

    grade: Decimal
    text: str
    feedback: str = ""
    rich: bool = False
    tolerance: str = ""


class Lowered(NamedTuple):
    """One question. `refusal` says why it cannot be imported; then nothing else counts.

    `below` is HTML that follows the question's text, with `blanks` in the places of their marks. `settings`
    are elements with a plain value. `worth` is what a cloze's blanks are worth together. `graders` is HTML
    that only graders see.
    """

    kind: str
    refusal: str = ""
    losses: tuple[Loss, ...] = ()
    verdicts: Verdicts = Verdicts.GENERAL
    settings: tuple[tuple[str, str], ...] = ()
    answers: tuple[Answer, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    unit: str = ""
    below: str = ""
    blanks: tuple[str, ...] = ()
    worth: int = 0
    graders: str = ""
