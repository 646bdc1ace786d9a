"""Rich text in the handout: MathML, images inside the file, headings that fit the page's outline."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from functools import lru_cache

from packc.ast.richtext import Blank, Blocks, Callout, Heading, Image, Inlines, Link, Math, MathBlock, Table
from packc.media import Media
from packc.render import escape
from packc.render.html import HtmlRenderer
from packc.render.maths import MathFault, mathml
from packc.render.plain import PLAIN
from packc.render.templating import Markup, as_markup
from packc.words import Words

WIDE_TEX = 30
"""A formula in running text with longer TeX than this may scroll by itself on a narrow screen."""


class HandoutRenderer(HtmlRenderer):
    """HTML that needs nothing outside the file.

    `media` holds every image of the pack by its source as written, `address` says where one is (at first,
    in the page itself); a relative link is resolved against
    `source_url`, or keeps only its text. Footnotes gather until `notes` is asked for them, so that those of
    all texts of one question are numbered through.
    """

    def __init__(
        self,
        media: Mapping[str, Media],
        source_url: str,
        words: Words,
        address: Callable[[Media], str] | None = None,
    ) -> None:
        at = address or data_uri
        super().__init__(lambda image: at(media[image.src]), source_url=source_url, words=words)
        self.media = media
        self._level = 1
        self._open: list[int] = []
        self._depth = 1  # no text is the outermost one: footnotes stay until `notes`
        self._place: Callable[[Blank], str] = super().blank

    def under(self, level: int, blocks: Blocks) -> Markup:
        """Return `blocks` as they stand below a heading of `level`: their own headings skip no level."""
        self._level, self._open = level, []
        return as_markup(self.blocks(blocks))

    def line(self, inlines: Inlines) -> Markup:
        """Return a run of inline nodes, a title for instance."""
        return as_markup(self.inlines(inlines))

    def with_blanks(self, level: int, blocks: Blocks, place: Callable[[Blank], str]) -> Markup:
        """Return `blocks` as `under` does, each blank being what `place` makes of it."""
        usual, self._place = self._place, place
        try:
            return self.under(level, blocks)
        finally:
            self._place = usual

    def notes(self) -> Markup:
        """Return the footnotes that were mentioned since the last call."""
        return as_markup(self.notes_below())

    def blank(self, node: Blank) -> str:
        return self._place(node)

    def callout(self, node: Callout) -> str:
        """One that folds stands open: paper cannot unfold it."""
        title = self.inlines(node.title) or escape.text(self.tone(node))
        body = self.blocks(node.blocks)
        return f'<div class="callout {node.tone}"><p class="label">{title}</p>\n{body}</div>\n'

    def heading(self, node: Heading) -> str:
        while self._open and self._open[-1] >= node.level:
            self._open.pop()
        self._open.append(node.level)
        level = min(self._level + len(self._open), 6)
        return f"<h{level}>{self.inlines(node.children)}</h{level}>\n"

    def math(self, node: Math) -> str:
        formula = formula_or_tex(node.tex, node.display)
        if len(node.tex) <= WIDE_TEX:
            return formula
        return f'<span class="wide" {_reachable(self.words.formula)}>{formula}</span>'

    def math_block(self, node: MathBlock) -> str:
        return _scrolling("formula", self.words.formula, formula_or_tex(node.tex, True))

    def table(self, node: Table) -> str:
        return _scrolling("table", self.words.table, super().table(node))

    def link(self, node: Link) -> str:
        written = super().link(node)
        bare = PLAIN.inlines(node.children) == node.href.removeprefix("mailto:")
        return (
            written.replace("<a ", '<a class="bare" ', 1) if bare and written.startswith("<a ") else written
        )

    def image(self, node: Image) -> str:
        title = f' title="{escape.attribute(node.title)}"' if node.title else ""
        alt = escape.attribute(node.alt)
        return f'<img src="{self.image_source(node)}" alt="{alt}"{self._size(node)}{title}/>'

    def _size(self, node: Image) -> str:
        """Return the author's size, else the file's own, which keeps its place while the page loads."""
        asked = {"width": node.width, "height": node.height}
        sides = "".join(f' {side}="{size}"' for side, size in asked.items() if _is_size(size))
        if sides:
            return f' class="sized"{sides}'
        media = self.media[node.src]
        return f' width="{media.width}" height="{media.height}"' if media.width and media.height else ""


def _is_size(text: str) -> bool:
    return text.isascii() and text.removesuffix("%").isdigit()


def formula_or_tex(tex: str, display: bool) -> str:
    """Return the formula as MathML, or its TeX as text where MathML has no way to say it."""
    try:
        written = mathml(tex, display)
    except MathFault:
        return f'<code class="tex">{escape.text(tex)}</code>'
    return written.replace("<math ", f'<math alttext="{escape.attribute(tex)}" ', 1)


@lru_cache(maxsize=64)
def data_uri(media: Media) -> str:
    """Return the image as a `data:` address."""
    return f"data:{media.mime};base64,{b64encode(media.data).decode('ascii')}"


def _scrolling(kind: str, name: str, content: str) -> str:
    return f'<div class="scroll {kind}" {_reachable(name)}>{content}</div>\n'


def _reachable(name: str) -> str:
    # What scrolls sideways on a narrow screen must be reachable with the keyboard (WCAG 2.1.1).
    return f'role="group" aria-label="{escape.attribute(name)}" tabindex="0"'
