"""Questions: one class per kind. What all kinds share stands in `QuestionBase`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias, assert_never

from packc.ast.keys import NumberKey, TextKey
from packc.ast.kinds import Kind
from packc.ast.node import Node, keyword_node
from packc.ast.richtext import Blocks, Inlines, ListItem
from packc.source import Span


class Role(StrEnum):
    """What a note is for. The value is the key that `required:` and the outputs use."""

    WHY = "why"
    SOURCE = "source"
    MISCONCEPTION = "misconception"
    COLD_TARGET = "cold_target"
    OWN = "own"  # a field that the project defines; the note's `key` tells which


class Side(StrEnum):
    """Who sees a note, and when."""

    FRONT = "front"  # with the question
    BACK = "back"  # after answering
    GRADERS = "graders"  # never a learner


@keyword_node
class Note(Node):
    """A field that explains a question. `label` is the author's own word for it, without the colon.

    `key` and `side` are the project's for a field of its own; else they follow from the role.
    """

    role: Role
    label: str
    body: Blocks
    key: str = ""
    side: Side = Side.BACK

    def __post_init__(self) -> None:
        if self.role is Role.COLD_TARGET:  # what a good answer must name is part of the question
            object.__setattr__(self, "side", Side.FRONT)


@keyword_node
class Feedback(Node):
    """What a learner reads after answering: in any case, after a right and after a wrong answer."""

    general: Blocks = ()
    right: Blocks = ()
    wrong: Blocks = ()


NO_FEEDBACK = Feedback()


@keyword_node
class QuestionBase(Node):
    """`id` is as the author wrote it and unique in its pack; `title` is never shown before the answer.

    `span` covers the heading line; `prompt` is empty only in a pack with errors, or where a cloze text
    stands alone. `notes` holds at most one note per role, and per key of a field of the project's own, in
    source order. `hints` are in the order in which they are given. `points` and `minutes` are None where
    the author says nothing; `shuffle` likewise, and then a target does what is usual there. `places` has
    the place of each field that the author wrote, by its key. `stated`: the author wrote `Type:`.
    """

    id: str
    title: Inlines = ()
    prompt: Blocks = ()
    solution: Blocks = ()
    notes: tuple[Note, ...] = ()
    hints: tuple[Blocks, ...] = ()
    feedback: Feedback = NO_FEEDBACK
    aliases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    difficulty: str = ""
    points: Decimal | None = None
    minutes: Decimal | None = None
    shuffle: bool | None = None
    stated: bool = field(default=False, compare=False)
    places: Mapping[str, Span] = field(default_factory=dict, compare=False, repr=False)

    def note(self, role: Role) -> Note | None:
        """Return the note with this role, if the author wrote one."""
        return next((note for note in self.notes if note.role is role), None)


@keyword_node
class Criterion(Node):
    """One line of a rubric; `points` is None where the author gives none."""

    blocks: Blocks
    points: Decimal | None = None


@keyword_node
class OpenQuestion(QuestionBase):
    """A question answered in one's own words; `solution` is the model answer.

    `essay`: the author asks for an essay, which needs no model answer. `rubric` is for graders alone.
    `lines` is the room for the answer on paper; the limits count words.
    """

    essay: bool = False
    rubric: tuple[Criterion, ...] = ()
    lines: int | None = None
    least_words: int | None = None
    most_words: int | None = None


class Pin(StrEnum):
    """Where a choice stays when choices are shuffled."""

    NONE = ""
    FIRST = "first"
    LAST = "last"
    FIXED = "fixed"  # where the author put it


@keyword_node
class Choice(Node):
    """One choice; `feedback` is what a learner sees after choosing it.

    `weight` is the share of the points that choosing it earns or costs, in percent; None leaves it to what
    is usual.
    """

    blocks: Blocks
    correct: bool
    feedback: Blocks = ()
    weight: Decimal | None = None
    pin: Pin = Pin.NONE


@keyword_node
class ChoiceQuestion(QuestionBase):
    """A question with choices: single choice when exactly one is right, else multiple choice.

    `several`: a multiple choice although only one is right. `solution` is an explanation and may be empty.
    """

    choices: tuple[Choice, ...]
    several: bool = False

    @property
    def multiple(self) -> bool:
        return self.several or [choice.correct for choice in self.choices].count(True) > 1


@keyword_node
class TrueFalseQuestion(QuestionBase):
    """A statement that is true or false."""

    answer: bool


@keyword_node
class ShortAnswerQuestion(QuestionBase):
    """A question answered with a word or two."""

    key: TextKey


@keyword_node
class NumericQuestion(QuestionBase):
    """A question answered with a number."""

    key: NumberKey


@keyword_node
class ClozeQuestion(QuestionBase):
    """A text with blanks to fill in; the only text that holds `Blank` nodes. `prompt` may be empty."""

    text: Blocks


@keyword_node
class Pair(Node):
    """Two texts that belong together."""

    left: Inlines
    right: Inlines


@keyword_node
class MatchingQuestion(QuestionBase):
    """Every left text has a right text of its own. `heads` are the headings of the two columns.

    `distractors` are right texts that belong to no left one.
    """

    pairs: tuple[Pair, ...]
    heads: tuple[Inlines, Inlines] = ((), ())
    distractors: tuple[Inlines, ...] = ()


@keyword_node
class CategorisingQuestion(QuestionBase):
    """Left texts to be sorted into the categories on the right; several may share one.

    `distractors` are categories that stay empty.
    """

    pairs: tuple[Pair, ...]
    heads: tuple[Inlines, Inlines] = ((), ())
    distractors: tuple[Inlines, ...] = ()

    @property
    def categories(self) -> tuple[Inlines, ...]:
        """Every category once, in source order, the empty ones last."""
        return tuple(dict.fromkeys((*(pair.right for pair in self.pairs), *self.distractors)))


@keyword_node
class OrderingQuestion(QuestionBase):
    """Items to be put in order; `items` are in the right one."""

    items: tuple[ListItem, ...]


Question: TypeAlias = (
    OpenQuestion
    | ChoiceQuestion
    | TrueFalseQuestion
    | ShortAnswerQuestion
    | NumericQuestion
    | ClozeQuestion
    | MatchingQuestion
    | CategorisingQuestion
    | OrderingQuestion
)


def kind_of(question: Question) -> Kind:
    """Return the kind a summary counts `question` under."""
    match question:
        case OpenQuestion():
            return Kind.ESSAY if question.essay else Kind.OPEN
        case ChoiceQuestion():
            return Kind.MULTIPLE if question.multiple else Kind.SINGLE
        case TrueFalseQuestion():
            return Kind.TRUE_FALSE
        case ShortAnswerQuestion():
            return Kind.SHORT
        case NumericQuestion():
            return Kind.NUMERIC
        case ClozeQuestion():
            return Kind.CLOZE
        case MatchingQuestion():
            return Kind.MATCHING
        case CategorisingQuestion():
            return Kind.CATEGORISING
        case OrderingQuestion():
            return Kind.ORDERING
        case _:
            assert_never(question)
