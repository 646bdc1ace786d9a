"""What an independent GIFT reader finds in packc's files is what the author wrote."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import Any

import pytest

from packc.ast.pack import Pack, Section, questions
from packc.ast.question import (
    CategorisingQuestion,
    Choice,
    ChoiceQuestion,
    MatchingQuestion,
    NumericQuestion,
    OpenQuestion,
    OrderingQuestion,
    Question,
    ShortAnswerQuestion,
    Side,
    TrueFalseQuestion,
)
from packc.ast.richtext import Inlines
from packc.backends.gift.document import gift_text
from packc.render.labels import note_label
from packc.render.plain import PLAIN
from packc.words import ENGLISH
from tests.support.packs import pack as sample_pack
from tests.targets.gift.judge import Read, read_gift
from tests.targets.gift.moodle_rules import category_names, faults
from tests.targets.gift.samples import characters, seen, shown, some_packs, torture_pack

pytestmark = pytest.mark.judge
COUNT = 10_000 if os.environ.get("TEST_DEEP") == "1" else 100


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
    made = some_packs(COUNT)
    assert sum(len(list(questions(pack))) for pack in made) > COUNT // 2
    for some in batched(made, 500):  # what one process of Node can hold
        texts = [gift_text(pack) for pack in some]
        for pack, text, read in zip(some, texts, read_gift(texts), strict=True):
            assert faults(text) == []
            _compare(pack, read)


def batched(packs: list[Pack], size: int) -> Iterator[list[Pack]]:
    for start in range(0, len(packs), size):
        yield packs[start : start + size]


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
            yield _TYPES[type(part)], _front(part), part


_TYPES = {
    OpenQuestion: "Essay",
    ChoiceQuestion: "MC",
    TrueFalseQuestion: "TF",
    ShortAnswerQuestion: "Short",
    NumericQuestion: "Numerical",
    MatchingQuestion: "Matching",
    CategorisingQuestion: "Matching",
    OrderingQuestion: "Matching",
}
_SAY_VERDICTS = (TrueFalseQuestion, ShortAnswerQuestion, NumericQuestion)


def _front(question: Question) -> str:
    text = shown(question.prompt) + _notes(question, Side.FRONT)
    if isinstance(question, NumericQuestion) and question.key.unit:
        text += characters(f"[{question.key.unit}]")
    return text


def _notes(question: Question, side: Side) -> str:
    notes = (note for note in question.notes if note.side is side)
    return "".join(characters(note_label(note, ENGLISH)) + shown(note.body) for note in notes)


def _back(question: Question) -> str:
    back = shown(question.title) + shown(question.solution) + _notes(question, Side.BACK)
    back += shown(question.feedback.general)
    if not isinstance(question, _SAY_VERDICTS):
        for word, said in (("Right", question.feedback.right), ("Wrong", question.feedback.wrong)):
            back += characters(word) + shown(said) if said else ""
    return back


def _compare_question(item: dict[str, Any], question: Question) -> None:
    assert item["title"] == item["id"] == question.id
    feedback = item["globalFeedback"]
    assert (seen(feedback["text"]) if feedback else "") == _back(question)
    assert not item["hasEmbeddedAnswers"]
    match question:
        case ChoiceQuestion():
            for read, choice in zip(item["choices"], question.choices, strict=True):
                _compare_choice(read, choice, question)
        case TrueFalseQuestion():
            assert item["isTrue"] is question.answer
            # By its names this reader tells the two apart; Moodle shows the first when the answer is wrong.
            assert _said(item["trueFeedback"]) == shown(question.feedback.wrong)
            assert _said(item["falseFeedback"]) == shown(question.feedback.right)
        case ShortAnswerQuestion():
            _compare_short(item["choices"], question)
        case NumericQuestion():
            _compare_numeric(item["choices"], question)
        case MatchingQuestion() | CategorisingQuestion():
            read = [(seen(pair["subquestion"]["text"]), _partner(pair)) for pair in item["matchPairs"]]
            pairs = [(shown(pair.left), _plain(pair.right)) for pair in question.pairs]
            assert read == [*pairs, *(("", _plain(right)) for right in question.distractors)]
        case OrderingQuestion():
            pairs_read = sorted(item["matchPairs"], key=lambda pair: int(pair["subanswer"]))
            texts = [seen(pair["subquestion"]["text"]) for pair in pairs_read]
            assert texts == [shown(entry.blocks) for entry in question.items]
        case _:
            assert not item.get("choices")


def _compare_short(read: list[dict[str, Any]], question: ShortAnswerQuestion) -> None:
    answers = [
        (characters(PLAIN.inlines(answer.children)), 100 if answer.weight is None else float(answer.weight))
        for answer in question.key.accepted
        if "->" not in PLAIN.inlines(answer.children) and "&&0" not in PLAIN.inlines(answer.children)
    ]
    right, wrong = shown(question.feedback.right), shown(question.feedback.wrong)
    if question.feedback.wrong and read[-1]["text"]["text"] == "*":  # an author's own `*` is `\\*`
        last = read.pop()
        assert (last["weight"], _said(last["feedback"])) == (0, wrong)
    else:
        assert wrong == ""
    texts = [characters(one["text"]["text"].replace("\\*", "*")) for one in read]
    assert texts == [text for text, _ in answers]
    assert [one["weight"] for one in read] == pytest.approx([share for _, share in answers])
    assert {one["text"]["format"] for one in read} == {"plain"}
    assert [_said(one["feedback"]) for one in read] == [right if share == 100 else "" for _, share in answers]


def _compare_numeric(read: list[dict[str, Any]], question: NumericQuestion) -> None:
    if len(read) > len(question.key.numbers):
        assert _said(read.pop()["feedback"]) == shown(question.feedback.wrong)
    else:
        assert shown(question.feedback.wrong) == ""
    weights = [100 if number.weight is None else float(number.weight) for number in question.key.numbers]
    best = max(weights)
    for one, number in zip(read, question.key.numbers, strict=True):
        low, high = number.bounds
        middle, off = one["text"]["number"], one["text"]["range"]
        assert (middle - off, middle + off) == pytest.approx((float(low), float(high)))
        share = 100 if number.weight is None else float(number.weight)
        assert one["weight"] == pytest.approx(share)
        assert _said(one["feedback"]) == (shown(question.feedback.right) if share == best else "")


def _said(feedback: dict[str, Any] | None) -> str:
    return seen(feedback["text"]) if feedback else ""


def _partner(pair: dict[str, Any]) -> str:
    """The reader leaves its own placeholders in all partners but the first."""
    text = re.sub(r"&&(\d{3});?", lambda found: chr(int(found.group(1))), pair["subanswer"])
    return characters(text)


def _plain(right: Inlines) -> str:
    return characters(PLAIN.inlines(right))


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
