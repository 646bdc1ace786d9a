"""Every kind and every field, as Anki's own backend renders the cards."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from packc.ast.kinds import Kind
from packc.ast.pack import questions
from packc.ast.question import kind_of
from tests.support import every_kind, packs
from tests.targets.anki.emitting import anki_imports, emit, visible_text

pytestmark = pytest.mark.judge

SECRET = ("TITLE", "SOLUTION", "WRONG", "WHY", "SOURCE", "BACKOWN", "GENERAL", "WELLDONE", "PITY", "CHOICE")
HELP = ("HINTCANARY one", "HINTCANARY two", "FRONTTARGET", "FRONTOWN", "FRONT:")
OF_ALL_KINDS = (*HELP, *(f"{word}CANARY" for word in SECRET if word != "CHOICE"))
BARE = {"K05", "K10", "K14", "K15"}  # questions without these fields


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    archive = emit(every_kind.every_kind(), every_kind.context())
    return anki_imports(tmp_path_factory.mktemp("kinds"), archive, archive)


def by_id(report: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {note["fields"]["ID"]: note for note in report["notes"]}


def sides(report: dict[str, Any], identifier: str, card: int = 0) -> tuple[str, str]:
    """The words on the front and on the back."""
    found = by_id(report)[identifier]["cards"][card]
    return _words(found["question"]), _words(found["answer"])


def _words(html: str) -> str:
    return " ".join(visible_text(html).split())


def test_each_question_is_a_note_of_the_right_type(report: dict[str, Any]) -> None:
    assert report["logs"][0]["new"] == 16
    assert report["logs"][1]["duplicate"] == 16
    assert report["empty_cards"] == 0
    types = {
        kind_of(question): by_id(report)[question.id]["notetype"]
        for question in questions(every_kind.every_kind())
    }
    assert types == {
        Kind.OPEN: "packc Q&A",
        Kind.ESSAY: "packc Q&A",
        Kind.SINGLE: "packc Choice",
        Kind.MULTIPLE: "packc Choice",
        Kind.TRUE_FALSE: "packc Choice",
        Kind.SHORT: "packc Type-in",
        Kind.NUMERIC: "packc Type-in",
        Kind.CLOZE: "packc Cloze",
        Kind.MATCHING: "packc Match & Order",
        Kind.CATEGORISING: "packc Match & Order",
        Kind.ORDERING: "packc Match & Order",
    }


def test_no_front_tells_what_comes_after_the_answer(report: dict[str, Any]) -> None:
    for note in report["notes"]:
        for card in note["cards"]:
            front = _words(card["question"])
            assert "FRONT" in front
            assert [word for word in SECRET if word + "CANARY" in front] == []


def test_every_back_has_every_field_but_those_for_graders(report: dict[str, Any]) -> None:
    for identifier, note in by_id(report).items():
        for card in note["cards"]:
            back = _words(card["answer"])
            assert "GRADERCANARY" not in card["answer"]
            expected = set(OF_ALL_KINDS) if identifier not in BARE else set()
            if identifier == "K02":  # an essay needs no solution
                expected.remove("SOLUTIONCANARY")
            assert [word for word in expected if word not in back] == [], identifier


def test_hints_open_on_demand_without_a_script(report: dict[str, Any]) -> None:
    question = by_id(report)["K01"]["cards"][0]["question"]
    assert question.count('<details class="pk-hint"><summary>') == 2
    assert "<details open" not in question
    assert "HINTCANARY" not in question.split("<details")[0]


def test_an_essay_says_how_long_and_how_it_is_marked(report: dict[str, Any]) -> None:
    front, back = sides(report, "K02")
    assert "100 to 200 words." in front
    assert "RUBRICCANARY" not in front
    assert "2 – RUBRICCANARY names the step size." in back
    assert "RUBRICCANARY gives an example." in back


def test_true_and_false_are_two_choices(report: dict[str, Any]) -> None:
    fields = by_id(report)["K06"]["fields"]
    assert fields["Correct"] == "2"
    assert 'data-order="kept"' in fields["Choices"]
    front, _ = sides(report, "K06")
    assert "TrueFalse" in front
    assert "Choose one." in front


def test_what_is_typed_is_compared_with_the_best_answer(report: dict[str, Any]) -> None:
    short, numeric = by_id(report)["K07"]["fields"], by_id(report)["K08"]["fields"]
    assert (short["Answer"], numeric["Answer"], numeric["Unit"]) == ("overfitting", "0.10", "m/s²")
    front, back = sides(report, "K07")
    assert "[[type:Answer]]" in front
    assert "over-fitting (50%)" in back
    assert "Upper and lower case count." in back
    _, numbers = sides(report, "K08")
    for shown in ("0.10 ± 0.02 m/s²", "-9.81 ± 5% m/s²\u2069 (50%)", "0.001 – 0.2 m/s²\u2069 (25%)"):
        assert shown in numbers


def test_a_cloze_has_a_card_for_each_number(report: dict[str, Any]) -> None:
    fronts = [_words(card["question"]) for card in by_id(report)["K09"]["cards"]]
    assert len(fronts) == 5
    for card, blank in enumerate(("The [...] is too high.", "Fixed: [BLANKHINT a number].", "\\) is [...].")):
        assert blank in fronts[card]
    assert "Half: [less than 1] kg" in fronts[3]
    assert "5 [km/h / m/s]" in fronts[4]
    first = by_id(report)["K09"]["cards"][0]["answer"]
    assert '<span class="cloze" data-ordinal="1">a <strong>learning</strong> rate ' in first
    assert r"\(\frac{1}{x^{2}}\)</span>" in first.replace("&#125;", "}")
    assert "too high / too large" in _words(first)
    assert "0.5 ± 0.1 kg" in _words(first)


def test_pairs_are_apart_in_front_and_together_behind(report: dict[str, Any]) -> None:
    card = by_id(report)["K11"]["cards"][0]
    assert "<tr><td>Adam</td><td>adaptive <em>moments</em></td></tr>" in card["answer"]
    assert "<tr><td>–</td><td>a tree</td></tr>" in card["answer"]
    assert "<table>" not in card["question"]
    assert by_id(report)["K12"]["fields"]["Items"].count("regression") == 1


def test_an_order_is_hidden_in_front_and_shown_behind(report: dict[str, Any]) -> None:
    fields = by_id(report)["K13"]["fields"]
    steps = ("load the data", "train", "evaluate", "publish")
    assert sorted(steps, key=fields["Answers"].index) == list(steps)
    assert sorted(steps, key=fields["Items"].index) != list(steps)
    assert "<ol>" not in fields["Items"]


def test_a_stimulus_stands_before_each_of_its_questions_and_not_in_the_description(
    report: dict[str, Any],
) -> None:
    for identifier in ("K15", "K16"):
        front, _ = sides(report, identifier)
        assert front.index("FRONTSTIMULUS: a run of") < front.index("FRONT:")
    assert "FRONTSTIMULUS" not in "".join(report["decks"].values())
    assert "Section text." in "".join(report["decks"].values())


def test_tags_of_the_question_and_its_difficulty(report: dict[str, Any]) -> None:
    assert by_id(report)["K01"]["tags"] == [
        "deep-learning", "difficulty::easy", "optimisation", "packc::every-kind", "samples", "step-size",
    ]  # fmt: skip


def test_every_node_of_rich_text_arrives(report: dict[str, Any]) -> None:
    question = by_id(report)["K14"]["fields"]["Question"]
    for html in (
        '<sup class="pk-noted">[2]</sup> and the first again<sup class="pk-noted">[1]</sup>',
        '<ol class="pk-notes"><li>FRONTNOTE a note with <code>code</code>.</li>',
        "<dt>term</dt><dd>a meaning</dd><dd>another</dd>",
        '<div class="pk-callout pk-caution"><p class="pk-label">Caution</p>',
        '<details class="pk-fold"><summary>Folded</summary>',
        'title="a title" width="50%"/>',
        'width="120" height="60"/>',
        "<kbd>Ctrl</kbd>",
    ):
        assert html in question


def test_an_image_of_a_stimulus_is_in_the_package(report: dict[str, Any]) -> None:
    assert len(report["media"]) == 1
    assert report["media_missing"] == []


@pytest.mark.parametrize(
    "answer", [r"\frac{1}{x^{2}}", "a}}", "{{c1::a}}", "::x::", "}", ":", "{{", "a::b}}c"]
)
def test_nothing_in_a_blank_ends_it(tmp_path: Path, answer: str) -> None:
    blank = every_kind.text_blank(answer, answer + "s", hint=f"h{answer}")
    question = replace(
        every_kind.bare_cloze(), text=(packs.para(f"so {answer} is ", blank, f"{answer} end"),)
    )
    pack = replace(every_kind.every_kind(), parts=(question,))
    report = anki_imports(tmp_path, emit(pack, every_kind.context()))
    (card,) = report["notes"][0]["cards"]
    assert f"so {answer} is [h{answer}]{answer} end" in _words(card["question"])
    assert f"so {answer} is {answer}{answer} end" in _words(card["answer"])


def test_a_wide_key_is_shown_as_it_is_meant(tmp_path: Path) -> None:
    numeric = every_kind.numeric()
    (first, *_) = numeric.key.numbers
    ranged = replace(numeric, key=replace(numeric.key, numbers=(replace(first, upper=Decimal(2)),), unit=""))
    report = anki_imports(
        tmp_path, emit(replace(every_kind.every_kind(), parts=(ranged,)), every_kind.context())
    )
    assert report["notes"][0]["fields"]["Answer"] == "0.10 – 2"
