"""What an independent GIFT reader finds in packc's files is what the author wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from packc.ast.pack import Pack, Section, questions
from packc.ast.question import (
    CategorisingQuestion,
    Choice,
    ChoiceQuestion,
    ClozeQuestion,
    MatchingQuestion,
    NumericQuestion,
    OpenQuestion,
    OrderingQuestion,
    Question,
    ShortAnswerQuestion,
    Side,
    TrueFalseQuestion,
)
from packc.ast.richtext import Blocks, Inlines
from packc.backends.gift.document import gift_text
from packc.backends.registry import load
from packc.render.labels import note_label
from packc.render.plain import PLAIN
from packc.words import ENGLISH
from tests.support.packs import pack as sample_pack
from tests.support.random_packs import batched, many, named, random_packs
from tests.targets.gift.judge import Read, read_gift
from tests.targets.gift.moodle_rules import category_names, faults
from tests.targets.gift.samples import characters, seen, shown, torture_pack
from tests.targets.moodle.expected import choice_share
from tests.targets.moodle.lost import UNSAYABLE, compare_losses
from tests.targets.moodle.samples import CONTEXT
from tests.targets.moodle.structure import expected as structure_of
from tests.targets.moodle.structure import lacking, structure

pytestmark = pytest.mark.judge
COUNT = many(100)


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
    """Every 500 packs go into one process of Node, which is as many as one can hold."""
    asked = 0
    for some in batched(random_packs(COUNT), 500):
        texts = [gift_text(pack) for pack in some]
        for pack, text, read in zip(some, texts, read_gift(texts), strict=True):
            asked += len(list(questions(pack)))
            with named(pack):
                assert faults(text) == []
                losses = load("gift").losses(pack, CONTEXT)
                tags = [] if "]" in "".join(pack.meta.tags) else [one["tags"] or () for one in _asked(read)]
                compare_losses(pack, losses, tags, gift=True)
                _compare(pack, read)
    assert asked > COUNT


def _compare(pack: Pack, read: Read) -> None:
    """The items stand in the file in source order, and each says what the pack says."""
    items = [item for item in read if item["type"] != "Category"]
    expected = list(_expected(pack))
    assert [_type(item) for item in items] == [kind for kind, _, _ in expected]
    for item, (_, text, question) in zip(items, expected, strict=True):
        assert item["stem"]["format"] == "html"
        assert seen(item["stem"]["text"]) == text
        if question is not None:
            _compare_question(item, question, title_on_front=pack.meta.title_on_front)
            own = _tags(question)
            assert {tag for tag in item["tags"] or () if tag in own} == own
    assert all(category_names(f"$CATEGORY:{item['title']}") for item in read if item["type"] == "Category")


def _asked(read: Read) -> Read:
    return [item for item in read if item["type"] not in ("Category", "Description")]


def _type(item: dict[str, Any]) -> str:
    return str(item["type"])


def _tags(question: Question) -> set[str]:
    return {*question.tags, *([f"Difficulty: {question.difficulty}"] if question.difficulty else [])}


def _expected(pack: Pack) -> Iterator[tuple[str, str, Question | None]]:
    if pack.intro:
        yield "Description", shown(pack.intro), None
    yield from _expected_parts(pack, "", title_on_front=pack.meta.title_on_front)


def _expected_parts(
    container: Pack | Section, stimulus: str, *, title_on_front: bool
) -> Iterator[tuple[str, str, Question | None]]:
    for part in container.parts:
        if isinstance(part, Section):
            asks = bool(list(questions(part)))
            shared = part.stimulus and asks
            if (part.blocks or not asks) and not shared:
                yield "Description", shown(part.title) + shown(part.blocks), None
            inner = stimulus + shown(part.blocks) if shared else stimulus
            yield from _expected_parts(part, inner, title_on_front=title_on_front)
        elif not isinstance(part, ClozeQuestion):  # which GIFT does not have
            title = shown(part.title) if title_on_front else ""
            yield _TYPES[type(part)], stimulus + title + _front(part), part


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
    if isinstance(question, MatchingQuestion | CategorisingQuestion):
        text += "–".join(shown(head) for head in question.heads if head)
    return text


def _notes(question: Question, side: Side) -> str:
    notes = (note for note in question.notes if note.side is side)
    return "".join(characters(note_label(note, ENGLISH)) + shown(note.body) for note in notes)


def _back(question: Question, *, title_on_front: bool) -> str:
    back = "" if title_on_front else shown(question.title)
    back += shown(question.solution) + _notes(question, Side.BACK)
    back += shown(question.feedback.general)
    if not isinstance(question, _SAY_VERDICTS):
        for word, said in (("Right", question.feedback.right), ("Wrong", question.feedback.wrong)):
            back += characters(word) + shown(said) if said else ""
    return back


def _compare_question(item: dict[str, Any], question: Question, *, title_on_front: bool) -> None:
    assert item["title"] == item["id"] == question.id
    feedback = item["globalFeedback"]
    assert lacking(item["stem"]["text"], question.prompt, pictures=False) == []
    told = (question.solution, question.feedback.general, *_kept_notes(question))
    assert lacking(_html(item["stem"]) + _html(feedback), *told, pictures=False) == []
    assert (seen(feedback["text"]) if feedback else "") == _back(question, title_on_front=title_on_front)
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
        if not UNSAYABLE.search(PLAIN.inlines(answer.children))
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


def _kept_notes(question: Question) -> Iterator[Blocks]:
    """Yield the notes that learners see: those for graders have no place."""
    return (note.body for note in question.notes if note.side is not Side.GRADERS)


def _html(text: dict[str, Any] | None) -> str:
    return str(text["text"]) if text else ""


def _said(feedback: dict[str, Any] | None) -> str:
    return seen(feedback["text"]) if feedback else ""


def _partner(pair: dict[str, Any]) -> str:
    """The reader leaves its own placeholders in all partners but the first."""
    text = re.sub(r"&&010|&&(\d{3});", lambda found: chr(int(found[1] or 10)), pair["subanswer"])
    return characters(text)


def _plain(right: Inlines) -> str:
    return characters(PLAIN.inlines(right))


def _compare_choice(read: dict[str, Any], choice: Choice, question: ChoiceQuestion) -> None:
    assert read["text"]["format"] == "html"
    assert seen(read["text"]["text"]) == shown(choice.blocks)
    assert structure(read["text"]["text"]) == structure_of(choice.blocks, pictures=False)
    assert structure(_html(read["feedback"])) == structure_of(choice.feedback, pictures=False)
    assert (seen(read["feedback"]["text"]) if read["feedback"] else "") == shown(choice.feedback)
    share = choice_share(choice, question)
    if not question.multiple and choice.correct:
        assert (read["isCorrect"], read["weight"]) == (True, None)
    elif not question.multiple and choice.weight is None:
        assert (read["isCorrect"], read["weight"]) == (False, None)
    else:
        assert read["weight"] == pytest.approx(share, abs=1e-4)
