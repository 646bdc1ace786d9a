"""Rich text to the XHTML that QTI 2.1's schema allows."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from packc.ast.richtext import (
    Align,
    Blank,
    Blocks,
    Callout,
    Code,
    CodeBlock,
    Image,
    Inlines,
    Link,
    Mark,
    Math,
    MathBlock,
    OrderedList,
    Para,
    Strike,
    Table,
    Text,
    Underline,
)
from packc.backends.qti.uri import link_target
from packc.media import Media
from packc.render import escape
from packc.render.html import HtmlRenderer
from packc.render.maths import MathFault, mathml
from packc.render.plain import PlainRenderer
from packc.source import without_refused
from packc.words import ENGLISH, Words

# MathJax on the page around a player takes `\(`, `\[` and `$$` in any text for maths; an element between the
# two characters stops it.
_LOOKS_LIKE_MATHS = re.compile(r"\\(?=[(\[]|$)|(?<=\$)\$")

IMAGES = "items/images"
"""The folder of all images, as the package sees it."""


def _no_source(node: Image) -> str:
    raise AssertionError(f"{node.src}: `image` asks `_source`")


class QtiRenderer(HtmlRenderer):
    """XHTML for one document of a package; `images` collects what it uses, by path in the package.

    `folder` is where the document stands in the package, with a final `/` unless it is the root.
    `vocabulary`: QTI 3's classes, which every player knows, are used as well.
    """

    sets_notes = True

    def __init__(
        self,
        media: Mapping[str, Media],
        *,
        folder: str,
        source_url: str,
        words: Words = ENGLISH,
        vocabulary: bool = False,
    ) -> None:
        # Not `_source`: every item has a renderer, and each would hold itself, in a circle, and so its texts.
        super().__init__(_no_source, source_url=source_url, words=words)
        self._place: Callable[[Blank], str] | None = None
        self.images: dict[str, Media] = {}
        self._media = media
        self._folder = folder
        self._vocabulary = vocabulary

    def _source(self, node: Image) -> str:
        media = self._media[node.src]
        path = f"{IMAGES}/{media.digest[:16]}{media.suffix}"
        self.images[path] = media
        return path.removeprefix(self._folder)

    def flow(self, blocks: Blocks) -> str:
        """Return a text; a lone paragraph goes without its `<p>`."""
        lone = blocks[0] if len(blocks) == 1 else None
        return self.line(self.inlines(lone.children)) if isinstance(lone, Para) else self.blocks(blocks)

    def choice(self, blocks: Blocks) -> str:
        """Return the text of a choice in one `div`.

        One player sets everything directly inside a choice side by side, and drops the spaces between.
        """
        return f"<div>{self.flow(blocks)}</div>"

    def option(self, inlines: Inlines) -> str:
        """Return a text to be matched, in one `div` like a choice."""
        return f"<div>{self.line(self.inlines(inlines))}</div>"

    def line(self, html: str) -> str:
        """Return what `inlines` gave, with its footnotes below it."""
        return html + self.notes_below()

    def bold(self, inlines: Inlines) -> str:
        """Return a paragraph in bold."""
        return self.line(f"<p><strong>{self.inlines(inlines)}</strong></p>\n")

    def with_blanks(self, blocks: Blocks, place: Callable[[Blank], str]) -> str:
        """Return a text in which each blank is what `place` makes of it, in the order of the output."""
        self._place = place
        try:
            return self.blocks(blocks)
        finally:
            self._place = None

    def blank(self, node: Blank) -> str:
        return super().blank(node) if self._place is None else self._place(node)

    def callout(self, node: Callout) -> str:
        """A quotation, which players set apart from the running text; open, whether it folds or not."""
        title = self.inlines(node.title) or escape.text(self.tone(node))
        body = f"<p><strong>{title}</strong></p>\n{self.blocks(node.blocks)}"
        known = " qti-well" if self._vocabulary else ""
        return f'<blockquote class="callout {node.tone}{known}">{body}</blockquote>\n'

    def text(self, node: Text) -> str:
        html = without_maths(escape.text(node.text))
        return _torn(html) if "{{" in html else html

    def code(self, node: Code) -> str:
        return _torn(super().code(node))

    def math(self, node: Math) -> str:
        formula = _mathml(node.tex, node.display)
        return _torn(super().math(node)) if formula is None else formula

    def math_block(self, node: MathBlock) -> str:
        formula = _mathml(node.tex, True)
        return _torn(super().math_block(node)) if formula is None else f"<p>{formula}</p>\n"

    def strike(self, node: Strike) -> str:
        return f'<span class="del">{self.inlines(node.children)}</span>'

    def mark(self, node: Mark) -> str:
        return f'<span class="mark">{self.inlines(node.children)}</span>'

    def underline(self, node: Underline) -> str:
        known = " qti-underline" if self._vocabulary else ""
        return f'<span class="u{known}">{self.inlines(node.children)}</span>'

    def link(self, node: Link) -> str:
        target = link_target(node.href, self.source_url)
        label = self.inlines(node.children)
        return label if target is None else f'<a href="{escape.attribute(target)}">{label}</a>'

    def image(self, node: Image) -> str:
        source = escape.attribute(self._source(node))
        size = "".join(f' {name}="{value}"' for name, value in self._size(node))
        return f'<img src="{source}" alt="{escape.attribute(node.alt)}"{size}/>'

    def _size(self, node: Image) -> list[tuple[str, str]]:
        """Return the size that the author asks for, else the picture's own."""
        asked = (("width", node.width), ("height", node.height))
        if any(is_length(value) for _, value in asked):
            return [(name, value) for name, value in asked if is_length(value)]
        media = self._media[node.src]
        if not (media.width and media.height):
            return []
        return [("width", str(media.width)), ("height", str(media.height))]

    def code_block(self, node: CodeBlock) -> str:
        """Without an inner `code`, in which one player collapses the line breaks."""
        language = f' class="language-{escape.attribute(node.language)}"' if node.language else ""
        text = _torn(escape.text(node.text))
        if text.startswith("\n"):  # which HTML drops right behind the tag, and XML does not
            text = f"<span>\n</span>{text[1:]}"
        if node.text.endswith("\n"):  # readers drop the last one
            text += "\n"
        return f"<pre{language}>{text}</pre>\n"

    def ordered_list(self, node: OrderedList) -> str:
        return super().ordered_list(OrderedList(node.items, 1, node.tight))

    def table(self, node: Table) -> str:
        head = self._row(node.header, node.aligns, "th")
        if not node.rows:  # the schema wants a body
            return f"<table><tbody>{head}</tbody></table>\n"
        return super().table(node)

    def cell_attributes(self, align: Align) -> str:
        return f' align="{align.value}"' if align is not Align.NONE else ""


