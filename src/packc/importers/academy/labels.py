"""The labels of a pasted page. Their bold type is lost, so fewer words count than in a pack."""

from __future__ import annotations

import re

from packc.ast.question import Role
from packc.named import NamedTuple
from packc.source import Span

PROMPT, SOLUTION, HINT = "prompt", "solution", "hint"

LABELS: dict[str, str] = {
    "question": PROMPT,
    "prompt": PROMPT,
    "solution": SOLUTION,
    "answer": SOLUTION,
    "model answer": SOLUTION,
    "academy answer": SOLUTION,
    "reveal academy answer": SOLUTION,
    "reveal answer": SOLUTION,
    "hint": HINT,
    "cold target": Role.COLD_TARGET,
    "why it matters": Role.WHY,
    "common wrong answer": Role.MISCONCEPTION,
    "common mistake": Role.MISCONCEPTION,
    "source family": Role.SOURCE,
    "source": Role.SOURCE,
    "reference": Role.SOURCE,
    "references": Role.SOURCE,
}
# Alone on its line: the title of a block that opens on demand. `Source` alone might be any word.
_WITHOUT_COLON = frozenset(
    [
        *("question", "solution", "reveal academy answer", "reveal answer", "academy answer"),
        *("why it matters", "cold target", "common wrong answer", "source family"),
    ]
)
_WORDS = re.compile(r"(?P<words>[A-Za-z][A-Za-z ]{2,30}?)[ \u00a0]?(?P<colon>[:：]|$)")


class Label(NamedTuple):
    """A label at the start of a line. `key` is what it begins, `span` its place without the colon."""

    key: str
    written: str
    span: Span


def label_of(text: str, span: Span) -> tuple[Label, str] | None:
    """Return the label that `text`, which stands at `span`, begins with, and the rest; None without one."""
    match = _WORDS.match(text)
    if match is None:
        return None
    words = " ".join(match["words"].casefold().split())
    if words not in (LABELS if match["colon"] else _WITHOUT_COLON):
        return None
    place = span._replace(end=span.start + len(match["words"]))
    return Label(LABELS[words], match["words"], place), text[match.end() :]
