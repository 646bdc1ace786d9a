"""What a browser makes of both files: on a screen, on a phone, on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Literal
from unicodedata import normalize

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from packc.ast.keys import Accepted, TextKey
from packc.ast.pack import Pack, Section, questions
from packc.ast.question import Choice, ChoiceQuestion, OpenQuestion, Role, ShortAnswerQuestion
from packc.ast.richtext import (
    Align,
    Blocks,
    Cell,
    Code,
    CodeBlock,
    Image,
    Link,
    Math,
    MathBlock,
    Row,
    Table,
    Text,
)
from packc.render.plain import PLAIN
from tests.support import packs
from tests.support.browser import Watched, opened
from tests.targets.html.emitted import handout, written
from tests.targets.html.realistic import realistic_context, realistic_pack

pytestmark = pytest.mark.judge

HOSTILE = (
    "</style><script>alert(1)</script>",
    '"><img src="https://example.org/x.png" onerror="alert(2)">',
    '\\"; } @import url(https://example.org/x.css); /* {{ 7*7 }} {% raise %}',
    "</title></textarea>--><svg onload=alert(3)>",
)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("handout")
    return written(handout(realistic_pack(), realistic_context()), folder)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1000])
def test_opens_silently_and_fits(
    browser: Browser, files: tuple[Path, Path], width: int, scheme: Literal["light", "dark"]
) -> None:
    for file in files:
        with opened(browser, file, width=width, scheme=scheme) as watched:
            assert _misdeeds(watched) == []
            assert watched.overflow == 0
            assert _broken_images(watched) == 0


def test_wide_texts_do_not_widen_a_phone(browser: Browser, tmp_path: Path) -> None:
    file, key = written(handout(_wide_pack(), packs.context("W1")), tmp_path)
    for path in (file, key):
        with opened(browser, path, width=320) as watched:
            assert watched.overflow == 0
    with opened(browser, file, width=320) as watched:
        assert watched.page.locator(".scroll[tabindex='0']").count() == 2, (
            "what scrolls can be reached by keys"
        )


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_prints_every_question_and_page_number(
    browser: Browser, files: tuple[Path, Path], paper: str
) -> None:
    pack = realistic_pack()
    for file, whole in zip(files, (True, False), strict=True):
        with opened(browser, file) as watched:
            pages = _pages(watched.pdf() if paper == "A4" else watched.letter_pdf())
        text = " ".join(pages)
        for number, question in enumerate(questions(pack), 1):
            assert re.search(rf"\b{number} {question.id}\b", text), question.id
            if whole:
                assert _opening_words(question.prompt) in text
        for number, page in enumerate(pages, 1):
            assert f"Page {number} of {len(pages)}" in page
        assert all(pack.title in page for page in pages)


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_no_question_is_split_across_pages(browser: Browser, files: tuple[Path, Path], paper: str) -> None:
    for file in files:
        with opened(browser, file) as watched:
            identifiers = _mark_ends(watched)
            pages = _pages(watched.pdf() if paper == "A4" else watched.letter_pdf())
        split = [
            name for name in identifiers if not any(f"<{name}>" in p and f"</{name}>" in p for p in pages)
        ]
        assert len(identifiers) == 20
        assert len(pages) > 3, "too few pages to prove anything"
        assert split == []


def test_questions_fill_a_page_before_they_go_to_the_next(browser: Browser, tmp_path: Path) -> None:
    key = TextKey(accepted=(Accepted(children=(Text("a word"),)),))
    opening = OpenQuestion(id="Q0", prompt=(packs.para("p"),), solution=(packs.para("s"),))
    short = [ShortAnswerQuestion(id=f"Q{n}", prompt=(packs.para("p"),), key=key) for n in range(1, 21)]
    made = packs.pack(opening, *short)
    context = packs.context("Q0", *(question.id for question in short))
    for file in written(handout(made, context), tmp_path):
        with opened(browser, file) as watched:
            first = _pages(watched.pdf())[0]
        assert "Q5" in first, file.name


def test_the_end_of_paper_has_no_page_of_its_own(browser: Browser, files: tuple[Path, Path]) -> None:
    with opened(browser, files[0]) as watched:
        pages = _pages(watched.letter_pdf())

    assert "End of paper" in pages[-1]
    assert "What to do after this pack" in pages[-1]


def test_a_long_table_repeats_its_head(browser: Browser, tmp_path: Path) -> None:
    row = Row(tuple(_cells("value", "1")))
    table = Table(header=Row(tuple(_cells("HEADCELL", "n"))), rows=(row,) * 90, aligns=_aligns(2))
    question = OpenQuestion(id="Q1", prompt=(packs.para("p"), table), solution=(packs.para("s"),))
    file, _ = written(handout(packs.pack(question), packs.context("Q1")), tmp_path)
    with opened(browser, file) as watched:
        pages = _pages(watched.pdf())

    assert sum("HEADCELL" in page for page in pages) >= 2


def test_ruled_lines_print_one_for_one(browser: Browser, tmp_path: Path) -> None:
    question = replace(packs.open_question(), notes=())
    file, _ = written(handout(packs.pack(question), packs.context("Q1")), tmp_path)
    with opened(browser, file) as watched:
        watched.page.emulate_media(media="print")
        boxes = [line.bounding_box() for line in watched.page.locator(".lines > div").all()]
        border = watched.page.locator(".lines > div").first.evaluate(
            "e => getComputedStyle(e).borderBottomStyle + ' ' + getComputedStyle(e).backgroundImage"
        )

    bottoms = [box["y"] + box["height"] for box in boxes if box]
    steps = [after - before for before, after in pairwise(bottoms)]
    assert border == "solid none"
    assert len(bottoms) == 6
    assert max(steps) - min(steps) < 0.5
    assert 30 < steps[0] < 36, "8 to 9.5 mm apart, at 96 pixels an inch"


@pytest.mark.parametrize("evil", HOSTILE)
def test_hostile_words_stay_words(browser: Browser, tmp_path: Path, evil: str) -> None:
    pack = _hostile_pack(evil)
    context = packs.context("Q1", "Q2")._replace(media={evil: packs.context().media["figure.png"]})
    for file in written(handout(pack, context), tmp_path):
        with opened(browser, file) as watched:
            assert _misdeeds(watched) == []
            assert watched.page.locator("svg, iframe, object").count() == 0
            assert watched.page.locator("script").count() == 1, "the page's own"
            assert watched.page.locator("html").get_attribute("lang") == evil
            assert watched.page.locator("h1").text_content() == evil
            assert watched.page.title().endswith(" ".join(evil.split()))
            pages = _pages(watched.pdf())
            assert _misdeeds(watched) == []
        for page in pages[1:]:
            assert evil.replace(" ", "") in page.replace(" ", ""), "the running title"


def test_what_leads_to_a_list_is_printed_above_it(browser: Browser, tmp_path: Path) -> None:
    question = OpenQuestion(id="Q1", prompt=(packs.para("?"),), solution=(packs.para("s"),))
    for count in range(12, 20):
        end: Blocks = (
            *(packs.para(f"line {n}") for n in range(count)),
            packs.para("LEAD"),
            packs.bullets(*"ABCDEFGH"),
        )
        pack = packs.pack(question, Section(title=(Text("End"),), blocks=end))
        sheet, _ = written(handout(pack, packs.context("Q1")), tmp_path)
        with opened(browser, sheet) as watched:
            assert [page for page in _pages(watched.pdf()) if "LEAD" in page and "LEAD A" not in page] == []


def test_a_root_is_printed(browser: Browser, tmp_path: Path) -> None:
    """Chromium leaves it out in silence where the font of a formula has no sign for it."""
    question = OpenQuestion(id="Q1", prompt=(packs.para(Math(r"\sqrt{B}")),), solution=(packs.para("s"),))
    sheet, _ = written(handout(packs.pack(question), packs.context("Q1")), tmp_path)
    with opened(browser, sheet) as watched:
        assert "√" in "".join(_pages(watched.pdf()))


def test_readable_without_javascript(browser: Browser, files: tuple[Path, Path]) -> None:
    with opened(browser, files[0], javascript=False) as watched:
        assert watched.page.locator("article").count() == 20


def _misdeeds(watched: Watched) -> list[str]:
    return [*watched.console, *watched.requests, *watched.dialogs]


def _broken_images(watched: Watched) -> int:
    return int(watched.page.evaluate("[...document.images].filter(i => !i.naturalWidth).length"))


def _pages(pdf: bytes) -> list[str]:
    """The text of each page, ligatures taken apart, white space evened out."""
    pages = PdfReader(BytesIO(pdf)).pages
    return [" ".join(normalize("NFKC", page.extract_text()).split()) for page in pages]


def _opening_words(prompt: Blocks) -> str:
    """The first words of a prompt, up to what a PDF may write differently."""
    words = PLAIN.block(prompt[0]).split("$")[0].split()
    return normalize("NFKC", " ".join(words[:4]))


def _mark_ends(watched: Watched) -> list[str]:
    """Write `<1>` into each question's heading and `</1>` into its very last line; return the names."""
    names = watched.page.evaluate(
        """() => [...document.querySelectorAll('article')].map((article, index) => {
             const mark = (place, text) => {
               const span = document.createElement('span')
               span.style.whiteSpace = 'nowrap'
               span.textContent = text
               place.append(span)
             }
             const below = e => e.lastElementChild
             const block = e => e instanceof HTMLElement && getComputedStyle(e).display !== 'inline'
             let last = article
             while (below(last) && block(below(last))) last = below(last)
             mark(article.querySelector('.number'), `<${index}>`)
             mark(last, `</${index}>`)
             return index
           })"""
    )
    return [str(name) for name in names]


