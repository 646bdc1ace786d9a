"""The figures of base.css, large.css and easy.css, as printed. Lengths are points, or ems."""

from __future__ import annotations

from collections.abc import Mapping

from packc.handout.editions import Style
from packc.named import NamedTuple

MM = 72 / 25.4


class Type(NamedTuple):
    """What a style sheet says of type, its lines, what is between paragraphs, and lines to write on."""

    size: float = 11
    leading: float = 1.4
    between: float = 0.6
    gutter: float = 3.5
    label: float = 0.8125
    rule: float = 8.5 * MM
    table: float = 0.9375
    code: float = 0.875
    spaced: float = 1  # how much wider letters are by what stands between them


TYPES: Mapping[Style, Type] = {
    Style.LARGE: Type(18, 1.5, 0.6, 0, 1, 12 * MM, table=1, code=1),
    Style.EASY: Type(14, 1.5, 0.9, 3.5, 0.9375, spaced=1.05),
}
