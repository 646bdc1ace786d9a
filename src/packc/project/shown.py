"""A project's settings as `packc config` shows them: each with its value, and where that comes from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from packc.backends.registry import infos
from packc.named import NamedTuple
from packc.project.keys import FILE_NAME, KEYS, LEVELS
from packc.project.options import FLAG
from packc.project.settings import Project
from packc.source import SourceMap
from packc.yamltext import Shape

Shown: TypeAlias = str | int | bool | list[str] | dict[str, object]


class Setting(NamedTuple):
    """One setting. `origin` is `default`, `packc.yaml`, `environment` or `command line`.

    `place` says where there: `packc.yaml:3`, `PACKC_OUT`, `--out`; nothing for a default.
    """

    key: str
    value: Shown
    origin: str = "default"
    place: str = ""


def settings(project: Project, sources: SourceMap) -> Iterator[Setting]:
    """Yield every setting of `project`, those inside a mapping as `limits.nesting`."""
    for key, value in _values(project):
        span = project.places.get(key)
        if span is None:
            yield Setting(key, value)
            continue
        source = sources[span.file]
        if source.name == FILE_NAME:
            yield Setting(key, value, FILE_NAME, f"{FILE_NAME}:{source.place(span.start).line}")
        elif source.name == FLAG:
            yield Setting(key, value, "command line", FLAG)
        else:
            yield Setting(key, value, "environment", source.name)


def _values(project: Project) -> Iterator[tuple[str, Shown]]:
    for key in KEYS.values():
        if key.shape is not Shape.MAPPING:
            value = getattr(project, key.name)
            yield key.name, list(value) if isinstance(value, tuple) else value
    for name, labels in project.labels.items():
        yield f"labels.{name}", list(labels)
    for field in project.grammar.fields:
        about: dict[str, object] = {"labels": list(field.labels), "side": field.side.value}
        yield f"fields.{field.key}", {**about, "required": field.required}
    words = {level: word for word, level in LEVELS.items()}
    for code, level in project.rules.items():
        yield f"rules.{code}", words[level]
    for name, limit in project.limits._asdict().items():
        yield f"limits.{name}", limit
    for target, info in infos().items():
        for option in info.options:
            given = project.options_of(target).get(option)
            yield f"{target}.{option.name}", list(given) if isinstance(given, tuple) else given
