"""What an independent GIFT reader finds in packc's files is what the author wrote."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from packc.ast.pack import Pack, Section, questions
from packc.ast.question import Choice, ChoiceQuestion, Question, Role
from packc.backends.gift.document import gift_text
from tests.support.packs import pack as sample_pack
from tests.targets.gift.judge import Read, read_gift
from tests.targets.gift.moodle_rules import category_names, faults
from tests.targets.gift.samples import characters, seen, shown, some_packs, torture_pack

pytestmark = pytest.mark.judge


def test_the_sample_pack_reads_back() -> None:
    (read,) = read_gift([gift_text(sample_pack())])
    _compare(sample_pack(), read)
    names = [question["title"] for question in read]
    assert names == [
        "top/Academy/Deep Learning/A sample & pack",
        "A sample & pack",
        "Q1",
        "Q2",
        "top/Academy/Deep Learning/A sample & pack/A section",
        "A section",
        "Q3",
        "top/Academy/Deep Learning/A sample & pack",
        "What to do after this pack",
    ]
    assert {question["id"] for question in read if question["type"] in ("MC", "Essay")} == {"Q1", "Q2", "Q3"}
    assert read[2]["tags"] == ["deep-learning", "Training Loops"]


def test_code_reads_back_to_the_letter() -> None:
    (read,) = read_gift([gift_text(sample_pack())])
    third = read[3]["choices"][2]["text"]
    code = 'def f(x):\n    return "a\\n" # 0\n\n0'
    assert third == {"format": "html", "text": f'<pre><code class="language-python">{code}</code></pre>'}


def test_every_torture_text_reads_back() -> None:
    (read,) = read_gift([gift_text(torture_pack())])
    _compare(torture_pack(), read)
    assert read[2]["tags"][:2] == ["one", "two words"]


def test_generated_packs_read_back() -> None:
    made = some_packs(120)
    assert sum(len(list(questions(pack))) for pack in made) > 120
    texts = [gift_text(pack) for pack in made]
    for pack, text, read in zip(made, texts, read_gift(texts), strict=True):
        assert faults(text) == []
        _compare(pack, read)


def _compare(pack: Pack, read: Read) -> None:
    """The items stand in the file in source order, and each says what the pack says."""
    items = [item for item in read if item["type"] != "Category"]
    expected = list(_expected(pack))
    assert [_type(item) for item in items] == [kind for kind, _, _ in expected]
    for item, (_, text, question) in zip(items, expected, strict=True):
        assert item["stem"]["format"] == "html"
        assert seen(item["stem"]["text"]) == text
        if question is not None:
            _compare_question(item, question)
    assert all(category_names(f"$CATEGORY:{item['title']}") for item in read if item["type"] == "Category")


def _type(item: dict[str, Any]) -> str:
    return str(item["type"])


def _expected(pack: Pack) -> Iterator[tuple[str, str, Question | None]]:
    if pack.intro:
        yield "Description", shown(pack.intro), None
    yield from _expected_parts(pack)


def _expected_parts(container: Pack | Section) -> Iterator[tuple[str, str, Question | None]]:
    for part in container.parts:
        if isinstance(part, Section):
            if part.blocks or not list(questions(part)):
                yield "Description", shown(part.title) + shown(part.blocks), None
            yield from _expected_parts(part)
        else:
            cold = part.note(Role.COLD_TARGET)
            front = shown(part.prompt) + (characters(cold.label) + shown(cold.body) if cold else "")
            yield "MC" if isinstance(part, ChoiceQuestion) else "Essay", front, part


def _compare_question(item: dict[str, Any], question: Question) -> None:
    assert item["title"] == item["id"] == question.id
    back = shown(question.title) + shown(question.solution)
    for note in question.notes:
        if note.role is not Role.COLD_TARGET:
            back += characters(note.label) + shown(note.body)
    feedback = item["globalFeedback"]
    assert (seen(feedback["text"]) if feedback else "") == back
    assert not item["hasEmbeddedAnswers"]
    if isinstance(question, ChoiceQuestion):
        assert len(item["choices"]) == len(question.choices)
        for read, choice in zip(item["choices"], question.choices, strict=True):
            _compare_choice(read, choice, question)


def _compare_choice(read: dict[str, Any], choice: Choice, question: ChoiceQuestion) -> None:
    assert read["text"]["format"] == "html"
    assert seen(read["text"]["text"]) == shown(choice.blocks)
    assert (seen(read["feedback"]["text"]) if read["feedback"] else "") == shown(choice.feedback)
    right = sum(one.correct for one in question.choices)
    wrong = len(question.choices) - right
    if right == 1:
        assert (read["isCorrect"], read["weight"]) == (choice.correct, None)
    elif choice.correct:
        assert read["weight"] == pytest.approx(100 / right, abs=1e-5)
    else:
        assert read["weight"] == pytest.approx(-100 / wrong, abs=1e-5)
