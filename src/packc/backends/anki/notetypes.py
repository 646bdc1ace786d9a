"""Note types: the fields, card templates and style that all packs' notes share in a collection.

A released field list is frozen: were a field added, removed or moved, Anki would keep every learner's old
notes and never update them again. The spare fields are for what comes later; a rename is free, since fields
have ids.
"""

from __future__ import annotations

import re
from functools import cache
from hashlib import sha256
from typing import assert_never

from packc.ast.question import (
    CategorisingQuestion,
    ChoiceQuestion,
    ClozeQuestion,
    MatchingQuestion,
    NumericQuestion,
    OpenQuestion,
    OrderingQuestion,
    Question,
    ShortAnswerQuestion,
    TrueFalseQuestion,
)
from packc.identity.ledger import Look
from packc.named import NamedTuple
from packc.render.templating import template_text

# When the templates below last changed, in UTC seconds. Anki takes templates only if this time is later than
# the one it has, so it moves with every change of theirs; `TEMPLATES_HASH` makes forgetting it impossible.
TEMPLATES_RELEASED = 1_795_870_200
TEMPLATES_HASH = "a604bec7a46c1bb5"

# Moves when the fields of the same question come out otherwise. Learners get that only with `--restamp`.
RENDERER = 1

_ASKED = ("ID", "Stimulus", "Question", "OwnFront", "ColdTarget", "Hints")
_EXPLAINED = ("Solution", "Feedback", "Misconception", "Why", "Source", "OwnBack", "Title", "Pack")
_SPARE = ("Extra1", "Extra2", "Extra3")
_PART = re.compile(r"\{\{> (\w+)}}\n")  # where a template takes in a file that several share


class NoteType(NamedTuple):
    """One note type. `key` names its schema for ever; `name` is what learners see in Anki's lists.

    `answer_fields` are what the kind needs besides what all have. `cloze`: Anki makes a card of each number.
    """

    key: str
    name: str
    answer_fields: tuple[str, ...]
    template: str
    cloze: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the fields, in the order that is frozen."""
        return (*_ASKED, *self.answer_fields, *_EXPLAINED, *_SPARE)

    @property
    def id(self) -> int:
        return pinned_id(self.key)

    def field_id(self, field: str) -> int:
        return pinned_id(f"{self.key}/field/{field}")

    @property
    def template_id(self) -> int:
        return pinned_id(f"{self.key}/template/Card")

    @property
    def front(self) -> str:
        return _template(f"{self.template}.front.html")

    @property
    def back(self) -> str:
        return _template(f"{self.template}.back.html")

    @property
    def css(self) -> str:
        return card_css()


QA = NoteType("packc/qa/1", "packc Q&A", ("How", "Rubric"), "qa")
CHOICE = NoteType("packc/choice/1", "packc Choice", ("Choices", "Correct", "Answers"), "choice")
CLOZE = NoteType("packc/cloze/1", "packc Cloze", ("Text", "Answers"), "cloze", cloze=True)
TYPE_IN = NoteType("packc/type-in/1", "packc Type-in", ("How", "Unit", "Answer", "Answers"), "typein")
ARRANGE = NoteType("packc/arrange/1", "packc Match & Order", ("Items", "Answers"), "arrange")

NOTE_TYPES = (QA, CHOICE, CLOZE, TYPE_IN, ARRANGE)


def note_type_of(question: Question) -> NoteType:
    match question:
        case OpenQuestion():
            return QA
        case ChoiceQuestion() | TrueFalseQuestion():
            return CHOICE
        case ClozeQuestion():
            return CLOZE
        case ShortAnswerQuestion() | NumericQuestion():
            return TYPE_IN
        case MatchingQuestion() | CategorisingQuestion() | OrderingQuestion():
            return ARRANGE
        case _:
            assert_never(question)


@cache
def _template(name: str) -> str:
    """Return a card's template, the parts that it shares with others and its script put in."""
    text = _PART.sub(lambda part: template_text(f"anki/{part[1]}.html"), template_text(f"anki/{name}"))
    return text.replace("<script></script>", f"<script>\n{template_text('anki/card.js')}</script>")


@cache
def card_css() -> str:
    return template_text("anki/card.css")


@cache
def pinned_id(key: str) -> int:
    """Return the id that belongs to `key` for ever: 52 bits of its SHA-256, exact in JavaScript too."""
    return int.from_bytes(sha256(key.encode("utf-8")).digest()[:8], "big") >> 12


def templates_hash() -> str:
    """Return the hash of all that `TEMPLATES_RELEASED` dates."""
    texts = [
        text for kind in NOTE_TYPES for text in (kind.name, *kind.fields, kind.front, kind.back, kind.css)
    ]
    return sha256("\0".join(texts).encode("utf-8")).hexdigest()[:16]


def look() -> Look:
    """Return how cards look. Templates that are not packc's own have no time: the ledger finds them one."""
    found = templates_hash()
    return Look(RENDERER, found, TEMPLATES_RELEASED if found == TEMPLATES_HASH else 0)
