"""Rich text to the XHTML that QTI 2.1's schema allows."""

from __future__ import annotations

from collections.abc import Mapping

from packc.ast.richtext import (
    Align,
    Blocks,
    CodeBlock,
    Image,
    Inlines,
    Link,
    Mark,
    Math,
    MathBlock,
    OrderedList,
    Strike,
    Table,
    Underline,
)
from packc.backends.qti.uri import link_target
from packc.media import Media
from packc.render import escape
from packc.render.html import HtmlRenderer
from packc.render.maths import MathFault, mathml
from packc.source import without_refused

IMAGES = "items/images"
"""The folder of all images, as the package sees it."""


class QtiRenderer(HtmlRenderer):
    """XHTML for one document of a package; `images` collects what it uses, by path in the package.

    `folder` is where the document stands in the package, with a final `/` unless it is the root.
    """

    def __init__(self, media: Mapping[str, Media], *, folder: str, source_url: str) -> None:
        super().__init__(self._source, source_url=source_url)
        self.images: dict[str, Media] = {}
        self._media = media
        self._folder = folder

    def _source(self, node: Image) -> str:
        media = self._media[node.src]
        path = f"{IMAGES}/{media.digest[:16]}{media.suffix}"
        self.images[path] = media
        return path.removeprefix(self._folder)

    def choice(self, blocks: Blocks) -> str:
        """Return the text of a choice in one `div`; a lone paragraph goes without its `<p>`.

        One player sets everything directly inside a choice side by side, and drops the spaces between.
        """
        content = self.tight(blocks) if len(blocks) == 1 else self.blocks(blocks)
        return f"<div>{content}</div>"

    def bold(self, inlines: Inlines) -> str:
        """Return a paragraph in bold."""
        return f"<p><strong>{self.inlines(inlines)}</strong></p>\n"

    def math(self, node: Math) -> str:
        formula = _mathml(node.tex, node.display)
        return super().math(node) if formula is None else formula

    def math_block(self, node: MathBlock) -> str:
        formula = _mathml(node.tex, True)
        return super().math_block(node) if formula is None else f"<p>{formula}</p>\n"

    def strike(self, node: Strike) -> str:
        return f'<span class="del">{self.inlines(node.children)}</span>'

    def mark(self, node: Mark) -> str:
        return f'<span class="mark">{self.inlines(node.children)}</span>'

    def underline(self, node: Underline) -> str:
        return f'<span class="u">{self.inlines(node.children)}</span>'

    def link(self, node: Link) -> str:
        target = link_target(node.href, self.source_url)
        label = self.inlines(node.children)
        return label if target is None else f'<a href="{escape.attribute(target)}">{label}</a>'

    def image(self, node: Image) -> str:
        source = escape.attribute(self._source(node))
        media = self._media[node.src]
        size = f' width="{media.width}" height="{media.height}"' if media.width and media.height else ""
        return f'<img src="{source}" alt="{escape.attribute(node.alt)}"{size}/>'

    def code_block(self, node: CodeBlock) -> str:
        """Without an inner `code`, in which one player collapses the line breaks."""
        language = f' class="language-{escape.attribute(node.language)}"' if node.language else ""
        return f"<pre{language}>{escape.text(node.text)}</pre>\n"

    def ordered_list(self, node: OrderedList) -> str:
        return super().ordered_list(OrderedList(node.items, 1, node.tight))

    def table(self, node: Table) -> str:
        head = self._row(node.header, node.aligns, "th")
        if not node.rows:  # the schema wants a body
            return f"<table><tbody>{head}</tbody></table>\n"
        return super().table(node)

    def cell_attributes(self, align: Align) -> str:
        return f' align="{align.value}"' if align is not Align.NONE else ""


def formula_fault(tex: str, display: bool) -> MathFault | None:
    """Return why `tex` cannot become MathML, or None if it can."""
    try:
        mathml(without_refused(tex), display)
    except MathFault as fault:
        return fault
    return None


def _mathml(tex: str, display: bool) -> str | None:
    return None if formula_fault(tex, display) else mathml(without_refused(tex), display)
