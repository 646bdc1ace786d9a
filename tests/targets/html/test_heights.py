"""What is estimated of a question's height is how high Chromium sets it, in every preset and many scripts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from lxml import etree
from playwright.sync_api import Browser

from packc.ast.question import (
    CategorisingQuestion,
    Choice,
    ChoiceQuestion,
    MatchingQuestion,
    OpenQuestion,
    OrderingQuestion,
    Pair,
    Question,
)
from packc.ast.richtext import Blocks, CodeBlock, Image, ListItem, MathBlock, Text
from packc.backends.base import File, Stream
from packc.backends.html.heights import Measure, TooDeep
from packc.backends.html.presets import MM
from packc.backends.options import Options
from packc.backends.registry import load
from packc.handout.editions import Style
from packc.media import Media
from tests.support import packs
from tests.support.browser import opened
from tests.targets.html.emitted import elements, tree
from tests.targets.html.realistic import TRAINING_LOOP, table

PROSE = {
    "en": "The loss jumps up and down, and after a few updates it is no number any more: what comes first? ",
    "de": "Die Lernrate ist wahrscheinlich zu hoch, sodass der Verlust schwankt, statt langsam zu fallen. ",
    "ru": "Скорость обучения, вероятно, слишком велика, поэтому ошибка скачет вверх и вниз. ",
    "ar": "معدل التعلم مرتفع جدا على الأرجح ولذلك تقفز الخسارة صعودا وهبوطا. ",
    "zh": "学习率太高，因此损失上下跳动，几次更新之后就不再是一个数字。首先应该检查什么？",
    "ja": "学習率が高すぎるため、損失が上下に揺れ、数回の更新の後には数値でなくなります。",
    "ko": "학습률이 너무 높아서 손실이 위아래로 흔들리고 몇 번의 업데이트 뒤에는 숫자가 아니게 됩니다. ",
}
_HEIGHTS = "() => [...document.querySelectorAll('.question')].map(q => q.getBoundingClientRect().height)"
_STYLES = {"p.large.html": Style.LARGE, "p.easy.html": Style.EASY}


def _questions() -> Iterator[Question]:
    """Yield questions that are about as high as a page, each with much of one thing."""
    told: dict[str, Blocks] = {lang: (packs.para(text * 16),) * 2 for lang, text in PROSE.items()}
    told["prose"] = (packs.para(PROSE["en"] * 40),)
    told["code"] = (packs.para("Read."), CodeBlock(TRAINING_LOOP, "python"), CodeBlock("x = 1\n" * 28))
    told["table"] = (table(("run", PROSE["en"]), *((str(row), PROSE["de"]) for row in range(16))),)
    told["image"] = (packs.para("Look."), packs.para(Image("tall.png", "A picture")), packs.para("And?"))
    told["list"] = (packs.bullets(*(PROSE["en"] for _ in range(14))),)
    told["formulas"] = (MathBlock(r"v_{t+1} = \beta v_t + \nabla L(w_t)"),) * 12
    for name, prompt in told.items():
        yield OpenQuestion(id=name, prompt=prompt, lines=4)
    texts = [PROSE["en"][: 20 + 5 * place] + str(place) for place in range(15)]
    choices = tuple(Choice(blocks=(packs.para(text),), correct=not place) for place, text in enumerate(texts))
    yield ChoiceQuestion(id="choices", prompt=(packs.para("Which?"),), choices=choices)
    pairs = tuple(Pair(left=(Text(text),), right=(Text(f"right {text}"),)) for text in texts[:10])
    yield MatchingQuestion(id="pairs", prompt=(packs.para("Match."),), pairs=pairs)
    yield CategorisingQuestion(id="sorts", prompt=(packs.para("Sort."),), pairs=pairs)
    yield OrderingQuestion(id="order", items=tuple(ListItem((packs.para(text),)) for text in texts))


@pytest.mark.judge
def test_what_is_estimated_is_what_stands_on_paper(browser: Browser, tmp_path: Path) -> None:
    asked = {question.id: question for question in _questions()}
    media = {"tall.png": Media(packs.png(400, 500), "image/png", 400, 500)}
    options = Options({"variant": ("student", "key", "teacher"), "large-print": True, "easy-read": True})
    context = packs.context()._replace(media=media, options=options)
    compared = 0
    for made in load("html").emit(packs.pack(*asked.values(), identifier="p"), context):
        assert isinstance(made, Stream)
        file = File(made.path, made.data)
        (tmp_path / file.path).write_bytes(file.data)
        style = _STYLES.get(file.path, Style.NORMAL)
        width = (180 if style is Style.LARGE else 170) * MM
        with opened(browser, tmp_path / file.path) as watched:
            watched.page.emulate_media(media="print")
            watched.page.add_style_tag(content=f"body {{ width: {width}pt }}")
            heights = watched.page.evaluate(_HEIGHTS)
        for article, pixels, name in zip(elements(tree(file), "//article"), heights, asked, strict=True):
            there = ET.fromstring(f"<div>{etree.tostring(article, encoding='unicode')}</div>")
            printed, estimated = pixels * 0.75, Measure(style).height(there, width)
            if printed < 200:
                continue
            # What is printed includes the margin below what is last; formulas differ by typeface.
            most = printed * (1.2 if name == "formulas" else 1.12)
            assert printed * 0.97 - 12 < estimated < most, (file.path, name)
            compared += 1
    assert compared > 60


def test_what_lies_too_deep_is_told() -> None:
    deep = "<ul><li>" * 50 + "x" + "</li></ul>" * 50
    formula = "<math><mrow>" + "<msqrt>" * 60 + "<mi>x</mi>" + "</msqrt>" * 60 + "</mrow></math>"
    for markup in (deep, f"<p>{formula}</p>"):
        with pytest.raises(TooDeep):
            Measure(Style.NORMAL).height(ET.fromstring(f"<div>{markup}</div>"), 400)


@pytest.mark.parametrize(
    "markup",
    ["", "<p/>", "<table/>", "<ul/>", "<dl/>", "<pre/>", "<div class='row'/>", "<div class='columns'/>"],
)
def test_nothing_is_hardly_high(markup: str) -> None:
    assert Measure(Style.NORMAL).height(ET.fromstring(f"<div>{markup}</div>"), 400) < 40
