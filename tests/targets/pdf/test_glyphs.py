"""Signs that some typeface has, but none where they stand: a loss with its place, and a box in the PDF."""

from __future__ import annotations

from dataclasses import replace

import pytest

from packc.ast.pack import Pack
from packc.ast.question import OpenQuestion
from packc.ast.richtext import (
    Block,
    Blocks,
    Callout,
    Code,
    CodeBlock,
    Emph,
    Inline,
    Kbd,
    Math,
    Strong,
    Text,
    Tone,
)
from packc.backends.base import Backend, EmitContext, File, Level, Unmade
from packc.backends.options import Options
from packc.backends.pdf import setting, typefaces
from packc.backends.pdf.glyphs import Face, signs_of
from packc.backends.registry import load
from packc.render.builtin import Override, TemplateFault
from packc.render.templating import template_text
from packc.source import Span
from tests.support import packs
from tests.targets.pdf.emitted import pages, pdfs

PLACE = Span(0, 5, 9)
# Typst refused each with the typefaces of Debian's fonts-noto-core, fonts-wqy-microhei and fonts-dejavu.
CAUSES: dict[str, tuple[str, Blocks]] = {
    "a sign in code, where Typst takes what is as wide and claims to have it": (
        "en",
        (packs.para(Code("a ₻ b", span=PLACE)),),
    ),
    "a letter in code": ("en", (packs.para(Code("a\u0681", span=PLACE)),)),
    "a block of code": ("en", (CodeBlock("a\n₻", span=PLACE),)),
    "a key": ("en", (packs.para(Kbd((Text("₻"),), span=PLACE)),)),
    "a sign in bold, sloping code": (
        "en",
        (packs.para(Strong((Emph((Code("Ӊ", span=PLACE),)),))),),
    ),
    "a sign in half bold code": ("en", (Callout(Tone.NOTE, (Code("˴", span=PLACE),), ()),)),
    "a sign in a formula": ("en", (packs.para(Math("a ✕ b", span=PLACE)),)),
    "a mark on a comma, in Arabic": ("ar", (packs.para(Text("\u060c\u06e0", span=PLACE)),)),
    "a mark on a bracket, in Arabic": ("ar", (packs.para(Text("a}\u05a9", span=PLACE)),)),
    "marks in code, in Arabic": ("ar", (packs.para(Code("\u0653\u032d\u05ac", span=PLACE)),)),
    "a mark on a bold letter": ("en", (packs.para(Strong((Text("\u04f9\u0483", span=PLACE),))),)),
    "a mark in a title that is half bold, beside Chinese": (
        "en",
        (packs.para("误"), Callout(Tone.NOTE, (Text("\u042b\u0333", span=PLACE),), ())),
    ),
    "what Typst crashes at": ("en", (packs.para(Text("\u202e \u060c\u06e0\u2067", span=PLACE)),)),
}


def _pack(lang: str, *prompt: Inline) -> Pack:
    return _of(lang, packs.para(*prompt))


def _of(lang: str, *prompt: Block) -> Pack:
    pack = packs.pack(OpenQuestion(id="Q1", prompt=prompt))
    return replace(pack, meta=replace(pack.meta, lang=lang))


@pytest.mark.parametrize("cause", CAUSES)
def test_the_pdf_is_made_and_what_it_lacks_was_said_with_its_place(cause: str) -> None:
    pack = _of(CAUSES[cause][0], *CAUSES[cause][1])
    losses = list(load("pdf").losses(pack, packs.context("Q1")))
    (sheet,) = pdfs(pack, packs.context("Q1"), variant=("student",)).values()
    assert [(loss.what, loss.level, loss.span) for loss in losses] == [("text", Level.DEGRADED, PLACE)] * (
        "□" in "".join(pages(sheet))
    )


def test_what_is_missing_in_code_is_shown_in_a_text_that_has_it() -> None:
    sign = Text("₻", span=Span(0, 1, 2))
    alone = _pack("en", sign)
    both = _pack("en", sign, Text(" and "), Code("₻", span=PLACE))
    if list(load("pdf").losses(alone, packs.context("Q1"))):
        pytest.skip("no typeface on this machine has the sign")
    (loss,) = load("pdf").losses(both, packs.context("Q1"))
    assert (loss.span, "₻" in loss.how) == (PLACE, True)
    (sheet,) = pdfs(both, packs.context("Q1"), variant=("student",)).values()
    assert "₻ and □" in pages(sheet)[0]


