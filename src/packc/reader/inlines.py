"""Inline tokens to inline nodes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from markdown_it.token import Token

from packc.ast.richtext import (
    Code,
    Emph,
    Footnote,
    HardBreak,
    Image,
    Inline,
    Inlines,
    Kbd,
    Link,
    Mark,
    Math,
    SoftBreak,
    Strike,
    Strong,
    Styled,
    Sub,
    Sup,
    Text,
    Underline,
)
from packc.diagnostics import Fix, Rule
from packc.diagnostics.rules.blanks import BlankInCode
from packc.diagnostics.rules.richtext import LinkScheme, RawHtml, SingleTildes, UnclosedMath
from packc.diagnostics.rules.unread import BadImageSize, ForeignSyntax, UnreadAttributes
from packc.reader.attributes import attributes_in, image_size
from packc.reader.foreign import foreign_in
from packc.reader.spans import ContentMap
from packc.source import Span

if TYPE_CHECKING:
    from packc.reader.richtext import RichTextReader

# As text: `re` compiles them when a pack first needs them.
_TAG = r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>"
_TILDES = r"(?<![~\w])~[^\s~][^~\n]*~(?![~\w])|(?<=\w)~[^\s~][^~\n]{3,}~"
_OPEN_DOLLARS = r"(?<![\w$\\])\$\$(?![\s$)\].,;:!?]|$)"
_SCHEME = r"([A-Za-z][A-Za-z0-9+.-]*):"
_PASSED_SCHEMES = ("http", "https", "mailto")
_STYLES: dict[str, Callable[..., Styled]] = {
    "em": Emph,
    "strong": Strong,
    "s": Strike,
    "sub": Sub,
    "sup": Sup,
    "mark": Mark,
    "kbd": Kbd,
    "underline": Underline,
}


class InlineReader:
    """Reads the children of one `inline` token, from left to right."""

    def __init__(self, reader: RichTextReader, token: Token, content_map: ContentMap) -> None:
        self._reader = reader
        self._tokens = token.children or []
        self._content = token.content
        self._cloze = bool(token.meta.get("cloze"))
        self._map = content_map
        self._index = 0
        self._offset = 0  # where, in the content, the next unstamped text begins

    def read(self) -> Inlines:
        nodes = self.until("")
        for opener, closer in (("$$", "$$"), ("\\[", "\\]")):
            if self._content.startswith(opener) and closer not in self._content[2:]:
                self.report(UnclosedMath(opener, closer), 0, 2)
        return nodes

    def until(self, closing: str) -> Inlines:
        """Return the nodes up to the token `closing`, which is the next one then."""
        nodes: list[Inline] = []
        while self._index < len(self._tokens):
            token = self._tokens[self._index]
            if token.type == closing:
                break
            self._index += 1
            if token.type == "attributes":
                node: Inline | None = self._attributes(token, nodes)
            else:
                node = self._node(token)
            if node is None:
                continue
            if isinstance(node, Text) and nodes and isinstance(nodes[-1], Text):
                nodes[-1] = _joined(nodes[-1], node)
            else:
                nodes.append(node)
        return tuple(nodes)

    def resume(self, offset: int) -> None:
        """What has no place of its own begins at content offset `offset` or later."""
        self._offset = offset

    def written(self, start: int, end: int) -> str:
        """Return what stands between two offsets into the content."""
        return self._content[start:end]

    def take(self) -> Token:
        """Return the next token, and pass over it."""
        token = self._tokens[self._index]
        self._index += 1
        return token

    def report(self, rule: Rule, start: int, end: int, fix: Fix | None = None) -> None:
        self._reader.sink.report(rule, self.span(start, end), fix=fix)

    def span(self, start: int, end: int) -> Span:
        """Return the place of two offsets into the content."""
        return self._map.span(self._reader.source.number, start, end)

    def _node(self, token: Token) -> Inline | None:
        start, end = self._at(token)
        match token.type:
            case "text":
                return self._text(token, start, end) if token.content else None
            case "text_special":
                return Text(token.content, span=self.span(start, end))
            case "softbreak":
                return SoftBreak(span=self.span(start, end))
            case "hardbreak":
                return HardBreak(span=self.span(start, end))
            case "code_inline":
                self._check_opaque(token, "code", start, end)
                return Code(token.content, span=self.span(start, end))
            case "math_inline":
                return self._math(token, start, end)
            case "image":
                return self._image(token, start, end)
            case "comment":
                self._reader.comments.append(self.span(start, end))
                return None
            case "footnote_ref":
                return self._footnote(token, start, end)
            case "blank_open":
                from packc.reader.blanks import BlankReader  # most packs have no cloze

                return BlankReader(self, token).read()
            case opening if opening.removesuffix("_open") in ("link", *_STYLES):
                return self._container(token, start, end)
            case _:
                raise AssertionError(f"markdown-it made a token that the reader does not know: {token.type}")

    def _container(self, token: Token, start: int, end: int) -> Inline:
        kind = token.type.removesuffix("_open")
        whole = kind == "link" or "inner" in token.meta  # the opening token knows where the construct ends
        if whole:
            self._offset = token.meta.get("inner", start + 1)
        children = self.until(f"{kind}_close")
        if not whole:
            _, end = self._at(self._tokens[self._index])
        self._index += 1
        self._offset = end
        if kind == "strong":  # the token of a pair's inner mark became the tag
            start, end = start - 1, end + 1
        if kind != "link":
            return _STYLES[kind](children, span=self.span(start, end))
        href = str(token.attrGet("href") or "")
        scheme = re.match(_SCHEME, href)
        if scheme and scheme[1].lower() not in _PASSED_SCHEMES:
            self.report(LinkScheme(scheme[1].lower()), start, end)
        return Link(children, href, str(token.attrGet("title") or ""), span=self.span(start, end))

    def _math(self, token: Token, start: int, end: int) -> Math:
        tex, first = token.content, token.meta["tex"]
        self._check_opaque(token, "a formula", start, end)
        from packc.reader.tex import tex_faults  # most packs have no formula

        for fault in tex_faults(tex):
            self.report(fault.rule, first + fault.start, first + fault.end)
        return Math(tex, token.meta["display"], span=self.span(start, end))

    def _image(self, token: Token, start: int, end: int) -> Image:
        alt = _plain(token.children or [])
        if "{{" in token.content:
            alt = token.content
            self.report(BlankInCode("the description of an image"), start, end)
        title = str(token.attrGet("title") or "")
        return Image(str(token.attrGet("src") or ""), alt, title, span=self.span(start, end))

    def _footnote(self, token: Token, start: int, end: int) -> Footnote | Text:
        span = self.span(start, end)
        note = self._reader.footnote(token.content, span)
        if note is None:
            return Text(self._content[start:end], span=span)
        return note

    def _text(self, token: Token, start: int, end: int) -> Text:
        content = token.content
        if "fault" in token.meta:
            rule: Rule = token.meta["fault"]
            self.report(rule, start, end)
        elif "<" in content:  # what looks like a tag but is none
            for tag in re.finditer(_TAG, content):
                self.report(RawHtml(tag[0]), start + tag.start(), start + tag.end())
        if "~" in content:
            for tildes in re.finditer(_TILDES, content):
                self.report(SingleTildes(tildes[0]), start + tildes.start(), start + tildes.end())
        if "$$" in content and start > 0:
            for opener in re.finditer(_OPEN_DOLLARS, content):
                self.report(UnclosedMath("$$", "$$"), start + opener.start(), start + opener.end())
        if self._reader.foreign:
            for what, first, last in foreign_in(self._content, start, end):
                self.report(ForeignSyntax(what, self._content[first:last]), first, last)
        return Text(self._reader.shared(content), span=self.span(start, end))

    def _check_opaque(self, token: Token, where: str, start: int, end: int) -> None:
        if self._cloze and "{{" in token.content:
            self.report(BlankInCode(where), start, end)

    def _attributes(self, token: Token, nodes: list[Inline]) -> Text | None:
        """Read attribute braces: an image takes its size from them; any other is named and taken off."""
        start, end = self._at(token)
        owner = nodes[-1] if nodes else None
        if owner is None or isinstance(owner, Text | SoftBreak | HardBreak):
            if isinstance(owner, Text) and owner.text.endswith("]"):
                self.report(ForeignSyntax("a bracketed span", token.content), start, end)
            return Text(token.content, span=self.span(start, end))
        sizes = {"width": "", "height": ""}
        unread = []
        for attribute in attributes_in(token.content):
            size = image_size(attribute) if isinstance(owner, Image) else None
            if size is None:
                unread.append(attribute.written)
            elif size:
                sizes[attribute.key] = size
            else:
                self.report(BadImageSize(attribute.written), start + attribute.start, start + attribute.end)
        if unread:
            self.report(UnreadAttributes(" ".join(unread)), start, end)
        if isinstance(owner, Image) and owner.span is not None:
            span = owner.span.to(self.span(start, end))
            nodes[-1] = Image(owner.src, owner.alt, owner.title, **sizes, span=span)
        return None

    def _at(self, token: Token) -> tuple[int, int]:
        if "at" in token.meta:
            start, end = token.meta["at"]
        else:
            start = max(self._content.find(token.content, self._offset), self._offset)
            end = start + len(token.content)
        if token.type != "link_open" and "inner" not in token.meta:
            self._offset = end
        return start, end


def plain_inlines(reader: RichTextReader, content: str, at: ContentMap) -> Inlines:
    """Return a text in which nothing opens an inline construct: its lines, with soft breaks between."""
    nodes: list[Inline] = []
    source = reader.source
    start = 0
    for line in content.split("\n") if content else ():
        end = start + len(line)
        first = at(start)
        if start:
            before = at(start - 1)
            nodes.append(SoftBreak(span=source.span(before, before + 1)))
        nodes.append(Text(reader.shared(line), span=source.span(first, max(first, at(end - 1) + 1))))
        start = end + 1
    if reader.foreign:
        for what, first, last in foreign_in(content, 0, len(content)):
            reader.sink.report(
                ForeignSyntax(what, content[first:last]), source.span(at(first), at(last - 1) + 1)
            )
    return tuple(nodes)


def _joined(left: Text, right: Text) -> Text:
    assert left.span is not None  # the reader gives every node its place
    assert right.span is not None
    return Text(left.text + right.text, span=left.span.to(right.span))


def _plain(tokens: list[Token]) -> str:
    """Return the text of an image's description without its marks."""
    parts = []
    for token in tokens:
        if token.type in ("text", "text_special", "code_inline", "attributes"):
            parts.append(token.content)
        elif token.type == "footnote_ref":
            parts.append(f"[^{token.content}]")
        elif token.type == "math_inline":
            parts.append(f"${token.content}$")
        elif token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif token.type == "image":
            parts.append(_plain(token.children or []))
    return "".join(parts)
