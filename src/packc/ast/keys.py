"""Keys: what counts as a right answer that is typed or picked from a list."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from packc.ast.node import Node, keyword_node

if TYPE_CHECKING:
    from packc.ast.richtext import Inlines

HUNDRED = Decimal(100)


@keyword_node
class Accepted(Node):
    """One accepted answer. What a learner types is the plain text of `children`.

    `weight` is the share of the points it earns, in percent; None means all of them.
    """

    children: Inlines
    weight: Decimal | None = None


@keyword_node
class TextKey(Node):
    """Accepted answers, the best one first; `case`: upper and lower case are told apart."""

    accepted: tuple[Accepted, ...]
    case: bool = False


@keyword_node
class Number(Node):
    """One accepted number, or with `upper` the range from `value` to `upper`, both ends included.

    `tolerance` is how far off an answer may be: in the number's own unit or, with `percent`, in percent of
    it. Without tolerance the answer has to be exactly the value. `weight` is as in `Accepted`.
    """

    value: Decimal
    upper: Decimal | None = None
    tolerance: Decimal = Decimal(0)
    percent: bool = False
    weight: Decimal | None = None

    @property
    def bounds(self) -> tuple[Decimal, Decimal]:
        """The least and the greatest number that count as right."""
        if self.upper is not None:
            return self.value, self.upper
        off = abs(self.value) * self.tolerance / HUNDRED if self.percent else self.tolerance
        return self.value - off, self.value + off


@keyword_node
class NumberKey(Node):
    """Accepted numbers, the best one first; `unit` is shown beside the field, and not typed."""

    numbers: tuple[Number, ...]
    unit: str = ""


@keyword_node
class Option(Node):
    """One entry of a drop-down list."""

    children: Inlines
    correct: bool


@keyword_node
class DropdownKey(Node):
    """A list to pick one entry from."""

    options: tuple[Option, ...]


BlankKey: TypeAlias = TextKey | NumberKey | DropdownKey
