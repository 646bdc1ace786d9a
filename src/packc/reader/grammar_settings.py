"""The settings `labels:` and `fields:`, from YAML to a grammar."""

from __future__ import annotations

import re
from collections.abc import Iterable

from packc.ast.question import Side
from packc.diagnostics import Sink
from packc.diagnostics.rules.frontmatter import WrongValue
from packc.diagnostics.rules.settings import BadFieldKey, BadLabel, LabelTaken, UnknownSetting
from packc.near import nearest
from packc.reader.grammar import DIRECTION_MARKS, FieldKey, Grammar, OwnField
from packc.reader.labels import can_be_label
from packc.yamltext import Mapping, Scalar, Sequence, Value, flag_of, text_of

# What a project may add labels to: every field but one of its own, which has its labels with it.
LABELLED = tuple(key.value for key in FieldKey if key is not FieldKey.OWN)
FIELD_SETTINGS = ("labels", "side", "required")
OWN_KEY = r"[a-z][a-z0-9_-]{0,39}"


def with_labels(
    grammar: Grammar, value: Value | None, sink: Sink
) -> tuple[Grammar, dict[str, tuple[str, ...]]]:
    """Return the grammar with the labels of `labels:` added, and these labels by field; report faults."""
    added: dict[str, tuple[str, ...]] = {}
    mapping = mapping_of("labels", "a mapping from fields to labels, such as `solution: Lösung`", value, sink)
    for key, labels in mapping.values.items():
        if key not in LABELLED:
            near = nearest(key, LABELLED)
            sink.report(UnknownSetting(key, "labels", near, ", ".join(LABELLED)), mapping.keys[key])
            continue
        field = FieldKey(key)
        read = _labels(f"labels.{key}", labels, sink)
        free = [label for label in read if _is_free(label, grammar, field.value, sink)]
        for label in free:
            grammar = grammar.with_label(label.text, field)
        added[key] = tuple(label.text for label in free)
    return grammar, added


def with_fields(grammar: Grammar, value: Value | None, sink: Sink) -> Grammar:
    """Return the grammar with the own fields of `fields:`; report faults."""
    wanted = "a mapping from your fields' names to their labels, such as `level: Niveau`"
    mapping = mapping_of("fields", wanted, value, sink)
    for key, settings in mapping.values.items():
        if not re.fullmatch(OWN_KEY, key) or key in set(FieldKey):
            sink.report(BadFieldKey(key, "yes" if key in set(FieldKey) else ""), mapping.keys[key])
            continue
        field = _own_field(key, settings, grammar, sink)
        if field is not None:
            grammar = grammar.with_field(field)
    return grammar


def mapping_of(key: str, wanted: str, value: Value | None, sink: Sink) -> Mapping:
    """Return the mapping that `key` holds; an empty one, with a report, if it holds something else."""
    if isinstance(value, Mapping):
        return value
    if value is not None and not (isinstance(value, Scalar) and value.empty):
        sink.report(WrongValue(key, wanted), value.span)
    return Mapping({}, {}, value.span) if value is not None else Mapping.nothing()


def _own_field(key: str, value: Value, grammar: Grammar, sink: Sink) -> OwnField | None:
    no_label = isinstance(value, Scalar) and value.empty
    settings: dict[str, Value] = {} if no_label else {"labels": value}
    if isinstance(value, Mapping):
        settings = value.values
        for name, place in value.keys.items():
            if name not in FIELD_SETTINGS:
                near = nearest(name, FIELD_SETTINGS)
                sink.report(UnknownSetting(name, f"fields.{key}", near, ", ".join(FIELD_SETTINGS)), place)
    words = key.replace("_", " ").replace("-", " ").capitalize()
    written = settings.get("labels", Scalar(words, True, value.span))
    read = _labels(f"fields.{key}", written, sink)
    labels = [label.text for label in read if _is_free(label, grammar, key, sink)]
    side = text_of("side", settings.get("side"), sink) or Side.BACK.value
    if side not in set(Side):
        sink.report(WrongValue("side", "`front`, `back` or `graders`"), settings["side"].span)
        return None
    required = flag_of("required", settings.get("required"), sink)
    return OwnField(key, tuple(labels), Side(side), required) if labels else None


def _labels(key: str, value: Value | None, sink: Sink) -> Iterable[Scalar]:
    """Yield the labels of `key`, one text or a list; what cannot be a label is reported."""
    items = value.items if isinstance(value, Sequence) else () if value is None else (value,)
    for item in items:
        if not isinstance(item, Scalar):
            sink.report(WrongValue(key, "a label or a list of labels"), item.span)
        elif not can_be_label(item.text.strip(f" {DIRECTION_MARKS}")):
            sink.report(BadLabel(item.text), item.span)
        else:
            yield item._replace(text=item.text.strip(f" {DIRECTION_MARKS}"))


def _is_free(label: Scalar, grammar: Grammar, key: str, sink: Sink) -> bool:
    owner = grammar.owner(label.text)
    if owner and owner != key:
        sink.report(LabelTaken(label.text, owner), label.span)
    return owner in ("", key)
