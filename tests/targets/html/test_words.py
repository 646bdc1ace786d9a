"""A handout speaks the language of its pack, from the side where that is read."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from packc.ast.keys import Number, NumberKey
from packc.ast.question import ChoiceQuestion, NumericQuestion
from packc.handout.document import Wording
from packc.words import ENGLISH, Words
from packc.words.languages import words_for
from tests.support import every_kind, packs
from tests.targets.html.emitted import Handout, elements, handout, strings, tree, visible


def words(lang: str) -> Words:
    found = words_for(lang)
    assert found is not None
    return found


def in_language(lang: str, *, own: str = "") -> Handout:
    """The pack of every kind in `lang`, with packc's words in `own`, or in the same language."""
    pack = every_kind.every_kind()
    pack = replace(pack, meta=replace(pack.meta, lang=lang))
    return handout(pack, every_kind.context()._replace(words=words(own or lang)))


# Words of ours that no text of the pack holds.
ENGLISH_ONLY = (
    "Name",
    "Class",
    "Choose",
    "True",
    "False",
    "Points",
    "Answer",
    "Blank",
    "Right",
    "Hint",
    "Page",
)


@pytest.mark.parametrize("lang", ["ar", "de", "fr", "no"])
def test_no_english_is_left(lang: str) -> None:
    spoken = words(lang)
    english = [word for word in ENGLISH_ONLY if word not in spoken]
    for file in in_language(lang):
        text = file.data.decode()
        assert [word for word in english if re.search(rf'[>"]{word}\b', text)] == []
        assert strings(tree(file), "//bdi/@lang") == []


def test_words_in_another_language_say_so() -> None:
    student = tree(in_language("sw", own="en").student)

    assert set(strings(student, "//bdi/@lang")) == {"en"}
    assert strings(tree(in_language("de-AT", own="de").student), "//bdi/@lang") == []


def test_arabic_runs_from_the_right() -> None:
    student, key = map(tree, in_language("ar"))

    assert (student.get("dir"), key.get("dir")) == ("rtl", "rtl")
    letters = strings(student, "//ol[@class='choices']//span[@class='letter']/text()")
    assert letters[:3] == ["أ", "ب", "ج"]
    style = student.findtext("head/style") or ""
    assert "@top-right" in style
    assert "@bottom-left" in style
    assert 'content: "صفحة" " " counter(page) " " "من" " " counter(pages)' in style


def test_a_number_keeps_its_order_in_arabic() -> None:
    number = Number(value=Decimal("-0.1"), tolerance=Decimal("0.02"))
    question = NumericQuestion(id="Q1", key=NumberKey(numbers=(number,), unit="كجم"))
    pack = packs.pack(question)
    pack = replace(pack, meta=replace(pack.meta, lang="ar"))
    key = tree(handout(pack, every_kind.context()._replace(words=words("ar"))).key)

    assert strings(key, "//ul[@class='answers']//bdi[@dir='ltr']/text()") == ["−0.1 ± 0.02"]
    assert strings(key, "//ul[@class='answers']//bdi[not(@dir)]/text()") == ["كجم"]


def test_words_of_a_project_can_hold_anything() -> None:
    evil = '"} <b>&{[('
    spoken = ENGLISH._replace(page=evil, name=evil, table=evil, formula=evil, blank=evil, points=evil)
    pack = every_kind.every_kind()
    for file in handout(pack, every_kind.context()._replace(words=spoken)):
        root = tree(file)
        assert elements(root, "//b") == []
        assert r'content: "\22 \7d  \3c b\3e \26 \7b \5b \28 " " " counter(page)' in str(
            root.findtext("head/style")
        )
    assert f"{evil} 1" in visible(handout(pack, every_kind.context()._replace(words=spoken)).student)


def test_more_choices_than_letters() -> None:
    wording = Wording(ENGLISH._replace(letters="xy"), "en")

    assert [wording.letter(index) for index in range(7)] == ["x", "y", "xx", "xy", "yx", "yy", "xxx"]


def test_the_key_names_choices_as_the_sheet_does() -> None:
    question = replace(every_kind.single_choice(), shuffle=True)
    assert isinstance(question, ChoiceQuestion)
    sheet, key = map(tree, handout(packs.pack(question), every_kind.context()))

    def lettered(root: object, path: str) -> list[str]:
        return [" ".join("".join(item.itertext()).split()) for item in elements(root, path)]  # type: ignore[arg-type]

    shown = lettered(sheet, "//ol[@class='choices']/li")
    right = next(text for text in lettered(key, "//ol[@class='choices keyed']/li") if "✓" in text)
    assert any(text.startswith(right[0]) and "Reduce" in text for text in shown)
