"""Every kind of question: what is right earns the points, what is wrong nothing, and a part its part."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from packc.ast.keys import Accepted, DropdownKey, Number, NumberKey, Option, TextKey
from packc.ast.question import (
    CategorisingQuestion,
    Choice,
    ChoiceQuestion,
    ClozeQuestion,
    Criterion,
    MatchingQuestion,
    NumericQuestion,
    OpenQuestion,
    OrderingQuestion,
    Pair,
    Pin,
    Question,
    ShortAnswerQuestion,
    TrueFalseQuestion,
)
from packc.ast.richtext import Blank, ListItem
from tests.support.every_kind import accepts, inline, text_blank
from tests.support.packs import pack, para
from tests.targets.qti import learner
from tests.targets.qti.player import Player
from tests.targets.qti.reading import QTI, item, many, one, words


def near(score: float) -> object:
    return pytest.approx(score, abs=0.002)


def choices(*said: tuple[str, bool, str | None], pins: str = "") -> tuple[Choice, ...]:
    return tuple(
        Choice(
            blocks=(para(text),),
            correct=correct,
            weight=None if weight is None else Decimal(weight),
            pin=Pin(pins.split(",")[index]) if pins else Pin.NONE,
        )
        for index, (text, correct, weight) in enumerate(said)
    )


def test_weights_of_a_single_choice() -> None:
    said = choices(("a", True, None), ("b", False, "50"), ("c", False, "-25"), ("d", False, None))
    written = item(pack(ChoiceQuestion(id="Q1", prompt=(para("?"),), choices=said, points=Decimal(4))))
    scores = {text: Player(written, learner.choose(written, text)).score for text in "abcd"}
    assert scores == {"a": 4, "b": 2, "c": -1, "d": 0}
    assert Player(written, []).score == 0


def test_weights_of_a_multiple_choice() -> None:
    said = choices(("a", True, "75"), ("b", True, "25"), ("c", False, "-50"), ("d", False, None))
    written = item(pack(ChoiceQuestion(id="Q1", prompt=(para("?"),), choices=said, points=Decimal(2))))
    for ticked, score in (("a", 1.5), ("b", 0.5), ("ab", 2), ("ac", 0.5), ("abc", 1), ("bc", 0), ("d", 0)):
        assert Player(written, learner.choose(written, *ticked)).score == near(score), ticked


def test_several_although_only_one_is_right() -> None:
    said = choices(("a", True, None), ("b", False, None))
    written = item(pack(ChoiceQuestion(id="Q1", prompt=(para("?"),), choices=said, several=True)))
    assert one(written, ".//choiceInteraction").get("maxChoices") == "0"
    assert Player(written, learner.choose(written, "a")).score == 1
    assert Player(written, learner.choose(written, "a", "b")).score == 0


def test_pinned_choices() -> None:
    said = choices(*((text, text == "a", None) for text in "abcd"), pins="last,,first,fixed")
    question = ChoiceQuestion(id="Q1", prompt=(para("?"),), choices=said)
    shown = many(item(pack(question)), ".//simpleChoice")
    assert [(words(node), node.get("fixed")) for node in shown] == [
        ("c", "true"),
        ("b", None),
        ("d", "true"),
        ("a", "true"),
    ]
    still = item(pack(replace(question, shuffle=False)))
    assert one(still, ".//choiceInteraction").get("shuffle") == "false"
    assert [words(node) for node in many(still, ".//simpleChoice")] == ["a", "b", "c", "d"]


@pytest.mark.parametrize("answer", [True, False])
def test_true_or_false(answer: bool) -> None:
    written = item(pack(TrueFalseQuestion(id="Q1", prompt=(para("?"),), answer=answer, points=Decimal(3))))
    assert [words(node) for node in many(written, ".//simpleChoice")] == ["True", "False"]
    assert one(written, ".//choiceInteraction").get("shuffle") == "false"
    assert Player(written, learner.choose(written, str(answer))).score == 3
    assert Player(written, learner.choose(written, str(not answer))).score == 0


def short(*accepted: Accepted, case: bool = False) -> ShortAnswerQuestion:
    key = TextKey(accepted=accepted, case=case)
    return ShortAnswerQuestion(id="Q1", prompt=(para("?"),), key=key, points=Decimal(2))


@pytest.mark.parametrize("case", [True, False])
def test_short_answers(case: bool) -> None:
    best, other = accepts("Over & out", "over-fitting")
    written = item(pack(short(replace(other, weight=Decimal(50)), best, case=case)))
    for typed, score in (
        ("Over & out", 2),
        ("OVER & OUT", 0 if case else 2),
        ("over-fitting", 1),
        ("under", 0),
    ):
        assert Player(written, learner.fill(written, [typed])).score == score, typed
    assert Player(written, []).score == 0
    assert one(written, ".//correctResponse/value").text == "Over & out"
    assert {node.get("caseSensitive") for node in many(written, ".//mapEntry")} == {str(case).lower()}


def test_an_answer_is_what_can_be_typed() -> None:
    twice = accepts("a\u00a0 b\n c", "A B C", "")
    keys = [node.get("mapKey") for node in many(item(pack(short(*twice))), ".//mapEntry")]
    assert keys == ["a b c"]


def numeric(*numbers: Number, unit: str = "") -> NumericQuestion:
    return NumericQuestion(id="Q1", prompt=(para("?"),), key=NumberKey(numbers=numbers, unit=unit))


def number(
    text: str, *, tolerance: str = "0", percent: bool = False, upper: str = "", weight: str = ""
) -> Number:
    return Number(
        value=Decimal(text),
        upper=Decimal(upper) if upper else None,
        tolerance=Decimal(tolerance),
        percent=percent,
        weight=Decimal(weight) if weight else None,
    )


NUMBERS = {
    "exact": (number("9.81"), ["9.81", "9.810"], ["9.8", "9.82"]),
    "tolerance": (number("0.1", tolerance="0.02"), ["0.08", "0.1", "0.12"], ["0.079", "0.1201"]),
    "the end that doubles miss": (
        number("0.7", tolerance="0.1"),
        ["0.8", "0.6"],
        ["0.8000001", "0.5999999", "-0.7"],
    ),
    "percent": (number("-9.81", tolerance="5", percent=True), ["-9.81", "-9.3195", "-10.3005"], ["-9.3"]),
    "range": (number("0.001", upper="0.2"), ["0.001", "0.1", "0.2", "1e-1"], ["0.0009", "0.21"]),
    "range backwards": (number("3", upper="-1"), ["3", "-1", "0"], ["3.01", "-1.01"]),
    "large": (number("6.022E23", tolerance="1E20"), ["6.022E23", "6.021E23", "6.023E+23"], ["6.03E23"]),
    "small": (number("1E-9", tolerance="1E-10"), ["1E-9", "0.0000000011"], ["2E-9", "0"]),
    "nothing": (number("0"), ["0", "-0", "0.0"], ["0.1"]),
}


@pytest.mark.parametrize(("sample", "right", "wrong"), NUMBERS.values(), ids=NUMBERS)
def test_numbers(sample: Number, right: list[str], wrong: list[str]) -> None:
    written = item(pack(numeric(sample)))
    for typed in right:
        assert Player(written, learner.fill(written, [typed])).score == 1, typed
    for typed in wrong:
        assert Player(written, learner.fill(written, [typed])).score == 0, typed
    assert Player(written, []).score == 0
    shown = one(written, ".//correctResponse/value").text
    assert Player(written, learner.fill(written, [shown or ""])).score == 1


def test_several_numbers_and_a_unit() -> None:
    first = number("10", tolerance="1")
    written = item(pack(numeric(first, number("10", tolerance="3", weight="50"), unit="m/s²")))
    scores = [Player(written, learner.fill(written, [typed])).score for typed in ("11", "12", "14")]
    assert scores == [1, 0.5, 0]
    assert words(many(written, "itemBody/div")[-1]) == "m/s²"


def cloze(*blanks: Blank, points: Decimal | None = None) -> ClozeQuestion:
    texts = tuple(para("x ", blank, ".") for blank in blanks)
    return ClozeQuestion(id="Q1", prompt=(para("?"),), text=texts, points=points)


def test_a_cloze_of_every_blank() -> None:
    km, ms = inline("km/h"), inline("m/s")
    options = (
        Option(children=ms, correct=False),
        Option(children=km, correct=True),
        Option(children=inline("kph"), correct=True),
    )
    blanks = (
        text_blank("two", "2"),
        Blank(key=NumberKey(numbers=(number("5", tolerance="1"),), unit="kg")),
        Blank(key=DropdownKey(options=options)),
        Blank(key=DropdownKey(options=options[:2])),
    )
    written = item(pack(cloze(*blanks, points=Decimal(4))))
    for values, score in (
        (["two", "6", "km/h", "km/h"], 4),
        (["2", "4", "kph", "km/h"], 4),
        (["2", "7", "m/s", "km/h"], 2),
        (["TWO", "", "", ""], 1),
        (["three", "0", "m/s", "m/s"], 0),
        (["", "", "", ""], 0),
    ):
        assert Player(written, learner.fill(written, values)).score == score, values
    texts = [words(node) for node in many(written, "itemBody/div")[-1]]
    assert texts == ["x .", "x kg.", "x km/h kph m/s .", "x km/h m/s ."]
    assert {node.get("shuffle") for node in many(written, ".//inlineChoiceInteraction")} == {"true"}


def test_a_list_to_pick_from_says_nothing_of_its_key() -> None:
    def seen(right: str, *, shuffle: bool = True) -> str:
        options = tuple(Option(children=inline(text), correct=text == right) for text in "cadb")
        question = replace(cloze(Blank(key=DropdownKey(options=options))), shuffle=shuffle)
        return words(one(item(pack(question)), ".//inlineChoiceInteraction"))

    assert seen("c") == seen("a") == seen("b")
    assert seen("c") != "c a d b" == seen("c", shuffle=False)


@pytest.mark.parametrize("count", [1, 3, 6, 7, 11, 40])
def test_the_shares_of_blanks_add_up_in_a_player_that_rounds_them(count: int) -> None:
    """One player rounds what a mapping gives to three places."""
    written = item(pack(cloze(*(text_blank(f"w{index}") for index in range(count)))))
    shares = [Decimal(node.attrib["mappedValue"]) for node in many(written, ".//mapEntry")]
    assert sum(shares) == 1
    assert all(round(share, 3) == share for share in shares)
    filled = [f"w{index}" for index in range(count)]
    assert Player(written, learner.fill(written, filled)).score == near(1)
    assert Player(written, learner.fill(written, [*filled[1:], filled[0]] if count > 1 else ["x"])).score == 0


PAIRS = {"Adam": "moments", "SGD": "plain", "RMSProp": "mean"}


def matching(pairs: dict[str, str], *distractors: str) -> MatchingQuestion:
    made = tuple(Pair(left=inline(left), right=inline(right)) for left, right in pairs.items())
    extra = tuple(map(inline, distractors))
    return MatchingQuestion(id="Q1", prompt=(para("?"),), pairs=made, distractors=extra, points=Decimal(3))


def test_matching() -> None:
    written = item(pack(matching(PAIRS, "a tree")))
    assert Player(written, learner.match(written, PAIRS)).score == 3
    assert Player(written, learner.match(written, PAIRS | {"SGD": "a tree"})).score == near(2)
    assert Player(written, learner.match(written, {"Adam": "moments"})).score == near(1)
    assert Player(written, learner.match(written, {"Adam": "plain", "SGD": "moments"})).score == 0
    assert Player(written, []).score == 0
    left, right = many(written, ".//simpleMatchSet")
    assert [words(node) for node in left] == list(PAIRS)
    assert sorted(map(words, right)) == sorted([*PAIRS.values(), "a tree"])
    assert {(node.get("matchMax"), node.get("fixed")) for node in left} == {("1", "true")}
    assert {(node.get("matchMax"), node.get("fixed")) for node in right} == {("3", None)}


def test_headings_of_pairs_stand_above_them() -> None:
    question = replace(matching(PAIRS), heads=(inline("Optimiser"), inline("Idea")))
    assert words(one(item(pack(question)), ".//prompt")) == "Optimiser – Idea"
    assert not many(item(pack(matching(PAIRS))), ".//prompt")


def test_what_is_matched_says_nothing_of_the_key() -> None:
    """Two keys, one picture: left texts as written, right ones in an order of their own."""

    def seen(pairs: dict[str, str], *distractors: str) -> list[list[str]]:
        sides = many(item(pack(matching(pairs, *distractors))), ".//simpleMatchSet")
        return [[words(node) + node.attrib["identifier"] for node in side] for side in sides]

    turned = dict(zip(PAIRS, [*list(PAIRS.values())[1:], "moments"], strict=True))
    assert seen(PAIRS, "a tree") == seen(turned, "a tree")
    assert seen(PAIRS, "a tree") == seen(PAIRS | {"SGD": "a tree"}, "plain")


@pytest.mark.parametrize(("shuffle", "said"), [(None, "true"), (True, "true"), (False, "false")])
def test_whether_to_shuffle(shuffle: bool | None, said: str) -> None:
    options = (
        Option(children=inline("a"), correct=True),
        Option(children=inline("b"), correct=False),
    )
    for question, tag in (
        (matching(PAIRS), "matchInteraction"),
        (ordering(*STEPS), "orderInteraction"),
        (cloze(Blank(key=DropdownKey(options=options))), "inlineChoiceInteraction"),
    ):
        written = item(pack(replace(question, shuffle=shuffle)))
        assert one(written, f".//{tag}").get("shuffle") == said


def test_categorising() -> None:
    pairs = {"ridge": "regression", "k-means": "clustering", "lasso": "regression"}
    made = tuple(Pair(left=inline(left), right=inline(right)) for left, right in pairs.items())
    question = CategorisingQuestion(
        id="Q1", prompt=(para("?"),), pairs=made, distractors=(inline("ranking"), inline("clustering"))
    )
    written = item(pack(question))
    assert sorted(map(words, many(written, ".//simpleMatchSet")[1])) == [
        "clustering",
        "ranking",
        "regression",
    ]
    assert Player(written, learner.match(written, pairs)).score == near(1)
    assert Player(written, learner.match(written, pairs | {"lasso": "ranking"})).score == near(2 / 3)
    assert Player(written, learner.match(written, dict.fromkeys(pairs, "ranking"))).score == 0


STEPS = ("load", "train", "evaluate", "publish")


def ordering(*steps: str) -> OrderingQuestion:
    return OrderingQuestion(
        id="Q1",
        prompt=(para("?"),),
        items=tuple(ListItem((para(step),)) for step in steps),
        points=Decimal(2),
    )


def test_ordering() -> None:
    written = item(pack(ordering(*STEPS)))
    assert Player(written, learner.choose(written, *STEPS)).score == 2
    assert Player(written, learner.choose(written, *reversed(STEPS))).score == 0
    assert Player(written, learner.choose(written, *STEPS[:3])).score == 0
    assert Player(written, []).score == 0
    assert one(written, ".//orderInteraction").get("shuffle") == "true"


def test_the_order_that_is_shown_says_nothing_of_the_right_one() -> None:
    def seen(*steps: str) -> list[tuple[str, str]]:
        shown = many(item(pack(ordering(*steps))), ".//simpleChoice")
        return [(words(node), node.attrib["identifier"]) for node in shown]

    assert seen(*STEPS) == seen(*reversed(STEPS)) == seen(*STEPS[2:], *STEPS[:2])


@pytest.mark.parametrize(
    ("points", "marks", "expected"),
    [(None, (), "1"), ("2.50", (), "2.5"), (None, ("2", None, "1.5"), "3.5"), ("4", ("2",), "4")],
)
def test_what_an_essay_is_worth(points: str | None, marks: tuple[str | None, ...], expected: str) -> None:
    rubric = tuple(
        Criterion(blocks=(para("names it"),), points=None if mark is None else Decimal(mark))
        for mark in marks
    )
    question = OpenQuestion(
        id="Q1",
        prompt=(para("?"),),
        essay=True,
        rubric=rubric,
        lines=12,
        points=None if points is None else Decimal(points),
    )
    written = item(pack(question))
    maximum = {
        node.attrib["identifier"]: (node.get("normalMaximum"), one(node, "defaultValue/value").text)
        for node in many(written, "outcomeDeclaration")
    }
    assert maximum["SCORE"] == (expected, "0")
    assert maximum["MAXSCORE"] == (None, expected)
    assert one(written, ".//extendedTextInteraction").get("expectedLines") == "12"
    graders = [words(node) for node in written.iter(f"{QTI}li")]
    assert graders == [f"({mark}) names it" if mark else "names it" for mark in marks]


@pytest.mark.parametrize(
    ("least", "most", "said"),
    [(100, 200, "100 to 200 words."), (100, None, "At least 100 words."), (None, 150, "At most 150 words.")],
)
def test_word_limits_stand_in_the_text(least: int | None, most: int | None, said: str) -> None:
    question = OpenQuestion(id="Q1", prompt=(para("?"),), least_words=least, most_words=most)
    assert [words(node) for node in many(item(pack(question)), "itemBody/div")] == ["?", said]


@pytest.mark.parametrize(
    "question",
    [
        OrderingQuestion(id="Q1", prompt=(para("?"),), items=()),
        MatchingQuestion(id="Q1", prompt=(para("?"),), pairs=()),
        ClozeQuestion(id="Q1", text=(para("no blank"),)),
        ShortAnswerQuestion(id="Q1", key=TextKey(accepted=())),
        NumericQuestion(id="Q1", key=NumberKey(numbers=())),
        cloze(Blank(key=DropdownKey(options=()))),
    ],
)
def test_without_a_key_nothing_scores(question: Question) -> None:
    assert Player(item(pack(question)), []).score == 0


def test_the_number_in_the_middle_of_a_range_is_the_one_that_is_shown() -> None:
    numbers = (Number(value=Decimal(2), upper=Decimal(1)), Number(value=Decimal(7), tolerance=Decimal(1)))
    question = NumericQuestion(id="Q1", prompt=(para("?"),), key=NumberKey(numbers=numbers))
    written = item(pack(question))
    assert one(written, "responseDeclaration/correctResponse/value").text == "1.5"
    bands = many(written, "responseProcessing/responseCondition/*")
    ends = [[node.tag.removeprefix(QTI) for node in many(band, "and/*")] for band in bands]
    assert ends == [["not", "lte", "gte"], ["not", "gte", "lte"]]
