"""A question that fits a page, but not below its heading, is whole; a taller one begins below it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser

from packc.ast.pack import Section
from packc.ast.question import OpenQuestion
from packc.ast.richtext import Blocks, Text
from packc.backends.base import File, Stream
from packc.backends.options import Options, OptionValue
from packc.backends.registry import load
from tests.support import packs
from tests.support.browser import opened
from tests.targets.html.test_printed_packs import PAPERS, is_whole, texts_of_pages

pytestmark = pytest.mark.judge

# What stands in a section above its question; a mark ends it.
TEXTS: Mapping[str, Callable[[str], Blocks]] = {
    "heading": lambda _: (),
    "text": lambda mark: (packs.para("of the section"), packs.para(mark)),
    "list": lambda mark: (packs.para("First read"), packs.bullets("this", "that", mark)),
    "long": lambda mark: (*(packs.para(f"long {line}") for line in range(14)), packs.para(mark)),
    "endless": lambda mark: (*(packs.para(f"endless {line}") for line in range(40)), packs.para(mark)),
}
# Each question on a page of its own.
_ALONE = """@media print {
  .section, .section-text, .parting { display: none !important; }
  .question { break-before: page; margin-block-start: 0 !important; }
}"""
_WITHOUT = "() => document.querySelectorAll('.parting').forEach(e => e.remove())"

_DISPLAYED = "() => [...document.querySelectorAll('.parting')].map(e => getComputedStyle(e).display)"


class Printed(NamedTuple):
    """The pages, and whether one has all of a question, and whether that begins where its section ends."""

    pages: list[str]
    whole: list[bool]
    below: list[bool]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize(
    ("style", "lines"),
    [("", range(22, 36)), ("large", range(12, 22)), ("easy", range(16, 26))],
    ids=["normal", "large", "easy"],
)
def test_what_fits_a_page_is_whole_and_what_is_taller_begins_below_its_heading(
    browser: Browser, tmp_path: Path, style: str, lines: range, text: str
) -> None:
    file = tmp_path / "growing.html"
    file.write_bytes(_sheet(_growing(lines, text), style).data)
    for paper in PAPERS:
        printed, alone = (_printed(browser, file, paper, len(lines), css) for css in ("", _ALONE))
        assert 2 < sum(alone.whole) < len(lines), "some fit a page, some do not"
        assert printed.whole == alone.whole, paper
        if text in ("long", "endless"):
            continue  # its end may stand on the page before, as that of any text
        taller = [below for below, fits in zip(printed.below, alone.whole, strict=True) if not fits]
        assert all(taller), f"a heading alone above a question that is split anyway: {paper}"


def test_what_surely_stands_on_another_page_than_its_question_takes_none_of_its_own(
    browser: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "growing.html"
    file.write_bytes(_sheet(_growing((9, 33), "heading")).data)
    printed = _printed(browser, file, "A4", 2, "")
    assert printed.whole == [True, True]
    assert [("ZQ0X" in page, "HQ1X" in page, "AQ1X" in page) for page in printed.pages[:2]] == [
        (True, True, False),
        (False, False, True),
    ]


def test_headings_in_a_row_and_their_text_part_from_a_question_together(
    browser: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "rows.html"
    outer, inner = _growing((9, 26), "heading")
    both = replace(outer, blocks=(packs.bullets(*"abcdefghijk"),), parts=(inner,))
    file.write_bytes(_sheet((outer, both)).data)
    for paper in PAPERS:
        printed = _printed(browser, file, paper, 2, "")
        assert printed.whole == [True, True]


@pytest.mark.parametrize("variant", ["key", "teacher"])
def test_those_who_mark_get_whole_questions_too(browser: Browser, tmp_path: Path, variant: str) -> None:
    file = tmp_path / "growing.html"
    sections = []
    for section in _growing(range(24, 42), "heading"):
        (asked,) = section.parts
        assert isinstance(asked, OpenQuestion)
        turned = replace(asked, prompt=(), solution=asked.prompt) if variant == "key" else asked
        sections.append(replace(section, parts=(turned,)))
    file.write_bytes(_sheet(sections, variant).data)
    for paper in PAPERS:
        printed, alone = (_printed(browser, file, paper, 18, css) for css in ("", _ALONE))
        assert 2 < sum(alone.whole) < 18
        assert printed.whole == alone.whole


@pytest.mark.parametrize("style", ["", "large", "easy"])
def test_it_moves_nothing_on_a_page(browser: Browser, tmp_path: Path, style: str) -> None:
    file = tmp_path / "growing.html"
    file.write_bytes(_sheet(_growing(range(12, 30), "text"), style).data)
    with opened(browser, file) as watched:
        watched.page.set_viewport_size({"width": 794, "height": 1123})  # A4
        watched.page.emulate_media(media="print")
        tops = "() => [...document.querySelectorAll('.question')].map(q => q.getBoundingClientRect().top)"
        shown = watched.page.evaluate(_DISPLAYED)
        found = watched.page.evaluate(tops)
        watched.page.evaluate(_WITHOUT)
        assert "block" in shown
        assert watched.page.evaluate(tops) == pytest.approx(found, abs=0.1)


def test_it_shows_on_no_screen_and_says_nothing(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "growing.html"
    sheet = _sheet(_growing(range(26, 32), "text"))
    file.write_bytes(sheet.data)
    with opened(browser, file) as watched:
        assert set(watched.page.evaluate(_DISPLAYED)) == {"none"}
        for parting in watched.page.locator(".parting").all():
            assert parting.get_attribute("aria-hidden") == "true"
            assert parting.text_content() == ""


def _growing(lines: Sequence[int], text: str) -> tuple[Section, ...]:
    """Return sections with a question each, which has as many lines as `lines` says."""
    sections = []
    for number, count in enumerate(lines):
        told = (f"AQ{number}X", *("line" for _ in range(count - 2)), f"ZQ{number}X")
        asked = OpenQuestion(id=f"I{number}", prompt=tuple(map(packs.para, told)), lines=0)
        blocks = TEXTS[text](f"HQ{number}X")
        title = "Section" if blocks else f"HQ{number}X"
        sections.append(Section(title=(Text(title),), blocks=blocks, parts=(asked,)))
    return tuple(sections)


def _sheet(sections: Sequence[Section], style: str = "") -> File:
    given: dict[str, OptionValue] = {
        "variant": ("student", "key", "teacher"),
        "large-print": True,
        "easy-read": True,
    }
    context = packs.context()._replace(options=Options(given))
    files = load("html").emit(packs.pack(*sections, identifier="p"), context)
    wanted = f"p.{style}.html" if style else "p.html"
    (data,) = (one.data for one in files if isinstance(one, Stream) and one.path == wanted)
    return File(wanted, data)


def _printed(browser: Browser, file: Path, paper: str, count: int, css: str) -> Printed:
    with opened(browser, file) as watched:
        if css:
            watched.page.add_style_tag(content=css)
        pages = texts_of_pages(watched.page.pdf(format=paper, prefer_css_page_size=True))
    whole = [is_whole(number, pages) for number in range(count)]
    below = [css == _ALONE or is_whole(number, pages, "HA") for number in range(count)]
    return Printed(pages, whole, below)
