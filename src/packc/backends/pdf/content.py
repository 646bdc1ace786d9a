"""Views to data that the Typst template reads. Rich text becomes a tree of `[name, attributes, children]`.

The views hold rich text as well-formed XHTML and MathML, which is read back here: what stands in the HTML
handout and what stands in the PDF are the same views.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cache
from typing import Any, TypeAlias
from unicodedata import category
from xml.etree import ElementTree as ET

from packc.backends.pdf.glyphs import CONTROLS, FORBIDDEN, NONE, PLAIN, PLAIN_SIGNS, Face, Texts
from packc.render.templating import Markup

Tree: TypeAlias = "str | list[str | dict[str, str] | list[Tree]]"
Data: TypeAlias = "str | int | Sequence[Data] | Mapping[str, Data] | None"

_CONTAINERS = frozenset(["ul", "ol", "dl", "blockquote", "div", "table", "thead", "tbody", "tr"])
_BLOCKS = _CONTAINERS | {"p", "li", "dt", "dd", "pre", "hr", "h1", "h2", "h3", "h4", "h5", "h6"}
_IN_LINE = frozenset(
    ["u", "del", "mark", "em", "strong", "a", "sub", "sup", "td", "th", "dt", "h2", "h3", "h4", "h5", "h6"]
)
_MATHML = "MathML"  # the end of its namespace
_ENDS_LINE = _BLOCKS | {"br"}
_APART = _ENDS_LINE | {"td", "th", "dd"}
_VERBATIM = frozenset(["pre", "code", "kbd"])
_FACES = {"math": Face.MATH} | dict.fromkeys(_VERBATIM, Face.MONO)
_PARAGRAPH = re.compile(r"<p>([^<&]*)</p>\n")
_SPACE = re.compile(r"[ \t\r\n\f]+")
DEEPEST = 32
"""Elements inside each other, quotes and boxes counted several times; what is deeper is text. Typst calls no
function from more than 80 others, and applies no more than 64 rules to each other's results."""
_DEPTHS = {"blockquote": 4, "div": 2, "em": 3, "a": 2}
LONGEST_WORD = 24
# Typst itself breaks a line behind a hyphen or a stroke, unless a digit follows.
_LONG_WORD = re.compile(rf"(?:[^\s\u200b/-]|[/-](?=\d)){{{LONGEST_WORD + 1},}}")
_PIECE = 8
_BOX = "□"
_USUAL = re.compile(rf" ?(?:[{PLAIN_SIGNS}]{{1,{LONGEST_WORD}}} )*+[{PLAIN_SIGNS}]{{0,{LONGEST_WORD}}}")
"""Running text that stays as it is."""


class _FormulaTooDeep(Exception):
    """What is left of a formula would be another formula: its TeX stands for it."""