def _wide_pack() -> Pack:
    long_word = "Donaudampfschifffahrtsgesellschaftskapitän" * 2
    formula = r"a_1 + a_2 + a_3 + a_4 + a_5 + a_6 + a_7 + a_8 + a_9 + a_{10} + a_{11} + a_{12} = 0"
    table = Table(
        header=Row(tuple(_cells(*(f"heading{i}" for i in range(9))))),
        rows=(Row(tuple(_cells(*("123456789" for _ in range(9))))),),
        aligns=_aligns(9),
    )
    choices = (
        Choice(blocks=(CodeBlock("x = " + "y" * 200),), correct=True),
        Choice(blocks=(packs.para(Math(formula)),), correct=False, feedback=(packs.para(long_word),)),
    )
    prompt = (
        packs.para(long_word, " ", Code("c" * 120), " ", Math(formula), " end"),
        MathBlock(formula),
        table,
        packs.para(Image("figure.png", "wide")),
    )
    question = ChoiceQuestion(id="W" + "1" * 63, title=(Text(long_word),), prompt=prompt, choices=choices)
    pack = packs.pack(question)
    return replace(
        pack, title=long_word, meta=replace(pack.meta, source_url="https://example.org/" + "p" * 90)
    )


def _hostile_pack(evil: str) -> Pack:
    text = (packs.para(evil, Code(evil), Link((Text(evil),), evil, evil), Image(evil, evil, evil)),)
    notes = (packs.note(Role.WHY, evil, *text), packs.note(Role.COLD_TARGET, evil, *text))
    choice = Choice(blocks=(*text, CodeBlock(evil, evil)), correct=True, feedback=text)
    parts = (
        OpenQuestion(id="Q1", title=(Text(evil),), prompt=text * 30, solution=text * 30, notes=notes),
        Section(
            title=(Text(evil),),
            blocks=text,
            parts=(ChoiceQuestion(id="Q2", prompt=text, choices=(choice, choice), notes=notes),),
        ),
    )
    pack = packs.pack(*parts)
    meta = replace(
        pack.meta,
        lang=evil,
        dir=evil,
        collection=evil,
        description=evil,
        authors=(evil,),
        license=evil,
        version=evil,
        tags=(evil,),
        source_url=evil,
    )
    return replace(pack, title=evil, meta=meta)


def _cells(*texts: str) -> Iterator[Cell]:
    return (Cell((Text(text),)) for text in texts)


def _aligns(columns: int) -> tuple[Align, ...]:
    return (Align.NONE,) * columns
