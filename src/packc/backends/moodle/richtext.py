"""Rich text for Moodle XML: images as files of the question, blanks where a cloze has them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath

from packc.ast.richtext import Blank, Blocks, Image
from packc.backends.shared.moodle.html import FILES, MoodleRenderer
from packc.media import Media
from packc.named import NamedTuple
from packc.source import without_refused
from packc.words import Words

# Text is escaped, so neither can come from an author.
_PICTURE = re.compile(r'(<img class="img-fluid" src=")file:([^"]+)"')
_BLANK = re.compile(r'<blank n="(\d+)"/>')


class RichText(NamedTuple):
    """HTML as it stands in the file, and the files it shows, by name."""

    html: str
    files: tuple[tuple[str, Media], ...] = ()


class XmlRenderer(MoodleRenderer):
    """HTML for one Moodle XML file. What it returns has to go through `finished`.

    `media` is as in `EmitContext`; None for a check, which needs no files.
    """

    def __init__(self, media: Mapping[str, Media] | None, *, source_url: str, words: Words) -> None:
        super().__init__(self._source, source_url=source_url, words=words)
        self._media = media
        self._named: dict[str, Media] = {}
        self._place: Callable[[Blank], str] | None = None

    def _source(self, node: Image) -> str:
        if self._media is None:
            return "file:"
        media = self._media[node.src]
        words = re.sub(r"[^A-Za-z0-9_-]+", "-", PurePosixPath(node.src).stem)[:40].strip("-")
        name = f"{words or 'image'}-{media.digest[:8]}{media.suffix}"
        self._named[name] = media
        return f"file:{name}"

    def with_blanks(self, blocks: Blocks, place: Callable[[Blank], str]) -> str:
        """Return a text in which each blank is what `place` makes of it, in the order of the output."""
        self._place = place
        try:
            return self.blocks(blocks)
        finally:
            self._place = None

    def blank(self, node: Blank) -> str:
        return super().blank(node) if self._place is None else self._place(node)

    def finished(self, html: str, blanks: tuple[str, ...] = ()) -> RichText:
        """Return rendered `html` for the file. With `blanks`, no brace but theirs is left in it."""
        html = clean(html)
        names = dict.fromkeys(match[2] for match in _PICTURE.finditer(html))
        html = _PICTURE.sub(rf'\1{FILES}/\2"', html)
        if blanks:
            html = html.replace("{", "&#123;").replace("}", "&#125;")
            html = _BLANK.sub(lambda match: clean(blanks[int(match[1])]), html)
        return RichText(html, tuple((name, self._named[name]) for name in names if name in self._named))


def clean(text: str) -> str:
    """Return `text` as XML can hold it: line feeds for all line ends, U+FFFD for what it refuses."""
    return without_refused(text.replace("\r\n", "\n").replace("\r", "\n"))


def blank_mark(number: int) -> str:
    """Return the mark of the place where `finished` puts the blank with this number."""
    return f'<blank n="{number}"/>'