class Reader:
    """Turns views into data. A box stands for the pieces of texts that are `missing`.

    `odd` has the texts so far that Typst's own typefaces might lack something for; `too_deep` has, for each
    thing that was too deep to be more than text, the comment that stood last before it.
    """

    def __init__(self, missing: Texts = NONE) -> None:
        self._missing = {
            face: sorted(pieces, key=lambda piece: (-len(piece), piece)) for face, pieces in missing.items()
        }
        self._face = Face.TEXT
        self.odd: dict[Face, set[str]] = {}
        self.too_deep: list[str] = []
        self._comment = ""

    def data(self, value: object) -> Data:
        """Return `value` as what JSON can hold; a view becomes an object with its fields, and its `kind`."""
        match value:
            case Markup():
                return list(self.trees(value))
            case None | bool() | int():
                return value
            case str():
                return self._printable(str(value))
            case tuple() | list():
                return [self.data(item) for item in value]
            case Mapping():
                return {str(key): self.data(item) for key, item in value.items()}
            case _:
                kind: Any = type(value)
                return {name: self.data(getattr(value, name)) for name in _names(kind)}

    def trees(self, markup: str) -> list[Tree]:
        """Return a run of rich text."""
        if "<" not in markup and "&" not in markup:
            return [self._text(markup)] if markup else []
        alone = _PARAGRAPH.fullmatch(markup)
        if alone:
            text = self._text(alone[1])
            return [["p", {}, [text]]] if text.strip() else []
        self._comment = ""
        parser = ET.XMLParser(target=ET.TreeBuilder(insert_comments=True))
        element = ET.fromstring(f"<div>{markup}</div>", parser)
        return self._children(element, 0, verbatim=False, holds_blocks=False)

    def _children(self, element: ET.Element, depth: int, *, verbatim: bool, holds_blocks: bool) -> list[Tree]:
        found: list[Tree] = []
        read = self._breakable if verbatim else self._text
        if element.text and not (holds_blocks and element.text.isspace()):
            found.append(read(element.text))
        for child in element:
            if _is_comment(child):
                self._comment = child.text or ""
            elif not child.tag.endswith("}annotation"):  # the TeX, which `alttext` says, too
                tree = self._element(child, depth, verbatim)
                found += _paragraphs(tree) if _is(tree, "p") else [tree]
            if child.tail and not (holds_blocks and child.tail.isspace()):
                found.append(read(child.tail))
        return found if verbatim else _trimmed(found)

    def _element(self, element: ET.Element, depth: int, verbatim: bool) -> Tree:
        space, _, name = element.tag.rpartition("}")
        if depth >= DEEPEST:
            if space.endswith(_MATHML) and name != "math":
                raise _FormulaTooDeep
            self.too_deep.append(self._comment)
            return self._text("".join(_flat(element)))
        if name == "math":
            outer = self._face
            try:
                return self._described("math", element, depth, verbatim)
            except _FormulaTooDeep:
                self.too_deep.append(self._comment)
                self._face = Face.MONO
                tex = self._printable(element.get("alttext", ""))
                self._face = outer
                return ["code", {}, [tex]]
        return self._described(name, element, depth, verbatim)

    def _described(self, name: str, element: ET.Element, depth: int, verbatim: bool) -> Tree:
        attributes = element.attrib
        given = {key.rpartition("}")[2]: value for key, value in attributes.items()} if attributes else {}
        outer, self._face = self._face, _FACES.get(name, self._face)
        inside = self._children(
            element,
            depth + _DEPTHS.get(name, 1),
            verbatim=verbatim or name in _VERBATIM,
            holds_blocks=name in _CONTAINERS,
        )
        self._face = outer
        if name in _IN_LINE:
            inside = [_calmed(tree) for tree in inside]
        match name:
            case "ul" | "ol":
                given["tight"] = "no" if any(_has(item, "p") for item in inside) else "yes"
            case "h2" | "h3" | "h4" | "h5" | "h6":
                given["level"] = str(int(name[1]) - 1)
            case "a":
                given["shown"] = self._text(given.get("href", ""))
            case "p" if len(inside) == 1 and _is(inside[0], "img"):
                return ["img", _attributes(inside[0]) | {"class": "alone"}, []]
            case "img" if not given.get("src"):
                return ["em", {}, [f"[{self._text(given.get('alt', ''))}]"]]
            case "img" | "math":
                for key in ("alt", "alttext"):
                    if key in given:
                        given[key] = self._printable(given[key])
            case _:
                pass
        return [name, given, inside]

    def _text(self, text: str) -> str:
        """Return running text: white space evened out, and places to break where a word is too long."""
        return text if _USUAL.fullmatch(text) else self._breakable(_SPACE.sub(" ", text))

    def _breakable(self, text: str) -> str:
        return _LONG_WORD.sub(_breakable, self._printable(text))

    def _printable(self, text: str) -> str:
        if PLAIN.fullmatch(text):
            return text
        self.odd.setdefault(self._face, set()).add(text)
        shown = text = text.replace(FORBIDDEN, "\u200b")
        for piece in self._missing.get(self._face, ()):
            shown = shown.replace(piece, _BOX)
        shown = CONTROLS.sub(_BOX, shown)
        return shown if shown == text else _unmarked(shown)


