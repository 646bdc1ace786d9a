"""The brace at the end of a choice or an answer: what it says, and what is no brace of ours."""

from __future__ import annotations

from decimal import Decimal

import pytest

from packc.ast.keys import TextKey
from packc.ast.question import Choice, ChoiceQuestion, Pin, ShortAnswerQuestion
from packc.render.plain import PLAIN
from tests.unit.reader.asking import Asked, ask


def choice(text: str) -> tuple[Choice, Asked]:
    asked = ask(f"Which?\n\n- [x] right\n- [ ] {text}\n- [ ] wrong\n")
    assert isinstance(asked.question, ChoiceQuestion)
    return asked.question.choices[1], asked


def answer(text: str) -> tuple[TextKey, Asked]:
    asked = ask(f"Which?\n\n**Type:** short answer\n\n**Answer:** {text}\n")
    assert isinstance(asked.question, ShortAnswerQuestion)
    return asked.question.key, asked


@pytest.mark.parametrize(
    ("brace", "weight", "pin"),
    [
        ("{-25%}", "-25", Pin.NONE),
        ("{−25%}", "-25", Pin.NONE),
        ("{+25%}", "25", Pin.NONE),
        ("{-33.333333%}", "-33.333333", Pin.NONE),
        ("{ -25 % }", "-25", Pin.NONE),
        ("{-25  %}  ", "-25", Pin.NONE),
        ("{-25%}{.last}", "-25", Pin.LAST),
        ("{-25%} {.last}", "-25", Pin.LAST),
        ("{.first -25%}", "-25", Pin.FIRST),
        ("{-25% .fixed}", "-25", Pin.FIXED),
        ("{-100%}", "-100", Pin.NONE),
        ("{100%}", "100", Pin.NONE),
        ("{0%}", "0", Pin.NONE),
        ("{000050%}", "50", Pin.NONE),
    ],
)
def test_what_a_brace_says(brace: str, weight: str, pin: Pin) -> None:
    found, asked = choice(f"text{brace}")
    assert (PLAIN.blocks(found.blocks).strip(), found.weight, found.pin) == ("text", Decimal(weight), pin)
    assert asked.said == []


@pytest.mark.parametrize(
    "brace",
    [
        "{}",
        "{%}",
        "{+%}",
        "{-}",
        "{ }",
        "{x}",
        "{1, 2}",
        "{5 percent}",
        "{1.%}",
        "{1234567%}",
        "{1.1234567%}",
        "{a%}",
        "{.}",
        "{.1}",
        "{a.b}",
        "{x50%}",
        "{--5%}",
        "{1.2.3}",
        "{1000}",
    ],
)
def test_a_brace_that_is_text(brace: str) -> None:
    found, asked = choice(f"text {brace}")
    assert (PLAIN.blocks(found.blocks).strip(), found.weight) == (f"text {brace}", None)
    assert asked.said == []


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("text {-100.5%}", [("PK213", "{-100.5%}")]),
        ("text {101%}", [("PK213", "{101%}")]),
        ("text {.lats}", [("PK212", "{.lats}")]),
        ("text {50}", [("PK212", "{50}")]),
        ("text {-5}  ", [("PK212", "{-5}")]),
        ("text {−5}", [("PK212", "{−5}")]),
        ("text {+5}", [("PK212", "{+5}")]),
        ("a {−5%} text", [("PK211", "{−5%}")]),
        ("text {case}", [("PK212", "{case}")]),
        ("text {1% 2%}", [("PK212", "{1% 2%}")]),
        ("text {.last .first}", [("PK212", "{.last .first}")]),
        ("text {50 % of it}", [("PK212", "{50 % of it}")] * 2),
        ("text {.last 50%x}", [("PK212", "{.last 50%x}")]),
        ("text {.last nearly}", [("PK212", "{.last nearly}")]),
        ("text {-5%}}", [("PK211", "{-5%}")]),
        ("{.last} text", [("PK211", "{.last}")]),
        ("a {.last} text", [("PK211", "{.last}")]),
        ("a { 5 % .last } text", [("PK211", "{ 5 % .last }")]),
        ("a {-5.5%} text {.first}", [("PK211", "{-5.5%}")]),
        ("a {.fixed text", [("PK211", "{.fixed text")]),
        ("a {+123456.123456% text", [("PK211", "{+123456.123456% text")]),
        ("a {.lastly} text", []),
        ("{50}", []),
    ],
)
def test_what_is_wrong_with_a_brace(written: str, said: list[tuple[str, str]]) -> None:
    assert choice(written)[1].said == said


