"""`packc targets`: what there is, and what each target can carry."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click

from packc.backends import registry
from packc.backends.base import Backend, Capabilities, Capability, Feature, Level, value_losses
from packc.backends.options import Option
from packc.cli import options
from packc.cli.console import Console
from packc.cli.exits import Exit
from packc.diagnostics.show import json as as_json

_WIDTH = 80
_WORDS = {Level.KEPT: "yes", Level.DEGRADED: "part", Level.DROPPED: "no"}
_FIRST = max(map(len, Feature)) + 2  # the column of the features


@click.command("targets")
@click.option("--json", "json_wanted", is_flag=True, help="Write one JSON document.")
@options.traceback
def command(json_wanted: bool) -> int:
    """List the targets and what each can carry.

    What a target keeps only in part or not at all is reported as a loss, with its place, whenever a pack
    that uses it is checked or built; what it loses for some values only stands below, as "some".
    """
    backends = {name: registry.load(name) for name in registry.infos()}
    text = as_json.render(_document(backends)) if json_wanted else _text(backends)
    Console().data(text)
    return Exit.OK


def _text(backends: Mapping[str, Backend]) -> str:
    names = list(backends)
    matrix = {name: backend.capabilities() for name, backend in backends.items()}
    column = max(map(len, (*names, *_WORDS.values()))) + 2
    per_table = max(1, (_WIDTH - _FIRST) // column)
    lines: list[str] = []
    for start in range(0, len(names), per_table):
        lines += [*_table(names[start : start + per_table], matrix, column), ""]
    for backend in backends.values():
        lines += [*_details(backend), ""]
    return "\n".join(lines)


def _table(names: Sequence[str], matrix: Mapping[str, Capabilities], column: int) -> Iterator[str]:
    yield (" " * _FIRST + "".join(f"{name:<{column}}" for name in names)).rstrip()
    for feature in Feature:
        words = [_WORDS[matrix[name][feature].level] for name in names]
        yield (f"{feature:<{_FIRST}}" + "".join(f"{word:<{column}}" for word in words)).rstrip()


def _details(backend: Backend) -> Iterator[str]:
    """Yield what the `part` and `no` of one target mean, and what it loses for some values only.

    Features with one fate share a line.
    """
    info, capabilities = backend.info, backend.capabilities()
    yield f"{info.name}: {info.title} ({info.suffix})"
    for option in info.options:
        yield from _wrapped(f"-O {info.name}.{option.name}", _about(option))
    groups: dict[Capability, list[str]] = {}
    for feature in Feature:
        groups.setdefault(capabilities[feature], []).append(feature)
    for level in (Level.DROPPED, Level.DEGRADED):
        for capability, features in groups.items():
            if capability.level is level:
                text = ", ".join(features) + (f": {capability.how}" if capability.how else "")
                yield from _wrapped(f"{_WORDS[level]:<4}", text)
    for loss in value_losses(backend):
        yield from _wrapped("some", f"{loss.what}: {loss.how}")


def _about(option: Option[Any]) -> str:
    default = option.default
    shown = ",".join(default) if isinstance(default, tuple) else str(default)
    shown = shown.lower() if isinstance(default, bool) else shown
    choices = f": {', '.join(option.choices)}" if option.choices else ""
    return f"{option.about}{choices} [{shown or 'none'}]"


def _wrapped(head: str, text: str) -> Iterator[str]:
    head = f"  {head}  "
    yield from textwrap.wrap(text, _WIDTH, initial_indent=head, subsequent_indent=" " * 8)


def _document(backends: Mapping[str, Backend]) -> dict[str, Any]:
    return {
        "version": as_json.VERSION,
        "targets": [
            {
                "name": backend.info.name,
                "title": backend.info.title,
                "suffix": backend.info.suffix,
                "options": [option._asdict() for option in backend.info.options],
                "features": {
                    feature.value: {"level": capability.level.value, "how": capability.how}
                    for feature, capability in backend.capabilities().items()
                },
                "values": [
                    {"what": loss.what, "level": loss.level.value, "how": loss.how}
                    for loss in value_losses(backend)
                ],
            }
            for backend in backends.values()
        ],
    }
