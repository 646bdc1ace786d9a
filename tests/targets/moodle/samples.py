"""Packs for Moodle XML: what GIFT can say, and all that it cannot."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from packc.ast.keys import Accepted, DropdownKey, Option, TextKey
from packc.ast.pack import Pack
from packc.ast.question import (
    ClozeQuestion,
    TrueFalseQuestion,
)
from packc.ast.richtext import Blank, Text
from packc.backends.base import EmitContext
from packc.media import Media
from tests.support.packs import para, png
from tests.support.torture import TORTURE
from tests.targets.gift import samples

MEDIA = {"a/b.png": Media(png(), "image/png", 40, 20)}
CONTEXT = EmitContext(published={}, media=MEDIA)


def blank(*texts: str, hint: str = "") -> Blank:
    accepted = tuple(Accepted(children=(Text(text),)) for text in texts)
    return Blank(key=TextKey(accepted=accepted), hint=hint)


def torture_pack() -> Pack:
    """Every torture text in every place that holds text, cloze questions included."""
    base = samples.torture_pack()
    clozes = tuple(_torture_cloze(f"Z{number}", text) for number, text in enumerate(TORTURE, 1))
    hinted = tuple(
        TrueFalseQuestion(
            id=f"H{number}", prompt=(para("?", text),), answer=True, hints=((para("!", text),),)
        )
        for number, text in enumerate(TORTURE, 1)
    )
    return replace(base, parts=(*base.parts, *clozes, *hinted))


def _torture_cloze(identifier: str, text: str) -> ClozeQuestion:
    key = TextKey(
        accepted=(
            Accepted(children=(Text("whole"),)),
            Accepted(children=(Text(f"!{text}"),), weight=Decimal(50)),
            Accepted(children=(Text(f"{text}!"),), weight=Decimal(25)),
        )
    )
    options = DropdownKey(
        options=(
            Option(children=(Text(f"!{text}"),), correct=True),
            Option(children=(Text(f"{text}!"),), correct=False),
        )
    )
    return ClozeQuestion(
        id=identifier,
        text=(
            para("Before ", text, " ", Blank(key=key, hint=f"!{text}"), " after ", text),
            para(text, Blank(key=options, hint=f"{text}!"), text),
        ),
    )
