"""Every document obeys the official schema."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import etree

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
from tests.targets.qti.reading import assert_valid, files, item, many, one

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


@pytest.mark.parametrize("blocks", EVERY_BLOCK.values(), ids=EVERY_BLOCK)
def test_every_block_in_every_place(
    blocks: Blocks, qti21: etree.XMLSchema, manifest21: etree.XMLSchema
) -> None:
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
    assert_valid(files(sample), qti21, manifest21)


def test_every_kind(qti21: etree.XMLSchema, manifest21: etree.XMLSchema) -> None:
    assert_valid(files(every_kind()), qti21, manifest21)


def test_the_sample(qti21: etree.XMLSchema, manifest21: etree.XMLSchema) -> None:
    assert_valid(files(pack()), qti21, manifest21)


def test_a_pack_without_questions(qti21: etree.XMLSchema, manifest21: etree.XMLSchema) -> None:
    empty = Pack(id="empty", title="", meta=pack().meta)
    assert_valid(files(empty), qti21, manifest21)


def test_a_bare_question_has_nothing_to_say_afterwards(
    qti21: etree.XMLSchema, manifest21: etree.XMLSchema
) -> None:
    sample = pack(OpenQuestion(id="Q1", prompt=(para("?"),)))
    assert_valid(files(sample), qti21, manifest21)
    bare = item(sample)
    assert not many(bare, ".//modalFeedback")
    assert not many(bare, "responseProcessing")
    assert not many(bare, ".//rubricBlock")


@pytest.mark.parametrize("lang", ["", "de", "de-CH", "zh-Hant-TW", "en_US", "no such language", "ü"])
def test_the_language(lang: str, qti21: etree.XMLSchema, manifest21: etree.XMLSchema) -> None:
    sample = pack()
    sample = replace(sample, meta=replace(sample.meta, lang=lang))
    assert_valid(files(sample), qti21, manifest21)
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
def test_whatever_a_link_leads_to(href: str, qti21: etree.XMLSchema, manifest21: etree.XMLSchema) -> None:
    question = replace(open_question(), prompt=(para(Link((Text("label"),), href)),))
    members = files(pack(question))
    assert_valid(members, qti21, manifest21)
    assert b"label" in members["items/Q1.xml"]
    assert b"javascript" not in members["items/Q1.xml"]


@pytest.mark.parametrize("mime", ["image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml"])
@pytest.mark.parametrize("size", [(40, 20), (0, 0)])
def test_images(
    mime: str, size: tuple[int, int], qti21: etree.XMLSchema, manifest21: etree.XMLSchema
) -> None:
    source = "a b/ü & <c>.png"
    question = replace(open_question(), prompt=(para(Image(source, "alternative")),))
    context = EmitContext(published={}, media={source: Media(png(), mime, *size)})
    sample = pack(question)
    assert_valid(files(sample, context), qti21, manifest21)
    image = one(item(sample, "Q1", context), ".//img")
    assert image.get("alt") == "alternative"
    assert (image.get("width"), image.get("height")) == (("40", "20") if size[0] else (None, None))


def test_the_schema_would_notice(qti21: etree.XMLSchema, manifest21: etree.XMLSchema) -> None:
    members = files(pack(choice_question("Q1")))
    members["items/Q1.xml"] = members["items/Q1.xml"].replace(b' alt="', b' title="')
    with pytest.raises(AssertionError, match="alt"):
        assert_valid(members, qti21, manifest21)
