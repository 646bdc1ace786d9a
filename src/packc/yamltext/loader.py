"""Any YAML that packc allows, read with PyYAML, the only user of it.

Size and depth are limited before anything is built (a C loader was seen to crash, the pure one to exhaust
the stack).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from packc.diagnostics import Fix, Rule, Sink
from packc.diagnostics.rules.frontmatter import (
    BrokenYaml,
    DuplicateKey,
    ForbiddenYaml,
    UnquotedColon,
    YamlTooLarge,
)
from packc.limits import Limits
from packc.source import SourceFile, Span
from packc.yamltext.values import Mapping, Scalar, Sequence, Value

# A key with a plain value behind it. A pattern as text: `re` compiles it when a value first needs it.
_VALUE = r"(\s*[A-Za-z_]+:\s+)([^\s\"'#\[{>|&*!%@`][^#]*)$"


class _Refused(Exception):
    def __init__(self, rule: Rule, span: Span) -> None:
        super().__init__(rule.message())
        self.rule = rule
        self.span = span


class Loader:
    """Reads one document."""

    def __init__(self, source: SourceFile, start: int, end: int, sink: Sink, limits: Limits) -> None:
        self._source = source
        self._start = start
        self._end = end
        self._sink = sink
        self._limits = limits

    def load(self) -> Mapping | None:
        """Return the mapping that the text holds; None, with a report, if it holds none. Never raises."""
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
        fix = None
        if error.problem and error.problem.startswith("mapping values are not allowed"):
            rule = UnquotedColon()
            fix = self._quoted(offset)
        self._sink.report(rule, self._source.span(offset, min(offset + 1, self._end)), fix=fix)

    def _quoted(self, offset: int) -> Fix | None:
        """Return the fix that puts quotes around the one value of the line that holds `offset`."""
        number = self._source.line_of(offset)
        line = self._source.line_text(number).rstrip()
        found = re.match(_VALUE, line)
        if found is None:
            return None
        start = self._source.line_starts[number]
        place = self._source.span(start + found.start(2), start + found.end(2))
        text = found[2].replace("\\", "\\\\").replace('"', '\\"')
        return Fix.replacing(place, f'"{text}"', "put the value between quotes")
