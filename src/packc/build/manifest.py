"""`manifest.json`: what packc wrote into an output folder, and so what it may remove from it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from json.encoder import encode_basestring_ascii as text
from operator import attrgetter
from pathlib import Path
from typing import Any

from packc.build.fault import PublishFault, from_os_error
from packc.build.output import Published

NAME = "manifest.json"
_FORMAT = "packc manifest"
_VERSION = 1
_ORDER = attrgetter("pack", "target", "path")
_FEW = 32  # entries: to find more of them in a manifest takes as long as to write it anew


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
    # Not by `json.dumps`, which takes its slow way to indent: there are thousands of entries.
    items = list(map(_as_json, sorted(entries, key=_ORDER)))
    head = f'{{\n  "format": "{_FORMAT}",\n  "version": {_VERSION},\n  "artefacts": ['
    tail = "\n  ]\n}\n" if items else "]\n}\n"
    if items:
        items[0] = items[0][1:]  # the comma
    return "".join((head, *items, tail)).encode("ascii")


def revised(listing: bytes, before: Sequence[Published], now: Sequence[Published]) -> bytes | None:
    """Return what `render` makes of `now`, given what it made of `before`: the rest goes on as it stands.

    None if more than a few entries are others, or if any is one of another file: they stand in another order.
    """
    if len(before) != len(now):
        return None
    others = [(was, entry) for was, entry in zip(before, now, strict=True) if was is not entry]
    if len(others) > _FEW or any(_ORDER(was) != _ORDER(entry) for was, entry in others):
        return None
    for was, entry in others:
        old, new = (_as_json(each)[1:].encode("ascii") for each in (was, entry))  # the first has no comma
        listing = listing.replace(old, new)
    return listing


def _as_json(entry: Published) -> str:
    target, pack, questions, path, size, digest = entry
    return (
        f',\n    {{\n      "file": {text(path)},\n      "target": {text(target)},'
        f'\n      "pack": {text(pack)},\n      "questions": {questions},'
        f'\n      "size": {size},\n      "sha256": {text(digest)}\n    }}'
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
