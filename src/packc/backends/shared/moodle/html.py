"""Rich text as the HTML that stands in Moodle's question bank, whichever format brings it there."""

from __future__ import annotations

import re

from packc.ast.pack import PackMeta
from packc.ast.richtext import (
    Align,
    Block,
    Blocks,
    Callout,
    CodeBlock,
    HardBreak,
    Image,
    Inlines,
    Para,
    Quote,
    SoftBreak,
    Table,
    Text,
    Tone,
)
from packc.ast.walk import walk
from packc.render import escape
from packc.render.html import HtmlRenderer, ImageSource
from packc.words import ENGLISH, Words

# What Moodle's MathJax filter would take for a formula, though the author wrote text. A trailing character
# counts: the text that follows it may complete the mark.
_FORMULA_MARK = re.compile(r"\\(?=[(\[]|begin\{|(?:eq)?ref\{|\Z)|\$(?=\$|\Z)")
# Moodle puts the address of a question's files in the place of this word, wherever it stands.
FILES = "@@PLUGINFILE@@"
_SHOWN_FILES = "@&#64;PLUGINFILE@@"
_OPENS_BLOCK = re.compile(r"<(?:p|div|ul|ol|dl|table|pre|blockquote|details|hr|h\d)\b")


# Classes that Moodle's themes have from Bootstrap, 4 and 5 alike: without them tables have no lines,
# callouts no box, quotations no edge, and large images run out of their place.
_TABLE = "table table-bordered w-auto"
_QUOTE = "border-left border-start pl-3 ps-3"
_ALERTS = {
    Tone.NOTE: "info",
    Tone.TIP: "success",
    Tone.IMPORTANT: "primary",
    Tone.WARNING: "warning",
    Tone.CAUTION: "danger",
}


class MoodleRenderer(HtmlRenderer):
    """HTML with line breaks only where they mean something, formulas for Moodle's MathJax filter.

    Without `image_source` an image leaves its alternative text, or else its file name.
    Moodle's own headings on a question's page are `h3` and `h4`, so those inside texts begin below.
    """

    def __init__(
        self,
        image_source: ImageSource | None = None,
        *,
        source_url: str = "",
        words: Words = ENGLISH,
    ) -> None:
        super().__init__(
            image_source or (lambda image: image.src), source_url=source_url, heading_base=2, words=words
        )
        self._shows_images = image_source is not None

    def compact(self, blocks: Blocks) -> str:
        """Return `blocks`, a lone paragraph without its `<p>`: how short texts such as choices are shown."""
        if len(blocks) == 1 and isinstance(blocks[0], Para):
            return self.inlines(blocks[0].children)
        return self.blocks(blocks)

    def shows(self, blocks: Blocks) -> bool:
        """Tell whether anything of `blocks` would be seen."""
        first = (
            blocks[0].children[0] if blocks and isinstance(blocks[0], Para) and blocks[0].children else None
        )
        if isinstance(first, Text) and first.text.strip():  # nearly all
            return True
        if any(isinstance(node, Text) and node.text.strip() for node in walk(blocks)):
            return True
        return bool(self.compact(blocks).strip())

    def titled(self, title: str, blocks: Blocks) -> str:
        """Return `blocks` under a bold line with the plain text `title`; without one if that is empty."""
        heading = f"<p><strong>{self.escaped(title)}</strong></p>" if title else ""
        return heading + self.blocks(blocks)

    def bold_line(self, inlines: Inlines) -> str:
        """Return `inlines` as a bold line, or nothing for nothing."""
        return f"<p><strong>{self.inlines(inlines)}</strong></p>" if inlines else ""

    def inlines(self, inlines: Inlines) -> str:
        if len(inlines) == 1 and isinstance(inlines[0], Text):
            return self.text(inlines[0])
        return super().inlines(inlines).replace(FILES, _SHOWN_FILES)

    def block(self, node: Block) -> str:
        return super().block(node).removesuffix("\n").replace(FILES, _SHOWN_FILES)

    def text(self, node: Text) -> str:
        return self.escaped(node.text)

    def code_block(self, node: CodeBlock) -> str:
        """Code, with one more line break where it ends with one: browsers and readers drop the last."""
        if node.text.endswith("\n"):
            node = CodeBlock(node.text + "\n", node.language)
        return super().code_block(node)

    def table(self, node: Table) -> str:
        return super().table(node).replace("<table>", f'<table class="{_TABLE}">', 1)

    def quote(self, node: Quote) -> str:
        return super().quote(node).replace("<blockquote>", f'<blockquote class="{_QUOTE}">', 1)

    def callout(self, node: Callout) -> str:
        """A callout in the colours that Moodle's own boxes have."""
        tone = f'class="callout {node.tone}'
        return super().callout(node).replace(f'{tone}"', f'{tone} alert alert-{_ALERTS[node.tone]}"', 1)

    def image(self, node: Image) -> str:
        if self._shows_images:
            return super().image(node).replace("<img ", '<img class="img-fluid" ', 1)
        return f"<em>[{self.escaped(node.alt or node.src)}]</em>"

    def soft_break(self, node: SoftBreak) -> str:  # noqa: ARG002
        return " "

    def hard_break(self, node: HardBreak) -> str:  # noqa: ARG002
        return "<br/>"

    def cell_attributes(self, align: Align) -> str:
        return f' style="text-align: {align.value}"' if align is not Align.NONE else ""

    def escaped(self, words: str) -> str:
        """Return plain text as HTML in which nothing is a formula, or the address of a file."""
        shown = escape.text(words)
        if "\\" in shown or "$" in shown:
            shown = _FORMULA_MARK.sub(r"<span>\g<0></span>", shown)
        return shown.replace(FILES, _SHOWN_FILES)


def directed(html: str, meta: PackMeta) -> str:
    """Return `html`; in a pack from right to left it says so, for sites that run the other way."""
    if meta.direction != "rtl" or not html:
        return html
    tag = "div" if _OPENS_BLOCK.search(html) else "span"
    return f'<{tag} lang="{escape.attribute(meta.lang)}" dir="rtl">{html}</{tag}>'
