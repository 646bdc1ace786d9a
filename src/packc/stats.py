"""What a bank holds, in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal

from packc.ast.kinds import Kind
from packc.ast.pack import Pack, questions
from packc.ast.question import ChoiceQuestion, Question, TrueFalseQuestion, kind_of
from packc.ast.richtext import Image
from packc.ast.walk import lines_of, nodes_of, texts_of
from packc.named import NamedTuple
from packc.render.plain import PLAIN


class PackStats(NamedTuple):
    """One pack. Points and minutes are of the questions that have any."""

    id: str
    questions: int
    words: int
    images: int
    points: Decimal
    minutes: Decimal


class Longest(NamedTuple):
    """The question with the most words, in all its fields together; the first of several."""

    pack: str
    question: str
    words: int


class Stats(NamedTuple):
    """A bank. Where nothing is to count an entry is missing, never 0.

    `fields`: how many questions have each field. `choices`: how many choice questions have so many choices.
    `positions`: how often the choice at a place, from 1, is right, in questions with one right choice.
    """

    packs: tuple[PackStats, ...]
    kinds: Mapping[Kind, int]
    fields: Mapping[str, int]
    choices: Mapping[int, int]
    positions: Mapping[int, int]
    true: int
    false: int
    longest: Longest | None

    @property
    def questions(self) -> int:
        return sum(pack.questions for pack in self.packs)

    @property
    def words(self) -> int:
        return sum(pack.words for pack in self.packs)

    @property
    def images(self) -> int:
        return sum(pack.images for pack in self.packs)

    @property
    def points(self) -> Decimal:
        return sum((pack.points for pack in self.packs), Decimal(0))

    @property
    def minutes(self) -> Decimal:
        return sum((pack.minutes for pack in self.packs), Decimal(0))


def stats(packs: Sequence[Pack]) -> Stats:
    """Return the numbers of `packs`, which may be broken."""
    kinds: Counter[Kind] = Counter()
    fields: Counter[str] = Counter()
    choices: Counter[int] = Counter()
    positions: Counter[int] = Counter()
    truths: Counter[bool] = Counter()
    longest: Longest | None = None
    rows = []
    for pack in packs:
        words = 0
        for question in questions(pack):
            kinds[kind_of(question)] += 1
            fields.update(_fields(question))
            match question:
                case ChoiceQuestion():
                    choices[len(question.choices)] += 1
                    right = [place for place, choice in enumerate(question.choices, 1) if choice.correct]
                    positions.update(right if len(right) == 1 else [])
                case TrueFalseQuestion():
                    truths[question.answer] += 1
                case _:
                    pass
            count = _words(question)
            words += count
            if longest is None or count > longest.words:
                longest = Longest(pack.id, question.id, count)
        rows.append(_row(pack, words))
    return Stats(
        packs=tuple(rows),
        kinds={kind: kinds[kind] for kind in Kind if kinds[kind]},
        fields={key: fields[key] for key in _FIELDS if fields[key]},
        choices=dict(sorted(choices.items())),
        positions=dict(sorted(positions.items())),
        true=truths[True],
        false=truths[False],
        longest=longest,
    )


_FIELDS = (
    *("solution", "why", "source", "misconception", "cold_target", "hint", "feedback", "rubric", "own"),
    *("points", "time", "difficulty", "tags", "alias"),
)


def _fields(question: Question) -> set[str]:
    """Return the keys of the fields that `question` has, of those that any kind may have."""
    feedback = question.feedback
    present = {
        "solution": question.solution,
        "hint": question.hints,
        "feedback": feedback.general or feedback.right or feedback.wrong,
        "rubric": getattr(question, "rubric", ()),
        "points": question.points is not None,
        "time": question.minutes is not None,
        "difficulty": question.difficulty,
        "tags": question.tags,
        "alias": question.aliases,
    }
    return {key for key, value in present.items() if value} | {note.role.value for note in question.notes}


def _row(pack: Pack, words: int) -> PackStats:
    found = list(questions(pack))
    return PackStats(
        id=pack.id,
        questions=len(found),
        words=words,
        images=len(nodes_of(pack, Image)),
        points=sum((each.points for each in found if each.points is not None), Decimal(0)),
        minutes=sum((each.minutes for each in found if each.minutes is not None), Decimal(0)),
    )


def _words(question: Question) -> int:
    texts = [PLAIN.blocks(text) for text in texts_of(question)]
    texts += [PLAIN.inlines(line) for line in lines_of(question)]
    return sum(len(text.split()) for text in texts)
