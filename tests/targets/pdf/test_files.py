"""The PDF as a file: accessible, whole, the same every time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from packc.ast.keys import Accepted, TextKey
from packc.ast.question import CategorisingQuestion, ClozeQuestion, OpenQuestion, Pair
from packc.ast.richtext import (
    Blank,
    Block,
    BulletList,
    Callout,
    CodeBlock,
    Emph,
    Image,
    Inline,
    Kbd,
    ListItem,
    Mark,
    Math,
    MathBlock,
    Quote,
    Strike,
    Strong,
    Styled,
    Text,
    Tone,
    Underline,
)
from packc.backends.base import Feature, Level
from packc.backends.pdf.content import Reader
from packc.backends.registry import load
from packc.media import Media
from packc.source import Span
from tests.support import every_kind, packs
from tests.targets.pdf.emitted import elements, everything, opened, pages, pdfs

EVIL = (
    "#panic() @ref $x$ *b* _i_ = h",
    '\\ [x] <a> #read("/etc/passwd")',
    '#import "@preview/a:1.0.0"',
)
VARIANTS = ("student", "key", "teacher")


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return pdfs(every_kind.every_kind(), every_kind.context(), variant=VARIANTS)


def test_every_feature_is_spoken_for() -> None:
    capabilities = load("pdf").capabilities()

    assert set(capabilities) == set(Feature)
    assert all(c.how for c in capabilities.values() if c.level is not Level.KEPT)


def test_named_after_the_pack_and_the_options() -> None:
    pack = packs.pack(packs.choice_question(), identifier="p")

    assert list(pdfs(pack, packs.context("Q2"))) == ["p.pdf", "p.key.pdf"]
    named = pdfs(
        pack, packs.context("Q2"), variant=("teacher",), versions=("A",), large_print=True, cards=True
    )
    assert list(named) == ["p.A.teacher.pdf", "p.A.large.pdf", "p.cards.pdf"]


def test_same_pack_same_bytes(files: dict[str, bytes]) -> None:
    assert pdfs(every_kind.every_kind(), every_kind.context(), variant=VARIANTS) == files


def test_it_says_that_it_is_accessible(files: dict[str, bytes]) -> None:
    for data in files.values():
        root: Any = opened(data).trailer["/Root"]
        metadata = root["/Metadata"].get_object().get_data().decode()
        assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
        assert root["/MarkInfo"]["/Marked"]
        assert root["/Lang"] == "en"
        assert root["/ViewerPreferences"]["/DisplayDocTitle"]
        assert "Date" not in metadata
        assert not {"/CreationDate", "/ModDate"} & set(opened(data).trailer.get("/Info", {}))


@pytest.mark.parametrize("outer", [Strike, Underline, Mark])
@pytest.mark.parametrize("inner", [Strike, Underline, Mark])
def test_lines_below_and_through_a_text_meet(outer: type[Styled], inner: type[Styled]) -> None:
    """PDF/UA forbids it to Typst's own lines."""
    blank = Blank(key=TextKey(accepted=(Accepted(children=(Text("WORD"),)),)))
    text = packs.para(outer((Text("a "), inner((Text("deep"),)), blank)))
    question = ClozeQuestion(id="Q1", text=(text,))
    made = pdfs(packs.pack(question), packs.context("Q1"), variant=("student", "key"))
    sheet, key = ("".join(pages(data)) for data in made.values())
    assert "deep" in sheet
    assert "WORD" not in sheet
    assert "WORD" in key


INLINES = (Emph, Strong, Strike, Underline)
BLOCKS: dict[str, Callable[[Block], Block]] = {
    "quotes": lambda block: Quote((block,)),
    "boxes": lambda block: Callout(Tone.NOTE, (), (block,)),
    "lists": lambda block: BulletList((ListItem((block,)),)),
}


def nested() -> Iterator[Block]:
    for style in INLINES:
        inner: Inline = Text("DEEP")
        for _ in range(40):
            inner = style((inner,))
        yield packs.para(inner)
    for wrap in BLOCKS.values():
        block: Block = packs.para("DEEP")
        for _ in range(40):
            block = wrap(block)
        yield block
    tex = "DEEP"
    for _ in range(40):
        tex = rf"\begin{{matrix}}{tex}\end{{matrix}}"
    yield MathBlock(tex)


@pytest.mark.parametrize("block", [*nested()], ids=[*map(str, range(len(INLINES))), *BLOCKS, "matrices"])
def test_however_deep_things_lie_in_each_other_they_are_set(block: Block) -> None:
    """Typst ends at 80 calls and 64 rules, and at a row of a formula that is none."""
    question = OpenQuestion(id="Q1", prompt=(block,))
    made = pdfs(packs.pack(question), packs.context("Q1"), variant=("student",), large_print=True)
    for data in made.values():
        assert "DEEP" in "".join(pages(data)).replace("\u200b", "")


