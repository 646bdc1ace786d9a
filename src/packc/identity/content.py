"""What of a question counts as its content: the hash that tells whether learners have it as it is today.

It covers what the author wrote of the question, with what it inherits from its pack, and the bytes of its
images. Its id, place, section and file do not count, nor do line ends inside a paragraph, the names of image
files, or how a target shows it. Classes of the AST go in by name, and only the fields that are not at their
default, so that a new field changes no hash.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from decimal import Decimal
from enum import Enum
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from packc.ast.node import Node
from packc.ast.pack import Pack
from packc.ast.question import Question, QuestionBase
from packc.ast.richtext import Blocks, Image, Link, SoftBreak, Text
from packc.media import Media
from packc.named import NamedTuple
from packc.render.html import resolve_link

_DIGITS = 32  # of the hash, in hexadecimal: 128 bits
_NO_CONTENT = frozenset({"id", "aliases", "tags"})  # of a question: its tags come with those of its pack

_members: dict[type[Node], tuple[tuple[str, Any], ...]] = {}


class Content(NamedTuple):
    """A question with all that its content depends on. `stimulus` is the shared text that it is about."""

    question: Question
    pack: Pack
    stimulus: Blocks
    media: Mapping[str, Media]


def content_hash(content: Content, version: int = 0) -> str:
    """Return `<version>:<hexadecimal digits>`, by default in the newest version.

    Raises KeyError for an image that `media` lacks, and for a version that this packc does not know.
    """
    version = version or NEWEST
    return f"{version}:{HASHES[version](content)}"


def _first(content: Content) -> str:
    """The first version."""
    pack, question = content.pack, content.question
    encoder = _Encoder(content.media, pack.meta.source_url)
    encoder.add(("lang", pack.meta.lang, pack.meta.direction))
    encoder.add(tuple(sorted({*pack.meta.tags, *question.tags})))
    encoder.add(pack.meta.title_on_front and bool(question.title))
    encoder.add(content.stimulus)
    encoder.add(question)
    return sha256("".join(encoder.parts).encode("utf-8")).hexdigest()[:_DIGITS]


HASHES: Mapping[int, Callable[[Content], str]] = MappingProxyType({1: _first})
"""Every version that a ledger may name. None is ever changed: learners' tags hang on it."""

NEWEST = max(HASHES)


class _Encoder:
    """Values as one text: equal values give equal texts, and others never do."""

    def __init__(self, media: Mapping[str, Media], source_url: str) -> None:
        self.media = media
        self.source_url = source_url
        self.parts: list[str] = []

    def add(self, value: object) -> None:
        match value:
            case str():
                self.parts.append(f"{len(value)}:{value}")
            case tuple():
                self.sequence(value)
            case Image():
                self.node(value, src=self.media[value.src].digest)
            case Link():
                self.node(value, href=resolve_link(value.href, self.source_url) or value.href)
            case Node():
                self.node(value)
            case bool() | int() | None:
                self.parts.append(f"={value};")
            case Decimal():
                self.parts.append(f"={value.normalize():f};")
            case _:
                raise TypeError(f"a {type(value).__name__} has no place in a question")

    def sequence(self, values: tuple[Any, ...]) -> None:
        """Add a tuple; in a text, a line end is a space."""
        self.parts.append("[")
        text = ""
        for value in values:
            if type(value) is Text:
                text += value.text
            elif type(value) is SoftBreak:
                text += " "
            else:
                if text:
                    self.add(text)
                    text = ""
                self.add(value)
        if text:
            self.add(text)
        self.parts.append("]")

    def node(self, node: Node, **instead: str) -> None:
        """Add a node; `instead` has the values that count in place of some of its own."""
        self.parts.append(f"({type(node).__name__}")
        for name, default in _fields(type(node)):
            value = getattr(node, name)
            if value is not default and value != default:
                self.parts.append(f",{name}")
                value = instead.get(name, value)
                self.add(value.value if isinstance(value, Enum) else value)
        self.parts.append(")")


def _fields(cls: type[Node]) -> tuple[tuple[str, Any], ...]:
    """Return the fields that count, with their defaults."""
    if cls not in _members:
        unwanted = _NO_CONTENT if issubclass(cls, QuestionBase) else frozenset()
        _members[cls] = tuple(
            (each.name, each.default) for each in fields(cls) if each.compare and each.name not in unwanted
        )
    return _members[cls]
