"""Rich text to plain text: for titles, alternative texts, comparisons and word counts."""

from __future__ import annotations

from packc.ast.richtext import (
    Blank,
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
    Mark,
    Math,
    MathBlock,
    OrderedList,
    Para,
    Quote,
    SoftBreak,
    Strike,
    Strong,
    Sub,
    Sup,
    Table,
    Text,
    Underline,
)
from packc.ast.walk import walk
from packc.render.base import Renderer


class PlainRenderer(Renderer):
    """Each block ends with a line break; formulas are TeX between dollars."""

    def text(self, node: Text) -> str:
        return node.text

    def code(self, node: Code) -> str:
        return node.text

    def math(self, node: Math) -> str:
        return f"${node.tex}$"

    def emph(self, node: Emph) -> str:
        return self.inlines(node.children)

    def strong(self, node: Strong) -> str:
        return self.inlines(node.children)

    def strike(self, node: Strike) -> str:
        return self.inlines(node.children)

    def sub(self, node: Sub) -> str:
        return self.inlines(node.children)

    def sup(self, node: Sup) -> str:
        return self.inlines(node.children)

    def mark(self, node: Mark) -> str:
        return self.inlines(node.children)

    def kbd(self, node: Kbd) -> str:
        return self.inlines(node.children)

    def underline(self, node: Underline) -> str:
        return self.inlines(node.children)

    def link(self, node: Link) -> str:
        return self.inlines(node.children)

    def image(self, node: Image) -> str:
        return node.alt

    def footnote(self, node: Footnote) -> str:
        return f" ({' '.join(self.blocks(node.blocks).split())})"

    def blank(self, node: Blank) -> str:  # noqa: ARG002
        return "____"

    def soft_break(self, node: SoftBreak) -> str:  # noqa: ARG002
        return " "

    def hard_break(self, node: HardBreak) -> str:  # noqa: ARG002
        return "\n"

    def para(self, node: Para) -> str:
        return self.inlines(node.children) + "\n"

    def heading(self, node: Heading) -> str:
        return self.inlines(node.children) + "\n"

    def code_block(self, node: CodeBlock) -> str:
        return node.text + "\n"

    def math_block(self, node: MathBlock) -> str:
        return f"$${node.tex}$$\n"

    def quote(self, node: Quote) -> str:
        return self.blocks(node.blocks)

    def bullet_list(self, node: BulletList) -> str:
        return "".join(f"- {self.blocks(item.blocks)}" for item in node.items)

    def ordered_list(self, node: OrderedList) -> str:
        return "".join(
            f"{number}. {self.blocks(item.blocks)}" for number, item in enumerate(node.items, node.start)
        )

    def table(self, node: Table) -> str:
        rows = (node.header, *node.rows)
        return "".join("\t".join(self.inlines(cell.children) for cell in row.cells) + "\n" for row in rows)

    def definition_list(self, node: DefinitionList) -> str:
        return "".join(
            f"{self.inlines(item.term)}: {''.join(map(self.blocks, item.meanings))}" for item in node.items
        )

    def callout(self, node: Callout) -> str:
        title = f"{self.inlines(node.title)}\n" if node.title else ""
        return title + self.blocks(node.blocks)

    def divider(self, node: Divider) -> str:  # noqa: ARG002
        return "\n"


PLAIN = PlainRenderer()


def shows_something(blocks: Blocks) -> bool:
    """Tell whether a text is more than white space: an image counts, a bare line across does not."""
    match blocks:
        case (Para((Text(text), *_)), *_) if text.strip():
            return True  # nearly every text
        case _:
            return bool(PLAIN.blocks(blocks).strip()) or any(isinstance(node, Image) for node in walk(blocks))