def test_what_stands_inside_of_a_key_is_shown() -> None:
    question = OpenQuestion(id="Q1", prompt=(packs.para(Kbd((Text("Ctrl "), Emph((Text("INNER"),))))),))
    assert "INNER" in pages(pdfs(packs.pack(question), packs.context("Q1"))["sample-pack.pdf"])[0]


def test_an_image_stays_on_its_card() -> None:
    wide = Media(packs.png(), "image/png", 1200, 600)
    question = OpenQuestion(
        id="Q1", prompt=(packs.para(Image("figure.png", "A figure", width="1200", height="600")),)
    )
    context = packs.context("Q1")._replace(media={"figure.png": wide})
    found = pdfs(packs.pack(question), context, variant=("student",), cards=True)
    (figure,) = [e for e in elements(found["sample-pack.cards.pdf"]) if str(e["/S"]) == "/Figure"]
    attributes = figure["/A"]
    assert isinstance(attributes, list)
    (box,) = [part["/BBox"] for part in attributes if "/BBox" in part]
    left, bottom, right, top = map(float, box)
    assert (right - left <= 242, top - bottom <= 86) == (True, True)  # 85 × 30 mm, in points


def test_no_line_to_write_on_is_cut_by_the_end_of_a_page() -> None:
    question = OpenQuestion(id="Q1", prompt=(packs.para("?"),), lines=60)
    found = opened(pdfs(packs.pack(question), packs.context("Q1"))["sample-pack.pdf"])
    contents = [page.get_contents() for page in found.pages]
    drawn = [len(re.findall(rb"(?m)^f$", each.get_data())) for each in contents if each is not None]
    assert len(drawn) == 3
    assert sum(drawn) == 60 + 3  # for name, class and date


def test_below_each_category_there_is_room_to_write_on_a_line_of_its_own() -> None:
    pairs = tuple(Pair(left=(Text(name.lower()),), right=(Text(name),)) for name in ("First", "Last"))
    question = CategorisingQuestion(id="Q1", prompt=(packs.para("Sort."),), pairs=pairs)
    seen: list[tuple[str, float]] = []

    def drawn(operator: bytes, _arguments: Any, matrix: list[float], _of_text: Any) -> None:
        if operator == b"f":
            seen.append(("line", matrix[5]))

    def written(text: str, matrix: list[float], *_others: Any) -> None:
        if text in {"First", "Last"}:
            seen.append((text, matrix[5]))

    (page,) = opened(pdfs(packs.pack(question), packs.context("Q1"))["sample-pack.pdf"]).pages
    page.extract_text(visitor_operand_before=drawn, visitor_text=written)
    names, heights = zip(*seen[3:], strict=True)  # first come the lines for name, class and date
    assert names == ("First", "line", "Last", "line")
    rooms = [(above - below) / 72 * 25.4 for above, below in pairwise(heights)]
    assert min(rooms) > 6, rooms  # millimetres


def test_a_card_shows_what_is_right_and_no_more_of_its_choices() -> None:
    pack = packs.pack(packs.choice_question(right=(1,)))
    front, back = pages(pdfs(pack, packs.context("Q2"), cards=True)["sample-pack.cards.pdf"])
    assert ("Reduce" in front, "Reduce" in back) == (True, False)
    assert "B Clean the data" in back
    assert "FEEDBACKCANARY" not in back


@pytest.mark.parametrize(
    ("word", "breaks"),
    [("regularization/model-selection", 0), ("a" * 25, 3), ("1234567890/1234567890/1234567890", 3)],
)
def test_a_long_word_breaks_anywhere_only_where_nothing_in_it_breaks(word: str, breaks: int) -> None:
    (shown,) = Reader().trees(word)
    assert isinstance(shown, str)
    assert (shown.count("\u200b"), shown.replace("\u200b", "")) == (breaks, word)


@pytest.mark.parametrize("control", ["\x85", "\x9e", "\x7f"])
def test_a_control_character_is_a_box_also_in_a_formula(control: str) -> None:
    question = OpenQuestion(id="Q1", prompt=(packs.para(f"a{control}b ", Math(f"x{control}")),))
    assert "a□b" in pages(pdfs(packs.pack(question), packs.context("Q1"))["sample-pack.pdf"])[0]


def test_formulas_and_figures_have_words(files: dict[str, bytes]) -> None:
    kinds: set[str] = set()
    for data in files.values():
        for element in elements(data):
            kinds.add(str(element["/S"]))
            if str(element["/S"]) in ("/Figure", "/Formula"):
                assert element.get("/Alt"), element
    assert {"/Formula", "/Figure", "/Table", "/TH", "/H1", "/L", "/LI", "/P", "/Link", "/BlockQuote"} <= kinds


