"""The values of meta fields: `**Points:** 2`, `**Time:** 5 min`, `**Words:** 100–200`."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from packc.ast.kinds import Kind
from packc.ast.richtext import Para
from packc.diagnostics import Fix, Sink
from packc.diagnostics.rules.kinds import MetaValue, UnknownType
from packc.named import NamedTuple
from packc.near import nearest
from packc.reader.fields import Field, Fields
from packc.reader.grammar import META, FieldKey
from packc.reader.headings import ID
from packc.render.plain import PLAIN
from packc.source import Span

TYPES = {kind.value: kind for kind in Kind} | {
    "open question": Kind.OPEN,
    "single": Kind.SINGLE,
    "multiple": Kind.MULTIPLE,
    "true false": Kind.TRUE_FALSE,
    "true-false": Kind.TRUE_FALSE,
    "short": Kind.SHORT,
    "number": Kind.NUMERIC,
    "numerical": Kind.NUMERIC,
    "match": Kind.MATCHING,
    "sort": Kind.CATEGORISING,
    "categorizing": Kind.CATEGORISING,
    "order": Kind.ORDERING,
}
_AMOUNT = r"[0-9]{1,6}(?:\.[0-9]{1,4})?"
_TIME = (
    rf"(?:(?P<h>{_AMOUNT})\s*h(?:ours?)?)?\s*(?:(?P<m>{_AMOUNT})(?:\s*min(?:utes?|s)?|(?=\s|$)))?"
    rf"\s*(?:(?P<s>{_AMOUNT})\s*s(?:ec(?:onds?|s)?)?)?"
)
_YES = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}
_MOST_LINES = 200  # more is no room for an answer but a slip


class Meta(NamedTuple):
    """What the meta fields of one question say."""

    aliases: tuple[str, ...]
    tags: tuple[str, ...]
    difficulty: str
    points: Decimal | None
    minutes: Decimal | None
    shuffle: bool | None
    lines: int | None
    words: tuple[int | None, int | None]


_NOTHING = Meta((), (), "", None, None, None, None, (None, None))


def read_type(fields: Fields, sink: Sink) -> Kind | None:
    """Return the kind that `Type` states."""
    field = fields.get(FieldKey.TYPE)
    if field is None:
        return None
    text = _text(field)
    kind = TYPES.get(" ".join(text.casefold().split()))
    if kind is None:
        near = nearest(text.casefold(), TYPES)
        right, place = TYPES[near].value if near else "", _place(field)
        fix = Fix.replacing(place, right, safe=False) if right and place else None
        sink.report(UnknownType(text, right), place, fix=fix)
    return kind


def read_meta(fields: Fields, sink: Sink) -> Meta:
    """Return what the meta fields say; a value that is none is reported, and counts as not written."""
    if META.isdisjoint(fields.one):  # as most questions are
        return _NOTHING
    return Meta(
        aliases=_aliases(fields, sink),
        tags=_names(fields, FieldKey.TAGS, sink, "names with commas between them"),
        difficulty=_difficulty(fields, sink),
        points=_number(
            fields,
            FieldKey.POINTS,
            rf"(?P<n>{_AMOUNT})(?:\s*(?:points?|pts?))?",
            "a number such as `2`",
            sink,
        ),
        minutes=_minutes(fields, sink),
        shuffle=_shuffle(fields, sink),
        lines=_lines(fields, sink),
        words=_words(fields, sink),
    )


def _text(field: Field) -> str:
    """Return the value as plain text, or '' if it is no text of one line."""
    body = field.body
    if len(body) != 1 or not isinstance(body[0], Para):
        return ""
    text = PLAIN.inlines(body[0].children).strip()
    return "" if "\n" in text else text


def _place(field: Field) -> Span | None:
    return field.body[0].span if field.body else None


def _refuse(field: Field, wanted: str, sink: Sink) -> None:
    sink.report(MetaValue(field.label, _text(field), wanted), _place(field))


def _match(fields: Fields, key: FieldKey, pattern: str, wanted: str, sink: Sink) -> re.Match[str] | None:
    field = fields.get(key)
    if field is None:
        return None
    found = re.fullmatch(pattern, _text(field), re.IGNORECASE)
    if found is None:
        _refuse(field, wanted, sink)
    return found


def _number(fields: Fields, key: FieldKey, pattern: str, wanted: str, sink: Sink) -> Decimal | None:
    found = _match(fields, key, pattern, wanted, sink)
    return Decimal(found["n"]) if found else None


def _names(fields: Fields, key: FieldKey, sink: Sink, wanted: str) -> tuple[str, ...]:
    field = fields.get(key)
    if field is None:
        return ()
    names = [name.strip() for name in _text(field).removesuffix(",").split(",")]
    if not all(names):
        _refuse(field, wanted, sink)
    return tuple(dict.fromkeys(name for name in names if name))


def _aliases(fields: Fields, sink: Sink) -> tuple[str, ...]:
    wanted = "ids with commas between them, such as `Q7, Q8`"
    names = _names(fields, FieldKey.ALIAS, sink, wanted)
    field = fields.get(FieldKey.ALIAS)
    if field and not all(ID.fullmatch(name) for name in names):
        _refuse(field, wanted, sink)
    return tuple(name for name in names if ID.fullmatch(name))


def _difficulty(fields: Fields, sink: Sink) -> str:
    field = fields.get(FieldKey.DIFFICULTY)
    if field is not None and not _text(field):
        _refuse(field, "a word such as `easy`", sink)
    return _text(field) if field else ""


def _minutes(fields: Fields, sink: Sink) -> Decimal | None:
    field = fields.get(FieldKey.TIME)
    if field is None:
        return None
    found = re.fullmatch(_TIME, _text(field), re.IGNORECASE)
    hours, minutes, seconds = (Decimal(found[name] or 0) for name in "hms") if found else (Decimal(0),) * 3
    total = hours * 60 + minutes + (seconds / 60).quantize(Decimal("0.01"), ROUND_HALF_UP)
    if not total:
        _refuse(field, "a time such as `2 min` or `90 s`", sink)
        return None
    return total.normalize() if total != total.to_integral() else Decimal(int(total))


def _shuffle(fields: Fields, sink: Sink) -> bool | None:
    field = fields.get(FieldKey.SHUFFLE)
    if field is None:
        return None
    value = _YES.get(_text(field).casefold())
    if value is None:
        _refuse(field, "`yes` or `no`", sink)
    return value


def _lines(fields: Fields, sink: Sink) -> int | None:
    wanted = f"a number from 1 to {_MOST_LINES}"
    found = _match(fields, FieldKey.LINES, r"(?P<n>[0-9]{1,6})(?:\s*lines?)?", wanted, sink)
    if found is None:
        return None
    count = int(found["n"])
    field = fields.get(FieldKey.LINES)
    if field and not 1 <= count <= _MOST_LINES:
        _refuse(field, wanted, sink)
        return None
    return count


def _words(fields: Fields, sink: Sink) -> tuple[int | None, int | None]:
    pattern = (
        r"(?:(?P<least>[0-9]{1,6})\s*(?:[-–—]|\.\.|to)\s*(?P<to>[0-9]{1,6})"
        r"|at least (?P<from>[0-9]{1,6})|(?:at most )?(?P<most>[0-9]{1,6}))(?:\s*words?)?"
    )
    wanted = "`100–200`, `at least 100` or `150`"
    found = _match(fields, FieldKey.WORDS, pattern, wanted, sink)
    if found is None:
        return None, None
    least = found["least"] or found["from"]
    most = found["to"] or found["most"]
    limits = (int(least) if least else None, int(most) if most else None)
    field = fields.get(FieldKey.WORDS)
    if field and ((limits[1] is not None and limits[1] < max(1, limits[0] or 0)) or limits[0] == 0):
        _refuse(field, wanted, sink)
        return None, None
    return limits
