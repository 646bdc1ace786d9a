"""Inline nodes to Markdown, marked for `escape.resolve`."""

from __future__ import annotations

import re

from packc.ast.richtext import (
    Blank,
    Blocks,
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
    Sub,
    Sup,
    Text,
    Underline,
)
from packc.render.base import Renderer
from packc.writer import escape
from packc.writer.answers import write_blank

_APART = "<!-- -->"  # between two constructs whose marks would run together
_MARKS = re.compile("[\x00-\x06]")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\x00-\x20<>]*")
_BARE_DESTINATION = re.compile(r"[^\x00-\x20\x7f-\xa0()<>\\&\s]+")


class InlineWriter(Renderer):
    """What stands in one paragraph. `footnotes` collects the notes that it refers to."""

    def __init__(self) -> None:
        self.footnotes: dict[str, Blocks] = {}
        self._one_line = False
        self._emphasis = [""]  # the marks of the emphasis that is open, innermost last

    def inlines(self, inlines: Inlines) -> str:
        parts: list[str] = []
        mark_before = ""
        for index, node in enumerate(inlines):
            before = inlines[index - 1] if index else None
            after = inlines[index + 1] if index + 1 < len(inlines) else None
            mark = ""
            match node:
                case Emph() | Strong():
                    mark, apart = self._mark(node, before, after, mark_before)
                    parts += [_APART] * apart
                    parts.append(self._emphasised(node, mark))
                case HardBreak():
                    parts.append(self._line_break(before, after))
                case _:
                    if isinstance(node, Code | Strike) and type(before) is type(node):
                        parts.append(_APART)
                    parts.append(self.inline(node))
            mark_before = mark
        return "".join(parts)

    def _mark(
        self, node: Emph | Strong, before: Inline | None, after: Inline | None, mark_before: str
    ) -> tuple[str, bool]:
        """Return `*` or `_`, whichever cannot be mixed up with its neighbours, and whether both could."""
        outer = self._emphasis[-1]
        free = [mark for mark in "*_" if mark != mark_before]
        spaced = _ends_in_space(before) and _begins_with_space(after)
        if outer and not (spaced and type(node) is not self._outer_kind):
            free = [mark for mark in free if mark != outer]
        if free:
            return free[0], False
        return ("_" if outer == "*" else "*"), True

    _outer_kind: type[Emph] | type[Strong] | None = None

    def _emphasised(self, node: Emph | Strong, mark: str) -> str:
        kind = self._outer_kind
        self._emphasis.append(mark)
        self._outer_kind = type(node)
        inner = self.inlines(node.children)
        self._emphasis.pop()
        self._outer_kind = kind
        if not inner:
            return ""
        marks = mark * (2 if isinstance(node, Strong) else 1)
        return f"{escape.opener(marks)}{inner}{escape.closer(marks)}"

    def _line_break(self, before: Inline | None, after: Inline | None) -> str:
        edge = before is None or after is None or isinstance(before, HardBreak | SoftBreak)
        if self._one_line or edge or isinstance(after, HardBreak | SoftBreak):
            return "<br>"
        return "\\\n"

    def text(self, node: Text) -> str:
        return escape.text(node.text)

    def code(self, node: Code) -> str:
        text = escape.clean(node.text)
        longest = max((len(run) for run in re.findall("`+", text)), default=0)
        fence = "`" * _free_length(text, longest)
        pad = " " if text[:1] == "`" or text[-1:] == "`" or _has_both_spaces(text) else ""
        return f"{fence}{pad}{text}{pad}{fence}" if text else ""

    def math(self, node: Math) -> str:
        return escape.formula(node.tex, display=node.display)

    def emph(self, node: Emph) -> str:
        return self._emphasised(node, "*")

    def strong(self, node: Strong) -> str:
        return self._emphasised(node, "*")

    def strike(self, node: Strike) -> str:
        inner = self.inlines(node.children)
        return f"{escape.opener('~~')}{inner}{escape.closer('~~')}" if inner else ""

    def sub(self, node: Sub) -> str:
        return f"<sub>{self.inlines(node.children)}</sub>"

    def sup(self, node: Sup) -> str:
        return f"<sup>{self.inlines(node.children)}</sup>"

    def mark(self, node: Mark) -> str:
        inner = self.inlines(node.children)
        bare = _MARKS.sub("", inner)
        if not bare or bare != bare.strip() or "==" in bare or "=" in (bare[0], bare[-1]):
            return f"<mark>{inner}</mark>"
        return f"=={inner}=="

    def kbd(self, node: Kbd) -> str:
        return f"<kbd>{self.inlines(node.children)}</kbd>"

    def underline(self, node: Underline) -> str:
        return f"<u>{self.inlines(node.children)}</u>"

    def link(self, node: Link) -> str:
        if node.children == (Text(node.href),) and not node.title and _ADDRESS.fullmatch(node.href):
            return f"<{node.href}>"
        inner = self.inlines(node.children)
        if _MARKS.sub("", inner).count("[") != _MARKS.sub("", inner).count("]"):
            inner = self._bracketless(node.children)
        return f"[{inner}]({_destination(node.href)}{_title(node.title)})"

    def _bracketless(self, children: Inlines) -> str:
        """Return a link's text whose brackets do not pair, with them written by number."""
        return "".join(
            "".join(
                f"&#{ord(piece)};" if piece in ("[", "]") else escape.text(piece)
                for piece in re.split(r"([\[\]])", child.text)
            )
            if isinstance(child, Text)
            else self.inlines((child,))
            for child in children
        )

    def image(self, node: Image) -> str:
        sizes = " ".join(
            f"{name}={size}" for name, size in (("width", node.width), ("height", node.height)) if size
        )
        alt = "".join(map(_alternative, escape.clean(node.alt)))
        return f"![{alt}]({_destination(node.src)}{_title(node.title)})" + (f"{{{sizes}}}" if sizes else "")

    def footnote(self, node: Footnote) -> str:
        self.footnotes.setdefault(node.label, node.blocks)
        return f"[^{node.label}]"

    def blank(self, node: Blank) -> str:
        return write_blank(node, self.inlines)

    def soft_break(self, node: SoftBreak) -> str:  # noqa: ARG002
        return " " if self._one_line else "\n"

    def hard_break(self, node: HardBreak) -> str:  # noqa: ARG002
        return "<br>"