@pytest.mark.parametrize(
    ("written", "moved", "safe"),
    [
        ("{.last} text", "- [ ] text {.last}", True),
        ("a {.last}  text", "- [ ] a text {.last}", False),
        ("a {.last}\n  text", "- [ ] a \n  text {.last}", False),
    ],
)
def test_a_brace_is_moved_behind_the_text(written: str, moved: str, safe: bool) -> None:
    body = f"Which?\n\n- [x] right\n- [ ] {written}\n"
    asked = ask(body)
    (fix,) = asked.remedies
    assert fix.safe is safe
    assert moved in asked.after(fix)


@pytest.mark.parametrize(
    ("text", "accepted", "weight", "case"),
    [
        ("one", "one", None, False),
        ("one {50%}", "one", "50", False),
        ("one {case}", "one", None, True),
        ("one {50% case}", "one", "50", True),
        ("one {100%}", "one", "100", False),
        ("one {0.5%}", "one", "0.5", False),
    ],
)
def test_a_brace_of_an_answer(text: str, accepted: str, weight: str | None, case: bool) -> None:
    key, asked = answer(text)
    (found,) = key.accepted
    assert PLAIN.inlines(found.children) == accepted
    assert found.weight == (None if weight is None else Decimal(weight))
    assert key.case is case
    assert asked.said == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("one {0%}", "PK213"),
        ("one {-5%}", "PK213"),
        ("one {101%}", "PK213"),
        ("one {.last}", "PK212"),
        ("one {case Case}", "PK212"),
        ("{50%} one", "PK211"),
    ],
)
def test_what_an_answer_may_not_have(text: str, code: str) -> None:
    assert [said for said, _ in answer(text)[1].said] == [code]


def test_the_nearest_word_is_proposed() -> None:
    for text, near in (("one {.lats}", "`.last`"), ("one {50}", "`50%`")):
        assert near in choice(text)[1].messages[0]
    for text, near in (
        ("one {cse 50%}", "`case`"),
        ("one {case 50}", "`50%`"),
    ):
        assert near in answer(text)[1].messages[0]


@pytest.mark.parametrize(
    ("brace", "is_ours"),
    [
        ("{50%}", True),
        ("{-123456.123456 %}", True),
        ("{ .last}", True),
        ("{.first 5%}", True),
        ("{−5%}", True),
        ("{+5 %}", True),
        ("{%}", False),
        ("{.5%}", False),
        ("{5.%}", False),
        ("{1234567%}", False),
        ("{1.1234567%}", False),
        ("{.lastly}", False),
        ("{50}", False),
        ("{50% {a}", False),
    ],
)
def test_a_brace_before_the_box(brace: str, is_ours: bool) -> None:
    asked = ask(f"Which?\n\n- [x] right\n- {brace} [ ] text\n- [ ] wrong\n")
    assert [place for code, place in asked.said if code == "PK211"] == ([brace] if is_ours else [])
    if is_ours:
        (fix,) = asked.remedies
        assert f"- [ ] text {brace}\n" in asked.after(fix)


def test_the_bounds_of_a_weight_are_told() -> None:
    assert "from -100" in choice("text {101%}")[1].messages[0]
    assert "above 0" in answer("one {0%}")[1].messages[0]
