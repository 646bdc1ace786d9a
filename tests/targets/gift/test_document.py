"""How a pack is laid out in its GIFT file."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace

import pytest

from packc.ast.pack import Pack, PackMeta, Section
from packc.ast.question import Choice, ChoiceQuestion, OpenQuestion, Question
from packc.ast.richtext import (
    Align,
    BulletList,
    Cell,
    Code,
    HardBreak,
    Image,
    Link,
    ListItem,
    Math,
    Row,
    SoftBreak,
    Table,
    Text,
)
from packc.backends.base import Stream
from packc.backends.gift.document import gift_text
from packc.backends.options import Options
from packc.backends.registry import infos, load
from packc.backends.shared.moodle.html import MoodleRenderer
from tests.support import every_kind
from tests.support.packs import context, para
from tests.support.packs import pack as sample_pack
from tests.targets.gift.moodle_rules import category_names, faults


def _pack(*parts: Question | Section, title: str = "Pack", collection: str = "") -> Pack:
    meta = PackMeta(title=title, collection=collection, lang="")
    return Pack(id="p", title=title, meta=meta, parts=parts)


def _open(identifier: str) -> OpenQuestion:
    return OpenQuestion(id=identifier, prompt=(para("Ask"),), solution=(para("Answer"),))


def _choice(*, right: int, wrong: int) -> ChoiceQuestion:
    choices = tuple(
        Choice(blocks=(para(f"choice {n}"),), correct=n < right) for n in reversed(range(right + wrong))
    )
    return ChoiceQuestion(id="M", prompt=(para("Which?"),), choices=choices)


def _section(title: str, *parts: OpenQuestion | Section) -> Section:
    return Section(title=(Text(title),) if title else (), parts=parts)


def _categories(pack: Pack) -> list[tuple[str, ...]]:
    lines = gift_text(pack).split("\n")
    return [category_names(line) for line in lines if line.startswith("$CATEGORY:")]


def test_one_file_named_by_the_pack() -> None:
    backend = load("gift")
    (artefact,) = backend.emit(sample_pack(), context())
    assert isinstance(artefact, Stream)
    assert artefact.path == f"sample-pack{infos()['gift'].suffix}"
    assert artefact.data.decode("utf-8") == gift_text(sample_pack())


def test_an_open_question_to_the_letter() -> None:
    assert gift_text(_pack(_open("Q1"))) == (
        "// Title: Pack\n\n$CATEGORY: Pack\n\n"
        "// [id:Q1]\n::Q1::[html]<p>Ask</p>{\n\t####[html]<p>Answer</p>\n}\n"
    )


def test_a_pack_of_nothing_is_still_a_file() -> None:
    assert gift_text(_pack()) == "// Title: Pack\n\n$CATEGORY: Pack\n"


def test_an_open_question_without_a_back() -> None:
    bare = replace(_open("Q1"), solution=())
    assert gift_text(_pack(bare)).endswith("::Q1::[html]<p>Ask</p>{}\n")


def test_front_matter_that_moodle_has_no_place_for_stands_above_all() -> None:
    head, category, *_ = gift_text(sample_pack()).split("\n\n")
    assert "// License: CC BY 4.0" in head.split("\n")
    assert "// Authors: Ada Example" in head.split("\n")
    assert category.startswith("$CATEGORY: top/Academy/Deep Learning/")


def test_texts_from_right_to_left_say_so() -> None:
    pack = every_kind.every_kind()
    pack = replace(pack, meta=replace(pack.meta, lang="ar"))
    texts = re.findall(r"\[html\](.{0,40})", gift_text(pack))
    assert len(texts) >= 60
    assert {text.split("\\", 1)[0] for text in texts} == {"<div lang", "<span lang"}
    assert all('lang\\="ar" dir\\="rtl">' in text for text in texts)
    assert "dir\\=" not in gift_text(every_kind.every_kind())


def test_no_name_gives_an_answer_away() -> None:
    for paragraph in gift_text(sample_pack()).split("\n\n"):
        front, _, back = paragraph.partition("{")
        for canary in (
            "TITLECANARY",
            "SOLUTIONCANARY",
            "WHYCANARY",
            "SOURCECANARY",
            "WRONGCANARY",
            "FEEDBACK",
        ):
            assert canary not in front
        if "[id:" in front:
            assert "TITLECANARY" in back


def test_sections_with_questions_are_categories_and_end_where_they_end() -> None:
    nested = _section("Outer", _open("Q1"), _section("Inner", _open("Q2")), _section("Empty"))
    pack = replace(_pack(nested, _section("After")), parts=(nested, _open("Q3"), _section("After")))
    assert _categories(pack) == [
        ("Pack",),
        ("Pack", "Outer"),
        ("Pack", "Outer", "Inner"),
        ("Pack", "Outer"),
        ("Pack",),
    ]
    assert "::Empty::[html]<h4>Empty</h4>\n" in gift_text(pack)


def test_questions_of_a_section_without_title_stay_above() -> None:
    assert _categories(_pack(_section("", _open("Q1")))) == [("Pack",)]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("TCP/IP", "TCP/IP"),
        ("/etc", "/etc"),
        ("TCP/", "TCP/"),
        ("/", "/"),
        ("a // b", "a // b"),
        ("C:\\dir\\new", "C:\\dir\\new"),
        ("{a}=b~c#d:e", "{a}=b~c#d:e"),
        ("  two \n lines ", "two lines"),
        ("a < b", "a < b"),
        ("a<b", "a< b"),
        ("<", "p"),
        ("", "p"),
        ("\u200b \ufeff", "p"),
        ("top", "(top)"),
        ("$course$", "($course$)"),
        ("$5$", "$5$"),
        ("&&092;", "&amp;&092;"),
        ("0", "0"),
        ("// not a comment", "// not a comment"),
        ("x" * 255, "x" * 255),
        ("x" * 256, "x" * 254 + "…"),
    ],
)
@pytest.mark.parametrize("collection", ["", "A / B"])
def test_category_names(title: str, name: str, collection: str) -> None:
    pack = _pack(_open("Q1"), _section(title, _open("Q2")), title=title, collection=collection)
    above = ("A", "B") if collection else ()
    written = "Pack" if name == "p" else name
    assert faults(gift_text(pack)) == []
    if name != "p":
        assert _categories(pack) == [(*above, written), (*above, written, written)]
    else:
        assert len(_categories(pack)) == 1


@pytest.mark.parametrize(
    ("right", "wrong", "marks"),
    [
        (1, 1, {"=", "~"}),
        (2, 0, {"~%50%"}),
        (2, 1, {"~%50%", "~%-100%"}),
        (3, 3, {"~%33.33333%", "~%-33.33333%"}),
        (4, 2, {"~%25%", "~%-50%"}),
        (5, 8, {"~%20%", "~%-12.5%"}),
        (6, 6, {"~%16.66667%", "~%-16.66667%"}),
        (7, 9, {"~%14.28571%", "~%-11.11111%"}),
        (8, 10, {"~%12.5%", "~%-10%"}),
        (9, 11, {"~%11.11111%", "~%-10%"}),
        (10, 20, {"~%10%", "~%-10%"}),
    ],
)
def test_marks(right: int, wrong: int, marks: set[str]) -> None:
    text = gift_text(_pack(_choice(right=right, wrong=wrong)))
    lines = [line.strip() for line in text.split("\n") if "choice" in line]
    assert {line.split("[html]")[0] for line in lines} == marks
    assert len(lines) == right + wrong
    assert faults(text) == []


def test_html_is_one_line_with_breaks_only_where_they_mean_something() -> None:
    renderer = MoodleRenderer(source_url="https://example.org/a/")
    table = Table(Row((Cell((Text("x"),)),)), (), (Align.RIGHT,))
    text = para("one", SoftBreak(), "two", HardBreak(), Link((Text("three"),), "b.md"), Math("x<y"))
    assert renderer.blocks((text, BulletList((ListItem((para("item"),)),)), table)) == (
        '<p>one two<br/><a href="https://example.org/a/b.md">three</a>\\(x&lt;y\\)</p>'
        "<ul><li>item</li></ul>"
        '<table class="table table-bordered w-auto">'
        '<thead><tr><th style="text-align: right">x</th></tr></thead></table>'
    )


def test_images_are_data_where_asked() -> None:
    given = every_kind.context()._replace(options=Options({"images": "data"}))
    (artefact,) = load("gift").emit(every_kind.every_kind(), given)
    assert isinstance(artefact, Stream)
    text = artefact.data.decode("utf-8")
    data = b64encode(given.media["figure.png"].data).decode("ascii").replace("=", "\\=")
    assert text.count(f'src\\="data\\:image/png;base64,{data}"') == 5
    assert [fault for fault in faults(text) if "ticks everything" not in fault] == []  # as weighted there


def test_an_image_leaves_its_alternative_text_or_its_name() -> None:
    renderer = MoodleRenderer()
    assert renderer.inline(Image("a.png", "A <curve>")) == "<em>[A &lt;curve&gt;]</em>"
    assert renderer.inline(Image("a.png", "")) == "<em>[a.png]</em>"


@pytest.mark.parametrize("words", ["\\(x\\)", "\\[x\\]", "$$x$$", "\\begin{x}", "\\ref{x}"])
def test_text_that_looks_like_a_formula_stays_text(words: str) -> None:
    opening = words[:2]
    assert opening not in MoodleRenderer().inline(Text(words)).replace("\\</span>", "")
    assert words in MoodleRenderer().inline(Code(words))
    assert MoodleRenderer().inline(Text("$5 and \\n")) == "$5 and \\n"
