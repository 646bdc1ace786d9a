"""Every field stands where it belongs: before the answer, on demand, after it, or for graders alone."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from packc.ast.pack import Pack, Section
from packc.ast.question import Feedback, OpenQuestion, Question, TrueFalseQuestion
from packc.ast.richtext import Blank
from packc.words import Words
from tests.support import every_kind as samples
from tests.support.packs import context, pack, para
from tests.targets.qti import learner
from tests.targets.qti.player import Player
from tests.targets.qti.reading import QTI, files, item, items, many, one, text_of, words

EVERY = items(files(samples.every_kind()))
HIDDEN = ("rubricBlock", "feedbackBlock", "feedbackInline")


def seen(written: Element) -> str:
    """All that a learner can see, or read in the page, before answering."""
    parts = [text_of(node) for node in _visible(one(written, "itemBody"))]
    return " ".join([*parts, written.get("title", "")])


def _visible(node: Element) -> list[Element]:
    if node.tag in {QTI + tag for tag in HIDDEN}:
        return []
    copy = ElementTree.Element(node.tag)
    copy.text = node.text
    return [copy, *(part for child in node for part in (*_visible(child), _tail(child)))]


def _tail(node: Element) -> Element:
    tail = ElementTree.Element("tail")
    tail.text = node.tail
    return tail


def canaries(text: str) -> set[str]:
    return set(re.findall(r"[A-Z]{5,}", text))


@pytest.mark.parametrize("name", sorted(EVERY))
def test_nothing_is_given_away_before_the_answer(name: str) -> None:
    shown = canaries(seen(EVERY[name]))
    assert {word for word in shown if not word.startswith("FRONT")} == set()
    assert "FRONT" in shown


@pytest.mark.parametrize(
    "name", ["K01", "K02", "K03", "K04", "K06", "K07", "K08", "K09", "K11", "K12", "K13"]
)
def test_who_sees_what(name: str) -> None:
    written = EVERY[name]
    before = seen(written)
    assert "FRONTTARGET" in before
    assert "FRONTOWN" in before
    after = " ".join(Player(written, []).feedback)
    expected = {"TITLECANARY", "SOLUTIONCANARY", "WRONGCANARY", "WHYCANARY", "SOURCECANARY", "BACKOWNCANARY"}
    expected |= {"GENERALCANARY", "PITYCANARY"}
    people = name in ("K01", "K02")
    if people:
        expected.remove("PITYCANARY")
    if name == "K02":
        expected.remove("SOLUTIONCANARY")
    assert canaries(after) == expected
    graders = canaries(" ".join(words(node) for node in many(written, "itemBody/rubricBlock")))
    if not people:
        assert graders == {"GRADERCANARY"}
    else:
        rubric = {"RUBRICCANARY"} if name == "K02" else set()
        assert graders == {*expected, *rubric, "GRADERCANARY", "WELLDONECANARY", "PITYCANARY"}


def true_false(**more: object) -> TrueFalseQuestion:
    feedback = Feedback(general=(para("always"),), right=(para("well done"),), wrong=(para("a pity"),))
    question = TrueFalseQuestion(id="Q1", prompt=(para("?"),), answer=True, feedback=feedback)
    return replace(question, **more)  # type: ignore[arg-type]  # the caller's business


def test_verdicts() -> None:
    written = item(pack(true_false()))
    assert Player(written, learner.choose(written, "True")).feedback == ["well done", "always"]
    assert Player(written, learner.choose(written, "False")).feedback == ["a pity", "always"]
    lone = item(pack(true_false(feedback=Feedback(right=(para("well done"),)))))
    assert Player(lone, learner.choose(lone, "True")).feedback == ["well done"]
    assert Player(lone, learner.choose(lone, "False")).feedback == []


@pytest.mark.parametrize("points", ["0.001", "1", "2.5", "1000000"])
def test_a_part_is_not_yet_right(points: str) -> None:
    blanks = tuple(para(samples.text_blank(text)) for text in "abc")
    question = replace(
        samples.bare_cloze(),
        text=blanks,
        points=Decimal(points),
        feedback=Feedback(right=(para("well done"),), wrong=(para("a pity"),)),
    )
    written = item(pack(question), "K10")
    assert Player(written, learner.fill(written, ["a", "b", "c"])).feedback == ["well done"]
    assert Player(written, learner.fill(written, ["a", "b", ""])).feedback == ["a pity"]


def hinted(question: Question) -> Question:
    return replace(question, hints=((para("first"),), (para("second"),)))


def test_hints_are_shown_on_demand_and_the_solution_is_not() -> None:
    """What was answered is judged, as asking for a hint scores it; what was not is left alone."""
    written = item(pack(hinted(true_false())))
    assert [node.get("title") for node in written.iter(f"{QTI}endAttemptInteraction")] == ["Hint 1", "Hint 2"]
    assert Player(written, []).hints == []
    for given, judged in (({}, []), (learner.choose(written, "False"), ["a pity"])):
        assert Player(written, given | learner.ask(written, 1)).hints == ["first"]
        assert Player(written, given | learner.ask(written, 2)).hints == ["first", "second"]
        assert Player(written, given | learner.ask(written, 2)).feedback == judged


def test_a_hint_judges_no_text_that_is_half_filled() -> None:
    blanks = tuple(para(samples.text_blank(text)) for text in "ab")
    feedback = Feedback(right=(para("well done"),), wrong=(para("a pity"),))
    written = item(pack(hinted(replace(samples.bare_cloze(), text=blanks, feedback=feedback))), "K10")
    asked = learner.ask(written, 1)
    assert Player(written, learner.fill(written, ["a", ""]) | asked).feedback == []
    assert Player(written, learner.fill(written, ["a", "x"]) | asked).feedback == ["a pity"]
    assert Player(written, learner.fill(written, ["a", "b"]) | asked).feedback == ["well done"]


def test_an_answer_counts_whatever_was_asked_for() -> None:
    """Two players keep the request for a hint in mind through all later attempts."""
    written = item(pack(hinted(true_false())))
    both = learner.ask(written, 1) | learner.ask(written, 2)
    right = Player(written, learner.choose(written, "True") | both)
    assert (right.score, right.hints) == (1, ["first", "second"])
    assert right.feedback == ["well done", "always"]
    assert Player(written, learner.choose(written, "False") | both).score == 0


def test_a_hint_of_an_essay_never_shows_the_model_answer() -> None:
    question = OpenQuestion(id="Q1", prompt=(para("?"),), solution=(para("model"),), hints=((para("h"),),))
    written = item(pack(question))
    assert [node.get("title") for node in written.iter(f"{QTI}endAttemptInteraction")] == ["Hint"]
    asked = Player(written, {"RESPONSE": ["a draft"], **learner.ask(written, 1)})
    assert (asked.hints, asked.feedback) == (["h"], [])
    assert Player(written, ["an answer"]).feedback == ["model"]


def test_hints_of_blanks_stand_behind_them() -> None:
    one_blank: Blank = samples.text_blank("a", hint="begins & ends with a")
    question = replace(samples.bare_cloze(), text=(para("x ", one_blank, "y"),), hints=((para("more"),),))
    written = item(pack(question), "K10")
    (line,) = many(written, "itemBody/div")[1]
    assert [node.tag.removeprefix(QTI) for node in line] == [
        "textEntryInteraction",
        "endAttemptInteraction",
        "feedbackInline",
    ]
    assert Player(written, learner.ask(written, 1)).hints == ["begins & ends with a"]
    assert Player(written, learner.ask(written, 2)).hints == ["more"]


STIMULUS = Section(
    title=samples.inline("Text A"),
    stimulus=True,
    blocks=(para("the outer text"),),
    parts=(
        true_false(),
        Section(title=samples.inline("inner"), stimulus=True, blocks=(para("the inner text"),),
                parts=(true_false(id="Q2"),)),
        Section(title=samples.inline("plain"), blocks=(para("beside"),), parts=(true_false(id="Q3"),)),
    ),
)  # fmt: skip


def test_a_stimulus_stands_in_each_of_its_items_and_nowhere_else() -> None:
    sample = pack(STIMULUS, true_false(id="Q4"))
    found = {
        name: [words(node) for node in many(written, "itemBody/div") if node.get("class") == "stimulus"]
        for name, written in items(files(sample)).items()
    }
    both = "the outer text the inner text"
    assert found == {"Q1": ["the outer text"], "Q2": [both], "Q3": ["the outer text"], "Q4": []}
    test = ElementTree.fromstring(files(sample)["test.xml"])
    assert [words(node) for node in many(test, ".//rubricBlock")] == ["An introduction with code.", "beside"]


def test_a_stimulus_without_questions_is_kept_where_a_section_s_text_is() -> None:
    sample = pack(true_false(), replace(STIMULUS, parts=()))
    test = ElementTree.fromstring(files(sample)["test.xml"])
    assert [words(node) for node in many(test, ".//rubricBlock")][1:] == ["the outer text"]


def test_a_title_that_is_the_prompt() -> None:
    sample = pack(true_false(title=samples.inline("The title")))
    assert "The title" not in seen(item(sample))
    sample = replace(sample, meta=replace(sample.meta, title_on_front=True))
    written = item(sample)
    assert "The title" in seen(written)
    assert written.get("title") == "Q1"
    assert "The title" not in " ".join(Player(written, []).feedback)


def test_packc_s_own_words_are_the_pack_s() -> None:
    told = Words(
        true="Wahr", false="Falsch", hint="Tipp", rubric="Bewertung", range_words="{least}–{most} W."
    )
    sample = Pack(
        id="p",
        title="p",
        meta=pack().meta,
        parts=(hinted(true_false()), samples.essay()),
    )
    german = items(files(sample, context()._replace(words=told)))
    assert [words(node) for node in many(german["Q1"], ".//simpleChoice")] == ["Wahr", "Falsch"]
    assert [node.get("title") for node in german["Q1"].iter(f"{QTI}endAttemptInteraction")] == [
        "Tipp 1",
        "Tipp 2",
    ]
    assert "100–200 W." in seen(german["K02"])
    assert words(one(german["K02"], "itemBody/rubricBlock")).startswith("Bewertung")
