"""What is kept on one page as a rule, and taller than a page, is split and never cut off."""

from __future__ import annotations

import pytest

from packc.ast.question import (
    CategorisingQuestion,
    Choice,
    ChoiceQuestion,
    MatchingQuestion,
    OrderingQuestion,
    Pair,
    Question,
)
from packc.ast.richtext import Blocks, BulletList, CodeBlock, ListItem, Text
from tests.support import packs
from tests.targets.html.test_printed_packs import texts_of_pages
from tests.targets.pdf.emitted import pdfs

WORDS = [f"word{number}e" for number in range(60)]
TALE = " and much else that has to be said here, ".join(WORDS)
LONG: dict[str, Blocks] = {
    "paragraphs": tuple(packs.para(word) for word in WORDS),
    "code": (CodeBlock("\n".join(WORDS)),),
    "a list": (BulletList(tuple(ListItem((packs.para(word),)) for word in WORDS)),),
    "one paragraph": (packs.para(TALE),),
}
ASK = (packs.para("Which?"),)
SHORT = (packs.para("b"),)


def _questions(blocks: Blocks) -> dict[str, Question]:
    wrong = Choice(blocks=SHORT, correct=False)
    return {
        "choice": ChoiceQuestion(id="Q1", prompt=ASK, choices=(Choice(blocks=blocks, correct=True), wrong)),
        "feedback": ChoiceQuestion(
            id="Q1", prompt=ASK, choices=(Choice(blocks=SHORT, correct=True, feedback=blocks), wrong)
        ),
        "order": OrderingQuestion(id="Q1", prompt=ASK, items=(ListItem(blocks), ListItem(SHORT))),
    }


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("place", ["choice", "feedback", "order"])
@pytest.mark.parametrize("written", LONG)
def test_an_item_taller_than_a_page_is_on_several(written: str, place: str, large: bool) -> None:
    pack = packs.pack(_questions(LONG[written])[place])
    files = pdfs(pack, packs.context("Q1"), variant=("student", "key", "teacher"), large_print=large)
    for name, data in files.items():
        if place == "feedback" and name.endswith(("pack.pdf", "pack.large.pdf")):
            continue  # learners get none
        said = " ".join(texts_of_pages(data))
        assert [word for word in WORDS if word not in said] == [], name


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("kind", [MatchingQuestion, CategorisingQuestion])
def test_a_text_of_a_column_taller_than_a_page_is_on_several(
    kind: type[MatchingQuestion | CategorisingQuestion], large: bool
) -> None:
    others = Pair(left=(Text("a"),), right=(Text("b"),))
    for left, right in ((TALE, "c"), ("c", TALE)):
        pair = Pair(left=(Text(left),), right=(Text(right),))
        pack = packs.pack(kind(id="Q1", prompt=ASK, pairs=(pair, others)))
        files = pdfs(pack, packs.context("Q1"), variant=("student", "key", "teacher"), large_print=large)
        for name, data in files.items():
            said = " ".join(texts_of_pages(data))
            assert [word for word in WORDS if word not in said] == [], name
