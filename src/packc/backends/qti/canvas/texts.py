"""Rich text for Canvas: HTML that its sanitizer lets pass, formulas as TeX, which it typesets."""

from __future__ import annotations

from urllib.parse import quote

from packc.ast.richtext import (
    Align,
    Code,
    CodeBlock,
    Image,
    Inlines,
    Kbd,
    Link,
    Mark,
    Math,
    MathBlock,
    OrderedList,
    Strike,
    Table,
    Text,
    Underline,
)
from packc.backends.qti.xhtml import PLAIN_TEX, QtiRenderer, without_maths
from packc.render import escape
from packc.render.html import HtmlRenderer

FILES = "images"
"""The folder of all images in the package."""

_BASE = "%24IMS-CC-FILEBASE%24/"  # Canvas' word for the package, `$IMS-CC-FILEBASE$`, as it stands in a URL


class CanvasRenderer(QtiRenderer):
    """HTML for one item. What QTI 2.1's schema refuses and Canvas shows is written as it is."""

    def _source(self, node: Image) -> str:
        media = self._media[node.src]
        path = f"{FILES}/{media.digest[:16]}{media.suffix}"
        self.images[path] = media
        return _BASE + quote(path)

    def option(self, inlines: Inlines) -> str:
        """Return a text to be matched: Canvas has lists of plain texts there."""
        return escape.text(plain_line(inlines))

    def text(self, node: Text) -> str:
        return without_maths(HtmlRenderer.text(self, node))

    def code(self, node: Code) -> str:
        return HtmlRenderer.code(self, node)

    def math(self, node: Math) -> str:
        return HtmlRenderer.math(self, node)

    def math_block(self, node: MathBlock) -> str:
        return HtmlRenderer.math_block(self, node)

    def strike(self, node: Strike) -> str:
        return HtmlRenderer.strike(self, node)

    def underline(self, node: Underline) -> str:
        return HtmlRenderer.underline(self, node)

    def kbd(self, node: Kbd) -> str:
        return f"<code>{self.inlines(node.children)}</code>"

    def mark(self, node: Mark) -> str:
        return f'<span style="background-color: #fff2a8;">{self.inlines(node.children)}</span>'

    def link(self, node: Link) -> str:
        return HtmlRenderer.link(self, node)

    def image(self, node: Image) -> str:
        title = f' title="{escape.attribute(node.title)}"' if node.title else ""
        size = "".join(f' {name}="{value}"' for name, value in self._size(node))
        source = escape.attribute(self._source(node))
        return f'<img src="{source}" alt="{escape.attribute(node.alt)}"{title}{size}/>'

    def code_block(self, node: CodeBlock) -> str:
        return HtmlRenderer.code_block(self, node)

    def ordered_list(self, node: OrderedList) -> str:
        return HtmlRenderer.ordered_list(self, node)

    def table(self, node: Table) -> str:
        return HtmlRenderer.table(self, node)

    def cell_attributes(self, align: Align) -> str:
        return f' style="text-align: {align.value};"' if align is not Align.NONE else ""


def one_line(text: str) -> str:
    """Return `text` with every run of white space as one space."""
    return " ".join(text.split())


def plain_line(inlines: Inlines) -> str:
    """Return a text as plain text in one line."""
    return one_line(PLAIN_TEX.inlines(inlines))
