"""What stands in one paragraph: text, formulas, styles, links, images."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

from packc.ast.richtext import (
    Block,
    Code,
    Emph,
    HardBreak,
    Image,
    Inline,
    Kbd,
    Link,
    Mark,
    Math,
    Strike,
    Strong,
    Styled,
    Sub,
    Sup,
    Text,
    Underline,
)
from packc.intake.mathml import UnknownMath, is_displayed, tex_of
from packc.intake.tree import Child, Element
from packc.reader.tex import tex_faults

if TYPE_CHECKING:
    from packc.intake.richtext import Place, Setting

Picture: TypeAlias = "Callable[[Element], str | None]"
Own: TypeAlias = "Callable[[Element], Inline | Block | tuple[Child, ...] | None]"

_STYLES: dict[str, type[Styled]] = {
    **dict.fromkeys(["em", "i", "cite", "dfn", "var", "address"], Emph),
    **dict.fromkeys(["strong", "b"], Strong),
    **dict.fromkeys(["del", "s", "strike"], Strike),
    **dict.fromkeys(["u", "ins"], Underline),
    "sub": Sub,
    "sup": Sup,
    "mark": Mark,
    "kbd": Kbd,
}
_CLASSES: dict[str, type[Styled]] = {
    "del": Strike,
    "mark": Mark,
    "u": Underline,
}  # of `span`, where a schema lacks the element
_CODE = ("code", "tt", "samp")
_TRANSPARENT = frozenset(
    [
        *("span", "font", "small", "big", "abbr", "acronym", "label", "bdi", "bdo", "time", "data", "nobr"),
        *("wbr", "center", "q", "ruby", "rb", "rt", "rp", "body", "printedVariable", "a"),
    ]
)
# Neither text to read nor a picture: what runs, plays, or asks for something.
_WITHOUT_TEXT = frozenset(
    [
        *("script", "style", "iframe", "object", "embed", "applet", "svg", "canvas", "noscript", "template"),
        *("input", "textarea", "select", "link", "meta", "base", "title", "source", "track", "param"),
    ]
)
_PLAYED = ("audio", "video")
_KNOWN = {
    "img": {"src", "alt", "title", "width", "height"},
    "a": {"href", "title"},
    "math": None,
}
_SPACE = re.compile(r"[ \t\n\r\f\x85]+")
_FORMULAS = ((r"\(", r"\)", False), (r"\[", r"\]", True), ("$$", "$$", True))


class InlineReader:
    """Reads one paragraph at a time. `setting` and `place` are as in `richtext`."""

    def __init__(self, setting: Setting, place: Place) -> None:
        self.setting = setting
        self.place = place

    def inlines(self, children: list[Child]) -> list[Inline]:
        """Return the nodes of one paragraph, white space collapsed as a browser does."""
        return _collapsed(list(self._nodes(children)))

    def _nodes(self, children: list[Child]) -> Iterator[Inline]:
        for child in children:
            if isinstance(child, str):
                yield from _with_formulas(child)
            else:
                yield from self._element(child)

    def _element(self, element: Element) -> Iterator[Inline]:
        own = self.setting.own(element)
        if own is not None:
            yield from self._nodes(list(own)) if isinstance(own, tuple) else (own,)  # type: ignore[misc]
            return
        name = element.name.lower()
        if name in _STYLES:
            self.attributes(element)
            yield self._styled(_STYLES[name], element)
        elif name == "span" and element.get("class") in _CLASSES:
            yield self._styled(_CLASSES[element.get("class")], element)
        elif name in _CODE:
            self.attributes(element)
            yield from [Code(element.text())] if element.text() else []
        elif name == "br":
            yield HardBreak()
        elif name == "img":
            yield from self.image(element)
        elif name == "a" and element.get("href"):
            self.attributes(element)
            yield Link(
                tuple(self._nodes(element.children)), element.get("href").strip(), element.get("title")
            )
        elif name == "math":
            yield from self.formula(element)
        else:
            yield from self._other(element, name)

    def _styled(self, style: type[Styled], element: Element) -> Styled:
        return style(tuple(self._nodes(element.children)))

    def _other(self, element: Element, name: str) -> Iterator[Inline]:
        place = self.place(element.line)
        if name in _WITHOUT_TEXT:
            self.setting.remarks.element(name, "it is left out", place)
            return
        if name in _PLAYED:
            self.setting.remarks.element(name, "only its text and address are kept", place)
            sources = [each.get("src") for each in element.walk() if each.get("src")]
            yield from self._nodes([c for c in element.children if isinstance(c, str)])
            yield from (Text(f" ({source})") for source in sources[:1])
            return
        if name in _TRANSPARENT:
            self.attributes(element)
        else:
            self.setting.remarks.element(name, "its text is kept", place)
        quoted = name == "q"
        yield from [Text("“")] if quoted else []
        yield from self._nodes(element.children)
        yield from [Text("”")] if quoted else []

    def image(self, element: Element) -> Iterator[Inline]:
        """Yield an image; a formula that a picture stands for; or the words that it leaves behind."""
        equation = element.get("data-equation-content") or (
            element.get("title") if "equation_image" in element.get("class") else ""
        )
        if is_formula(equation.strip()):
            yield Math(" ".join(equation.split()))
            return
        self.attributes(element)
        alt = " ".join(element.get("alt").split())
        path = self.setting.picture(element)
        if path is None:
            words = alt or element.get("src").rpartition("/")[2][:80]
            yield Emph((Text(f"[{words}]"),)) if words else Text("")
            return
        sizes = (_size(element.get("width")), _size(element.get("height")))
        yield Image(path, alt, element.get("title"), *sizes)

    def formula(self, element: Element) -> Iterator[Inline]:
        try:
            tex = tex_of(element)
        except UnknownMath as unknown:
            self.setting.remarks.element(
                "math", f"{unknown} has no TeX; its text is kept", self.place(element.line)
            )
            yield Text(_SPACE.sub(" ", element.text()))
            return
        if is_formula(tex):
            yield Math(tex, is_displayed(element))
        elif tex:
            self.setting.remarks.element(
                "math", "its TeX is broken; it is kept as text", self.place(element.line)
            )
            yield Text(tex)

    def attributes(self, element: Element) -> None:
        """Remember the attributes that a pack has no place for."""
        known = _KNOWN.get(element.name.lower(), set())
        for name in element.attributes:
            if known is not None and name.lower() not in known:
                self.setting.remarks.setting(f"the attribute `{name.lower()}`", self.place(element.line))


def _size(written: str) -> str:
    found = re.fullmatch(r"\s*([0-9]{1,5})(?:\.[0-9]+)?\s*(px|%)?\s*", written)
    return f"{int(found[1])}{'%' if found[2] == '%' else ''}" if found and int(found[1]) else ""


def _with_formulas(text: str) -> Iterator[Inline]:
    r"""Yield a text and the formulas in it: `\(…\)`, `\[…\]` and `$$…$$`, if their TeX is sound."""
    if "\\" not in text and "$$" not in text:
        yield Text(text)
        return
    start = position = 0
    closed = dict.fromkeys((closing for _, closing, _ in _FORMULAS), True)
    opening = re.compile(r"\\[(\[]|\$\$")
    while found := opening.search(text, position):
        _, closing, display = next(each for each in _FORMULAS if each[0] == found[0])
        end = text.find(closing, found.end()) if closed[closing] else -1
        closed[closing] = end >= 0
        tex = text[found.end() : end].strip() if end >= 0 else ""
        if not is_formula(tex):
            position = found.end()
            continue
        if found.start() > start:
            yield Text(text[start : found.start()])
        yield Math(" ".join(tex.split()), display)
        start = position = end + len(closing)
    if start < len(text):
        yield Text(text[start:])


def is_formula(tex: str) -> bool:
    """Tell whether a pack can hold this TeX: balanced, with no dollar or backslash that ends it early."""
    if not tex.strip("\\ ") or "`" in tex or re.search(r"(?<!\\)(?:\\\\)*(?:\$|\\$)", tex):
        return False
    return not any(True for _ in tex_faults(tex))


def _collapsed(nodes: list[Inline]) -> list[Inline]:
    """Return nodes as a browser shows them: one space for many, none at the edges of a line."""
    found, _ = _collapse(nodes, True)
    return _ended(found, _Behind.NOTHING)[0]


def _collapse(nodes: list[Inline], spaced: bool) -> tuple[list[Inline], bool]:
    """Collapse white space; `spaced`: what stands before ends in a space, or is the start of a line."""
    found: list[Inline] = []
    for node in nodes:
        match node:
            case Text():
                text = _SPACE.sub(" ", node.text)
                text = text[1:] if spaced and text[:1] == " " else text
                if text:
                    found.append(Text(text))
                    spaced = text[-1] == " "
            case Emph() | Strong() | Strike() | Sub() | Sup() | Mark() | Kbd() | Underline() | Link():
                inner, spaced = _collapse(list(node.children), spaced)
                if inner or isinstance(node, Link):
                    found.append(replace(node, children=tuple(inner)))
            case HardBreak():
                found.append(node)
                spaced = True
            case _:
                found.append(node)
                spaced = False
    return found, spaced


class _Behind(Enum):
    """What stands behind a node."""

    WORDS = 0
    BREAK = 1  # of the line
    NOTHING = 2


def _ended(nodes: list[Inline], behind: _Behind) -> tuple[list[Inline], _Behind]:
    """Return nodes without spaces at the ends of lines, nor line breaks at the very end: nobody sees them."""
    found: list[Inline] = []
    for node in reversed(nodes):
        match node:
            case Text() if behind is not _Behind.WORDS:
                text = node.text.rstrip(" ")
                if text:
                    found.append(Text(text))
                    behind = _Behind.WORDS
            case Emph() | Strong() | Strike() | Sub() | Sup() | Mark() | Kbd() | Underline():
                inner, behind = _ended(list(node.children), behind)
                if inner:
                    found.append(replace(node, children=tuple(inner)))
            case Link():
                inner, behind = _ended(list(node.children), behind)
                found.append(replace(node, children=tuple(inner)))
            case HardBreak():
                if behind is not _Behind.NOTHING:
                    found.append(node)
                    behind = _Behind.BREAK
            case _:
                found.append(node)
                behind = _Behind.WORDS
    return found[::-1], behind
