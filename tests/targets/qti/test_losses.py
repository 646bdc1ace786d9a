"""What the package cannot carry is said beforehand, with its place."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import etree

from packc.ast.pack import Pack, Section
from packc.ast.question import OpenQuestion
from packc.ast.richtext import Block, Code, CodeBlock, Image, Inline, Link, Math, MathBlock, Text
from packc.backends.base import EmitContext, Feature, Level, Loss
from packc.backends.registry import infos, load
from packc.source import Span
from tests.support.packs import closing_section, open_question, pack, para
from tests.targets.qti.reading import assert_valid, files, item, text_of

HERE = Span(0, 3, 7)


def losses(sample: Pack) -> list[Loss]:
    return list(load("qti").losses(sample, EmitContext(published={})))


def losses_of(*content: Inline | Block, source_url: str = "") -> list[Loss]:
    blocks = tuple(para(node) if isinstance(node, Inline) else node for node in content)
    sample = pack(OpenQuestion(id="Q1", prompt=blocks))
    return losses(replace(sample, meta=replace(sample.meta, source_url=source_url)))


def test_the_target() -> None:
    assert infos()["qti"].suffix == ".zip"
    assert load("qti").info is infos()["qti"]


def test_every_feature_is_spoken_for() -> None:
    capabilities = load("qti").capabilities()
    assert set(capabilities) == set(Feature)
    assert all(capability.how for capability in capabilities.values() if capability.level is not Level.KEPT)


def test_a_pack_that_is_carried_whole() -> None:
    assert losses(pack(open_question())) == []


@pytest.mark.parametrize("node", [Math(r"\ce{H2O}", span=HERE), MathBlock(r"\frac{1}{", span=HERE)])
def test_a_formula_without_mathml(node: Math | MathBlock) -> None:
    (loss,) = losses_of(node)
    assert (loss.what, loss.level, loss.span) == ("a formula", Level.DEGRADED, HERE)
    assert "TeX" in loss.how


@pytest.mark.parametrize(
    "node",
    [
        Link((Text("l"),), "https://example.org", "title", span=HERE),
        Image("figure.png", "", "title", span=HERE),
    ],
)
def test_titles_of_links_and_images(node: Link | Image) -> None:
    (loss,) = losses_of(node)
    assert (loss.level, loss.span) == (Level.DROPPED, HERE)
    assert "title" in loss.what


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "ftp://example.org", "https://[nonsense", "https://a:b/"]
)
def test_a_link_that_leads_nowhere(href: str) -> None:
    for source_url in ("", "https://example.org/"):
        (loss,) = losses_of(Link((Text("l"),), href, span=HERE), source_url=source_url)
        assert (loss.what, loss.level, loss.span) == ("a link", Level.DEGRADED, HERE)


def test_a_relative_link_is_a_feature_and_no_loss_of_values() -> None:
    assert losses_of(Link((Text("l"),), "../x.md")) == []
    assert losses_of(Link((Text("l"),), "../x.md"), source_url="https://example.org/") == []


def test_a_text_that_no_player_shows() -> None:
    section = replace(closing_section(), span=HERE)
    (loss,) = losses(pack(open_question(), section))
    assert (loss.level, loss.span) == (Level.DEGRADED, HERE)
    assert losses(pack(replace(section, parts=(open_question(),)))) == []
    assert losses(pack(replace(section, parts=(Section(title=(), parts=(open_question(),)),)))) == []


def test_markup_in_a_section_title() -> None:
    section = Section(title=(Text("the "), Math(r"\eta")), parts=(open_question(),), span=HERE)
    (loss,) = losses(pack(section))
    assert (loss.level, loss.span) == (Level.DEGRADED, HERE)


def test_language_and_direction() -> None:
    sample = pack(open_question())
    meta = replace(sample.meta, lang="en_US", dir="rtl", places={"lang": HERE})
    found = losses(replace(sample, meta=meta))
    assert [(loss.what, loss.span) for loss in found] == [
        ("the language", HERE),
        ("the text direction", None),
    ]


@pytest.mark.parametrize("character", ["\0", "\x01", "\x0b", "\x1f", "\ud800", "\ufffe", "\uffff"])
def test_a_character_that_xml_cannot_carry(
    character: str, qti21: etree.XMLSchema, manifest21: etree.XMLSchema
) -> None:
    text = f"a{character}b"
    nodes: tuple[Inline | Block, ...] = (
        Text(text, span=HERE),
        Code(text, span=HERE),
        Math(text, span=HERE),
        Image("figure.png", text, span=HERE),
        Link((Text("l"),), f"https://example.org/{character}", span=HERE),
        CodeBlock(text, text, span=HERE),
    )
    for node in nodes:
        found = losses_of(node)
        assert found, node
        assert all(loss.span == HERE and loss.level is Level.DEGRADED for loss in found)
        assert f"U+{ord(character):04X}" in found[-1].what
    note = replace(open_question().notes[0], label=text, span=HERE)
    question = replace(open_question(text), title=(Text(text),), notes=(note,))
    sample = replace(pack(question, Section(title=(Text(text),))), id=text, title=text)
    assert len(losses(sample)) >= 6
    members = files(sample)
    assert_valid(members, qti21, manifest21)
    assert "a\ufffdb" in text_of(item(sample, "a\ufffdb"))