def test_fonts_are_embedded(files: dict[str, bytes]) -> None:
    for data in files.values():
        fonts = [
            font.get_object()
            for page in opened(data).pages
            for font in _resources(page).get("/Font", {}).values()
        ]
        assert fonts
        for font in fonts:
            (below,) = font["/DescendantFonts"]
            descriptor = below.get_object()["/FontDescriptor"]
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)


def test_every_question_is_in_the_outline(files: dict[str, bytes]) -> None:
    names = " ".join(str(item) for item in _flat(opened(files["every-kind.pdf"]).outline))

    assert all(question in names for question in ("K01", "K07", "K16"))


@pytest.mark.parametrize(("paper", "size"), [("a4", (595, 842)), ("letter", (612, 792))])
def test_the_paper_is_the_one_asked_for(paper: str, size: tuple[int, int]) -> None:
    (data, _) = pdfs(packs.pack(), packs.context(), paper=paper).values()
    box = opened(data).pages[0].mediabox

    assert (round(box.width), round(box.height)) == size


def test_pages_are_numbered(files: dict[str, bytes]) -> None:
    for data in files.values():
        texts = pages(data)
        assert len(texts) > 2
        for number, text in enumerate(texts, 1):
            assert f"Page {number} of {len(texts)}" in text


def test_nothing_in_the_student_file_tells_an_answer() -> None:
    pack, context = every_kind.every_kind(), every_kind.context()
    plain = pdfs(pack, context, variant=("student",), cards=False, large_print=True, versions=("A",))
    for name, data in plain.items():
        said = everything(data)
        assert "FRONT" in said, "canaries would be found"
        assert "CANARY" not in said, name
    key = pdfs(pack, context, variant=("key",))
    assert "SOLUTIONCANARY" in everything(key["every-kind.key.pdf"])


def test_a_text_without_a_typeface_is_a_loss_with_its_place() -> None:
    place = Span(0, 5, 9)
    prompt = packs.para(Text("plain \U000e8d1f text", span=place))
    pack = packs.pack(OpenQuestion(id="Q1", prompt=(prompt,), solution=(packs.para("s"),)))
    losses = list(load("pdf").losses(pack, packs.context("Q1")))

    assert [(loss.what, loss.level, loss.span) for loss in losses] == [("text", Level.DEGRADED, place)]
    assert "U+E8D1F" in losses[0].how
    assert "plain □ text" in pages(pdfs(pack, packs.context("Q1"))["sample-pack.pdf"])[0]


def test_an_image_that_cannot_be_read_is_a_loss_and_stands_as_its_words() -> None:
    place = Span(0, 5, 9)
    broken = Media(packs.png()[:50], "image/png", 40, 20)
    prompt = packs.para(Image("a.png", "a steep curve", span=place))
    pack = packs.pack(OpenQuestion(id="Q1", prompt=(prompt,), solution=(packs.para("s"),)))
    context = packs.context("Q1")._replace(media={"a.png": broken})
    (loss,) = load("pdf").losses(pack, context)

    assert (loss.what, loss.level, loss.span) == ("images", Level.DEGRADED, place)
    assert "[a steep curve]" in pages(pdfs(pack, context)["sample-pack.pdf"])[0]


def test_a_share_of_an_unknown_height_is_none_as_in_browsers() -> None:
    tall = packs.para(*(Image("a.png", "a curve", height="50%"), " ") * 3)
    question = OpenQuestion(id="Q1", prompt=(tall,))
    context = packs.context("Q1")._replace(media={"a.png": Media(packs.png(400, 40), "image/png", 400, 40)})
    (sheet,) = pdfs(packs.pack(question), context, variant=("student",)).values()
    assert len(pages(sheet)) == 1


@pytest.mark.parametrize("evil", EVIL)
def test_content_is_never_code(evil: str) -> None:
    text = (packs.para(evil), CodeBlock(evil), packs.para(Math(evil)), MathBlock(evil))
    pack = replace(packs.pack(OpenQuestion(id="Q1", prompt=text, solution=text)), title=evil)
    shown = pages(pdfs(pack, packs.context("Q1"))["sample-pack.pdf"])[0]

    assert shown.replace(" ", "").count(evil.replace(" ", "")) >= 2


def _resources(page: Any) -> Any:
    return page["/Resources"]


def _flat(outline: object) -> list[object]:
    if isinstance(outline, list):
        return [item for part in outline for item in _flat(part)]
    return [getattr(outline, "title", "")]
