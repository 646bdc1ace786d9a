"""One question as QTI sees it, whatever the version: body, responses, scoring, feedback.

An item is lowered from the AST (`lowering`) and written as XML (`item`, `processing`). Rich text stands in
it as XHTML, in which `<slot id="…"/>` marks the place of what `inline` has under that name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal
from typing import Literal, TypeAlias

from packc.named import NamedTuple
from packc.record import record

RESPONSE = "RESPONSE"  # the usual name where an item has one response


class Exact(NamedTuple):
    """All the points for exactly the correct response, else nothing."""

    points: Decimal


class Entry(NamedTuple):
    """What one answer, or one part of it, adds to the score; `case` only for texts."""

    key: str
    value: Decimal
    case: bool | None = None


class Mapped(NamedTuple):
    """The sum of what every part of the response adds, kept between `low` and `high`."""

    entries: tuple[Entry, ...]
    low: Decimal
    high: Decimal


class Band(NamedTuple):
    """The points of a number from `low` to `high`; `value` is the one to be shown as right.

    `is_range`: the author gave the ends, and not the value.
    """

    value: str
    low: str
    high: str
    points: Decimal
    is_range: bool = False

    @property
    def exact(self) -> bool:
        return self.low == self.high


class Near(NamedTuple):
    """The points of the first band that the number lies in."""

    bands: tuple[Band, ...]


Scoring: TypeAlias = Exact | Mapped | Near
Cardinality: TypeAlias = Literal["single", "multiple", "ordered"]
BaseType: TypeAlias = Literal["identifier", "string", "float", "directedPair", "boolean"]


class Response(NamedTuple):
    """A variable that a learner sets. Without `scoring` people score it, or nobody."""

    identifier: str
    cardinality: Cardinality
    base_type: BaseType
    correct: tuple[str, ...] = ()
    scoring: Scoring | None = None


@record
class Option:
    """One of several things to choose, order or match; `fixed` ones stay in place when shuffled."""

    identifier: str
    xhtml: str
    fixed: bool = False


@record
class Choose:
    response: str
    options: tuple[Option, ...]
    shuffle: bool
    several: bool


@record
class Order:
    response: str
    options: tuple[Option, ...]
    shuffle: bool


@record
class Match:
    """Every one of `left` is matched with at most one of `right`; `heads` stands above them."""

    response: str
    heads: str
    left: tuple[Option, ...]
    right: tuple[Option, ...]
    shuffle: bool


@record
class Write:
    """A field for a text of some lines."""

    response: str
    lines: int


@record
class Flow:
    """Rich text, in a `div` of its own."""

    xhtml: str
    css_class: str = ""


@record
class HintText:
    """A text that appears when its hint was asked for."""

    identifier: str
    xhtml: str


@record
class Graders:
    """What only those see who score."""

    xhtml: str


Part: TypeAlias = Flow | Choose | Order | Match | Write | HintText | Graders


@record
class Entered:
    """A blank to type into."""

    response: str


@record
class Picked:
    """A blank to fill from a list; `options` are identifiers and plain texts."""

    response: str
    options: tuple[tuple[str, str], ...]
    shuffle: bool


@record
class HintButton:
    """Asks for a hint: sets its response, a boolean, and ends no attempt that counts."""

    response: str
    title: str


@record
class HintWords:
    """A text in running text that appears when its hint was asked for."""

    identifier: str
    xhtml: str


Inline: TypeAlias = Entered | Picked | HintButton | HintWords


class Hint(NamedTuple):
    """What asking for a hint, with the response of its button, shows: itself last."""

    response: str
    shows: tuple[str, ...]


class Scheme(NamedTuple):
    """How the answers of an item are scored, and what they call up: many items have that alike.

    `shown` are the outcomes that feedback hangs on.
    """

    points: Decimal
    responses: tuple[Response, ...]
    hints: tuple[Hint, ...]
    shown: frozenset[str]

    @property
    def scored(self) -> tuple[Response, ...]:
        """The responses that a player scores."""
        return tuple(response for response in self.responses if response.scoring is not None)


class Shown:
    """The outcomes that feedback hangs on, and the values that show it.

    Canvas sorts feedback by these very words, so that no choice's identifier may hold one of them.
    """

    CHOICE = "FEEDBACK"
    VERDICT = "VERDICT"
    GENERAL = "GENERAL"
    RIGHT_VALUE = "correct_fb"
    WRONG_VALUE = "general_incorrect_fb"
    GENERAL_VALUE = "general_fb"

    @staticmethod
    def hint(identifier: str) -> str:
        """Return the outcome of a hint: each has its own, for not every player adds to a container."""
        return f"SHOW_{identifier}"


@record
class Feedback:
    """A text that appears after answering, when `outcome` is, or holds, `value`."""

    outcome: str
    value: str
    xhtml: str


@record
class Item:
    """One question. `title` is what learners may see; `lang` is a language tag or empty.

    `direction` is `ltr` or `rtl` where the pack says so and the version can.
    """

    identifier: str
    title: str
    lang: str
    points: Decimal
    body: tuple[Part, ...]
    responses: tuple[Response, ...] = ()
    inline: Mapping[str, Inline] = field(default_factory=dict)
    hints: tuple[Hint, ...] = ()
    feedback: tuple[Feedback, ...] = ()
    direction: str = ""

    @property
    def scheme(self) -> Scheme:
        """What of it decides how answers are scored, and what they call up."""
        shown = frozenset([one.outcome for one in self.feedback])
        return Scheme(self.points, self.responses, self.hints, shown)
