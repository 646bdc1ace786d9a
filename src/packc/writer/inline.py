"""Inline nodes to Markdown, marked for `escape.resolve`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

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
from packc.ast.walk import walk
from packc.render.base import Renderer
from packc.writer import marks
from packc.writer.answers import write_blank
from packc.writer.escape import APART

_IN_BLANK = {"::": ":\\:", "|": "\\|", "{": "\\{", "}": "\\}"}
IN_ANSWER = {"|": "\\|"}
_UNPAIRED = {"[": "&#91;", "]": "&#93;"}  # in a link's text
_IN_TITLE = '\\"`<'
_MARKS = re.compile("[\x00-\x06]")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\x00-\x20<>]*")
_BARE_DESTINATION = re.compile(r"[^\x00-\x20\x7f-\xa0()<>\\&`\s]+")


class InlineWriter(Renderer):
    """What stands in one paragraph. `footnotes` collects the notes that it refers to."""

    def __init__(self) -> None:
        self.footnotes: dict[str, Blocks] = {}
        self._one_line = False
        self._instead: Mapping[str, str] = {}  # what is written for some characters of texts
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
                    parts += [APART] * apart
                    parts.append(self._emphasised(node, mark))
                case HardBreak():
                    parts.append(self._line_break(before, after))
                case Mark():
                    parts.append(self._marked(node, _MARKS.sub("", parts[-1])[-1:] if parts else ""))
                case _:
                    if isinstance(node, Code | Math | Strike) and type(before) is type(node):
                        parts.append(APART)
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
        run = mark * (2 if isinstance(node, Strong) else 1)
        return f"{marks.opener(run)}{inner}{marks.closer(run)}"

    def _line_break(self, before: Inline | None, after: Inline | None) -> str:
        edge = before is None or after is None or isinstance(before, HardBreak | SoftBreak)
        if self._one_line or edge or isinstance(after, HardBreak | SoftBreak):
            return "<br>"
        return "\\\n"

    def text(self, node: Text) -> str:
        if not self._instead:
            return marks.text(node.text)
        pieces = re.split(f"({'|'.join(map(re.escape, self._instead))})", node.text)
        return "".join(self._instead.get(one) or marks.text(one) for one in pieces)

    @contextmanager
    def _writing(self, instead: Mapping[str, str]) -> Iterator[None]:
        """Write some characters of texts in another way for a while."""
        before = self._instead
        self._instead = {**before, **instead}
        yield
        self._instead = before

    def code(self, node: Code) -> str:
        text = marks.clean(node.text)
        fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
        pad = " " if text[:1] == "`" or text[-1:] == "`" or _has_both_spaces(text) else ""
        return f"{fence}{pad}{text}{pad}{fence}" if text else ""

    def math(self, node: Math) -> str:
        return marks.formula(node.tex, display=node.display)

    def emph(self, node: Emph) -> str:
        return self._emphasised(node, "*")

    def strong(self, node: Strong) -> str:
        return self._emphasised(node, "*")

    def strike(self, node: Strike) -> str:
        inner = self.inlines(node.children)
        return f"{marks.opener('~~')}{inner}{marks.closer('~~')}" if inner else ""

    def sub(self, node: Sub) -> str:
        return f"<sub>{self.inlines(node.children)}</sub>"

    def sup(self, node: Sup) -> str:
        return f"<sup>{self.inlines(node.children)}</sup>"

    def mark(self, node: Mark) -> str:
        return self._marked(node, "")

    def _marked(self, node: Mark, before: str) -> str:
        inner = self.inlines(node.children)
        bare = _MARKS.sub("", inner)
        if not bare or bare != bare.strip() or "==" in bare or "=" in (before, bare[0], bare[-1]):
            return f"<mark>{inner}</mark>"
        return f"=={inner}=="

    def kbd(self, node: Kbd) -> str:
        return f"<kbd>{self.inlines(node.children)}</kbd>"

    def underline(self, node: Underline) -> str:
        return f"<u>{self.inlines(node.children)}</u>"

    def link(self, node: Link) -> str:
        is_address = not node.title and _ADDRESS.fullmatch(node.href)
        is_plain = not any(one in node.href for one in self._special)
        if node.children == (Text(node.href),) and is_address and is_plain:
            return f"<{node.href}>"
        texts = (each.text for each in walk(node.children) if isinstance(each, Text))
        with self._writing({} if all(map(_has_paired_brackets, texts)) else _UNPAIRED):
            inner = self.inlines(node.children)
        return f"[{inner}]({self._target(node.href, node.title)})"

    def image(self, node: Image) -> str:
        sizes = " ".join(
            f"{name}={size}" for name, size in (("width", node.width), ("height", node.height)) if size
        )
        alt = marks.attribute(node.alt, "\\`*_<$~^={!" + self._special, numbered="[]")
        return f"![{alt}]({self._target(node.src, node.title)})" + (f"{{{sizes}}}" if sizes else "")

    def _target(self, address: str, title: str) -> str:
        return _destination(address, self._special) + _title(title, self._special)

    @property
    def _special(self) -> str:
        """What needs an escape here even in addresses: a blank is cut up before its links are read."""
        return "".join(self._instead) + ("$" if "{" in self._instead else "")

    def footnote(self, node: Footnote) -> str:
        self.footnotes.setdefault(node.label, node.blocks)
        return f"[^{node.label}]"

    def blank(self, node: Blank) -> str:
        with self._writing(_IN_BLANK):
            return write_blank(node, self._answer)

    def _answer(self, inlines: Inlines) -> str:
        """Return one answer of a blank, which does not begin like another kind of answer."""
        first = inlines[0] if inlines else None
        if isinstance(first, Text) and first.text[:1] in ("=", "["):
            return f"&#{ord(first.text[0])};" + self.inlines((Text(first.text[1:]), *inlines[1:]))
        return self.inlines(inlines)

    def soft_break(self, node: SoftBreak) -> str:  # noqa: ARG002
        return " " if self._one_line else "\n"

    def hard_break(self, node: HardBreak) -> str:  # noqa: ARG002
        return "<br>"


def _has_both_spaces(text: str) -> bool:
    return text[:1] == text[-1:] == " " and bool(text.strip(" "))


def _ends_in_space(node: Inline | None) -> bool:
    return isinstance(node, Text) and node.text[-1:] == " " and bool(node.text.strip())


def _begins_with_space(node: Inline | None) -> bool:
    return isinstance(node, Text) and node.text[:1] == " " and bool(node.text.strip())


def _has_paired_brackets(text: str) -> bool:
    depth = 0
    for character in text:
        depth += (character == "[") - (character == "]")
        if depth < 0:
            return False
    return depth == 0 and "](" not in text and "][" not in text and not text.endswith("]")


def _destination(href: str, special: str) -> str:
    if _BARE_DESTINATION.fullmatch(href) and not any(one in href for one in special):
        return href
    inner = marks.attribute(href, f"\\<>`{special}")
    plain = not re.search(r"[\s<>\x00-\x1f\x7f]", href) and href
    return inner if plain and _balanced(href) else f"<{inner}>"


def _balanced(text: str) -> bool:
    depth = 0
    for character in text:
        depth += (character == "(") - (character == ")")
        if depth < 0:
            return False
    return depth == 0


def _title(title: str, special: str) -> str:
    return f' "{marks.attribute(title, _IN_TITLE + special)}"' if title else ""
