"""The options of targets: from packc.yaml and the command line to values that are checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from packc.backends.options import Option, Options, OptionValue
from packc.backends.registry import infos
from packc.diagnostics import Sink
from packc.diagnostics.rules.frontmatter import WrongValue
from packc.diagnostics.rules.project import UnknownTarget
from packc.diagnostics.rules.settings import BadOption, UnknownSetting
from packc.named import NamedTuple
from packc.near import nearest
from packc.reader.grammar_settings import mapping_of
from packc.source import SourceMap, Span
from packc.yamltext import Scalar, Value, flag_of, text_of, texts_of

FLAG = "-O"
_DIGITS = 10  # of the largest number that an option takes


class Given(NamedTuple):
    """One option as somebody wrote it."""

    target: str
    name: str
    value: Value
    place: Span  # of its name


def given_options(texts: Iterable[str], sources: SourceMap, sink: Sink) -> list[Given]:
    """Return what `-O TARGET.KEY=VALUE` says, each a source of its own so that a fault has a place."""
    found: list[Given] = []
    for text in texts:
        source = sources.add_text(text, FLAG)
        head, equals, value = source.text.partition("=")
        target, dot, name = head.partition(".")
        if not (target and dot and name and equals):
            sink.report(BadOption(text), source.span(0, len(source.text)))
            continue
        place = source.span(0, len(head))
        scalar = Scalar(value, plain=True, span=source.span(len(head) + 1, len(source.text)))
        if target in infos():
            found.append(Given(target, name, scalar, place))
        else:
            sink.report(UnknownTarget(target, nearest(target, infos()), ", ".join(infos())), place)
    return found


def read_options(
    written: Mapping[str, Value], given: Iterable[Given], sink: Sink
) -> tuple[dict[str, Options], dict[str, Span]]:
    """Return the options of each target that has some, and where each was written, as `target.key`.

    `written` is packc.yaml, whose keys may be targets; what the command line gives goes before it.
    """
    found: dict[str, dict[str, OptionValue]] = {}
    places: dict[str, Span] = {}
    for target, info in infos().items():
        known = {option.name: option for option in info.options}
        wanted = f"a mapping from the options of `{target}` to their values"
        mapping = mapping_of(target, wanted, written.get(target), sink)
        ours = [Given(target, name, value, mapping.keys[name]) for name, value in mapping.values.items()]
        for each in (*ours, *(one for one in given if one.target == target)):
            option = known.get(each.name)
            if option is None:
                names = ", ".join(known) or "none"
                sink.report(UnknownSetting(each.name, target, nearest(each.name, known), names), each.place)
                continue
            value = _value(f"{target}.{each.name}", option, each.value, sink)
            if value is not None:
                found.setdefault(target, {})[each.name] = value
                places[f"{target}.{each.name}"] = each.place
    return {target: Options(values) for target, values in found.items()}, places


def _value(key: str, option: Option[Any], value: Value, sink: Sink) -> OptionValue | None:
    """Return what `value` says, None with a report if `option` cannot be that."""
    default = option.default
    if isinstance(default, bool):
        return flag_of(key, value, sink)
    if isinstance(default, tuple):
        texts = texts_of(key, value, sink)
        names = [name.strip() for text in texts for name in text.split(",") if name.strip()]
        right = names and all(_fits(option, name) for name in names)
        if right:
            return tuple(dict.fromkeys(names))
    else:
        text = text_of(key, value, sink)
        if isinstance(default, int):
            if text.isascii() and text.isdigit() and len(text) <= _DIGITS and int(text) >= option.least:
                return int(text)
        elif text and _fits(option, text):
            return text
    sink.report(WrongValue(key, option.wanted), value.span)
    return None


def _fits(option: Option[Any], text: str) -> bool:
    if option.choices:
        return text in option.choices
    return not option.pattern or re.fullmatch(option.pattern, text) is not None
