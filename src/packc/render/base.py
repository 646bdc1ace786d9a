"""The one dispatch over rich text. A renderer is a class with one method per node."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import assert_never

from packc.ast.richtext import (
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
    Inline,
    Inlines,
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
    Styled,
    Sub,
    Sup,
    Table,
    Text,
    Underline,
)


class Renderer(ABC):
    """Rich text to `str`. A target overrides the few methods in which it differs."""

    def blocks(self, blocks: Blocks) -> str:
        """Return the text of a run of blocks."""
        return self.block(blocks[0]) if len(blocks) == 1 else "".join(map(self.block, blocks))

    def inlines(self, inlines: Inlines) -> str:
        """Return the text of a run of inline nodes."""
        # Nearly all are texts, many of them alone: asking for those first saves a third of all time.
        if len(inlines) == 1 and type(inlines[0]) is Text:
            return self.text(inlines[0])
        return "".join([self.text(node) if type(node) is Text else self.inline(node) for node in inlines])

    def inline(self, node: Inline) -> str:
        match node:
            case Text():
                return self.text(node)
            case Code():
                return self.code(node)
            case Math():
                return self.math(node)
            case SoftBreak():
                return self.soft_break(node)
            case Emph() | Strong() | Strike() | Sub() | Sup() | Mark() | Kbd() | Underline():
                return self.styled(node)
            case Link():
                return self.link(node)
            case Image():
                return self.image(node)
            case Footnote():
                return self.footnote(node)
            case Blank():
                return self.blank(node)
            case HardBreak():
                return self.hard_break(node)
            case _:
                assert_never(node)

    def styled(self, node: Styled) -> str:
        match node:
            case Emph():
                return self.emph(node)
            case Strong():
                return self.strong(node)
            case Strike():
                return self.strike(node)
            case Sub():
                return self.sub(node)
            case Sup():
                return self.sup(node)
            case Mark():
                return self.mark(node)
            case Kbd():
                return self.kbd(node)
            case Underline():
                return self.underline(node)
            case _:
                assert_never(node)

    def block(self, node: Block) -> str:
        match node:
            case Para():
                return self.para(node)
            case Heading():
                return self.heading(node)
            case CodeBlock():
                return self.code_block(node)
            case MathBlock():
                return self.math_block(node)
            case Quote():
                return self.quote(node)
            case BulletList():
                return self.bullet_list(node)
            case OrderedList():
                return self.ordered_list(node)
            case DefinitionList():
                return self.definition_list(node)
            case Table():
                return self.table(node)
            case Callout():
                return self.callout(node)
            case Divider():
                return self.divider(node)
            case _:
                assert_never(node)

    @abstractmethod
    def text(self, node: Text) -> str: ...
    @abstractmethod
    def code(self, node: Code) -> str: ...
    @abstractmethod
    def math(self, node: Math) -> str: ...
    @abstractmethod
    def emph(self, node: Emph) -> str: ...
    @abstractmethod
    def strong(self, node: Strong) -> str: ...
    @abstractmethod
    def strike(self, node: Strike) -> str: ...
    @abstractmethod
    def sub(self, node: Sub) -> str: ...
    @abstractmethod
    def sup(self, node: Sup) -> str: ...
    @abstractmethod
    def mark(self, node: Mark) -> str: ...
    @abstractmethod
    def kbd(self, node: Kbd) -> str: ...
    @abstractmethod
    def underline(self, node: Underline) -> str: ...
    @abstractmethod
    def link(self, node: Link) -> str: ...
    @abstractmethod
    def image(self, node: Image) -> str: ...
    @abstractmethod
    def footnote(self, node: Footnote) -> str: ...
    @abstractmethod
    def blank(self, node: Blank) -> str: ...
    @abstractmethod
    def soft_break(self, node: SoftBreak) -> str: ...
    @abstractmethod
    def hard_break(self, node: HardBreak) -> str: ...
    @abstractmethod
    def para(self, node: Para) -> str: ...
    @abstractmethod
    def heading(self, node: Heading) -> str: ...
    @abstractmethod
    def code_block(self, node: CodeBlock) -> str: ...
    @abstractmethod
    def math_block(self, node: MathBlock) -> str: ...
    @abstractmethod
    def quote(self, node: Quote) -> str: ...
    @abstractmethod
    def bullet_list(self, node: BulletList) -> str: ...
    @abstractmethod
    def ordered_list(self, node: OrderedList) -> str: ...
    @abstractmethod
    def table(self, node: Table) -> str: ...
    @abstractmethod
    def definition_list(self, node: DefinitionList) -> str: ...
    @abstractmethod
    def callout(self, node: Callout) -> str: ...
    @abstractmethod
    def divider(self, node: Divider) -> str: ...
