"""The language of blanks, to the letter."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

import pytest

from packc.ast.keys import Accepted, BlankKey, DropdownKey, Number, NumberKey, Option, TextKey
from packc.ast.question import ClozeQuestion
from packc.ast.richtext import Blank, Emph, Text
from packc.backends.moodle.cloze import cloze, entry, feedback, typed
from packc.backends.moodle.richtext import XmlRenderer
from packc.source import Span
from packc.words import ENGLISH
from tests.support.packs import para


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("word", "word"),
        ("a*b", "a\\*b"),
        ("a}b", "a\\}b"),
        ("a#b", "a\\#b"),
        ("{a", "{a"),
        ("a\\b", "a\\b"),
        ("a\\", "a\\ "),
        ("a\\}", "a\\\\}"),
        ("a&", "a&amp; "),
        ("&a", "&amp;a"),
        ("<&>", "&lt;&amp;&gt;"),
        ("&lt;", "&amp;lt;"),
        ("=50%", "=50%"),
    ],
)
def test_a_typed_answer(text: str, written: str) -> None:
    assert typed(text) == written


@pytest.mark.parametrize(
    ("html", "written"),
    [
        ("word", "word"),
        ("~", "&amp;\\#126;"),
        ("{}", "&amp;\\#123;&amp;\\#125;"),
        ("\\", "&amp;\\#92;"),
        ("#", "\\#"),
        ("&lt;b&gt;", "&amp;lt;b&amp;gt;"),
        ("&#64;", "&amp;\\#64;"),
        ("<i>x</i>", "<i>x</i>"),
    ],
)
def test_an_entry_of_a_list(html: str, written: str) -> None:
    assert entry(html) == written


@pytest.mark.parametrize(
    ("html", "written"),
    [
        ("  word\n", "word"),
        ("~{}\\", "&amp;#126;&amp;#123;&amp;#125;&amp;#92;"),
        ("#", "#"),
        ("&lt;", "&amp;lt;"),
    ],
)
def test_what_a_blank_says(html: str, written: str) -> None:
    assert feedback(html) == written


def _accepted(text: str, weight: str | None = None) -> Accepted:
    return Accepted(children=(Text(text),), weight=None if weight is None else Decimal(weight))


class Told(NamedTuple):
    """A blank, and what its question says."""

    key: BlankKey
    hint: str = ""
    shuffle: bool | None = None
    points: str | None = None

    def question(self) -> ClozeQuestion:
        worth = None if self.points is None else Decimal(self.points)
        text = (para(Blank(key=self.key, hint=self.hint)),)
        return ClozeQuestion(id="Q", text=text, shuffle=self.shuffle, points=worth)


def _written(question: ClozeQuestion) -> str:
    renderer = XmlRenderer(None, source_url="", words=ENGLISH)
    lowered = cloze(question, renderer)
    assert (lowered.kind, lowered.refusal) == ("cloze", "")
    text = renderer.finished(lowered.below, lowered.blanks).html
    return text.removeprefix("<p>").removesuffix("</p>")


def _losses(question: ClozeQuestion) -> list[str]:
    return [loss.what for loss in cloze(question, XmlRenderer(None, source_url="", words=ENGLISH)).losses]


NUMBERS = NumberKey(
    numbers=(
        Number(value=Decimal("9.81"), tolerance=Decimal("0.01")),
        Number(value=Decimal(2), upper=Decimal(3), weight=Decimal("-12.5")),
    ),
    unit="{m}",
)
LIST = DropdownKey(
    options=(
        Option(children=(Text("a"),), correct=True),
        Option(children=(Emph((Text("b~"),)),), correct=False),
    )
)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (Told(TextKey(accepted=(_accepted("a"),))), "{1:SA:=a}"),
        (Told(TextKey(accepted=(_accepted("a"), _accepted("b", "50")), case=True)), "{1:SAC:=a~%50%b}"),
        (Told(TextKey(accepted=(_accepted("a"),)), hint="look"), "{1:SA:=a~%0%*#look}"),
        (Told(TextKey(accepted=(_accepted("a"),)), points="3"), "{3:SA:=a}"),
        (Told(TextKey(accepted=(_accepted("a"), _accepted("b", "33.333333")))), "{1:SA:=a~%33.33333%b}"),
        (Told(TextKey(accepted=(_accepted("a"), _accepted("b", "150")))), "{1:SA:=a~=b}"),
        (Told(NUMBERS), "{1:NM:=9.81:0.01~%-12.5%2.5:0.5} &#123;m&#125;"),
        (Told(NUMBERS, hint="!"), "{1:NM:=9.81:0.01~%-12.5%2.5:0.5~%0%*#!} &#123;m&#125;"),
        (Told(LIST), "{1:MCS:=a~%0%b&amp;\\#126;}"),
        (Told(LIST, shuffle=True), "{1:MCS:=a~%0%b&amp;\\#126;}"),
        (Told(LIST, shuffle=False, hint="no"), "{1:MC:=a~%0%b&amp;\\#126;#no}"),
    ],
)
def test_a_blank(told: Told, expected: str) -> None:
    assert _written(told.question()) == expected


@pytest.mark.parametrize(
    ("told", "losses"),
    [
        (Told(TextKey(accepted=(_accepted("a"), _accepted("b", "33.33"))), points="2"), []),
        (Told(TextKey(accepted=(_accepted("a"), _accepted("b", "150")))), ["the weight 150 %"]),
        (Told(TextKey(accepted=(_accepted("a"), _accepted("b", "-150")))), ["the weight -150 %"]),
        (Told(TextKey(accepted=(_accepted("a"), _accepted("b", "1.0000001")))), ["the weight 1.0000001 %"]),
        (Told(TextKey(accepted=(_accepted("a"),)), points="1.5"), ["1.5 points"]),
        (Told(NUMBERS), []),
        (Told(LIST), ["formatting of right-hand texts"]),
    ],
)
def test_what_a_blank_loses(told: Told, losses: list[str]) -> None:
    assert _losses(told.question()) == losses


def test_no_brace_of_an_author_is_left_outside_the_blanks() -> None:
    question = ClozeQuestion(
        id="Q", text=(para("{1:SA:=x} {#1} ", Blank(key=TextKey(accepted=(_accepted("a"),)))),)
    )
    renderer = XmlRenderer(None, source_url="", words=ENGLISH)
    lowered = cloze(question, renderer)
    html = renderer.finished(lowered.below, lowered.blanks).html
    assert html == "<p>&#123;1:SA:=x&#125; &#123;#1&#125; {1:SA:=a}</p>"


def test_points_that_blanks_cannot_share_are_told_where_they_stand() -> None:
    question = Told(TextKey(accepted=(_accepted("a"),)), points="1.5").question()
    question = replace(question, places={"points": Span(0, 3, 9)}, span=Span(0, 1, 2))
    (loss,) = cloze(question, XmlRenderer(None, source_url="", words=ENGLISH)).losses
    assert loss.span == Span(0, 3, 9)


def test_what_is_refused_is_a_cloze_too() -> None:
    for key in (TextKey(accepted=()), None):
        text = (para("x", Blank(key=key)),) if key else (para("x"),)
        lowered = cloze(ClozeQuestion(id="Q", text=text), XmlRenderer(None, source_url="", words=ENGLISH))
        assert lowered.kind == "cloze"
        assert lowered.refusal
