"""TeX to MathML, for the targets that show formulas without a script.

math-core is the converter: it refuses what it does not know, where others pass it through as live markup.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from html.entities import html5
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from math_core import LatexToMathML


class MathFault(ValueError):
    """TeX that cannot become MathML. `offset` is where, in characters of the TeX; the text says why."""

    def __init__(self, why: str, offset: int) -> None:
        super().__init__(why)
        self.offset = offset


@lru_cache(maxsize=4096)
def mathml(tex: str, display: bool) -> str:
    """Return the formula as one well-formed `<math>` element without prefix, its TeX kept as annotation.

    Raises MathFault where the TeX is unbalanced or holds a command that MathML lacks (`\\ce`, `\\SI`).
    """
    from math_core import LatexError

    try:
        written = _converter().convert_with_local_state(tex, displaystyle=display)
    except LatexError as error:
        offset, _, why = str(error).partition(": ")  # math-core's form: "9: Expected closing token"
        raise MathFault(why, min(int(offset), len(tex))) from None
    return _NAMED_ENTITY.sub(_as_character, written)


@cache
def _converter() -> LatexToMathML:
    from math_core import LatexToMathML

    return LatexToMathML(xml_namespace=True, annotation=True, fancy_error=False)


# math-core writes some HTML entities (`&ApplyFunction;`) that XML does not know.
_NAMED_ENTITY = re.compile(r"&(?!amp;|lt;|gt;|quot;|apos;|#)([A-Za-z][A-Za-z0-9]*;)")


def _as_character(match: re.Match[str]) -> str:
    return html5[match.group(1)]
