"""The one YAML loader, restricted: it reads text, lists and mappings, never objects, and never much.

Size and depth are limited before anything is built (a C loader was seen to crash, the pure one to exhaust
the stack). Scalars stay as written: `007` is `007`, `no` is `no`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import yaml

from packc.diagnostics import Rule, Sink
from packc.diagnostics.rules.source import (
    BrokenYaml,
    DuplicateKey,
    ForbiddenYaml,
    UnquotedColon,
    YamlTooLarge,
)
from packc.limits import LIMITS
from packc.source import SourceFile, Span


@dataclass(frozen=True, slots=True)
class Scalar:
    """A value as written; `plain` is false when it stood between quotes."""

    text: str
    plain: bool
    span: Span

    @property
    def empty(self) -> bool:
        """Whether this is YAML's null: nothing, `~` or `null` without quotes."""
        return self.plain and self.text in ("", "~", "null", "Null", "NULL")


@dataclass(frozen=True, slots=True)
class Sequence:
    items: tuple[Value, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys in source order; `keys` has their places."""

    values: dict[str, Value]
    keys: dict[str, Span]
    span: Span


Value: TypeAlias = Scalar | Sequence | Mapping


def load(source: SourceFile, start: int, end: int, sink: Sink) -> Mapping | None:
    """Return the mapping that the text from `start` to `end` holds; None, with a report, if it holds none.

    Empty text is an empty mapping. Never raises.
    """
    return _Loader(source, start, end, sink).load()


class _Refused(Exception):
    def __init__(self, rule: Rule, span: Span) -> None:
        super().__init__(rule.message())
        self.rule = rule
        self.span = span


class _Loader:
    def __init__(self, source: SourceFile, start: int, end: int, sink: Sink) -> None:
        self._source = source
        self._start = start
        self._end = end
        self._sink = sink

    def load(self) -> Mapping | None:
        try:
            if self._end - self._start > LIMITS.yaml_characters:
                rule = YamlTooLarge("characters", LIMITS.yaml_characters)
                raise _Refused(rule, self._source.span(self._start, self._start + 3))
            text = self._source.text[self._start : self._end]
            self._check_events(text)
            node = yaml.compose(text, Loader=yaml.SafeLoader)
            if node is None:
                return Mapping({}, {}, self._source.span(self._start, self._start))
            value = self._value(node)
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
        if not isinstance(value, Mapping):
            self._sink.report(BrokenYaml("it must be `key: value` lines"), value.span)
            return None
        return value

    def _check_events(self, text: str) -> None:
        """Refuse depth, anchors, aliases and tags while YAML is still a flat stream of events."""
        depth = 0
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            if isinstance(event, yaml.AliasEvent):
                raise _Refused(ForbiddenYaml("aliases"), self._span(event))
            if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
                raise _Refused(ForbiddenYaml("anchors"), self._span(event))
            if getattr(event, "tag", None) is not None:
                raise _Refused(ForbiddenYaml("tags"), self._span(event))
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > LIMITS.yaml_depth:
                    raise _Refused(YamlTooLarge("levels", LIMITS.yaml_depth), self._span(event))
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1

    def _value(self, node: yaml.Node) -> Value:
        span = self._span(node)
        if isinstance(node, yaml.ScalarNode):
            return Scalar(str(node.value), node.style is None, span)
        if isinstance(node, yaml.SequenceNode):
            return Sequence(tuple(self._value(child) for child in node.value), span)
        values: dict[str, Value] = {}
        keys: dict[str, Span] = {}
        for key_node, value_node in node.value:
            key = self._value(key_node)
            if not isinstance(key, Scalar):
                raise _Refused(BrokenYaml("a key must be a single word"), key.span)
            if key.text in values:
                self._sink.report(DuplicateKey(key.text), key.span)
                continue
            values[key.text] = self._value(value_node)
            keys[key.text] = key.span
        return Mapping(values, keys, span)

    def _span(self, marked: yaml.Node | yaml.Event) -> Span:
        assert marked.start_mark is not None  # only streams without a name lack marks
        assert marked.end_mark is not None
        start, end = marked.start_mark.index, marked.end_mark.index
        return self._source.span(self._start + start, self._start + max(start, end))

    def _report(self, error: yaml.MarkedYAMLError) -> None:
        mark = error.problem_mark or error.context_mark
        offset = min(self._start + (mark.index if mark else 0), self._end)
        rule: Rule = BrokenYaml(str(error.problem or error.context or "it cannot be read"))
        if error.problem and error.problem.startswith("mapping values are not allowed"):
            rule = UnquotedColon()
        self._sink.report(rule, self._source.span(offset, min(offset + 1, self._end)))
