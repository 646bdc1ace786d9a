"""Setting the files of a pack: views to data to a PDF, with a box for each sign that Typst cannot show."""

from __future__ import annotations

from packc.ast.pack import Pack
from packc.backends.base import EmitContext, Unmade
from packc.backends.pdf.content import Data, Reader
from packc.backends.pdf.glyphs import NONE, Glyphless, Texts, invisible, joined
from packc.backends.pdf.pictures import Pictures
from packc.backends.pdf.typefaces import all_shown, fonts_of
from packc.backends.pdf.typesetting import typeset
from packc.handout.document import Press, Wording
from packc.handout.editions import Edition
from packc.handout.richtext import HandoutRenderer
from packc.handout.sheets import Sheet, sheet_of, whole


class Setting:
    """Sets the files of one pack."""

    def __init__(self, pack: Pack, context: EmitContext) -> None:
        self._pack, self._context = pack, context
        self._pictures = Pictures()
        renderer = HandoutRenderer(context.media, pack.meta.source_url, context.words, self._pictures.name)
        self._press = Press(renderer, Wording(context.words, pack.meta.lang))
        self._kept: dict[Edition, bytes] = {}

    def is_for(self, pack: Pack, context: EmitContext) -> bool:
        """Return whether the files would be the same for these."""
        ours = self._context
        same = (ours.media, ours.words, ours.templates) == (context.media, context.words, context.templates)
        return self._pack is pack and same

    def tried(self, edition: Edition) -> Texts:
        """Return what a box stands for in a file, and keep the file. Raises as `file` does."""
        self._kept[edition], missing = self._set(edition)
        return missing

    def file(self, edition: Edition) -> bytes:
        """Return a file. Raises Unmade, and TemplateFault for a fault in a template of the project's."""
        return self._kept.pop(edition, b"") or self._set(edition)[0]

    def _set(self, edition: Edition) -> tuple[bytes, Texts]:
        """Return a file and what a box stands for in it, which no other file decides."""
        sheet, missing = whole(sheet_of(self._pack, edition, self._press)), NONE
        while True:
            reader = Reader(missing)
            data = self._read(sheet, reader)
            fonts = fonts_of(self._pack, edition, reader.odd)
            data |= {"lang": _language(self._pack), "fonts": fonts}
            try:
                return typeset(data, self._pictures.files, self._context.templates), missing
            except Glyphless as found:
                more = joined(missing, found.missing)
                if more == missing or all_shown(reader.odd, [fonts]):
                    raise found.fault from None  # nothing helps, or nobody was told
            except Unmade:
                # Typst crashes where such a sign ends a run from right to left, behind one without a glyph.
                more = joined(missing, invisible(reader.odd))
                if more == missing:
                    raise
            missing = more

    def _read(self, sheet: Sheet, reader: Reader) -> dict[str, Data]:
        view, words = reader.data(sheet), self._context.words
        assert isinstance(view, dict)
        say = self._press.wording.say
        return view | {
            "words": {key: reader.data(say(word)) for key, word in words._asdict().items()},
            "plain": {"page": reader.data(words.page), "of": reader.data(words.of)},
        }


def _language(pack: Pack) -> dict[str, Data]:
    language, *rest = pack.meta.lang.replace("_", "-").split("-")
    known = language.isascii() and language.isalpha() and len(language) in (2, 3)
    regions = [part.upper() for part in rest if len(part) == 2 and part.isascii() and part.isalpha()]
    return {"lang": language.lower() if known else "und", "region": regions[0] if regions else None}
