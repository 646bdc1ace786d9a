"""Random packs printed by Chromium: no question is split but one that is taller than a page."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from packc.ast.pack import Pack, Part, Section, questions
from packc.ast.question import ClozeQuestion, OpenQuestion, Question
from packc.ast.richtext import Blocks, BulletList, Heading, ListItem, Text
from packc.backends.base import File, Stream
from packc.backends.options import Options
from packc.backends.registry import load
from packc.media import Media
from tests.support import packs
from tests.support.browser import opened
from tests.support.judges import pdftotext
from tests.support.random_packs import many, named, random_packs
from tests.targets.html.test_every_kind_in_browser import MARK

pytestmark = pytest.mark.judge

COUNT = many(3, 200)
PAPERS = ("A4", "Letter")
_MOST_LINES = 12
# Each on a page of its own, with what stays with it: heading and text of its section, the end of paper.
_STAY = ".section, .section-text, .intro:has(> :is(h1, h2, h3, h4, h5, h6):last-child)"
_EACH_ALONE = """([numbers, stay]) => {
  const articles = [...document.querySelectorAll('article')]
  const kept = new Set()
  for (const number of numbers) {
    let first = articles[number]
    kept.add(first)
    while (first.previousElementSibling?.matches(stay)) {
      first = first.previousElementSibling
      kept.add(first)
    }
    first.style.setProperty('break-before', 'page', 'important')
    const start = document.createElement('span')
    start.dir = 'ltr'
    start.style = 'position: absolute; white-space: nowrap; font-size: 2px; unicode-bidi: isolate'
    start.textContent = `LQ${number}X`
    first.prepend(start)
    if (number === articles.length - 1) kept.add(document.querySelector('footer'))
  }
  const hide = element => {
    if (kept.has(element)) return
    const inner = [...element.children]
    if ([...kept].some(one => element.contains(one))) inner.forEach(hide)
    else element.style.setProperty('display', 'none', 'important')
  }
  hide(document.body)
}"""


def test_no_question_is_split_that_fits_a_page(browser: Browser, tmp_path: Path) -> None:
    taller = pages = asked = 0
    for pack in islice(filter(lambda pack: any(questions(pack)), random_packs(COUNT * 3)), COUNT):
        with named(pack):
            made = long(pack)
            asked += len(list(questions(made))) * 2 * len(PAPERS)
            for file in _sheets(made):
                path = tmp_path / file.path
                path.write_bytes(file.data)
                found = _printed(browser, path)
                taller, pages = taller + found[0], pages + found[1]
    print(f"{asked} questions on {pages} pages, {taller} of them taller than a page")
    assert pages > 8 * COUNT, "there are page breaks"
    assert taller < asked / 2, "most are no taller than a page"


def test_what_is_split_would_be_found(browser: Browser, tmp_path: Path) -> None:
    pack = packs.pack(*(replace(packs.choice_question(), id=f"Q{number}") for number in range(30)))
    file, _ = _sheets(pack)
    rule = re.compile(rb"\.question[^{}]*\{ break-(inside|before): avoid; \}")
    data, count = rule.subn(b"", file.data)
    assert count == 2
    (tmp_path / file.path).write_bytes(data)
    with pytest.raises(AssertionError, match="fits a page"):
        _printed(browser, tmp_path / file.path)


def test_a_heading_at_the_end_of_a_question_holds_on_to_no_other(browser: Browser, tmp_path: Path) -> None:
    lines = tuple(packs.para(f"line {number}") for number in range(9))
    text: Blocks = (*lines, Heading(1, (Text("end"),)))
    asked = (ClozeQuestion(id=f"Q{number}", text=text) for number in range(9))
    file, _ = _sheets(packs.pack(*asked))
    (tmp_path / file.path).write_bytes(file.data)
    assert _printed(browser, tmp_path / file.path)[0] == 0


def test_a_heading_in_what_ends_the_introduction_holds_on_to_no_question(
    browser: Browser, tmp_path: Path
) -> None:
    item = ListItem((packs.para("first"), Heading(2, (Text("end"),))))
    whole = 0
    for count in range(16, 30, 2):
        asked = ClozeQuestion(id="Q1", text=tuple(packs.para("line") for _ in range(count)))
        pack = replace(packs.pack(asked), intro=(BulletList((item,)),))
        file, _ = _sheets(pack)
        (tmp_path / file.path).write_bytes(file.data)
        whole += _printed(browser, tmp_path / file.path)[0] == 0
    assert 2 < whole < 7, "some fit a page, some do not"


@pytest.mark.parametrize("heading", ["last", "inside"])
def test_a_heading_at_the_end_of_a_shared_text_holds_on_to_no_question(
    browser: Browser, tmp_path: Path, heading: str
) -> None:
    end = Heading(2, (Text("end"),))
    text = packs.para("of all"), end if heading == "last" else BulletList((ListItem((end,)),))
    sections = []
    for number in range(9):
        asked = ClozeQuestion(id=f"Q{number}", text=tuple(packs.para("line") for _ in range(20)))
        sections.append(Section(title=(Text("Shared"),), stimulus=True, blocks=text, parts=(asked,)))
    file, _ = _sheets(packs.pack(*sections))
    (tmp_path / file.path).write_bytes(file.data)
    assert _printed(browser, tmp_path / file.path)[0] == 0


def long(pack: Pack) -> Pack:
    """Return `pack` three times over, so that its questions meet many page breaks; none has many lines."""
    count = iter(range(1000))

    def part(given: Part) -> Part:
        if isinstance(given, Section):
            return replace(given, parts=tuple(map(part, given.parts)))
        asked: Question = replace(given, id=f"Q{next(count)}")
        if isinstance(asked, OpenQuestion):
            few = asked.lines and min(asked.lines, _MOST_LINES)
            return replace(asked, lines=few, least_words=None, most_words=None, points=None)
        return asked

    return replace(pack, parts=tuple(map(part, pack.parts * 3)))


def _sheets(pack: Pack) -> Iterator[File]:
    context = packs.context()._replace(
        media={"a/b.png": Media(packs.png(400, 40), "image/png", 400, 40), **packs.context().media},
        options=Options({"variant": ("student",), "large-print": True}),
    )
    for file in load("html").emit(pack, context):
        assert isinstance(file, Stream)
        yield File(file.path, file.data)


def _printed(browser: Browser, file: Path) -> tuple[int, int]:
    """Print a file on each paper. Return how many questions are taller than a page, and count pages."""
    taller = count = 0
    with opened(browser, file) as watched:
        numbers = watched.page.evaluate(MARK)
        printed = {paper: _pages(watched.page, paper) for paper in PAPERS}
    for paper, pages in printed.items():
        count += len(pages)
        if split := [number for number in numbers if not is_whole(number, pages)]:
            taller += len(split)
            with opened(browser, file) as watched:
                watched.page.evaluate(MARK)
                watched.page.evaluate(_EACH_ALONE, [split, _STAY])
                alone = _pages(watched.page, paper)
            fits = [number for number in split if is_whole(number, alone, "LAZ")]
            assert fits == [], f"split in {file.name} on {paper}, though it fits a page"
    return taller, count


def _pages(page: Page, paper: str) -> list[str]:
    return texts_of_pages(page.pdf(format=paper, prefer_css_page_size=True))


def texts_of_pages(data: bytes) -> list[str]:
    """Return what stands on each page of a PDF, in the order in which it was drawn."""
    said = subprocess.run([pdftotext(), "-raw", "-", "-"], input=data, capture_output=True, check=True)
    return said.stdout.decode().split("\f")[:-1]


def is_whole(number: int, pages: list[str], marks: str = "AZ") -> bool:
    """Return whether a question begins and ends on one page. A mark cut at an edge is on the next, too."""
    found = [{n for n, page in enumerate(pages) if f"{mark}Q{number}X" in page} for mark in marks]
    assert all(found), f"the marks of {number}"
    return bool(set.intersection(*found))
