"""Generated packs: always well-formed, every text there, nothing given away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings

from packc.ast.keys import Accepted, Number
from packc.ast.pack import Pack, Part, Section, questions
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
from packc.backends.base import File, Stream
from packc.backends.options import Options, OptionValue
from packc.backends.registry import load
from packc.media import Media
from tests.support import packs
from tests.support.canaries import CANARY, NUMBER, with_canaries
from tests.support.random_packs import many, named, random_packs
from tests.support.wild import QUESTIONS, SLOW, wild_packs
from tests.targets.html.emitted import elements, handout, strings, tree

PACKS = many(15, 200)
STUDENT: dict[str, OptionValue] = {
    "variant": ("student",),
    "versions": ("A", "B"),
    "large_print": True,
    "easy_read": True,
}


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


def test_no_canary_is_in_a_student_file() -> None:
    for pack in random_packs(PACKS):
        with named(pack):
            hidden = replace(pack, meta=replace(pack.meta, title_on_front=False))
            marked = with_canaries(hidden)
            for file in _files(marked, **STUDENT):
                assert CANARY not in _all_of(file), file.path
                assert str(NUMBER) not in _all_of(file), file.path
            (key,) = _files(marked, variant=("key",))
            assert (CANARY in _all_of(key)) == any(questions(pack)), "canaries would be found"


def test_another_key_gives_the_same_files_of_random_packs() -> None:
    """All questions of a pack at once, in one order and in shuffled ones."""
    for pack in random_packs(PACKS):
        with named(pack):
            changed = replace(pack, parts=tuple(map(_with_another_key, pack.parts)))
            assert list(_files(pack, **STUDENT)) == list(_files(changed, **STUDENT))
            if changed != pack:
                assert list(_files(pack, variant=("key",))) != list(_files(changed, variant=("key",)))


def _with_another_key(part: Part) -> Part:
    if isinstance(part, Section):
        return replace(part, parts=tuple(map(_with_another_key, part.parts)))
    return with_another_key(part, replace(part, solution=(packs.para("another solution"),)))


def _files(pack: Pack, **options: OptionValue) -> Iterator[File]:
    given = Options({name.replace("_", "-"): value for name, value in options.items()})
    media = {"a/b.png": Media(packs.png(), "image/png", 40, 20)}
    for file in load("html").emit(pack, packs.context()._replace(media=media, options=given)):
        assert isinstance(file, Stream)
        yield File(file.path, file.data)


def _all_of(file: File) -> str:
    """Return all that a file says: as it stands, and once more with every reference resolved."""
    resolved = strings(tree(file), "//text() | //@*")
    apart = elements(tree(file), "//comment() | //processing-instruction()")
    return "\0".join([file.data.decode(), *resolved, *(each.text or "" for each in apart)])


@settings(derandomize=True, max_examples=20, deadline=None, suppress_health_check=SLOW)
@given(wild_packs(), QUESTIONS, QUESTIONS)
def test_another_key_gives_the_same_sheet(made: Pack, first: Question, other: Question) -> None:
    one = replace(made, parts=(first, *made.parts))
    changed = replace(made, parts=(with_another_key(first, other), *made.parts))

    assert handout(one, packs.context()).student == handout(changed, packs.context()).student
