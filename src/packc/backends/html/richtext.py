"""Rich text in the handout: MathML, images inside the file, headings that fit the page's outline."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from functools import lru_cache

from packc.ast.richtext import Blocks, Heading, Image, Inlines, Link, Math, MathBlock, Table
from packc.backends.html.words import ENGLISH
from packc.media import Media
from packc.render import escape
from packc.render.html import HtmlRenderer
from packc.render.maths import MathFault, mathml
from packc.render.plain import PLAIN
from packc.render.templating import Markup

WIDE_TEX = 30
"""A formula in running text with longer TeX than this may scroll by itself on a narrow screen."""


class HandoutRenderer(HtmlRenderer):
    """HTML that needs nothing outside the file.

    `media` holds every image of the pack by its source as written; a relative link is resolved against
    `source_url`, or keeps only its text.
    """

    def __init__(self, media: Mapping[str, Media], source_url: str) -> None:
        super().__init__(lambda image: data_uri(media[image.src]), source_url=source_url)
        self.media = media
        self._level = 1
        self._open: list[int] = []

    def under(self, level: int, blocks: Blocks) -> Markup:
        """Return `blocks` as they stand below a heading of `level`: their own headings skip no level."""
        self._level, self._open = level, []
        return Markup(self.blocks(blocks))

    def line(self, inlines: Inlines) -> Markup:
        """Return a run of inline nodes, a title for instance."""
        return Markup(self.inlines(inlines))

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
        return f'<span class="wide" {_reachable(ENGLISH.formula)}>{formula}</span>'

    def math_block(self, node: MathBlock) -> str:
        return _scrolling("formula", ENGLISH.formula, formula_or_tex(node.tex, True))

    def table(self, node: Table) -> str:
        return _scrolling("table", ENGLISH.table, super().table(node))

    def link(self, node: Link) -> str:
        written = super().link(node)
        bare = PLAIN.inlines(node.children) == node.href.removeprefix("mailto:")
        return (
            written.replace("<a ", '<a class="bare" ', 1) if bare and written.startswith("<a ") else written
        )

    def image(self, node: Image) -> str:
        media = self.media[node.src]
        size = f' width="{media.width}" height="{media.height}"' if media.width and media.height else ""
        title = f' title="{escape.attribute(node.title)}"' if node.title else ""
        return f'<img src="{self.image_source(node)}" alt="{escape.attribute(node.alt)}"{size}{title}/>'


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
    return f'role="group" aria-label="{name}" tabindex="0"'
