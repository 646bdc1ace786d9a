"""Questions: one class per kind. What all kinds share stands in `QuestionBase`."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeAlias

from packc.ast.node import Node, keyword_node
from packc.ast.richtext import Blocks, Inlines


class Role(StrEnum):
    """What a note is for. The value is the key that `required:` and the outputs use."""

    WHY = "why"
    SOURCE = "source"
    MISCONCEPTION = "misconception"
    COLD_TARGET = "cold_target"


@keyword_node
class Note(Node):
    """A field that explains a question. `label` is the author's own word for it, without the colon."""

    role: Role
    label: str
    body: Blocks


@keyword_node
class QuestionBase(Node):
    """`id` is as the author wrote it and unique in its pack; `title` is never shown before the answer.

    `span` covers the heading line; `prompt` is empty only in a pack with errors. `notes` holds at most
    one note per role, in source order.
    """

    id: str
    title: Inlines = ()
    prompt: Blocks = ()
    solution: Blocks = ()
    notes: tuple[Note, ...] = ()

    def note(self, role: Role) -> Note | None:
        """Return the note with this role, if the author wrote one."""
        return next((note for note in self.notes if note.role is role), None)


@keyword_node
class OpenQuestion(QuestionBase):
    """A question answered in one's own words; `solution` is the model answer."""


@keyword_node
class Choice(Node):
    """One choice; `feedback` is what a learner sees after choosing it."""

    blocks: Blocks
    correct: bool
    feedback: Blocks = ()


@keyword_node
class ChoiceQuestion(QuestionBase):
    """A question with choices: single choice when exactly one is right, else multiple choice.

    `solution` is an explanation and may be empty.
    """

    choices: tuple[Choice, ...]

    @property
    def multiple(self) -> bool:
        return sum(choice.correct for choice in self.choices) > 1


Question: TypeAlias = OpenQuestion | ChoiceQuestion


class Kind(StrEnum):
    """The kinds of question as a summary counts them."""

    OPEN = "open"
    SINGLE = "single choice"
    MULTIPLE = "multiple choice"


def kind_of(question: Question) -> Kind:
    """Return the kind a summary counts `question` under."""
    match question:
        case OpenQuestion():
            return Kind.OPEN
        case ChoiceQuestion():
            return Kind.MULTIPLE if question.multiple else Kind.SINGLE
