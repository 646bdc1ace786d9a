"""Every document obeys the official schema."""

from __future__ import annotations

from dataclasses import replace

import pytest

from packc.ast.pack import Pack, Section
from packc.ast.question import Choice, ChoiceQuestion, OpenQuestion
from packc.ast.richtext import (
    Align,
    Blocks,
    BulletList,
    Callout,
    Cell,
    Code,
    CodeBlock,
    Definition,
    DefinitionList,
    Divider,
    Emph,
    Footnote,
    HardBreak,
    Heading,
    Image,
    Kbd,
    Link,
    ListItem,
    Mark,
    Math,
    MathBlock,
    OrderedList,
    Para,
    Quote,
    Row,
    SoftBreak,
    Strike,
    Strong,
    Sub,
    Sup,
    Table,
    Text,
    Tone,
    Underline,
)
from packc.backends.base import EmitContext
from packc.media import Media
from tests.support.every_kind import every_kind
from tests.support.packs import choice_question, open_question, pack, para, png
from tests.targets.qti.reading import VERSIONS, files, item, many, one
from tests.targets.qti.schemas import assert_valid

TABLE = Table(
    header=Row((Cell((Text("a"),)), Cell((Math("x"),)))),
    rows=(Row((Cell((Strong((Text("b"),)),)), Cell(()))),),
    aligns=(Align.CENTER, Align.LEFT),
)
EVERY_BLOCK: dict[str, Blocks] = {
    "paragraph": (para("text"),),
    "inline": (
        para(
            Emph((Strong((Strike((Code("c"), Text("t"))),)),)),
            Sub((Sup((Text("s"),)), Mark((Underline((Kbd((Text("k"),)),)),)))),
            SoftBreak(),
            Link((Text("l"), Image("figure.png", "")), "https://example.org/?a=1&b=<2>", "title"),
            HardBreak(),
            Math(r"\frac{a}{b}"),
            Math(r"\sum_i x", display=True),
            Math(r"\ce{H2O}"),
            Image("figure.png", 'a "b" & c', "title"),
        ),
    ),
    "empty paragraph": (Para(()),),
    "headings": tuple(Heading(level, (Text("h"), Math("x"))) for level in range(1, 7)),
    "code": (CodeBlock("a < b\n\n  c\n", "c++"), CodeBlock(""), CodeBlock("x", 'strange "language" <x>')),
    "formula": (MathBlock(r"\begin{aligned}a&=b\\c&=d\end{aligned}"), MathBlock(r"\unknown{x}")),
    "quote": (Quote((para("q"), Quote((CodeBlock("x"),)), MathBlock("x"), TABLE)), Quote(())),
    "lists": (
        BulletList(
            (ListItem((para("a"), BulletList((ListItem((CodeBlock("x"),)),)))), ListItem(())), tight=True
        ),
        OrderedList(
            (ListItem((para("a"), para("b"))), ListItem((Quote((para("q"),)), TABLE))), 7, tight=False
        ),
        BulletList(()),
    ),
    "table": (TABLE, replace(TABLE, rows=())),
    "divider": (Divider(), para("after"), Divider()),
    "callouts": (
        Callout(Tone.TIP, (Text("t"), Footnote("t", (para("in a title"),))), (TABLE, Quote((para("q"),)))),
        Callout(Tone.NOTE, (Text("folded"),), (CodeBlock("x"), Callout(Tone.WARNING, (), ())), folded=True),
    ),
    "definitions": (
        DefinitionList((Definition((Text("t"), Math("x")), ((TABLE, para("m")), (), (CodeBlock("c"),))),)),
        DefinitionList((Definition((), ()),)),
        DefinitionList(()),
    ),
    "lone footnote": (para("a", Footnote("1", (para("n", Footnote("2", (TABLE,))), CodeBlock("x")))),),
    "footnotes in a list": (BulletList((ListItem((para(Footnote("1", ())),)),)), para(Footnote("1", ()))),
    "image sizes": (
        para(
            *(
                Image("figure.png", "a", "", width, height)
                for width in ("", "50%", "300", "30.5", "-1", "3em")
                for height in ("", "20%", "10")
            )
        ),
    ),
}


@pytest.mark.parametrize("target", VERSIONS)
@pytest.mark.parametrize("blocks", EVERY_BLOCK.values(), ids=EVERY_BLOCK)
def test_every_block_in_every_place(blocks: Blocks, target: str) -> None:
    question = open_question("Q1")
    note = replace(question.notes[0], body=blocks)
    choices = (Choice(blocks=blocks, correct=True, feedback=blocks), Choice(blocks=blocks, correct=False))
    sample = replace(
        pack(
            replace(question, prompt=blocks, solution=blocks, notes=(note, *question.notes[1:])),
            ChoiceQuestion(id="Q2", prompt=blocks, solution=blocks, choices=choices),
            Section(title=(Text("s"),), blocks=blocks),
        ),
        intro=blocks,
    )
    assert_valid(files(sample, target=target), target)


