"""What is said to be lost is lost, and nothing else."""

from __future__ import annotations

from dataclasses import replace

from packc.ast.keys import TextKey
from packc.ast.pack import Pack, Section
from packc.ast.question import Side
from packc.ast.richtext import Image, Link, Math, Text
from packc.backends.base import Feature, Level
from packc.backends.registry import infos, load
from packc.media import Media
from packc.source import Span
from tests.support import every_kind, packs
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


def test_images_wider_than_a_phone_shows_are_reported_once() -> None:
    place = Span(0, 5, 9)
    stimulus = Section(
        title=(Text("S"),),
        blocks=(packs.para(Image("wide.png", "w", span=place)),),
        parts=(packs.open_question("Q1"), packs.open_question("Q2")),
        stimulus=True,
    )
    sizes = {"wide.png": 1601, "figure.png": 1600}
    media = {name: Media(packs.png(), "image/png", width, 9) for name, width in sizes.items()}
    drawing = {"wide.png": Media(b"<svg/>", "image/svg+xml", 5000, 9), "figure.png": media["figure.png"]}
    plain = packs.pack(stimulus, packs.choice_question("Q3"))
    pack = replace(plain, meta=replace(plain.meta, tags=()))
    context = packs.context()
    (loss,) = load("anki").losses(pack, context._replace(media=media))
    assert (loss.what, loss.level, loss.span) == ("pixels of an image beyond 1,600", Level.DEGRADED, place)
    assert list(load("anki").losses(pack, context._replace(media=drawing))) == []


def test_tags_that_anki_cannot_hold_are_reported() -> None:
    pack = packs.pack()
    reported = losses(replace(pack, meta=replace(pack.meta, tags=("ok", "two words", '"'))))
    assert [(what, level) for what, level, _ in reported] == [
        ("the tag `two words`", Level.DEGRADED),
        ('the tag `"`', Level.DROPPED),
    ]


def test_tags_of_a_question_are_reported_where_they_stand() -> None:
    place = Span(0, 7, 9)
    question = replace(packs.open_question(), tags=("two words",), places={"tags": place})
    (_, reported) = losses(packs.pack(question))
    assert reported == ("the tag `two words`", Level.DEGRADED, place)


def test_a_stimulus_is_on_cards_and_so_loses_nothing() -> None:
    stimulus = every_kind.stimulus()
    pack = replace(every_kind.every_kind(), parts=(stimulus,))
    assert not [what for what, _, _ in losses(pack) if "outside questions" in what]
    unasked = replace(pack, parts=(replace(stimulus, parts=()),))
    assert [what for what, _, _ in losses(unasked) if "outside questions" in what] == [
        "formulas outside questions",
        "images outside questions",
    ]


def test_what_graders_alone_may_see_is_dropped() -> None:
    note = replace(every_kind.own("m", "Moderation", Side.GRADERS, packs.para("x")), span=Span(0, 3, 4))
    bare = replace(
        packs.pack(replace(packs.open_question(), notes=(note,))), meta=every_kind.every_kind().meta
    )
    assert ("fields for graders", Level.DROPPED, Span(0, 3, 4)) in losses(bare)


def test_answers_that_anki_does_not_compare_with_are_reported() -> None:
    place = every_kind.PLACE
    for question, reported in (
        (every_kind.short_answer(), True),
        (every_kind.numeric(), True),
        (replace(every_kind.short_answer(), key=TextKey(accepted=every_kind.accepts("one"))), False),
    ):
        found = losses(replace(every_kind.every_kind(), parts=(question,)))
        assert (("further accepted answers", Level.DEGRADED, place) in found) == reported


def test_a_number_that_anki_cannot_keep_is_reported() -> None:
    blanks = [
        replace(every_kind.text_blank("x", number=number), span=Span(0, number, number + 1))
        for number in (1, 500, 501)
    ]
    question = replace(every_kind.bare_cloze(), text=(packs.para(*blanks),))
    found = losses(replace(every_kind.every_kind(), parts=(question,)))
    assert [loss for loss in found if "blank" in loss[0]] == [
        ("the number 501 of a blank", Level.DEGRADED, Span(0, 501, 502))
    ]


def test_relative_links_need_a_source_url() -> None:
    link = packs.para(Link((Text("more"),), "../more.md"))
    pack = packs.pack(replace(packs.open_question("Q1"), prompt=(link,)))
    (resolved,) = column(emit(pack), "SELECT flds FROM notes")
    assert '<a href="https://example.org/packs/more.md">more</a>' in resolved
    (bare,) = column(emit(replace(pack, meta=replace(pack.meta, source_url=""))), "SELECT flds FROM notes")
    assert "<p>more</p>" in bare
    assert load("anki").capabilities()[Feature.RELATIVE_LINK].level is Level.DEGRADED
