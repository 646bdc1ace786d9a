"""Generated packs as PDF: each can be set, tells no answer, says what HTML says, splits no question."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import Any

import pytest
from hypothesis import Phase, given, settings

from packc.ast.pack import Pack, Part, Section, questions
from packc.ast.question import OpenQuestion, Question
from packc.ast.richtext import Blocks, Footnote, Text
from packc.backends.registry import load
from packc.media import Media
from tests.support import packs
from tests.support.canaries import CANARY, NUMBER, with_canaries
from tests.support.random_packs import many, named, random_packs
from tests.support.wild import QUESTIONS, SLOW, wild_packs
from tests.targets.html.test_generated import with_another_key
from tests.targets.html.test_printed_packs import is_whole, long, texts_of_pages
from tests.targets.pdf.emitted import everything, opened, pdfs
from tests.targets.pdf.structure import difference, said_by_html, said_by_pdf
from tests.targets.pdf.test_same_text import both

# A failure is not made smaller: each attempt sets several files, and there are thousands.
_FEW = settings(
    derandomize=True,
    max_examples=4,
    deadline=None,
    suppress_health_check=SLOW,
    phases=(Phase.explicit, Phase.generate),
)
DEEP = 200
FEWEST, FILLING = 26, 22
PACKS, SPLIT = many(5, DEEP), many(3, DEEP)
CONTEXT = packs.context()._replace(
    media={**packs.context().media, "a/b.png": Media(packs.png(400, 40), "image/png", 400, 40)}
)


@_FEW
@given(wild_packs())
def test_whatever_a_pack_holds_it_can_be_set(made: Pack) -> None:
    list(load("pdf").losses(made, packs.context()))
    found = pdfs(made, packs.context(), variant=("key", "teacher"), cards=True, large_print=True)

    assert all(len(opened(data).pages) for data in found.values())


def test_no_canary_is_in_a_student_file() -> None:
    for pack in random_packs(PACKS):
        with named(pack):
            hidden = replace(pack, meta=replace(pack.meta, title_on_front=False))
            marked = with_canaries(hidden)
            options: dict[str, Any] = {"versions": ("A",), "large_print": True}
            for name, data in pdfs(marked, CONTEXT, variant=("student",), **options).items():
                said = everything(data)
                assert CANARY not in said, name
                assert str(NUMBER) not in said, name
            (key,) = pdfs(marked, CONTEXT, variant=("key",)).values()
            assert (CANARY in everything(key)) == any(questions(pack)), "canaries would be found"


@_FEW
@given(wild_packs(), QUESTIONS, QUESTIONS)
def test_another_key_gives_the_same_file(made: Pack, first: Question, other: Question) -> None:
    one = replace(made, parts=(first, *made.parts))
    changed = replace(made, parts=(with_another_key(first, other), *made.parts))
    options: dict[str, Any] = {"variant": ("student",), "versions": ("A", "B")}

    assert pdfs(one, packs.context(), **options) == pdfs(changed, packs.context(), **options)


def test_it_says_what_the_html_handout_says() -> None:
    for pack in random_packs(PACKS):
        with named(pack):
            for file, html, pdf in both(pack, CONTEXT):
                assert difference(said_by_pdf(pdf), said_by_html(html)) is None, file


def test_no_question_is_split_that_fits_a_page() -> None:
    asked = sheets = taller = 0
    for pack in islice(filter(lambda pack: any(questions(pack)), random_packs(SPLIT * 3)), SPLIT):
        with named(pack):
            count = len(list(questions(pack)))
            marked = _marked(long(pack))
            for paper in ("a4", "letter"):
                files = _sheets(marked, paper)
                split = {file: _split(pages, 3 * count) for file, pages in files.items()}
                # The pack is there three times: of each question one is tried alone.
                for number in sorted({number % count for found in split.values() for number in found}):
                    (alone,) = (q for q in questions(marked) if q.id == f"AQ{number}X")
                    for file, pages in _sheets(replace(marked, parts=(alone,)), paper).items():
                        is_split = number in {found % count for found in split[file]}
                        assert not is_split or not is_whole(number, pages), f"{number} fits a page of {paper}"
                sheets += sum(map(len, files.values()))
                asked += 3 * count * len(files)
                taller += sum(map(len, split.values()))
    print(f"{asked} questions on {sheets} pages, {taller} of them taller than a page")
    assert sheets > 8 * SPLIT, "there are page breaks"
    assert taller < asked / 2, "most are no taller than a page"


def test_what_is_split_would_be_found() -> None:
    tall = OpenQuestion(id="AQ0X", prompt=(packs.para("p"),), lines=200)
    sheet, _ = _sheets(_marked(packs.pack(tall)), "a4").values()
    assert _split(sheet, 1) == [0]


def test_a_question_whose_notes_have_long_notes_is_split() -> None:
    inner = Footnote("2", tuple(packs.para("line") for _ in range(80)))
    asked = OpenQuestion(id="AQ0X", prompt=(packs.para(Footnote("1", (packs.para(inner),))),), lines=1)
    sheet, _ = _sheets(_marked(packs.pack(asked)), "a4").values()
    assert _split(sheet, 1) == [0]


@pytest.mark.parametrize("text", [(), (packs.para("of the section"),)], ids=["a heading", "a text"])
def test_one_that_fits_a_page_is_whole_below_the_beginning_of_its_section(text: Blocks) -> None:
    """From half a page to more than one, a line longer each."""
    sections = []
    for number in range(FILLING):
        lines = tuple(packs.para(f"line {line}") for line in range(FEWEST + number))
        asked = OpenQuestion(id=f"Q{number}", prompt=lines, lines=1)
        sections.append(Section(title=(Text("Section"),), blocks=text, parts=(asked,)))
    marked = _marked(packs.pack(*sections))
    for paper in ("a4", "letter"):
        sheet, _ = _sheets(marked, paper).values()
        split = _split(sheet, FILLING)
        assert 0 < len(split) < FILLING
        first = split[0]  # all that follow are taller
        (alone,) = (asked for asked in questions(marked) if asked.id == f"AQ{first}X")
        pages, _ = _sheets(replace(marked, parts=(alone,)), paper).values()
        assert not is_whole(first, pages), f"{first} fits a page of {paper}"


def _sheets(pack: Pack, paper: str) -> dict[str, list[str]]:
    """Return the pages of each student sheet, all of which say their number and how many there are."""
    options: dict[str, Any] = {"variant": ("student",), "paper": paper, "large_print": True}
    found = {file: texts_of_pages(data) for file, data in pdfs(pack, CONTEXT, **options).items()}
    for pages in found.values():
        for number, page in enumerate(pages, 1):
            assert f"Page {number} of {len(pages)}" in " ".join(page.split())
    return found


def _split(pages: list[str], count: int) -> list[int]:
    """Return the numbers of the questions that stand on more than one page."""
    return [number for number in range(count) if not is_whole(number, pages)]


def _marked(pack: Pack) -> Pack:
    """Return `pack` with a mark at each question's beginning, which is its id, and at its end.

    That is the note of a note: such stand behind all others.
    """
    count = iter(range(1000))

    def part(given: Part) -> Part:
        if isinstance(given, Section):
            return replace(given, parts=tuple(map(part, given.parts)))
        number = next(count)
        end = Footnote("2", (packs.para("and", Footnote("1", (packs.para(f"ZQ{number}X"),))),))
        return replace(given, id=f"AQ{number}X", prompt=(*given.prompt, packs.para("and", end)))

    return replace(pack, intro=(), parts=tuple(map(part, pack.parts)))


_TESTS: tuple[Any, ...] = (
    test_whatever_a_pack_holds_it_can_be_set,
    test_another_key_gives_the_same_file,
)
for _test in _TESTS:
    _test.deep_examples = DEEP  # read by tests.support.deep
