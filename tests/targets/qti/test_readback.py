"""What the author wrote stands where a learner, a grader or a catalogue finds it, for random packs.

Told from the tree alone, and read with the standard library's parser: every character of every text that
a profile is said to keep. The keys are looked at in `test_generated_keys`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

import pytest

from packc.ast.keys import NumberKey
from packc.ast.pack import Pack, asked
from packc.ast.question import (
    CategorisingQuestion,
    ChoiceQuestion,
    ClozeQuestion,
    MatchingQuestion,
    NumericQuestion,
    OpenQuestion,
    OrderingQuestion,
    Question,
    Side,
)
from packc.ast.richtext import Blank, Blocks, Text
from packc.ast.walk import walk
from packc.backends.qti.profile import Importer
from packc.backends.qti.restricted import carries
from packc.render.labels import note_label
from packc.words import ENGLISH
from tests.support.random_packs import many as count_of
from tests.support.random_packs import named, random_packs
from tests.targets.gift.samples import characters
from tests.targets.gift.samples import shown as shown_with
from tests.targets.moodle.samples import CONTEXT
from tests.targets.qti.reading import MATHML, QTI, files, items, many

TARGETS = {
    "qti": ("qti", ""),
    "qti22": ("qti22", ""),
    "qti30": ("qti30", ""),
    "blackboard": ("qti", "blackboard"),
    "inspera": ("qti", "inspera"),
}
HIDDEN = ("rubricBlock", "feedbackBlock", "feedbackInline")


def shown(nodes: Blocks | tuple[object, ...]) -> str:
    return shown_with(nodes, pictures=True)  # type: ignore[arg-type]


def letters(node: Element, skip: tuple[str, ...] = ()) -> str:
    """Return the characters of an element: a formula by its TeX, nothing of what is to be answered."""
    return characters("".join(_letters(node, skip)))


def _letters(node: Element, skip: tuple[str, ...]) -> Iterator[str]:
    tag = node.tag.removeprefix(QTI)
    if node.tag == f"{MATHML}math":
        (note,) = node.iter(f"{MATHML}annotation")
        tex = note.text or ""
        yield f"\\[{tex}\\]" if node.get("display") == "block" else f"\\({tex}\\)"
        return
    if tag in skip or (skip and tag.endswith("Interaction")):
        return
    yield node.text or ""
    for child in node:
        yield from _letters(child, skip)
        yield child.tail or ""


def before(pack: Pack, question: Question, stimulus: Blocks) -> str:
    """Return what a learner sees before answering, without what is chosen from."""
    text = shown(stimulus) + (shown(question.title) if pack.meta.title_on_front else "")
    text += shown(question.prompt) + _notes(question, Side.FRONT)
    match question:
        case OpenQuestion():
            text += characters(ENGLISH.word_limit(question.least_words, question.most_words))
        case NumericQuestion():
            text += characters(question.key.unit)
        case ClozeQuestion():
            text += characters("".join(_around_blanks(question)))
        case _:
            pass
    return text


def _around_blanks(question: ClozeQuestion) -> Iterator[str]:
    inside: set[int] = set()
    for node in walk(question.text):
        if isinstance(node, Blank):
            inside |= {id(one) for one in walk((node,))}
            yield node.key.unit if isinstance(node.key, NumberKey) else ""
        elif isinstance(node, Text) and id(node) not in inside:
            yield node.text


def after(pack: Pack, question: Question) -> str:
    """Return what everybody sees after answering."""
    title = "" if pack.meta.title_on_front else shown(question.title)
    back = title + shown(question.solution) + _notes(question, Side.BACK)
    return back + shown(question.feedback.general)


def _notes(question: Question, side: Side) -> str:
    return "".join(
        characters(note_label(note, ENGLISH)) + shown(note.body)
        for note in question.notes
        if note.side is side
    )


def compare(pack: Pack, question: Question, stimulus: Blocks, item: Element, profile: str) -> None:
    (body,) = many(item, "itemBody")
    assert letters(body, HIDDEN) == before(pack, question, stimulus)
    told = _feedback(item)
    match question:
        case ChoiceQuestion():
            options = {f"choice_{n}": choice for n, choice in enumerate(question.choices, 1)}
            found = {node.get("identifier"): letters(node) for node in many(item, ".//simpleChoice")}
            assert found == {name: shown(choice.blocks) for name, choice in options.items()}
            for name, choice in options.items() if not profile else ():
                assert told.pop(name, "") == shown(choice.feedback)
        case MatchingQuestion() | CategorisingQuestion():
            left, right = many(item, ".//simpleMatchSet")
            assert [letters(node) for node in left] == [shown(pair.left) for pair in question.pairs]
            expected = {shown(pair.right) for pair in question.pairs} | set(map(shown, question.distractors))
            assert {letters(node) for node in right} == expected
            heads = "–".join(shown(head) for head in question.heads if head)
            assert "".join(letters(node) for node in many(item, ".//prompt")) == heads
        case OrderingQuestion():
            found = {node.get("identifier"): letters(node) for node in many(item, ".//simpleChoice")}
            order = [value.text for value in many(item, "responseDeclaration/correctResponse/value")]
            assert [found[name] for name in order] == [shown(step.blocks) for step in question.items]
        case _:
            pass
    if profile != "blackboard":
        _compare_after(pack, question, item, told, profile)


def _compare_after(pack: Pack, question: Question, item: Element, told: dict[str, str], profile: str) -> None:
    hints = [letters(node) for node in many(item, ".//feedbackBlock")]
    if profile:
        everything = "".join(told.values())
        for text in (*map(shown, question.hints), after(pack, question)):
            assert text in everything
        return
    assert hints == [shown(hint) for hint in question.hints]
    assert told.pop("general_fb", "") == after(pack, question)
    graders = "".join(letters(node) for node in many(item, "itemBody/rubricBlock"))
    right, wrong = shown(question.feedback.right), shown(question.feedback.wrong)
    if isinstance(question, OpenQuestion):
        assert all(shown(criterion.blocks) in graders for criterion in question.rubric)
        assert right in graders
        assert wrong in graders
    else:
        assert (told.pop("correct_fb", ""), told.pop("general_incorrect_fb", "")) == (right, wrong)
    assert _notes(question, Side.GRADERS) in graders
    assert not told


def _feedback(item: Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in many(item, "modalFeedback"):
        name = node.attrib["identifier"]
        found[name] = found.get(name, "") + letters(node)
    return found


@pytest.mark.parametrize("target", TARGETS)
def test_every_text_is_where_it_belongs(target: str) -> None:
    name, profile = TARGETS[target]
    compared = 0
    for sample in random_packs(count_of(40, 2_000)):
        with named(sample):
            written = items(files(sample, CONTEXT, name, profile))
            wanted: Mapping[str, tuple[Question, Blocks]] = {
                question.id: (question, stimulus)
                for question, stimulus in asked(sample)
                if carries(question, Importer(profile or "standard"))
            }
            assert set(written) == set(wanted)
            for key, (question, stimulus) in wanted.items():
                compare(sample, question, stimulus, written[key], profile)
                compared += 1
    assert compared > 20
