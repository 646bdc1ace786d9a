"""Finding targets: every sub-folder of `packc.backends` but `shared` is a target or a family of targets.

A target's folder declares `INFOS` (cheap to import) and `load(name)`, which imports the real code.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import packc.backends
from packc.backends.base import Backend, Info

SHARED = "shared"  # what targets have in common
DEFAULT_TARGETS = ("anki", "gift", "qti", "html")


def infos() -> Mapping[str, Info]:
    """Return every target's `Info` by name, in order of the names."""
    return {name: info for name, (info, _) in _scan().items()}


def load(name: str) -> Backend:
    """Return the backend of target `name`. Raises KeyError for a name that `infos` does not have."""
    info, folder = _scan()[name]
    backend: Backend = importlib.import_module(folder).load(info.name)
    return backend


def lacking(name: str) -> str:
    """Return a package that target `name` needs and that is not installed, or ''."""
    needs = infos()[name].needs
    if not needs:
        return ""
    from importlib.util import find_spec

    return next((module for module in needs if find_spec(module) is None), "")


def _scan() -> Mapping[str, tuple[Info, str]]:
    return _scan_folders(tuple(packc.backends.__path__))


@cache
def _scan_folders(folders: tuple[str, ...]) -> Mapping[str, tuple[Info, str]]:
    found: dict[str, tuple[Info, str]] = {}
    places = (place for folder in folders for place in Path(folder).iterdir())
    names = (place.name for place in places if (place / "__init__.py").is_file())
    for name in names:
        if name == SHARED:
            continue
        module = f"packc.backends.{name}"
        for info in importlib.import_module(module).INFOS:
            found[info.name] = (info, module)
    return dict(sorted(found.items()))
