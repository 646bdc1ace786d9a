"""packc's own importers, which share no code with the targets, make the same questions of both files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

import pytest

from packc import api
from packc.ast.keys import Accepted, BlankKey, DropdownKey, NumberKey, TextKey
from packc.ast.pack import Pack, questions
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
from packc.ast.richtext import Blank, Blocks, Inlines
from packc.ast.walk import walk
from packc.backends.base import EmitContext, File, Stream
from packc.backends.registry import load
from packc.diagnostics import Severity, Sink
from packc.importers import registry
from packc.importers.base import Given
from packc.render.plain import PLAIN
from tests.support import every_kind
from tests.support.judges import ROOT
from tests.targets.gift.samples import characters, shown

Key: TypeAlias = tuple[object, ...]


def imported(target: str, pack: Pack, context: EmitContext) -> dict[str, Question]:
    """Return the questions that the importer of `target` makes of what the target wrote, by id."""
    (artefact,) = load(target).emit(pack, context)
    assert isinstance(artefact, File | Stream)
    sink = Sink()
    given = Given.of_text(artefact.data.decode("utf-8"), name=artefact.path)
    made = registry.load(target).read(given, sink, fallback_id="fallback")
    assert [found for found in sink if found.severity is Severity.ERROR] == []
    return {question.id: question for one in made for question in questions(one.pack)}


def _own() -> Iterator[tuple[Pack, EmitContext]]:
    yield every_kind.every_kind(), every_kind.context()
    for loaded in api.load([], cwd=ROOT).packs:
        yield loaded.pack, loaded.context


@pytest.mark.parametrize("target", ["gift", "moodle"])
def test_the_importers_make_the_same_questions(target: str) -> None:
    gift = target == "gift"
    for pack, context in _own():
        found = imported(target, pack, context)
        asked = [question for question in questions(pack) if not _beyond(question, gift=gift)]
        assert set(found) == {question.id for question in asked}
        for question in asked:
            expected = KeyOf(pictures=not gift, places=gift, weights=weighted(question)).of(question)
            assert KeyOf(pictures=True, weights=weighted(question)).of(found[question.id]) == expected


def weighted(question: Question) -> bool:
    """Tell whether weights, not marks, say what is right."""
    return isinstance(question, ChoiceQuestion) and any(one.weight is not None for one in question.choices)


def _beyond(question: Question, *, gift: bool) -> bool:
    """Tell whether the file, or the pack that an importer makes, has no such question."""
    return gift and isinstance(question, ClozeQuestion)


class KeyOf(NamedTuple):
    """What tells right from wrong answers, in a form that both sides share.

    Without `pictures`, each leaves its alternative text. `places`: an order is a matching question, of items
    and their places.
    """

    pictures: bool
    places: bool = False
    weights: bool = False

    def of(self, question: Question) -> Key:
        match question:
            case ChoiceQuestion():  # pinned ones may have moved, and weights tell what is right in Moodle
                return tuple(
                    sorted(
                        (self._shown(one.blocks), self.weights or one.correct, self._shown(one.feedback))
                        for one in question.choices
                    )
                )
            case TrueFalseQuestion():
                return (question.answer,)
            case ShortAnswerQuestion():
                return tuple(_accepted(question.key.accepted))
            case NumericQuestion():
                return _blank(question.key)
            case MatchingQuestion() | CategorisingQuestion():
                pairs = [(self._shown(pair.left), _plain(pair.right)) for pair in question.pairs]
                others = {_plain(right) for right in question.distractors} - {right for _, right in pairs}
                return (sorted(pairs), sorted(others))
            case OrderingQuestion():
                items = [self._shown(item.blocks) for item in question.items]
                numbered = sorted((item, str(number)) for number, item in enumerate(items, 1))
                return (numbered, []) if self.places else tuple(items)
            case ClozeQuestion():
                return tuple(_blank(node.key) for node in walk(question.text) if isinstance(node, Blank))
            case OpenQuestion():
                return ("open",)

    def _shown(self, nodes: Blocks | Inlines) -> str:
        return shown(nodes, pictures=self.pictures)


def _blank(found: BlankKey) -> Key:
    match found:
        case TextKey():
            return (found.case, *_accepted(found.accepted))
        case NumberKey():
            right = [number for number in found.numbers if number.weight is None or number.weight > 0]
            bounds = [number.bounds for number in right]
            return tuple(sorted((round(float(low), 9), round(float(high), 9)) for low, high in bounds))
        case DropdownKey():
            return tuple((_plain(option.children), option.correct) for option in found.options)


def _accepted(found: tuple[Accepted, ...]) -> Iterator[tuple[str, float]]:
    for answer in sorted(found, key=lambda one: _plain(one.children)):
        weight = 100.0 if answer.weight is None else float(answer.weight)
        if weight > 0:  # an importer lists right answers alone, and says so
            yield _plain(answer.children), round(weight, 4)


def _plain(inlines: Inlines) -> str:
    return characters(PLAIN.inlines(inlines))