@pytest.mark.parametrize("target", VERSIONS)
@pytest.mark.parametrize("direction", ["", "rtl"])
def test_every_kind(direction: str, target: str) -> None:
    sample = every_kind()
    sample = replace(sample, meta=replace(sample.meta, dir=direction))
    assert_valid(files(sample, target=target), target)


def test_the_sample() -> None:
    assert_valid(files(pack()))


@pytest.mark.parametrize("target", VERSIONS)
def test_a_pack_without_questions(target: str) -> None:
    empty = Pack(id="empty", title="", meta=pack().meta)
    assert_valid(files(empty, target=target), target)


def test_a_bare_question_has_nothing_to_say_afterwards() -> None:
    sample = pack(OpenQuestion(id="Q1", prompt=(para("?"),)))
    assert_valid(files(sample))
    bare = item(sample)
    assert not many(bare, ".//modalFeedback")
    assert not many(bare, "responseProcessing")
    assert not many(bare, ".//rubricBlock")


@pytest.mark.parametrize("lang", ["", "de", "de-CH", "zh-Hant-TW", "en_US", "no such language", "ü"])
def test_the_language(lang: str) -> None:
    sample = pack()
    sample = replace(sample, meta=replace(sample.meta, lang=lang))
    assert_valid(files(sample))
    written = item(sample).get("{http://www.w3.org/XML/1998/namespace}lang")
    assert written == (lang if lang in {"de", "de-CH", "zh-Hant-TW"} else None)


@pytest.mark.parametrize(
    "href",
    [
        "https://example.org/a b?c=d e#f#g",
        "https://example.org/[x]/%zz/%41",
        "https://[::1]:80/",
        "https://example.org:port/",
        "http://[nonsense",
        "mailto:a@example.org?subject=x y",
        "../relative?a=1&b=2",
        "//other.example.org/",
        "javascript:alert(1)",
        "https://例え.jp/ü",
        "#part",
        "",
    ],
)
def test_whatever_a_link_leads_to(href: str) -> None:
    question = replace(open_question(), prompt=(para(Link((Text("label"),), href)),))
    members = files(pack(question))
    assert_valid(members)
    assert b"label" in members["items/Q1.xml"]
    assert b"javascript" not in members["items/Q1.xml"]


@pytest.mark.parametrize("mime", ["image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml"])
@pytest.mark.parametrize("size", [(40, 20), (0, 0)])
def test_images(mime: str, size: tuple[int, int]) -> None:
    source = "a b/ü & <c>.png"
    question = replace(open_question(), prompt=(para(Image(source, "alternative")),))
    context = EmitContext(published={}, media={source: Media(png(), mime, *size)})
    sample = pack(question)
    assert_valid(files(sample, context))
    image = one(item(sample, "Q1", context), ".//img")
    assert image.get("alt") == "alternative"
    assert (image.get("width"), image.get("height")) == (("40", "20") if size[0] else (None, None))


def test_the_schema_would_notice() -> None:
    members = files(pack(choice_question("Q1")))
    members["items/Q1.xml"] = members["items/Q1.xml"].replace(b' alt="', b' title="')
    with pytest.raises(AssertionError, match="alt"):
        assert_valid(members)


def test_the_rules_of_3_0_would_notice() -> None:
    """More associations demanded than allowed: the schema lets that pass, Schematron does not."""
    members = files(every_kind(), target="qti30")
    broken = members["items/K11.xml"].replace(b'min-associations="0"', b'min-associations="9"')
    assert broken != members["items/K11.xml"]
    with pytest.raises(AssertionError, match="associations"):
        assert_valid({**members, "items/K11.xml": broken}, "qti30")


@pytest.mark.parametrize("target", VERSIONS)
def test_texts_that_run_from_right_to_left(target: str) -> None:
    sample = pack(choice_question("Q1"))
    written = item(replace(sample, meta=replace(sample.meta, lang="ar")), target=target)
    said = None if target == "qti" else "rtl"
    assert one(written, "itemBody").get("dir") == said
    shown = [node.get("dir") for node in many(written, "modalFeedback/div")]
    assert set(shown) == ({said} if said else set())
    texts = (*many(written, "itemBody/div"), *many(written, ".//simpleChoice/div"))
    assert {node.get("dir") for node in texts} == {said}


@pytest.mark.parametrize("target", VERSIONS)
def test_who_scores(target: str) -> None:
    sample = pack(open_question("Q1"), choice_question("Q2"))
    (score, *_), (other, *_) = (
        many(item(sample, name, target=target), "outcomeDeclaration") for name in ("Q1", "Q2")
    )
    assert score.get("externalScored") == (None if target == "qti" else "human")
    assert other.get("externalScored") is None
