"""What the package cannot carry is said beforehand, with its place."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from packc.ast.keys import Accepted, DropdownKey, Number, NumberKey, Option, TextKey
from packc.ast.pack import Pack, PackMeta, Section
from packc.ast.question import (
    ClozeQuestion,
    NumericQuestion,
    OpenQuestion,
    OrderingQuestion,
    Question,
    ShortAnswerQuestion,
)
from packc.ast.richtext import (
    Blank,
    Block,
    Code,
    CodeBlock,
    Image,
    Inline,
    Link,
    ListItem,
    Math,
    MathBlock,
    Text,
)
from packc.backends.base import EmitContext, Feature, Level, Loss
from packc.backends.registry import infos, load
from packc.source import Span
from tests.support import every_kind as every
from tests.support.every_kind import every_kind
from tests.support.packs import closing_section, open_question, pack, para
from tests.targets.qti.reading import files, item, text_of
from tests.targets.qti.schemas import assert_valid

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


def test_values_of_every_kind() -> None:
    """Only what their values tell: what is true of a whole kind or field is said by the capabilities."""
    found = {(loss.what, loss.level) for loss in losses(every_kind())}
    assert found == {
        ("feedback on right answers", Level.DEGRADED),
        ("feedback on wrong answers", Level.DEGRADED),
        ("a link's title", Level.DROPPED),
        ("an image's title", Level.DROPPED),
        ("a section's text", Level.DEGRADED),
    }


@pytest.mark.parametrize(
    "kind", [every.ordering(), every.matching(), every.categorising()], ids=["order", "match", "sort"]
)
def test_what_is_put_in_order_never_stands_in_it(kind: Question) -> None:
    places = {"shuffle": HERE}
    (loss,) = losses(pack(replace(kind, shuffle=False, places=places)))
    assert (loss.what, loss.level, loss.span) == ("the order as written", Level.DEGRADED, HERE)
    assert losses(pack(replace(kind, shuffle=True, places=places))) == []


def test_an_item_that_occurs_twice() -> None:
    first, second = ListItem((para("wait"),)), ListItem((para("wait"),), span=HERE)
    question = OrderingQuestion(id="Q1", prompt=(para("?"),), items=(first, ListItem((para("go"),)), second))
    (loss,) = losses(pack(question))
    assert (loss.level, loss.span) == (Level.DEGRADED, HERE)


def test_an_answer_that_nobody_can_type() -> None:
    picture = Accepted(children=(Image("figure.png", ""),), span=HERE)
    key = TextKey(accepted=(*every.accepts("a"), picture))
    for question in (
        ShortAnswerQuestion(id="Q1", prompt=(para("?"),), key=key),
        ClozeQuestion(id="Q1", text=(para(Blank(key=key)),)),
    ):
        (loss,) = losses(pack(question))
        assert (loss.what, loss.level, loss.span) == ("an accepted answer", Level.DROPPED, HERE)


@pytest.mark.parametrize("value", ["1E400", "1E-400", "1234567890.1234567"])
def test_a_number_that_players_round(value: str) -> None:
    for number in (
        Number(value=Decimal(value), span=HERE),
        Number(value=Decimal(0), upper=Decimal(value), span=HERE),
    ):
        key = NumberKey(numbers=(Number(value=Decimal("123456789.012345")), number))
        (loss,) = losses(pack(NumericQuestion(id="Q1", prompt=(para("?"),), key=key)))
        assert (loss.what, loss.level, loss.span) == ("a number", Level.DEGRADED, HERE)


def test_markup_in_a_list_to_pick_from() -> None:
    options = (
        Option(children=every.inline("a ", Math("x")), correct=True, span=HERE),
        Option(children=every.inline("b"), correct=False),
    )
    (loss,) = losses(pack(ClozeQuestion(id="Q1", text=(para(Blank(key=DropdownKey(options=options))),))))
    assert (loss.level, loss.span) == (Level.DEGRADED, HERE)


def test_a_size_that_is_none() -> None:
    assert losses_of(Image("figure.png", "a", width="50%", height="20")) == []
    (loss,) = losses_of(Image("figure.png", "a", width="2.5em", span=HERE))
    assert (loss.what, loss.span) == ("an image's size", HERE)


@pytest.mark.parametrize("character", ["\0", "\x01", "\x0b", "\x1f", "\ud800", "\ufffe", "\uffff"])
def test_a_character_that_xml_cannot_carry(character: str) -> None:
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
    (loss,) = losses(pack(replace(every.bare_cloze(), text=(para(every.text_blank("a", hint=text)),))))
    assert loss.what.endswith(f"U+{ord(character):04X}")
    unit = replace(every.numeric(), key=replace(every.numeric().key, unit=text))
    (loss,) = losses(pack(unit))
    assert loss.what.endswith(f"U+{ord(character):04X}")
    note = replace(open_question().notes[0], label=text, span=HERE)
    question = replace(open_question(text), title=(Text(text),), notes=(note,), tags=(text,), difficulty=text)
    sample = replace(
        pack(question, unit, Section(title=(Text(text),))),
        id=text,
        title=text,
        meta=PackMeta(
            collection=text, description=text, license=text, version=text, authors=(text,), tags=(text,)
        ),
    )
    assert len(losses(sample)) == 15
    members = files(sample)
    assert_valid(members)
    assert "a\ufffdb" in text_of(item(sample, "a\ufffdb"))
