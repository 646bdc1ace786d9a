"""The one YAML loader, restricted: it reads text, lists and mappings, never objects, and never much.

Size and depth are limited before anything is built (a C loader was seen to crash, the pure one to exhaust
the stack). Scalars stay as written: `007` is `007`, `no` is `no`.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple, TypeAlias

import yaml

from packc.diagnostics import Rule, Sink
from packc.diagnostics.rules.frontmatter import (
    BrokenYaml,
    DuplicateKey,
    ForbiddenYaml,
    UnquotedColon,
    WrongValue,
    YamlTooLarge,
)
from packc.limits import LIMITS, Limits
from packc.source import SourceFile, Span


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


def load(source: SourceFile, start: int, end: int, sink: Sink, limits: Limits = LIMITS) -> Mapping | None:
    """Return the mapping that the text from `start` to `end` holds; None, with a report, if it holds none.

    Empty text is an empty mapping. Never raises.
    """
    return _Loader(source, start, end, sink, limits).load()


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


class _Refused(Exception):
    def __init__(self, rule: Rule, span: Span) -> None:
        super().__init__(rule.message())
        self.rule = rule
        self.span = span


class _Loader:
    def __init__(self, source: SourceFile, start: int, end: int, sink: Sink, limits: Limits) -> None:
        self._source = source
        self._start = start
        self._end = end
        self._sink = sink
        self._limits = limits

    def load(self) -> Mapping | None:
        try:
            if self._end - self._start > self._limits.yaml_characters:
                rule = YamlTooLarge("characters", self._limits.yaml_characters)
                raise _Refused(rule, self._source.span(self._start, self._start + 3))
            events = self._events(self._source.text[self._start : self._end])
            value = self._document(events)
        except _Refused as refused:
            self._sink.report(refused.rule, refused.span)
            return None
        except yaml.MarkedYAMLError as error:
            self._report(error)
            return None
        except yaml.YAMLError as error:  # a character that YAML does not allow
            self._sink.report(
                BrokenYaml(str(error).split("\n")[0]), self._source.span(self._start, self._start)
            )
            return None
        if value is None:
            return Mapping({}, {}, self._source.span(self._start, self._start))
        if not isinstance(value, Mapping):
            self._sink.report(BrokenYaml("it must be `key: value` lines"), value.span)
            return None
        return value

    def _events(self, text: str) -> Iterator[yaml.Event]:
        """Yield YAML's flat stream of events, refusing depth, anchors, aliases and tags as they come."""
        depth = 0
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
                raise _Refused(ForbiddenYaml("anchors and aliases"), self._span(event, event))
            if getattr(event, "tag", None) is not None:
                raise _Refused(ForbiddenYaml("tags"), self._span(event, event))
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > self._limits.yaml_depth:
                    raise _Refused(YamlTooLarge("levels", self._limits.yaml_depth), self._span(event, event))
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            yield event

    def _document(self, events: Iterator[yaml.Event]) -> Value | None:
        """Return the value of the one document; None if there is none."""
        value: Value | None = None
        for event in events:
            if isinstance(event, yaml.NodeEvent):
                if value is not None:
                    raise _Refused(BrokenYaml("a second document begins here"), self._span(event, event))
                value = self._value(event, events)
        return value

    def _value(self, event: yaml.Event, events: Iterator[yaml.Event]) -> Value:
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(event.value, event.style is None, self._span(event, event))
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Value] = []
            while not isinstance(item := next(events), yaml.SequenceEndEvent):
                items.append(self._value(item, events))
            return Sequence(tuple(items), self._span(event, item))
        values: dict[str, Value] = {}
        keys: dict[str, Span] = {}
        while not isinstance(item := next(events), yaml.MappingEndEvent):
            key = self._value(item, events)
            if not isinstance(key, Scalar):
                raise _Refused(BrokenYaml("a key must be a single word"), key.span)
            value = self._value(next(events), events)
            if key.text in values:
                self._sink.report(DuplicateKey(key.text), key.span)
                continue
            values[key.text], keys[key.text] = value, key.span
        return Mapping(values, keys, self._span(event, item))

    def _span(self, first: yaml.Event, last: yaml.Event) -> Span:
        assert first.start_mark is not None  # only streams without a name lack marks
        assert last.end_mark is not None
        start, end = first.start_mark.index, last.end_mark.index
        return self._source.span(self._start + start, self._start + max(start, end))

    def _report(self, error: yaml.MarkedYAMLError) -> None:
        mark = error.problem_mark or error.context_mark
        offset = min(self._start + (mark.index if mark else 0), self._end)
        rule: Rule = BrokenYaml(str(error.problem or error.context or "it cannot be read"))
        if error.problem and error.problem.startswith("mapping values are not allowed"):
            rule = UnquotedColon()
        self._sink.report(rule, self._source.span(offset, min(offset + 1, self._end)))