class _PlainTex(PlainRenderer):
    """Plain text with formulas as pages typeset them."""

    def math(self, node: Math) -> str:
        return f"\\({node.tex}\\)"

    def math_block(self, node: MathBlock) -> str:
        return f"\\({node.tex}\\)\n"


PLAIN_TEX = _PlainTex()


def plain(text: str) -> str:
    """Return a plain text as XHTML."""
    return _torn(escape.text(text))


def without_maths(html: str) -> str:
    """Return a text of which no page makes a formula."""
    if "\\" not in html and "$$" not in html:  # nearly every text
        return html
    return _LOOKS_LIKE_MATHS.sub(r"<span>\g<0></span>", html)


def _torn(html: str) -> str:
    """Return `html` with double braces torn apart: one player runs what stands in them as a program."""
    return html.replace("{{", "{<span>{</span>")


def letters(xhtml: str) -> str:
    """Return what of a text every reader keeps: neither white space nor what marks it up, or as a formula."""
    return re.sub(r"<[^>]*>|[\s\\$()\[\]]+", "", xhtml)


def directed(xhtml: str, direction: str) -> str:
    """Return a text in a `div` that says its direction, if there is one to be said."""
    return f'<div dir="{direction}">{xhtml}</div>' if direction else xhtml


def slot(name: str) -> str:
    """Return the mark of the place where `Maker.rich` puts what has this name."""
    return f'<slot id="{name}"/>'


def is_length(value: str) -> bool:
    """Tell whether `value` is a length as the schema has it: a count of pixels or a percentage."""
    return re.fullmatch(r"[0-9]+%?", value, re.ASCII) is not None


def formula_fault(tex: str, display: bool) -> MathFault | None:
    """Return why `tex` cannot become MathML, or None if it can."""
    try:
        mathml(without_refused(tex), display)
    except MathFault as fault:
        return fault
    return None


def _mathml(tex: str, display: bool) -> str | None:
    return None if formula_fault(tex, display) else mathml(without_refused(tex), display)
