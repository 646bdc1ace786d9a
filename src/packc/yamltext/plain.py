"""The plainest YAML, read line by line: `key: text`, `key: [text, text]` and a mapping of such below a key.

PyYAML takes longer to import, and then to read ten lines, than the pack below them takes. What is not exactly
of this form is left to it.
"""

from __future__ import annotations

from packc.named import NamedTuple
from packc.source import SourceFile, Span
from packc.yamltext.values import Mapping, Scalar, Sequence, Value

_LIVE_IN_LIST = frozenset("[]{}:#?\"'&*!|>%@`,")  # in a list between brackets, these may mean something


class _Line(NamedTuple):
    """A line with something on it: how far it is indented, its text without that, and where that stands."""

    indent: int
    text: str
    offset: int


def read_plain(source: SourceFile, start: int, end: int) -> Mapping | None:
    """Return the mapping that the text from `start` to `end` holds, or None if it may be more than plain."""
    lines = []
    offset = start
    for line in source.text[start:end].split("\n"):
        if not line.isprintable():
            return None
        text = line.lstrip(" ")
        if text and text[0] != "#":
            lines.append(_Line(len(line) - len(text), text, offset + len(line) - len(text)))
        offset += len(line) + 1
    if not lines:
        return Mapping({}, {}, source.span(start, start))
    lines.append(_Line(-1, "", end))
    found = _mapping(source, lines, 0, 0)
    return found[0] if found and found[1] == len(lines) - 1 else None


def _mapping(source: SourceFile, lines: list[_Line], index: int, indent: int) -> tuple[Mapping, int] | None:
    """Return the mapping whose first key is line `index`, and the line after it."""
    values: dict[str, Value] = {}
    keys: dict[str, Span] = {}
    start = lines[index].offset
    while lines[index].indent == indent:
        line = lines[index]
        key, colon, rest = line.text.partition(":")
        if not colon or key in values or not _is_key(key):
            return None
        keys[key] = source.span(line.offset, line.offset + len(key))
        index += 1
        if rest.strip(" "):
            value = _value(source, rest, line.offset + len(key) + 1)
        elif lines[index].indent > indent == 0:
            inner = _mapping(source, lines, index, lines[index].indent)
            value, index = inner or (None, index)
        else:
            value = None
        if value is None:
            return None
        values[key] = value
    if lines[index].indent > indent:
        return None
    return Mapping(values, keys, source.span(start, lines[index].offset)), index


def _is_key(key: str) -> bool:
    return key[:1].isalpha() and key.isascii() and key.replace("_", "").replace("-", "").isalnum()


def _value(source: SourceFile, rest: str, offset: int) -> Value | None:
    """Return what stands behind a colon at `offset`."""
    if rest[0] != " ":
        return None
    written = rest.strip(" ")
    offset += len(rest) - len(rest.lstrip(" "))
    place = source.span(offset, offset + len(written))
    quote = written[0]
    if quote in "\"'":
        inside = written[1:-1]
        closed = len(written) > 1 and written[-1] == quote and quote not in inside and "\\" not in inside
        return Scalar(inside, False, place) if closed else None
    if quote == "[":
        return _list(source, written, offset)
    return Scalar(written, True, place) if _is_plain(written) else None


def _is_plain(text: str) -> bool:
    return text[0].isalnum() and ": " not in text and " #" not in text and not text.endswith(":")


def _list(source: SourceFile, written: str, offset: int) -> Sequence | None:
    if written[-1] != "]":
        return None
    items = []
    start = offset + 1
    for part in written[1:-1].split(","):
        text = part.strip(" ")
        if not text or not text[0].isalnum() or not _LIVE_IN_LIST.isdisjoint(text):
            return None
        first = start + len(part) - len(part.lstrip(" "))
        items.append(Scalar(text, True, source.span(first, first + len(text))))
        start += len(part) + 1
    return Sequence(tuple(items), source.span(offset, offset + len(written)))
