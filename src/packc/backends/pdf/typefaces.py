"""The typefaces of a file, and whether they surely suffice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

from packc.ast.pack import Pack
from packc.backends.pdf.eastasian import wanted
from packc.backends.pdf.glyphs import Face, Texts, signs_of
from packc.backends.pdf.typesetting import MATH, MONO, SERIF, can_show, installed, sans
from packc.handout.editions import Edition, Style


def all_shown(texts: Texts, fonts: Sequence[Mapping[str, Sequence[str]]]) -> bool:
    """Return True if surely all of `texts` can be shown, whichever of `fonts` a file has. Raises Unmade."""
    signs = signs_of(texts)
    return signs is not None and all(can_show(signs, each) for each in fonts)


def fonts_of(pack: Pack, edition: Edition, texts: Texts) -> dict[str, Sequence[str]]:
    """Return the typefaces of a file with these texts, the best first: for each face, and for Chinese."""
    is_plain = edition.style not in (Style.LARGE, Style.EASY)
    return {
        Face.TEXT.value: [name for name in (None if is_plain else sans(), SERIF) if name],
        Face.MONO.value: [MONO, SERIF],
        Face.MATH.value: [MATH, SERIF],
        "east": installed(wanted(pack.meta.lang, chain.from_iterable(texts.values()))),
    }