def _unmarked(text: str) -> str:
    """Return `text` without the marks on boxes, which would need a typeface that has both."""
    kept: list[str] = []
    for sign in text:
        if not (kept[-1:] == [_BOX] and category(sign).startswith("M")):
            kept.append(sign)
    return "".join(kept)


def _is_comment(element: ET.Element) -> bool:
    tag: object = element.tag  # the function that made it, where it is a comment
    return tag is ET.Comment


def _flat(element: ET.Element) -> Iterator[str]:
    """Yield what an element says without anything inside it: formulas as TeX, images as their words."""
    name = element.tag.rpartition("}")[2]
    if name == "math":
        yield element.get("alttext", "")
        return
    if name == "img":
        yield f"[{element.get('alt', '')}]"
    yield element.text or ""
    for child in element:
        if not _is_comment(child):
            yield from _flat(child)
        yield child.tail or ""
    if name in _APART:
        yield " "


def _paragraphs(tree: Tree) -> list[Tree]:
    """Return a paragraph as several where formulas that want lines of their own stand in it."""
    parts: list[Tree] = []
    run: list[Tree] = []
    for child in [*_children_of(tree), None]:
        if child is not None and not _is_displayed(child):
            run.append(child)
            continue
        if any(not isinstance(part, str) or part.strip() for part in run):
            parts.append(["p", _attributes(tree), run])
        run = []
        if child is not None:
            parts.append(child)
    return parts


def _is_displayed(tree: Tree) -> bool:
    """Return whether this is a formula on a line of its own, be it in what makes it reachable by keys."""
    if _is(tree, "span"):
        return any(map(_is_displayed, _children_of(tree)))
    return _is(tree, "math") and _attributes(tree).get("display") == "block"


def _calmed(tree: Tree) -> Tree:
    """Return what stands inside a line: formulas without a line of their own."""
    if isinstance(tree, str):
        return tree
    given = _attributes(tree)
    if _is(tree, "math") and given.get("display") == "block":
        return ["math", given | {"display": "line"}, _children_of(tree)]
    return [tree[0], given, [_calmed(child) for child in _children_of(tree)]]


def _children_of(tree: Tree) -> list[Tree]:
    children = None if isinstance(tree, str) else tree[2]
    return children if isinstance(children, list) else []


def _trimmed(trees: list[Tree]) -> list[Tree]:
    """Return a run without the white space that a browser would not show: beside blocks and line ends."""
    if not any(map(_ends_line, trees)):
        return trees
    kept: list[Tree] = []
    for place, tree in enumerate(trees):
        if isinstance(tree, str):
            shown = tree.lstrip(" ") if place and _ends_line(trees[place - 1]) else tree
            shown = shown.rstrip(" ") if _ends_line(*trees[place + 1 : place + 2]) else shown
            if shown:
                kept.append(shown)
        else:
            kept.append(tree)
    return kept


def _ends_line(tree: Tree = "") -> bool:
    return not isinstance(tree, str) and tree[0] in _ENDS_LINE


def _is(tree: Tree, name: str) -> bool:
    return not isinstance(tree, str) and tree[0] == name


def _has(tree: Tree, name: str) -> bool:
    """Return whether a child of `tree` has this name."""
    return any(_is(child, name) for child in _children_of(tree))


def _attributes(tree: Tree) -> dict[str, str]:
    found = tree[1]
    return found if isinstance(found, dict) else {}


def _breakable(match: re.Match[str]) -> str:
    word = match[0]
    return "\u200b".join(word[start : start + _PIECE] for start in range(0, len(word), _PIECE))


@cache
def _names(view: type[Any]) -> tuple[str, ...]:
    """Return the names of what a view of this type holds."""
    kinds = (name for name in ("kind", "template") if hasattr(view, name))
    return (*(field.name for field in fields(view)), *kinds)