def _free_length(text: str, longest: int) -> int:
    """Return the least number of backticks that no run in `text` has."""
    runs = {len(run) for run in re.findall("`+", text)}
    return next(length for length in range(1, longest + 2) if length not in runs)


def _has_both_spaces(text: str) -> bool:
    return text[:1] == text[-1:] == " " and bool(text.strip(" "))


def _ends_in_space(node: Inline | None) -> bool:
    return isinstance(node, Text) and node.text[-1:] == " " and bool(node.text.strip())


def _begins_with_space(node: Inline | None) -> bool:
    return isinstance(node, Text) and node.text[:1] == " " and bool(node.text.strip())


def _alternative(character: str) -> str:
    if character in "[]" or (character.isspace() and character != " "):
        return f"&#{ord(character)};"
    return f"\\{character}" if character in "\\`*_<&$~^={!" else character


def _destination(href: str) -> str:
    href = escape.clean(href)
    if _BARE_DESTINATION.fullmatch(href):
        return href
    inner = "".join(_in_destination(character) for character in href)
    plain = not re.search(r"[\s<>\x00-\x1f\x7f]", href) and href
    if plain and _balanced(href):
        return inner
    return f"<{inner}>"


def _in_destination(character: str) -> str:
    if character in "\\<>&":
        return f"\\{character}"
    if character != " " and (character.isspace() or not character.isprintable()):
        return f"&#{ord(character)};"
    return character


def _balanced(text: str) -> bool:
    depth = 0
    for character in text:
        depth += (character == "(") - (character == ")")
        if depth < 0:
            return False
    return depth == 0


def _title(title: str) -> str:
    if not title:
        return ""
    inner = "".join(
        f"&#{ord(one)};" if one.isspace() and one != " " else f"\\{one}" if one in '\\"&' else one
        for one in escape.clean(title)
    )
    return f' "{inner}"'
