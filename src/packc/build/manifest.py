"""`manifest.json`: what packc wrote into an output folder, and so what it may remove from it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from json.encoder import encode_basestring_ascii as text
from pathlib import Path
from typing import Any

from packc.build.fault import PublishFault, from_os_error
from packc.build.output import Published

NAME = "manifest.json"
_FORMAT = "packc manifest"
_VERSION = 1


def read(out: Path) -> tuple[Published, ...]:
    """Return what the manifest in `out` lists; nothing if there is none.

    Raises PublishFault for a file of that name that packc did not write, or that somebody has damaged:
    it is never overwritten, and nothing is removed on its word.
    """
    path = out / NAME
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise from_os_error(error, path) from error
    try:
        return _parse(json.loads(data))
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise PublishFault(
            f"{path} is not a manifest that packc wrote, or it was damaged",
            "move it away and build again (packc writes a new one), or choose another folder with `--out`",
        ) from error


def render(entries: Iterable[Published]) -> bytes:
    """Return the manifest of `entries`: the same bytes for the same entries in any order."""
    ordered = sorted(entries, key=lambda entry: (entry.pack, entry.target, entry.path))
    # Not by `json.dumps`, which takes its slow way to indent: there are thousands of entries.
    items = [f"{each}," for each in map(_as_json, ordered)]
    head = f'{{\n  "format": "{_FORMAT}",\n  "version": {_VERSION},\n  "artefacts": ['
    if items:
        items[-1] = f"{items[-1][:-1]}\n  "
    return "".join((head, *items, "]\n}\n")).encode("ascii")


def _as_json(entry: Published) -> str:
    return (
        f'\n    {{\n      "file": {text(entry.path)},\n      "target": {text(entry.target)},'
        f'\n      "pack": {text(entry.pack)},\n      "questions": {entry.questions},'
        f'\n      "size": {entry.size},\n      "sha256": {text(entry.sha256)}\n    }}'
    )


def _parse(document: Mapping[str, Any]) -> tuple[Published, ...]:
    if document["format"] != _FORMAT or document["version"] != _VERSION:
        raise ValueError("another format or version")
    return tuple(_entry(fields) for fields in document["artefacts"])


def _entry(fields: Mapping[str, Any]) -> Published:
    entry = Published(
        target=_typed(fields["target"], str),
        pack=_typed(fields["pack"], str),
        questions=_typed(fields["questions"], int),
        path=_typed(fields["file"], str),
        size=_typed(fields["size"], int),
        sha256=_typed(fields["sha256"], str),
    )
    if not is_inside(entry.path):
        raise ValueError(entry.path)
    return entry


def _typed(value: Any, wanted: type[Any]) -> Any:
    if type(value) is not wanted:
        raise TypeError(f"{value!r} is no {wanted.__name__}")
    return value


def is_inside(path: str) -> bool:
    """Tell whether `path` names a file in a sub-folder of the output folder and cannot leave it."""
    framed = f"/{path}/"
    unsafe = "//" in framed or "/./" in framed or "/../" in framed or "/.packc-" in framed
    return "/" in path and not unsafe and not any(mark in path for mark in "\\:\0")
