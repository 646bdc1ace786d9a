"""Rich text to HTML that is also well-formed XML, whatever the text holds."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

from packc.ast.richtext import (
    Align,
    Blank,
    Block,
    Blocks,
    BulletList,
    Callout,
    Code,
    CodeBlock,
    DefinitionList,
    Divider,
    Emph,
    Footnote,
    HardBreak,
    Heading,
    Image,
    Kbd,
    Link,
    ListItem,
    Mark,
    Math,
    MathBlock,
    OrderedList,
    Para,
    Quote,
    Row,
    SoftBreak,
    Strike,
    Strong,
    Sub,
    Sup,
    Table,
    Text,
    Underline,
)
from packc.render import escape
from packc.render.base import Renderer
from packc.render.plain import PLAIN
from packc.words import ENGLISH, Words

ImageSource = Callable[[Image], str]
"""Image node → the `src` that this target uses for it."""


class HtmlRenderer(Renderer):
    """HTML with formulas as `\\(…\\)` and `\\[…\\]`, the form that MathJax reads.

    `image_source` gives each image's `src`; `source_url` is what relative links are resolved against;
    `heading_base` is added to the level of headings inside texts, up to 6.
    """

    sets_notes = False  # whether who asks for `inlines` alone also asks for `notes_below`

    def __init__(
        self,
        image_source: ImageSource,
        *,
        source_url: str = "",
        heading_base: int = 0,
        words: Words = ENGLISH,
    ) -> None:
        self.image_source = image_source
        self.source_url = source_url
        self.heading_base = heading_base
        self.words = words
        self._depth = 0
        self._notes: list[Footnote] = []  # of the text being rendered, in order of first mention
        self._numbers: dict[Footnote, int] = {}

    def blocks(self, blocks: Blocks) -> str:
        """Return the HTML of a text, its footnotes below it."""
        self._depth += 1
        try:
            # Most texts are one paragraph.
            html = self.block(blocks[0]) if len(blocks) == 1 else "".join(map(self.block, blocks))
        finally:
            self._depth -= 1
        return html if self._depth or not self._notes else html + self.notes_below()

    def notes_below(self) -> str:
        """Return the footnotes mentioned since they were last set, to stand below their text."""
        if not self._notes:
            return ""
        self._depth += 1  # a footnote in a footnote joins the same list, which grows meanwhile
        items = "".join(f"<li>{self._entry(note.blocks)}</li>" for note in self._notes)
        self._depth -= 1
        self._notes, self._numbers = [], {}
        return f'<ol class="footnotes">{items}</ol>\n'

    def text(self, node: Text) -> str:
        return escape.text(node.text)

    def code(self, node: Code) -> str:
        return f"<code>{escape.text(node.text)}</code>"

    def math(self, node: Math) -> str:
        return escape.text(f"\\[{node.tex}\\]" if node.display else f"\\({node.tex}\\)")

    def emph(self, node: Emph) -> str:
        return f"<em>{self.inlines(node.children)}</em>"

    def strong(self, node: Strong) -> str:
        return f"<strong>{self.inlines(node.children)}</strong>"

    def strike(self, node: Strike) -> str:
        return f"<del>{self.inlines(node.children)}</del>"

    def sub(self, node: Sub) -> str:
        return f"<sub>{self.inlines(node.children)}</sub>"

    def sup(self, node: Sup) -> str:
        return f"<sup>{self.inlines(node.children)}</sup>"

    def mark(self, node: Mark) -> str:
        return f"<mark>{self.inlines(node.children)}</mark>"

    def kbd(self, node: Kbd) -> str:
        return f"<kbd>{self.inlines(node.children)}</kbd>"

    def underline(self, node: Underline) -> str:
        return f"<u>{self.inlines(node.children)}</u>"

    def link(self, node: Link) -> str:
        target = resolve_link(node.href, self.source_url)
        label = self.inlines(node.children)
        if target is None:
            return label
        title = f' title="{escape.attribute(node.title)}"' if node.title else ""
        return f'<a href="{escape.attribute(target)}"{title}>{label}</a>'

    def image(self, node: Image) -> str:
        title = f' title="{escape.attribute(node.title)}"' if node.title else ""
        width = f' width="{escape.attribute(node.width)}"' if node.width else ""
        height = f' height="{escape.attribute(node.height)}"' if node.height else ""
        source = escape.attribute(self.image_source(node))
        return f'<img src="{source}" alt="{escape.attribute(node.alt)}"{title}{width}{height}/>'

    def footnote(self, node: Footnote) -> str:
        """Return the mark of a note; where no text stands that the note could be set below, the note."""
        if not self._depth and not self.sets_notes:
            return f'<span class="footnote"> ({self._in_line(node.blocks)})</span>'
        number = self._numbers.setdefault(node, len(self._numbers) + 1)
        if number > len(self._notes):
            self._notes.append(node)
        return f'<sup class="footnote">[{number}]</sup>'

    def _in_line(self, blocks: Blocks) -> str:
        if all(isinstance(block, Para) for block in blocks):
            return " ".join(self.inlines(block.children) for block in blocks if isinstance(block, Para))
        return escape.text(" ".join(PLAIN.blocks(blocks).split()))

    def blank(self, node: Blank) -> str:  # noqa: ARG002
        return "____"

    def soft_break(self, node: SoftBreak) -> str:  # noqa: ARG002
        return "\n"

    def hard_break(self, node: HardBreak) -> str:  # noqa: ARG002
        return "<br/>\n"

    def para(self, node: Para) -> str:
        return f"<p>{self.inlines(node.children)}</p>\n"

    def heading(self, node: Heading) -> str:
        level = min(node.level + self.heading_base, 6)
        return f"<h{level}>{self.inlines(node.children)}</h{level}>\n"

    def code_block(self, node: CodeBlock) -> str:
        language = f' class="language-{escape.attribute(node.language)}"' if node.language else ""
        return f"<pre><code{language}>{escape.text(node.text)}</code></pre>\n"

    def math_block(self, node: MathBlock) -> str:
        formula = escape.text(f"\\[{node.tex}\\]")
        return f"<p>{formula}</p>\n"

    def quote(self, node: Quote) -> str:
        return f"<blockquote>{self.blocks(node.blocks)}</blockquote>\n"

    def bullet_list(self, node: BulletList) -> str:
        return f"<ul>{self._items(node.items, node.tight)}</ul>\n"

    def ordered_list(self, node: OrderedList) -> str:
        start = f' start="{node.start}"' if node.start != 1 else ""
        return f"<ol{start}>{self._items(node.items, node.tight)}</ol>\n"

    def table(self, node: Table) -> str:
        head = self._row(node.header, node.aligns, "th")
        body = "".join(self._row(row, node.aligns, "td") for row in node.rows)
        if body:
            body = f"<tbody>{body}</tbody>"
        return f"<table><thead>{head}</thead>{body}</table>\n"

    def definition_list(self, node: DefinitionList) -> str:
        entries = ""
        for item in node.items:
            meanings = "".join(f"<dd>{self._entry(meaning)}</dd>" for meaning in item.meanings)
            entries += f"<dt>{self.inlines(item.term)}</dt>{meanings}"
        return f"<dl>{entries}</dl>\n"

    def callout(self, node: Callout) -> str:
        title = self.inlines(node.title) or escape.text(self.tone(node))
        body = self.blocks(node.blocks)
        if node.folded:
            return f'<details class="callout {node.tone}"><summary>{title}</summary>{body}</details>\n'
        heading = f'<p class="callout-title"><strong>{title}</strong></p>'
        return f'<div class="callout {node.tone}">{heading}{body}</div>\n'

    def tone(self, node: Callout) -> str:
        """Return the word for a callout's tone."""
        return str(getattr(self.words, node.tone.value))

    def divider(self, node: Divider) -> str:  # noqa: ARG002
        return "<hr/>\n"

    def tight(self, blocks: Blocks) -> str:
        """Return `blocks` as a tight list shows them: paragraphs without their `<p>`."""
        return "\n".join(
            self.inlines(block.children) if isinstance(block, Para) else self.block(block) for block in blocks
        )

    def _entry(self, blocks: Blocks) -> str:
        """Return a footnote, a meaning or an item of a tight list: a lone paragraph goes without its `<p>`.

        Two in a row in a tight list stand below something else, which hides that there is a line between.
        """
        alone = sum(isinstance(block, Para) for block in blocks) < 2
        return self.tight(blocks) if alone else self.blocks(blocks)

    def _items(self, items: tuple[ListItem, ...], tight: bool) -> str:
        show: Callable[[tuple[Block, ...]], str] = self._entry if tight else self.blocks
        return "".join(f"<li>{show(item.blocks)}</li>" for item in items)

    def _row(self, row: Row, aligns: tuple[Align, ...], tag: str) -> str:
        cells = "".join(
            f"<{tag}{self.cell_attributes(align)}>{self.inlines(cell.children)}</{tag}>"
            for cell, align in zip(row.cells, aligns, strict=True)
        )
        return f"<tr>{cells}</tr>"

    def cell_attributes(self, align: Align) -> str:
        return f' class="align-{align.value}"' if align is not Align.NONE else ""


def resolve_link(href: str, source_url: str) -> str | None:
    """Return the absolute form of `href`, or None if it has none or its scheme is not one that packc passes.

    `http`, `https` and `mailto` pass; a relative link is resolved against `source_url` where there is one.
    """
    try:
        scheme = urlsplit(href).scheme.lower()
        if scheme in ("http", "https", "mailto"):
            return href
        if scheme or href.startswith("//") or not source_url:
            return None
        return urljoin(source_url, href)
    except ValueError:  # urllib's word for a host like `[::1` that is no address
        return None
