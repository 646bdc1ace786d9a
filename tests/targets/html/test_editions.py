"""Teacher's editions, versions, larger type, chapters and flashcards."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from packc.ast.pack import Pack, Section
from packc.ast.question import OpenQuestion
from packc.ast.richtext import Align, Cell, Row, Table, Text
from packc.backends.base import File, Level, Stream
from packc.backends.options import Options, OptionValue
from packc.backends.registry import load
from tests.support import every_kind, packs
from tests.support.browser import opened
from tests.targets.html.emitted import elements, strings, tree, visible


def emitted(pack: Pack, **options: OptionValue) -> dict[str, File]:
    given = Options({name.replace("_", "-"): value for name, value in options.items()})
    files = load("html").emit(pack, every_kind.context()._replace(options=given))
    return {file.path: File(file.path, file.data) for file in files if isinstance(file, Stream)}


def every(**options: OptionValue) -> dict[str, File]:
    return emitted(every_kind.every_kind(), **options)


def numbers(file: File) -> list[str]:
    """Return the ids of the questions in their order."""
    return strings(tree(file), "//*[@class='number']/small/bdi/text()")


def test_each_option_makes_the_files_that_it_says() -> None:
    assert list(every(variant=("teacher", "student"))) == ["every-kind.teacher.html", "every-kind.html"]
    assert list(every(versions=("A", "B"))) == [
        f"every-kind.{name}.html" for name in ("A", "A.key", "B", "B.key")
    ]
    more = every(variant=("student",), large_print=True, easy_read=True, cards=True)
    assert list(more) == [f"every-kind{name}.html" for name in ("", ".large", ".easy", ".cards")]


def test_versions_are_shuffled_alike_every_time_and_keep_their_sections() -> None:
    plain = every()
    first = every(versions=("A", "B"), seed=1)
    again = every(versions=("A", "B"), seed=1)
    other = every(versions=("A", "B"), seed=2)
    orders = {name: numbers(file) for name, file in first.items()}

    assert first == again
    assert len({tuple(numbers(found["every-kind.A.html"])) for found in (first, other)}) == 2
    assert orders["every-kind.A.html"] != orders["every-kind.B.html"] != numbers(plain["every-kind.html"])
    assert orders["every-kind.A.html"] == orders["every-kind.A.key.html"]
    assert sorted(orders["every-kind.A.html"]) == sorted(numbers(plain["every-kind.html"]))


def test_the_order_of_a_seed_never_changes() -> None:
    """Sheets that were printed last year have to go with a key that is made today."""
    assert numbers(every(versions=("A",), seed=7)["every-kind.A.html"]) == LAST_YEAR


LAST_YEAR = [
    "K02",
    "K01",
    "K06",
    "K03",
    "K08",
    "K05",
    "K04",
    "K07",
    "K10",
    "K11",
    "K09",
    "K13",
    "K12",
    "K14",
    "K15",
    "K16",
]


def test_every_page_of_a_version_says_which_it_is(browser: Browser, tmp_path: Path) -> None:
    for name, file in every(versions=("B",)).items():
        (tmp_path / name).write_bytes(file.data)
        with opened(browser, tmp_path / name) as watched:
            pages = [page.extract_text() for page in PdfReader(BytesIO(watched.pdf())).pages]
        assert len(pages) > 1
        assert all("Version B" in page for page in pages)


def test_only_the_teachers_edition_has_answers_below_questions() -> None:
    files = every(variant=("student", "key", "teacher"))
    teacher = tree(files["every-kind.teacher.html"])

    assert len(elements(teacher, "//article/details")) == len(elements(teacher, "//article")) == 16
    assert strings(teacher, "//details/@open") == []
    said = visible(files["every-kind.teacher.html"])
    for canary in ("TITLECANARY", "SOLUTIONCANARY", "RUBRICCANARY", "CHOICECANARY", "GRADERCANARY"):
        assert canary in said
    assert "CANARY" not in files["every-kind.html"].data.decode()
    assert (
        "details"
        not in files["every-kind.html"].data.decode().partition("<body>")[2].partition("<script>")[0]
    )


@pytest.mark.judge
@pytest.mark.parametrize("javascript", [True, False])
def test_answers_are_folded_on_a_screen_and_open_on_paper(
    browser: Browser, tmp_path: Path, javascript: bool
) -> None:
    path = tmp_path / "t.html"
    path.write_bytes(every(variant=("teacher",))["every-kind.teacher.html"].data)
    with opened(browser, path, javascript=javascript) as watched:
        assert not watched.page.get_by_text("SOLUTIONCANARY").first.is_visible()
        text = " ".join(page.extract_text() for page in PdfReader(BytesIO(watched.pdf())).pages)
        assert text.count("SOLUTIONCANARY") > 10
        buttons = watched.page.get_by_role("button")
        assert buttons.count() == (2 if javascript else 0)
        if javascript:
            watched.page.get_by_role("button", name="Show all answers").press("Enter")
            assert watched.page.get_by_text("SOLUTIONCANARY").first.is_visible()
            assert watched.page.get_by_role("button", name="Hide all answers").is_visible()
        assert [*watched.console, *watched.requests] == []


def test_the_option_of_large_print_changes_the_type_alone() -> None:
    files = every(variant=("student",), large_print=True, easy_read=True)
    bodies = {
        re.sub(r"\s+", " ", visible(files[f"every-kind{name}.html"])) for name in ("", ".large", ".easy")
    }

    assert len(bodies) == 1
    assert b"font-size: 18pt" in files["every-kind.large.html"].data
    assert b"font-size: 14pt" in files["every-kind.easy.html"].data


def test_a_long_pack_has_contents_and_chapters() -> None:
    made = [
        replace(packs.open_question(), id=f"Q{number}", title=(Text(f"T{number}"),)) for number in range(24)
    ]
    sections = [
        Section(title=(Text(f"Part {place}"),), parts=tuple(made[place * 8 : place * 8 + 8]))
        for place in range(3)
    ]
    sheet = tree(emitted(packs.pack(*sections))["sample-pack.html"])
    short = tree(emitted(packs.pack(*sections[:2]))["sample-pack.html"])

    assert strings(sheet, "//nav//a/@href") == ["#chapter-1", "#chapter-2", "#chapter-3"]
    assert strings(sheet, "//nav//span//text()") == ["Questions 1–8", "Questions 9–16", "Questions 17–24"]
    assert strings(sheet, "//h2[@class='section']/@id") == ["chapter-1", "chapter-2", "chapter-3"]
    assert elements(short, "//nav") == []


@pytest.mark.judge
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_cards_fit_and_their_backs_are_mirrored(browser: Browser, tmp_path: Path, paper: str) -> None:
    path = tmp_path / "c.html"
    path.write_bytes(every(cards=True, paper=paper)["every-kind.cards.html"].data)
    with opened(browser, path) as watched:
        watched.page.emulate_media(media="print")
        over = watched.page.evaluate(
            "[...document.querySelectorAll('.card')].filter(c => c.scrollHeight > c.clientHeight + 1"
            " || c.scrollWidth > c.clientWidth + 1).map(c => c.innerText.slice(0, 40))"
        )
        leaves = watched.page.evaluate(
            "[...document.querySelectorAll('.leaf')].map(l => [getComputedStyle(l).gridTemplateColumns"
            ".split(' ').length, [...l.children].map(c => (c.querySelector('bdi') || {}).innerText || '')])"
        )
        pages = len(PdfReader(BytesIO(watched.pdf())).pages)
    assert over == []
    assert pages == len(leaves)
    for (columns, fronts), (_, backs) in zip(leaves[::2], leaves[1::2], strict=True):
        rows = [fronts[start : start + columns] for start in range(0, len(fronts), columns)]
        assert backs == [name for row in rows for name in row[::-1]]


def test_cards_that_fill_no_leaf_lie_among_larger_ones() -> None:
    words = [1, *[120] * 12, 300]
    questions = [
        OpenQuestion(id=f"Q{n}", prompt=(packs.para("word " * count),), solution=(packs.para("s"),))
        for n, count in enumerate(words)
    ]
    _, sheet = emitted(packs.pack(*questions), variant=("student",), cards=True).values()

    assert strings(tree(sheet), "//div[contains(@class, 'fronts')]/@class") == [
        *["leaf quarter fronts"] * 3,
        "leaf half fronts",
    ]


@pytest.mark.judge
def test_no_number_in_a_wide_table_is_broken_on_a_card(browser: Browser, tmp_path: Path) -> None:
    def row(*texts: str) -> Row:
        return Row(tuple(Cell((Text(text),)) for text in texts))

    table = Table(row("epoch", *map(str, range(1, 11))), (row("loss", *["0.912"] * 10),), (Align.NONE,) * 11)
    question = OpenQuestion(id="Q1", prompt=(table,), solution=(packs.para("s"),))
    path = tmp_path / "c.html"
    path.write_bytes(emitted(packs.pack(question), cards=True)["sample-pack.cards.html"].data)
    with opened(browser, path, width=733) as watched:  # A4 between its margins
        watched.page.emulate_media(media="print")
        lines = watched.page.evaluate(
            "[...document.querySelectorAll('th, td')].map(cell => { const range = document.createRange();"
            " range.selectNodeContents(cell); return range.getClientRects().length; })"
        )
    assert lines == [1] * 22


@pytest.mark.judge
def test_tables_of_any_length_stay_on_their_cards(browser: Browser, tmp_path: Path) -> None:
    def row(columns: int, text: str) -> Row:
        return Row(tuple(Cell((Text(text),)) for _ in range(columns)))

    questions = [
        OpenQuestion(
            id=f"{columns} {rows} {text}",
            prompt=(Table(row(columns, "name"), (row(columns, text),) * rows, (Align.NONE,) * columns),),
            solution=(packs.para("s"),),
        )
        for text in ("0.91", "learning rate", "the rate is too high")
        for columns in (1, 2, 3, 4, 6)
        for rows in range(1, 12)
    ]
    _, sheet = emitted(packs.pack(*questions), variant=("student",), cards=True, paper="letter").values()
    path = tmp_path / "c.html"
    path.write_bytes(sheet.data)
    with opened(browser, path, width=733) as watched:
        watched.page.emulate_media(media="print")
        over = watched.page.evaluate(
            "[...document.querySelectorAll('.card')].filter(c => c.scrollHeight > c.clientHeight + 1)"
            ".map(c => c.querySelector('bdi').innerText)"
        )
    assert over == []


def test_what_no_card_holds_is_a_loss_where_cards_are_wanted() -> None:
    long = OpenQuestion(id="Q1", prompt=(packs.para("word " * 3000),), solution=(packs.para("s"),))
    context = packs.context("Q1")
    wanted = context._replace(options=Options({"cards": True}))
    (loss,) = load("html").losses(packs.pack(long), wanted)

    assert (loss.level, "card" in loss.how) == (Level.DROPPED, True)
    assert list(load("html").losses(packs.pack(long), context)) == []
