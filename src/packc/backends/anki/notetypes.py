"""Note types: the fields, card templates and style that all packs' notes share in a collection.

A released field list is frozen: were a field added, removed or moved, Anki would keep every learner's old
notes and never update them again. The spare fields are for what comes later; a rename is free, since fields
have ids.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256

from packc.ast.question import ChoiceQuestion, OpenQuestion, Question
from packc.render.templating import template_text

# When the templates below last changed, in UTC seconds. Anki takes templates only if this time is later than
# the one it has, so it moves with every change of theirs; `TEMPLATES_HASH` makes forgetting it impossible.
TEMPLATES_RELEASED = 1_795_548_300
TEMPLATES_HASH = "08dbdb6576b5af4b"

_SPARE = ("Extra1", "Extra2", "Extra3")


@dataclass(frozen=True)
class NoteType:
    """One note type. `key` names its schema for ever; `name` is what learners see in Anki's lists."""

    key: str
    name: str
    fields: tuple[str, ...]
    folder_name: str

    @property
    def id(self) -> int:
        return pinned_id(self.key)

    def field_id(self, field: str) -> int:
        return pinned_id(f"{self.key}/field/{field}")

    @property
    def template_id(self) -> int:
        return pinned_id(f"{self.key}/template/Card")

    @cached_property
    def front(self) -> str:
        return template_text(f"anki/{self.folder_name}.front.html")

    @cached_property
    def back(self) -> str:
        return template_text(f"anki/{self.folder_name}.back.html")

    @property
    def css(self) -> str:
        return card_css()


QA = NoteType(
    key="packc/qa/1",
    name="packc Q&A",
    fields=(
        "ID",
        "Question",
        "ColdTarget",
        "Solution",
        "Misconception",
        "Why",
        "Source",
        "Title",
        "Pack",
        *_SPARE,
    ),
    folder_name="qa",
)

CHOICE = NoteType(
    key="packc/choice/1",
    name="packc Choice",
    fields=(
        "ID",
        "Question",
        "ColdTarget",
        "Choices",
        "Correct",
        "Answers",
        "Solution",
        "Misconception",
        "Why",
        "Source",
        "Title",
        "Pack",
        *_SPARE,
    ),
    folder_name="choice",
)

NOTE_TYPES = (QA, CHOICE)


def note_type_of(question: Question) -> NoteType:
    match question:
        case OpenQuestion():
            return QA
        case ChoiceQuestion():
            return CHOICE


@cache
def card_css() -> str:
    return template_text("anki/card.css")


def pinned_id(key: str) -> int:
    """Return the id that belongs to `key` for ever: 52 bits of its SHA-256, exact in JavaScript too."""
    return int.from_bytes(sha256(key.encode("utf-8")).digest()[:8], "big") >> 12


def templates_hash() -> str:
    """Return the hash of all that `TEMPLATES_RELEASED` dates."""
    texts = [
        text for kind in NOTE_TYPES for text in (kind.name, *kind.fields, kind.front, kind.back, kind.css)
    ]
    return sha256("\0".join(texts).encode("utf-8")).hexdigest()[:16]
