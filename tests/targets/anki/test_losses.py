"""What is said to be lost is lost, and nothing else."""

from __future__ import annotations

from dataclasses import replace

from packc.ast.pack import Pack
from packc.ast.richtext import Image, Link, Math, Text
from packc.backends.base import Feature, Level
from packc.backends.registry import infos, load
from packc.source import Span
from tests.support import packs
from tests.targets.anki.emitting import column, emit


def losses(pack: Pack) -> list[tuple[str, Level, Span | None]]:
    return [(loss.what, loss.level, loss.span) for loss in load("anki").losses(pack, packs.context())]


def test_every_feature_has_a_level_and_a_reason_unless_kept() -> None:
    capabilities = load("anki").capabilities()
    assert set(capabilities) == set(Feature)
    assert all(how for level, how in capabilities.values() if level is not Level.KEPT)


def test_the_registry_finds_the_target() -> None:
    assert infos()["anki"].suffix == ".apkg"
    assert load("anki").info == infos()["anki"]


def test_a_plain_pack_loses_nothing() -> None:
    pack = packs.pack()
    assert losses(replace(pack, meta=replace(pack.meta, tags=("Deep-Learning",)))) == []


def test_what_a_description_cannot_show_is_reported_where_it_stands() -> None:
    image, formula = Image("figure.png", "f", span=Span(0, 5, 9)), Math("x", span=Span(0, 10, 12))
    closing = replace(packs.closing_section(), blocks=(packs.para(formula),))
    pack = replace(packs.pack(packs.open_question("Q1"), closing), intro=(packs.para(image),))
    assert losses(replace(pack, meta=replace(pack.meta, tags=()))) == [
        ("images outside questions", Level.DROPPED, Span(0, 5, 9)),
        ("formulas outside questions", Level.DEGRADED, Span(0, 10, 12)),
    ]


def test_tags_that_anki_cannot_hold_are_reported() -> None:
    pack = packs.pack()
    reported = losses(replace(pack, meta=replace(pack.meta, tags=("ok", "two words", '"'))))
    assert [(what, level) for what, level, _ in reported] == [
        ("the tag `two words`", Level.DEGRADED),
        ('the tag `"`', Level.DROPPED),
    ]


def test_relative_links_need_a_source_url() -> None:
    link = packs.para(Link((Text("more"),), "../more.md"))
    pack = packs.pack(replace(packs.open_question("Q1"), prompt=(link,)))
    (resolved,) = column(emit(pack), "SELECT flds FROM notes")
    assert '<a href="https://example.org/packs/more.md">more</a>' in resolved
    (bare,) = column(emit(replace(pack, meta=replace(pack.meta, source_url=""))), "SELECT flds FROM notes")
    assert "<p>more</p>" in bare
    assert load("anki").capabilities()[Feature.RELATIVE_LINK].level is Level.DEGRADED
