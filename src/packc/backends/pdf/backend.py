"""The backend: the handout's views, set by Typst."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from packc.ast.pack import Pack
from packc.backends.base import Artifact, Capabilities, EmitContext, File, Info, Loss, ValueLoss
from packc.backends.handoutlosses import CAPABILITIES
from packc.backends.handouts import choices_of
from packc.backends.options import DEFAULTS, Options
from packc.backends.pdf import INFOS, PAPER
from packc.backends.pdf.losses import VALUE_LOSSES, pdf_losses
from packc.handout.editions import Edition, Style

if TYPE_CHECKING:
    from packc.backends.pdf.content import Data, Reader
    from packc.handout.document import Wording
    from packc.handout.sheets import Sheet


class PdfBackend:
    """The handout as PDF: the same files as the HTML handout's."""

    @property
    def info(self) -> Info:
        return INFOS[0]

    def capabilities(self, options: Options = DEFAULTS) -> Capabilities:  # noqa: ARG002
        return CAPABILITIES

    def value_losses(self) -> tuple[ValueLoss, ...]:
        return VALUE_LOSSES

    def losses(self, pack: Pack, context: EmitContext) -> Iterator[Loss]:
        return pdf_losses(pack, context)

    def emit(self, pack: Pack, context: EmitContext) -> Iterator[Artifact]:
        """Yield the files that the options ask for: at first the student sheet and the answer key."""
        from packc.backends.pdf.pictures import Pictures
        from packc.backends.pdf.typesetting import typeset
        from packc.handout.document import Press, Wording
        from packc.handout.richtext import HandoutRenderer
        from packc.handout.sheets import sheet_of

        pictures = Pictures()
        renderer = HandoutRenderer(context.media, pack.meta.source_url, context.words, pictures.name)
        wording = Wording(context.words, pack.meta.lang)
        press = Press(renderer, wording)
        for edition in choices_of(context.options, context.options.get(PAPER)).editions():
            data, odd = _printable(sheet_of(pack, edition, press), wording)
            data |= _setting(pack, edition, odd)
            yield File(edition.name(pack.id, ".pdf"), typeset(data, pictures.files, context.templates))


def _printable(sheet: Sheet, wording: Wording) -> tuple[dict[str, Data], set[str]]:
    """Return a sheet and packc's words as data, and the texts with signs that Typst's typefaces might lack.

    Whether a box stands for a text, no other sheet decides.
    """
    from packc.backends.pdf.content import Reader
    from packc.backends.pdf.typesetting import unprintable

    reader = Reader()
    found = _read(sheet, wording, reader)
    missing = unprintable(reader.odd)
    return _read(sheet, wording, Reader(missing)) if missing else found, reader.odd


def _read(sheet: Sheet, wording: Wording, reader: Reader) -> dict[str, Data]:
    view, words = reader.data(sheet), wording.words
    assert isinstance(view, dict)
    return view | {
        "words": {key: reader.data(wording.say(word)) for key, word in words._asdict().items()},
        "plain": {"page": reader.data(words.page), "of": reader.data(words.of)},
    }


def _setting(pack: Pack, edition: Edition, odd: set[str]) -> dict[str, Data]:
    """Return what the template needs besides: the language and the typefaces."""
    from packc.backends.pdf.eastasian import wanted
    from packc.backends.pdf.typesetting import MATH, MONO, SERIF, installed, sans

    language, *rest = pack.meta.lang.replace("_", "-").split("-")
    known = language.isascii() and language.isalpha() and len(language) in (2, 3)
    regions = [part.upper() for part in rest if len(part) == 2 and part.isascii() and part.isalpha()]
    is_plain = edition.style not in (Style.LARGE, Style.EASY)
    text = [name for name in (None if is_plain else sans(), SERIF) if name]
    return {
        "lang": {"lang": language.lower() if known else "und", "region": regions[0] if regions else None},
        "fonts": {
            "text": text,
            "mono": [MONO, SERIF],
            "math": [MATH, SERIF],
            "east": installed(wanted(pack.meta.lang, odd)),
        },
    }