def test_only_what_is_made_is_asked() -> None:
    pack = packs.pack(OpenQuestion(id="Q1", prompt=(packs.para("?"),), solution=(packs.para(Code("₻")),)))
    losses = {}
    for variant in ("student", "key"):
        context = packs.context("Q1")._replace(options=Options({"variant": (variant,)}))
        losses[variant] = list(load("pdf").losses(pack, context))
    assert losses["student"] == []
    assert [loss.what for loss in losses["key"]] == ["text"]


def test_what_was_set_to_know_its_losses_is_not_set_again(monkeypatch: pytest.MonkeyPatch) -> None:
    pack, context = _pack("en", Code("a\u0504\u0369")), packs.context("Q1")
    fresh = _made(load("pdf"), pack, context)
    backends = [load("pdf"), load("pdf")]
    for backend in backends:
        list(backend.losses(pack, context))
    monkeypatch.setattr(setting, "typeset", lambda *_: b"again")
    assert _made(backends[0], pack, context) == fresh
    assert _made(backends[0], pack, context) == [b"again"] * 2, "once is enough"
    other = context._replace(words=context.words._replace(answer="Reply"))
    assert _made(backends[1], pack, other) == [b"again"] * 2


def _made(backend: Backend, pack: Pack, context: EmitContext) -> list[bytes]:
    return [file.data for file in backend.emit(pack, context) if isinstance(file, File)]


SURE = {
    "letters": (Face.TEXT, "дом שלום 误差 과적합"),
    "code": (Face.MONO, "→ ∑ д"),
    "a formula": (Face.MATH, "∑"),
    "a mark alone in a formula": (Face.MATH, "\u20d7"),
}
UNSURE = {
    "a mark": (Face.TEXT, "a\u0301"),
    "a joiner": (Face.TEXT, "\u200d"),
    "a letter of Hangul": (Face.TEXT, "\u1112"),
    "a flag": (Face.TEXT, "🇳🇴"),
    "a colour": (Face.TEXT, "👍🏽"),
    "a mark in a formula": (Face.MATH, "x\u0301"),
    "nothing assigned": (Face.TEXT, "\U000e8d1f"),
}


@pytest.mark.parametrize("name", SURE)
def test_signs_that_stand_for_themselves_are_tried_alone(name: str) -> None:
    face, text = SURE[name]
    found = signs_of({face: {text}})
    assert found is not None
    assert set(found[face]) == set(text) - {" "}


@pytest.mark.parametrize("name", UNSURE)
def test_what_may_grow_together_is_not(name: str) -> None:
    face, text = UNSURE[name]
    assert signs_of({face: {text}}) is None


def test_ordinary_packs_are_not_set_to_know_their_losses(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> bytes:
        raise AssertionError

    monkeypatch.setattr(setting, "typeset", never)
    pack = _pack(
        "nb", Text("blåbær → «ß»"), Code("a ≤ b → c"), Math(r"\sum_i \hat x_i \leq \vec v \in \mathbb R")
    )
    assert list(load("pdf").losses(pack, packs.context("Q1"))) == []


def test_no_box_stands_for_what_nobody_was_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is sure to be shown has no loss. Should it fail nevertheless, an error is better than silence."""
    pack = _pack("en", Code("a ₻ b"))
    for module in (setting, typefaces):
        monkeypatch.setattr(module, "all_shown", lambda *_: True)
    assert list(load("pdf").losses(pack, packs.context("Q1"))) == []
    with pytest.raises(Unmade, match="₻"):
        pdfs(pack, packs.context("Q1"))


def test_a_sign_of_a_template_of_the_projects_is_its_fault() -> None:
    text = template_text("pdf/handout.typ") + "\U000e8d1f"
    own = {"pdf/handout.typ": Override(text, "pdf/handout.typ")}
    pack, context = _pack("en", Text("a\u0301")), packs.context("Q1")._replace(templates=own)
    backend = load("pdf")
    assert list(backend.losses(pack, context)) == []
    with pytest.raises(TemplateFault, match="could not be displayed"):
        list(backend.emit(pack, context))
