"""Generated packs: always well-formed, every text there, nothing given away."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings

from packc.ast.keys import Accepted, Number
from packc.ast.pack import Pack, questions
from packc.ast.question import (
    CategorisingQuestion,
    ChoiceQuestion,
    MatchingQuestion,
    NumericQuestion,
    OrderingQuestion,
    Question,
    ShortAnswerQuestion,
    Side,
    TrueFalseQuestion,
)
from packc.ast.richtext import Text
from tests.support import packs
from tests.support.wild import QUESTIONS, SLOW, wild_packs
from tests.targets.html.emitted import elements, handout, tree


@settings(derandomize=True, max_examples=15, deadline=None, suppress_health_check=SLOW)
@given(wild_packs())
def test_both_files_are_well_formed_and_whole(made: Pack) -> None:
    for file in handout(made, packs.context()):
        root = tree(file)
        assert len(elements(root, "//article")) == len(list(questions(made)))
        assert len(elements(root, "//script")) == 1
        assert root.get("lang") == " ".join(made.meta.lang.split("\n")).replace("\t", " ").replace("\r", " ")


def with_another_key(first: Question, other: Question) -> Question:
    """Return `first` as a learner sees it, with all that is hidden from `other`, and with another key."""
    shown = tuple(note for note in first.notes if note.side is Side.FRONT)
    hidden = tuple(note for note in other.notes if note.side is not Side.FRONT)
    changed: Question = replace(
        first,
        title=other.title,
        solution=other.solution,
        notes=(*hidden, *shown),
        hints=other.hints,
        feedback=other.feedback,
        tags=other.tags,
        difficulty=other.difficulty,
        aliases=("OLD",),
    )
    match changed:
        case ChoiceQuestion(choices=choices):
            turned = tuple(
                replace(choice, correct=another.correct, feedback=another.feedback, weight=Decimal(7))
                for choice, another in zip(choices, (*choices[1:], choices[0]), strict=True)
            )
            return replace(changed, choices=turned)
        case TrueFalseQuestion():
            return replace(changed, answer=not changed.answer)
        case ShortAnswerQuestion():
            return replace(changed, key=replace(changed.key, accepted=(Accepted(children=(Text("x"),)),)))
        case NumericQuestion():
            return replace(changed, key=replace(changed.key, numbers=(Number(value=Decimal(7)),)))
        case MatchingQuestion() | CategorisingQuestion():
            rights = [*(pair.right for pair in changed.pairs), *changed.distractors]
            turned_rights = (*rights[1:], rights[0])
            again = tuple(
                replace(pair, right=right) for pair, right in zip(changed.pairs, turned_rights, strict=False)
            )
            return replace(changed, pairs=again, distractors=turned_rights[len(again) :])
        case OrderingQuestion():
            return replace(changed, items=changed.items[::-1])
        case _:
            return changed


@settings(derandomize=True, max_examples=20, deadline=None, suppress_health_check=SLOW)
@given(wild_packs(), QUESTIONS, QUESTIONS)
def test_another_key_gives_the_same_sheet(made: Pack, first: Question, other: Question) -> None:
    one = replace(made, parts=(first, *made.parts))
    changed = replace(made, parts=(with_another_key(first, other), *made.parts))

    assert handout(one, packs.context()).student == handout(changed, packs.context()).student
