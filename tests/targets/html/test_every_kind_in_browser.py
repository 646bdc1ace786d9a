"""Every kind of question in a browser: on a screen, on a phone, on paper, from either side."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from packc.ast.pack import Pack, Part, Section
from packc.ast.question import Choice, ChoiceQuestion, Side
from packc.ast.richtext import Math
from packc.words import ENGLISH
from packc.words.languages import words_for
from tests.support import every_kind, packs
from tests.support.browser import opened
from tests.targets.html.emitted import handout, written

pytestmark = pytest.mark.judge

# Marks that take no room, so that they move no page break. The last one stands beside the last thing that
# shows: behind a line break at the end it would begin a line that is not there otherwise.
MARK = """() => [...document.querySelectorAll('article')].map((article, index) => {
  const marked = text => {
    const span = document.createElement('span')
    span.dir = 'ltr'
    span.style = 'position: absolute; white-space: nowrap; font-size: 2px; unicode-bidi: isolate'
    span.textContent = text
    return span
  }
  const isShown = node =>
    node instanceof Text ? node.data.trim() : !node.hasChildNodes() && !['BR', 'HR'].includes(node.tagName)
  const isBlock = e =>
    e instanceof HTMLElement && e.tagName !== 'HR' && getComputedStyle(e).display !== 'inline'
  let last = article
  while (last.lastElementChild && isBlock(last.lastElementChild)) last = last.lastElementChild
  const below = document.createTreeWalker(last, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)
  let end = null
  while (below.nextNode()) if (isShown(below.currentNode)) end = below.currentNode
  article.querySelector('.number').append(marked(`AQ${index}X`))
  const whole = end instanceof Text ? end.parentElement.closest('math') : end?.closest('math') ?? end
  if (whole) whole.before(marked(`ZQ${index}X`))
  else if (end) end.after(marked(`ZQ${index}X`))
  else {
    // In an empty box, such as a rule to write on, it would stand below the end of the page.
    last.append(marked(`ZQ${index}X`))
    last.lastElementChild.style.marginBlockStart = '-8px'
  }
  return index
})"""


def pack(lang: str, *, bare: bool) -> Pack:
    """Every kind but the one that fills more than a page; `bare` leaves titles and most fields out."""

    def part(one: Part) -> Part:
        if isinstance(one, Section):
            return replace(one, parts=tuple(map(part, one.parts)))
        if not bare:
            return one
        shown = tuple(note for note in one.notes if note.side is Side.FRONT)
        return replace(one, title=(), notes=shown[:1], hints=(), feedback=type(one.feedback)())

    made = every_kind.every_kind()
    parts = tuple(part(one) for one in made.parts if getattr(one, "id", "") != "K14")
    return replace(made, parts=parts, meta=replace(made.meta, lang=lang))


def files(folder: Path, lang: str, *, bare: bool) -> tuple[Path, Path]:
    words = words_for(lang) or ENGLISH
    return written(handout(pack(lang, bare=bare), every_kind.context()._replace(words=words)), folder)


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (320, "dark"), (1000, "light")])
def test_opens_silently_and_fits(
    browser: Browser, tmp_path: Path, lang: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    for file in files(tmp_path, lang, bare=False):
        with opened(browser, file, width=width, scheme=scheme) as watched:
            assert [*watched.console, *watched.requests, *watched.dialogs] == []
            assert watched.overflow == 0


@pytest.mark.parametrize("bare", [False, True])
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_no_question_is_split_wherever_it_begins(
    browser: Browser, tmp_path: Path, lang: str, bare: bool
) -> None:
    for file in files(tmp_path, lang, bare=bare):
        for offset in (0, 300, 600):
            with opened(browser, file) as watched:
                below = f"header {{ padding-bottom: {offset}px }}"
                watched.page.add_style_tag(content=f"@media print {{ {below} }}")
                numbers = watched.page.evaluate(MARK)
                pages = [page.extract_text() for page in PdfReader(BytesIO(watched.pdf())).pages]
            split = [n for n in numbers if not any(f"AQ{n}X" in page and f"ZQ{n}X" in page for page in pages)]
            assert len(numbers) == 15
            assert split == [], (file.name, offset)


def test_all_gaps_are_equally_wide(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, files(tmp_path, "en", bare=False)[0]) as watched:
        boxes = [gap.bounding_box() for gap in watched.page.locator(".gap").all()]

    assert len(boxes) == 5
    assert len({round(box["width"], 2) for box in boxes if box}) == 1


def test_fractions_of_neighbouring_choices_keep_apart(browser: Browser, tmp_path: Path) -> None:
    texts = [(packs.para(Math(rf"\frac{{{n}}}{{7}}")),) for n in range(4)]
    choices = tuple(Choice(blocks=blocks, correct=not n) for n, blocks in enumerate(texts))
    question = ChoiceQuestion(id="Q1", prompt=(packs.para("Which?"),), choices=choices)
    with opened(browser, written(handout(packs.pack(question), packs.context("Q1")), tmp_path)[0]) as watched:
        rows = watched.page.locator(".choices > li").all()
        boxes = [row.locator("math").bounding_box() for row in rows]
        leading = watched.page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    edges = [(box["y"], box["y"] + box["height"]) for box in boxes if box]
    assert len(edges) == 4
    assert min(lower[0] - upper[1] for upper, lower in pairwise(edges)) > 0.75 * leading


def test_in_arabic_numbers_and_boxes_stand_on_the_right(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, files(tmp_path, "ar", bare=False)[0]) as watched:
        page = watched.page
        for outer, inner in ((".question", ".number"), (".choices > li", ":is(.box, .circle)")):
            whole = page.locator(outer).first.bounding_box()
            part = page.locator(f"{outer} {inner}").first.bounding_box()
            assert whole is not None
            assert part is not None
            assert part["x"] + part["width"] > whole["x"] + whole["width"] - 4
        left, right = (box.bounding_box() for box in page.locator(".columns").first.locator("> div").all())
        assert left is not None
        assert right is not None
        assert left["x"] > right["x"], "the first column is the right one"
