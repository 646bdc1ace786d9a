"""What Moodle XML does not carry as it was written: very little."""

from __future__ import annotations

from packc.backends.base import KEPT, Capabilities, Feature, Level, ValueLoss, degraded, dropped
from packc.backends.shared.moodle.losses import (
    ANSWER,
    CHARACTER,
    DIGITS,
    FORMATTING,
    GRADERS,
    ID,
    NAME,
    REFUSED,
    RIGHT_WEIGHT,
    SHOWN_ORDER,
    TAG,
    TWIN,
    VERDICTS,
    WEIGHT,
)

CAPABILITIES: Capabilities = dict.fromkeys(Feature, KEPT) | {
    Feature.CATEGORISING: degraded("a matching question: every item is given its category"),
    Feature.HEADS: degraded("they stand in one line below the question's text"),
    Feature.PIN: degraded("a question with a pinned choice is not shuffled"),
    Feature.MINUTES: dropped("Moodle knows no time for a question"),
    Feature.DIFFICULTY: degraded("a tag"),
    Feature.BLANK_HINT: degraded("a wrong answer to the blank calls them up"),
    Feature.BLANK_NUMBER: dropped("Moodle numbers blanks as they come"),
    Feature.LANGUAGE: degraded(
        "only texts from right to left say so themselves; the category's description names it"
    ),
    Feature.RELATIVE_LINK: degraded("only their text is kept where no `source_url` makes them absolute"),
}

POINTS = ValueLoss(
    "points of more than 7 decimals, or beyond 99,999", Level.DEGRADED, "Moodle stores the nearest it can"
)
CLOZE_POINTS = ValueLoss(
    "points of a cloze that its blanks cannot share evenly",
    Level.DEGRADED,
    "every blank is worth a whole number of points",
)
HINTS = ValueLoss("hints of open questions and essays", Level.DROPPED, "Moodle's essays have none")
VALUE_LOSSES = (
    REFUSED,
    ANSWER,
    WEIGHT,
    RIGHT_WEIGHT,
    DIGITS,
    POINTS,
    CLOZE_POINTS,
    VERDICTS,
    HINTS,
    GRADERS,
    FORMATTING,
    TWIN,
    SHOWN_ORDER,
    ID,
    NAME,
    TAG,
    CHARACTER,
)
