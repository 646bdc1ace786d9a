"""What YAML text is read to: texts, lists and mappings, each with its place."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeAlias

from packc.diagnostics import Sink
from packc.diagnostics.rules.frontmatter import WrongValue
from packc.named import NamedTuple
from packc.source import Span


class Shape(StrEnum):
    """What a setting holds."""

    TEXT = "text"
    TEXTS = "texts"  # a list; one text stands for a list of one
    FLAG = "flag"  # `true` or `false`
    FOLDER = "folder"  # of the project
    MAPPING = "mapping"


class Key(NamedTuple):
    """A setting: its name, what it holds, and what it is for, in one line."""

    name: str
    shape: Shape
    about: str


class Scalar(NamedTuple):
    """A value as written; `plain` is false when it stood between quotes."""

    text: str
    plain: bool
    span: Span

    @property
    def empty(self) -> bool:
        """Whether this is YAML's null: nothing, `~` or `null` without quotes."""
        return self.plain and self.text in ("", "~", "null", "Null", "NULL")


class Sequence(NamedTuple):
    items: tuple[Value, ...]
    span: Span


class Mapping(NamedTuple):
    """Keys in source order; `keys` has their places."""

    values: dict[str, Value]
    keys: dict[str, Span]
    span: Span

    @classmethod
    def nothing(cls) -> Mapping:
        """Return the mapping that stands for a setting nobody wrote."""
        return cls({}, {}, Span(0, 0, 0))


Value: TypeAlias = Scalar | Sequence | Mapping


def scalar_of(key: str, value: Value | None, sink: Sink) -> Scalar | None:
    """Return the value of `key` if it is a single text; None, with a report, if it is not."""
    if value is None or (isinstance(value, Scalar) and value.empty):
        return None
    if isinstance(value, Scalar):
        return value
    sink.report(WrongValue(key, "a single text"), value.span)
    return None


def text_of(key: str, value: Value | None, sink: Sink) -> str:
    """Return the text of `key` without white space around it, or ''."""
    scalar = scalar_of(key, value, sink)
    return scalar.text.strip() if scalar else ""


def texts_of(key: str, value: Value | None, sink: Sink) -> dict[str, Span]:
    """Return the texts of `key`, each once, with their places; a single text stands for a list of one."""
    items = value.items if isinstance(value, Sequence) else (value,)
    found: dict[str, Span] = {}
    for item in items:
        scalar = scalar_of(key, item, sink)
        if scalar and scalar.text.strip():
            found.setdefault(scalar.text.strip(), scalar.span)
    return found


def flag_of(key: str, value: Value | None, sink: Sink) -> bool:
    """Return whether `key` holds `true`; anything but YAML 1.2's `true` and `false` is reported."""
    scalar = scalar_of(key, value, sink)
    if scalar is None:
        return False
    if not scalar.plain or scalar.text not in ("true", "True", "TRUE", "false", "False", "FALSE"):
        sink.report(WrongValue(key, "`true` or `false`"), scalar.span)
    return scalar.plain and scalar.text.lower() == "true"
