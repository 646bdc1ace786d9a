"""Chinese, Japanese and Korean: typefaces in the order of the language, and nothing that cannot be shown."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from packc.ast.question import OpenQuestion
from packc.ast.richtext import Code, Emph, Math, Strong, Text
from packc.backends.pdf.eastasian import wanted
from packc.backends.pdf.typesetting import installed
from packc.backends.registry import load
from tests.support import packs
from tests.targets.pdf.emitted import everything, opened, pages, pdfs

SAID = {
    "zh-Hans": "什么是“过拟合”？请说明（例如：早停）它与训练误差的关系。",
    "zh-Hant": "什麼是「過擬合」？請說明（例如：早停）它與訓練誤差的關係。",
    "ja": "「過学習」とは何ですか。訓練誤差（例えば）との関係を説明しなさい。",
    "ko": "“과적합”이란 무엇입니까? 훈련 오차(예: 정규화)와의 관계를 설명하십시오.",
}


@pytest.mark.parametrize(
    ("lang", "text", "first"),
    [
        ("zh-Hans", "误", "Noto Serif CJK SC"),
        ("zh_TW", "誤", "Noto Serif CJK TC"),
        ("ja", "誤", "Noto Serif CJK JP"),
        ("ko", "誤", "Noto Serif CJK KR"),
        ("en", "誤りの", "Noto Serif CJK JP"),
        ("en", "오차", "Noto Serif CJK KR"),
        ("en", "误", "Noto Serif CJK SC"),
    ],
)
def test_the_language_decides_and_else_the_signs(lang: str, text: str, first: str) -> None:
    families = wanted(lang, ["a", text])
    assert families[0] == first
    assert len(families) == len(set(families)) > 10
    assert "WenQuanYi Micro Hei" in families
    assert all(name and name == name.strip() for name in families)


def test_packs_without_these_signs_look_for_none() -> None:
    assert wanted("ja", ["only Latin", "и кириллица", "“…”"]) == ()


@pytest.mark.parametrize("lang", SAID)
def test_a_sheet_is_set_in_one_typeface_for_it(lang: str) -> None:
    text = SAID[lang]
    families = installed(wanted(lang, [text]))
    if not families:
        pytest.skip(f"no typeface for {lang} is installed")
    prompt = packs.para(text, Strong((Text(text),)), Emph((Text(text),)), Code(text), Math("x^2"))
    pack = packs.pack(OpenQuestion(id="Q1", prompt=(prompt,)))
    pack = replace(pack, title=text, meta=replace(pack.meta, lang=lang))
    assert list(load("pdf").losses(pack, packs.context("Q1"))) == []
    (sheet,) = pdfs(pack, packs.context("Q1"), variant=("student",)).values()
    used = {str(name).partition("+")[2] for name in _fonts(sheet)}
    ours = families[0].replace(" ", "")
    others = ("Libertinus", "DejaVu", "NewCM", ours)
    assert any(name.startswith(ours) for name in used)
    assert all(name.startswith(others) for name in used), used
    assert "".join(pages(sheet)).replace(" ", "").count(text[-10:-1].replace(" ", "")) >= 3
    root: Any = opened(sheet).trailer["/Root"]
    assert root["/Lang"] == lang.partition("-")[0]
    assert "2 Tr" in everything(sheet), "what is strong is filled and has a stroke"


def _fonts(sheet: bytes) -> set[str]:
    found: set[str] = set()
    for page in opened(sheet).pages:
        resources: Any = page["/Resources"]
        found |= {font.get_object()["/BaseFont"] for font in resources["/Font"].values()}
    return found
